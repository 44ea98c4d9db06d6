/** The article's chart: accuracy on held-out rows by epoch, a line and a band for each arm. */
import * as Plot from '@observablehq/plot';
import { type ArmName, armNames } from './arm.ts';
import {
  capitalize,
  checkFrame,
  countTrials,
  framePlot,
  headHeight,
  type PlotFrame,
  type PlotOptions,
} from './plot-frame.ts';
import { armMarks } from './plot-theme.ts';
import type { ArmSummary, ExperimentSummary } from './result.ts';

/** One epoch of one arm, in percent. */
interface Point {
  readonly epoch: number;
  readonly accuracy: number;
  readonly low: number | null;
  readonly high: number | null;
}

interface Curve {
  readonly arm: ArmName;
  readonly points: readonly Point[];
  readonly last: Point;
}

/** Around the curves; names and figures stand on the right, where it is narrow the names alone. */
function marginsOf({ narrow }: PlotFrame) {
  return narrow
    ? { top: headHeight + 26, right: 106, bottom: 48, left: 42 }
    : { top: headHeight + 26, right: 158, bottom: 48, left: 56 };
}

/** Labels at line ends stay this far apart, in pixels. */
const labelGap = 18;

/** More points than this in a line are not to be seen. */
const maxPoints = 500;

/**
 * Draw accuracy on held-out rows by epoch: the mean over trials with its 95 % band, for each arm.
 *
 * The vertical axis is chosen for the later epochs, where the arms are close; what lies below is cut off, and the plot
 * says so.
 *
 * @returns SVG that stands by itself, the same text for the same summary
 * @throws RangeError when an option is out of its range or the summary has no arm
 * @example
 * const svg = accuracyPlot(summary, { document });
 */
export function accuracyPlot(summary: ExperimentSummary, options: PlotOptions): string {
  const frame = checkFrame('accuracyPlot', options, 440);
  const margins = marginsOf(frame);
  const curves = armNames.flatMap((arm) => {
    const figures = summary.arms[arm];
    return figures && figures.accuracyByEpoch.length > 0 ? [createCurve(arm, figures)] : [];
  });
  if (curves.length === 0) throw new RangeError('accuracyPlot: summary must have at least one arm, got none');

  const domain = focusDomain(curves);
  const epochs = Math.max(...curves.map(({ last }) => last.epoch));
  const below = curves.toReversed();
  const plot = Plot.plot({
    document: options.document as never,
    width: frame.width,
    height: frame.height,
    marginTop: margins.top,
    marginRight: margins.right,
    marginBottom: margins.bottom,
    marginLeft: margins.left,
    x: { type: 'linear', domain: epochs > 1 ? [1, epochs] : [0.5, 1.5] },
    y: { type: 'linear', domain },
    marks: [
      axes(frame, epochs),
      // The first arms are on top, and what is cut off comes in one go.
      below.map((curve) => drawBand(curve, domain[0], frame)),
      below.map((curve) => drawLine(curve, domain[0], frame)),
      below.map((curve) => drawMarkers(curve, domain[0], frame, epochs)),
      drawLabels(curves, domain, frame, epochs),
    ],
  });
  const [from] = domain;
  const cut = curves.some(({ points }) => points.some(({ accuracy }) => accuracy < from));
  const figures = curves.map(({ arm, last }) => `${arm} ${last.accuracy.toFixed(1)} %`).join(', ');
  return framePlot(plot, frame, {
    title: `${capitalize(summary.dataset)}: accuracy on held-out rows, ${countTrials(summary)}`,
    subtitle: [
      summary.trials > 1 ? 'mean and 95 % interval' : 'one trial, so no interval',
      `${summary.protocol} protocol`,
      ...(cut ? [`what is below ${format(from)} % is cut off`] : []),
    ].join(' · '),
    description: `Lines over ${epochs} epochs; after the last one: ${figures}.`,
  });
}

function createCurve(arm: ArmName, { accuracyByEpoch, accuracyBandByEpoch }: ArmSummary): Curve {
  const stride = Math.ceil(accuracyByEpoch.length / maxPoints);
  const points = accuracyByEpoch
    .map((accuracy, i): Point => {
      const [low, high] = accuracyBandByEpoch[i] ?? [null, null];
      return { epoch: i + 1, accuracy: accuracy * 100, low: percent(low), high: percent(high) };
    })
    .filter(({ epoch }) => epoch % stride === 0 || epoch === 1 || epoch === accuracyByEpoch.length);
  return { arm, points, last: points.at(-1) as Point };
}

/** Accuracies end at 0 and 1, intervals by Student's t do not. */
function percent(fraction: number | null): number | null {
  return fraction === null ? null : Math.min(Math.max(fraction, 0), 1) * 100;
}

/**
 * Choose the range of accuracies that shows the most: of each arm all but its worst sixth of epochs, with its band at
 * the end.
 */
function focusDomain(curves: readonly Curve[]): readonly [from: number, to: number] {
  const lows = curves.map(({ points, last }) => {
    const sorted = points.map(({ accuracy }) => accuracy).sort((a, b) => a - b);
    return Math.min(sorted[Math.floor(sorted.length / 6)] as number, last.low ?? last.accuracy);
  });
  const highs = curves.flatMap(({ points }) => points.map(({ accuracy, high }) => high ?? accuracy));
  const low = Math.min(...lows);
  const high = Math.max(...highs);
  // Equal accuracies still need an axis of some length.
  const pad = Math.max((high - low) * 0.06, 0.5);
  return [Math.max(0, low - pad), Math.min(100, high + pad / 2)];
}

function axes(frame: PlotFrame, epochs: number): Plot.Markish {
  const { colours } = frame;
  const label = { fill: colours.muted, fontSize: 12 };
  return [
    Plot.gridY({ stroke: colours.grid, strokeOpacity: 1, ticks: 6 }),
    Plot.axisY({
      ...label,
      ticks: 6,
      tickSize: 0,
      label: null,
    }),
    Plot.text(['Accuracy on held-out rows (%)'], {
      ...label,
      frameAnchor: 'top-left',
      dx: 20 - marginsOf(frame).left,
      dy: -22,
    }),
    Plot.axisX({
      ...label,
      ticks: epochTicks(epochs, frame.narrow ? 6 : 10),
      tickFormat: String,
      stroke: colours.muted,
      tickSize: 5,
      label: 'Epoch',
      labelAnchor: 'center',
      labelArrow: 'none',
      labelOffset: 40,
    }),
  ];
}

/** At most so many round numbers, and the first epoch. */
function epochTicks(epochs: number, most: number): number[] {
  const step = epochStep(epochs, most);
  const round = Array.from({ length: Math.floor(epochs / step) }, (_, i) => (i + 1) * step);
  // 1 and 2 would be too near.
  return step >= 5 ? [1, ...round] : round;
}

/** 1, 2, 5, 10, 20, 50, … */
function epochStep(epochs: number, most = 10): number {
  let step = 1;
  for (let i = 0; epochs / step > most; i++) step *= i % 3 === 1 ? 2.5 : 2;
  return step;
}

function drawBand({ arm, points }: Curve, from: number, { colours }: PlotFrame): Plot.Markish {
  return Plot.areaY(cross(points, from, ['low', 'high']), {
    x: 'epoch',
    y1: ({ low }: Point) => (low === null ? null : Math.max(low, from)),
    y2: ({ high }: Point) => atLeast(high, from),
    fill: colours.arms[arm],
    fillOpacity: 0.13,
    className: `mixup-band mixup-${arm}`,
  });
}

function drawLine({ arm, points }: Curve, from: number, { colours }: PlotFrame): Plot.Markish {
  const { dash } = armMarks[arm];
  return Plot.line(cross(points, from, ['accuracy']), {
    x: 'epoch',
    y: ({ accuracy }: Point) => atLeast(accuracy, from),
    stroke: colours.arms[arm],
    // Dots need more.
    strokeWidth: dash?.startsWith('0.1') ? 2.6 : 2.2,
    strokeLinecap: 'round',
    ...(dash === null ? {} : { strokeDasharray: dash }),
    className: `mixup-line mixup-${arm}`,
  });
}

/** Nothing is drawn where there is no number. */
function atLeast(value: number | null, from: number): number | null {
  return value !== null && value >= from ? value : null;
}

/**
 * Add a point wherever one of the lines crosses `from`, so that it can be cut off there: a clip path would cost a renderer
 * a layer of the whole picture, more than all the rest of it.
 */
function cross(points: readonly Point[], from: number, lines: readonly ('accuracy' | 'low' | 'high')[]): Point[] {
  return points.flatMap((point, i) => {
    const before = points[i - 1];
    if (!before) return [point];
    const crossings = lines.flatMap((line) => {
      const [start, end] = [before[line], point[line]];
      if (start === null || end === null || start < from === end < from) return [];
      const share = (from - start) / (end - start);
      const between = (key: keyof Point) => mean(before[key], point[key], share);
      const crossing = { epoch: mean(before.epoch, point.epoch, share), accuracy: between('accuracy') };
      // Exactly there, whatever rounding says.
      return [{ ...crossing, low: between('low'), high: between('high'), [line]: from } as Point];
    });
    return [...crossings.sort((a, b) => a.epoch - b.epoch), point];
  });
}

/** Between two numbers; null where one is. */
function mean(start: number | null, end: number | null, share: number): number | null {
  return start === null || end === null ? null : start + share * (end - start);
}

function drawMarkers({ arm, points, last }: Curve, from: number, { colours }: PlotFrame, epochs: number): Plot.Markish {
  const step = epochStep(epochs);
  const marked = points.filter((point) => (point.epoch % step === 0 || point === last) && point.accuracy >= from);
  return Plot.dot(marked, {
    x: 'epoch',
    y: 'accuracy',
    symbol: armMarks[arm].symbol,
    r: 4,
    fill: colours.arms[arm],
    stroke: colours.paper,
    strokeWidth: 1.2,
    className: `mixup-marker mixup-${arm}`,
  });
}

/** The name and the final accuracy of each arm beside the end of its line, moved apart where they would overlap. */
function drawLabels(
  curves: readonly Curve[],
  [from, to]: readonly [number, number],
  frame: PlotFrame,
  epochs: number,
): Plot.Markish {
  const { width, height, colours, narrow } = frame;
  const margins = marginsOf(frame);
  const inner = height - margins.top - margins.bottom;
  const across = width - margins.left - margins.right;
  const toPixel = (accuracy: number) => margins.top + ((to - accuracy) / (to - from)) * inner;
  const toAccuracy = (pixel: number) => to - ((pixel - margins.top) / inner) * (to - from);
  const sorted = curves.toSorted((a, b) => b.last.accuracy - a.last.accuracy);
  const places = spread(
    sorted.map(({ last }) => toPixel(last.accuracy)),
    labelGap,
    [margins.top, height - margins.bottom],
  );
  const [first, perPixel] = epochs > 1 ? [epochs, (epochs - 1) / across] : [1, 1 / across];
  return sorted.map(({ arm, last }, i) => {
    const y = toAccuracy(places[i] as number);
    const colour = colours.arms[arm];
    const text = { x: first, y: 'y', fill: colour, fontSize: 12.5, textAnchor: 'start', dx: 24 } as const;
    return [
      Plot.link([last], {
        x1: first + 7 * perPixel,
        x2: first + 20 * perPixel,
        y1: 'accuracy',
        y2: () => y,
        stroke: colour,
        strokeWidth: 1,
        className: `mixup-leader mixup-${arm}`,
      }),
      Plot.text([{ y }], { ...text, fontWeight: 'bold', text: () => arm }),
      Plot.text(narrow ? [] : [{ y }], {
        ...text,
        fill: colours.ink,
        dx: margins.right - 14,
        textAnchor: 'end',
        fontVariant: 'tabular-nums',
        text: () => `${last.accuracy.toFixed(1)} %`,
      }),
    ];
  });
}

/**
 * Move places apart, by the least squares: those that crowd are spread around their own mean.
 *
 * @param places in ascending order
 * @returns places at least `gap` apart, within the range as far as they fit
 * @see Barlow et al., "Statistical Inference under Order Restrictions", 1972: pool adjacent violators
 */
function spread(places: readonly number[], gap: number, [from, to]: readonly [number, number]): number[] {
  const pools: { mean: number; count: number }[] = [];
  for (const [i, place] of places.entries()) {
    let pool = { mean: place - i * gap, count: 1 };
    for (let above = pools.at(-1); above && above.mean >= pool.mean; above = pools.at(-1)) {
      const count = above.count + pool.count;
      pool = { mean: (above.mean * above.count + pool.mean * pool.count) / count, count };
      pools.pop();
    }
    pools.push(pool);
  }
  const last = (places.length - 1) * gap;
  return pools
    .flatMap(({ mean, count }) => new Array<number>(count).fill(mean))
    .map((place, i) => Math.max(Math.min(place, to - last), from) + i * gap);
}

function format(value: number): string {
  return String(Math.round(value * 10) / 10);
}
