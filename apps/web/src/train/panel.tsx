/** Panels: one network's surface, on which points are put by hand, by mouse, finger or keys. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ArmFrame, MixedPoint, Scene } from './frame.ts';
import type { Palette } from './palette.ts';
import { drawPanel, fromShare, type Place } from './panel-picture.ts';

interface PanelProps {
  readonly title: string;
  /** What the picture shows, in words. */
  readonly label: string;
  /** The id of the text that tells how it is used. */
  readonly describedBy: string;
  readonly scene: Scene | undefined;
  readonly arm: ArmFrame | undefined;
  readonly mixed: readonly MixedPoint[];
  readonly cursor: Place | undefined;
  /** Absent until the colours of the page are known. */
  readonly palette: Palette | undefined;
  readonly onCursor: (place: Place | undefined) => void;
  readonly onAdd: (place: Place) => void;
  /** Any other key; true when it was of use. */
  readonly onKey: (key: string) => boolean;
}

export function Panel({
  title,
  label,
  describedBy,
  scene,
  arm,
  mixed,
  cursor,
  palette,
  onCursor,
  onAdd,
  onKey,
}: PanelProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(canvas);

  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || !scene || !arm || !palette || size === 0) return;
    const scale = devicePixelRatio;
    if (element.width !== Math.round(size * scale)) element.width = element.height = Math.round(size * scale);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    drawPanel(context, size, { scene, arm, mixed, cursor, palette });
  }, [scene, arm, mixed, cursor, palette, size]);

  const placeOf = (event: MouseEvent): Place | undefined => {
    if (!scene) return undefined;
    const { left, top, width, height } = (event.currentTarget as Element).getBoundingClientRect();
    return fromShare(scene.domain, { x: (event.clientX - left) / width, y: (event.clientY - top) / height });
  };
  const move = (event: KeyboardEvent) => {
    if (!scene || event.ctrlKey || event.metaKey || event.altKey) return;
    const { x, y } = scene.domain;
    const step = event.shiftKey ? 1 / 8 : 1 / 40;
    const now = cursor ?? fromShare(scene.domain, { x: 0.5, y: 0.5 });
    const direction = directions[event.key];
    if (direction) {
      const clamp = (value: number, [low, high]: readonly [number, number]) => Math.max(low, Math.min(high, value));
      onCursor({
        x: clamp(now.x + direction[0] * step * (x[1] - x[0]), x),
        y: clamp(now.y + direction[1] * step * (y[1] - y[0]), y),
      });
    } else if (event.key === 'Enter' || event.key === ' ') onAdd(now);
    else if (!onKey(event.key)) return;
    event.preventDefault();
  };
  return (
    <div class="panel">
      <h2>{title}</h2>
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it takes the arrow keys, so it is an application */}
      <canvas
        ref={canvas}
        class="panel-canvas"
        tabIndex={0}
        role="application"
        aria-label={label}
        aria-describedby={describedBy}
        onClick={(event) => {
          const place = placeOf(event);
          if (place) onAdd(place);
        }}
        onPointerMove={(event) => event.pointerType === 'mouse' && onCursor(placeOf(event))}
        onPointerLeave={(event) => event.pointerType === 'mouse' && onCursor(undefined)}
        onKeyDown={move}
      />
    </div>
  );
}

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** The width of an element as it is now, in pixels of the page. */
function useSize(element: { readonly current: Element | null }): number {
  const [size, setSize] = useState(0);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => setSize(Math.round(entry?.contentRect.width ?? 0)));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return size;
}
