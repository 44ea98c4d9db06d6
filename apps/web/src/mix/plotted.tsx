/** A figure drawn by Observable Plot, as wide as its place: Plot is larger than all the rest of the page and comes late. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { TableData } from '../figure/data-table.tsx';
import { Figure } from '../figure/figure.tsx';

export type Plots = typeof import('./plots.ts');

interface PlottedProps {
  /** Draw the picture, so many pixels across. */
  readonly draw: (plots: Plots, width: number) => Element;
  /** It is drawn again when one of these changes. */
  readonly inputs: readonly unknown[];
  readonly label: string;
  readonly caption: ComponentChildren;
  readonly data: () => TableData;
  /** width / height */
  readonly ratio: number;
}

/** Room around a plot for its axes, at the size of their letters. */
export const frame = { marginLeft: 48, marginTop: 28, marginBottom: 42, marginRight: 18 } as const;

/** Pixels across that a plot can be. */
const widths = { least: 296, most: 860 };

export function Plotted({ draw, inputs, ...figure }: PlottedProps) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState<number>();
  const [plots, setPlots] = useState<Plots>();
  const [picture, setPicture] = useState<Element>();
  useEffect(() => {
    let wanted = true;
    import('./plots.ts').then(
      (module) => wanted && setPlots(module),
      (error: unknown) => console.warn('mixup: the figures could not be loaded', error),
    );
    const observer = new ResizeObserver(([entry]) => {
      const across = Math.round(entry?.contentRect.width ?? 0);
      if (across > 0) setWidth(Math.max(widths.least, Math.min(widths.most, across)));
    });
    if (place.current) observer.observe(place.current);
    return () => {
      wanted = false;
      observer.disconnect();
    };
  }, []);
  useEffect(() => {
    if (!plots || !width) return;
    // In a task of its own, so that input is heard between one picture and the next.
    const timer = setTimeout(() => setPicture(draw(plots, width)));
    return () => clearTimeout(timer);
  }, [plots, width, ...inputs]);
  return (
    <div ref={place}>
      <Figure picture={picture} {...figure} />
    </div>
  );
}
