/** Points of a data set in the plane, with pairs and their blends. */
import type { Dataset } from '@mixup/datasets';
import type { ComponentChildren } from 'preact';
import type { TableData } from '../figure/data-table.tsx';
import { Legend, markOf } from './marks.tsx';
import { frame, type Plots, Plotted } from './plotted.tsx';

/** Two rows and a point between them. */
export interface Segment {
  readonly index: number;
  readonly partner: number;
  /** [2] */
  readonly values: ArrayLike<number>;
}

interface ScatterProps {
  readonly dataset: Dataset;
  readonly segments: readonly Segment[];
  /** What the blends are drawn as: a ring, or a cross for those that are where they should not be. */
  readonly blends?: 'ring' | 'cross';
  readonly label: string;
  readonly caption: ComponentChildren;
  readonly data: () => TableData;
}

export function Scatter({ dataset, segments, blends = 'ring', ...texts }: ScatterProps) {
  return (
    <div class="scatter">
      <Legend classNames={dataset.classNames} />
      <Plotted
        {...texts}
        ratio={1.6}
        inputs={[dataset, segments, blends]}
        draw={(plots, width) => drawScatter(plots, width, dataset, segments, blends)}
      />
    </div>
  );
}

function drawScatter(
  { plot, dot, link }: Plots,
  width: number,
  { features, labels, classNames, featureNames }: Dataset,
  segments: readonly Segment[],
  blends: 'ring' | 'cross',
): Element {
  const at = (row: number) => ({
    x: features.data[2 * row] as number,
    y: features.data[2 * row + 1] as number,
    label: labels[row] as number,
  });
  const points = Array.from(labels, (_, row) => at(row));
  const ends = segments.flatMap(({ index, partner }) => [at(index), at(partner)]);
  const lines = segments.map(({ index, partner }) => {
    const [from, to] = [at(index), at(partner)];
    return { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
  });
  const mixed = segments.map(({ values }) => ({ x: values[0] as number, y: values[1] as number }));
  /** One layer for each class: a colour and a shape of its own. */
  const layers = (of: typeof points, r: number, opacity: number) =>
    classNames.map((_, label) => {
      const { symbol, colour, filled } = markOf(label);
      return dot(
        of.filter((point) => point.label === label),
        {
          x: 'x',
          y: 'y',
          r,
          symbol,
          fill: filled ? colour : 'none',
          stroke: filled ? 'none' : colour,
          strokeWidth: filled ? 0 : 1.5,
          opacity,
        },
      );
    });
  return plot({
    width,
    height: Math.round(Math.max(240, width / 1.6)),
    ...frame,
    style: { fontSize: '12px' },
    x: { label: featureNames[0] as string, nice: true, ticks: 6 },
    y: { label: featureNames[1] as string, nice: true, ticks: 6, grid: true },
    marks: [
      ...layers(points, points.length > 400 ? 2.5 : 3.5, 0.5),
      link(lines, { x1: 'x1', y1: 'y1', x2: 'x2', y2: 'y2', stroke: 'currentColor', strokeOpacity: 0.55 }),
      ...layers(ends, 5.5, 1),
      blends === 'ring'
        ? dot(mixed, { x: 'x', y: 'y', r: 5, fill: 'var(--paper)', stroke: 'currentColor', strokeWidth: 2.2 })
        : dot(mixed, { x: 'x', y: 'y', r: 5, symbol: 'times', stroke: 'currentColor', strokeWidth: 2.2 }),
    ],
  });
}
