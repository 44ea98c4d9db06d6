/** Paired differences: what an arm gained in each trial, and what that comes to. */
import * as Plot from '@observablehq/plot';
import { rowsPerBatchRow } from './arm.ts';
import {
  capitalize,
  checkFrame,
  countTrials,
  framePlot,
  headHeight,
  type PlotFrame,
  type PlotOptions,
} from './plot-frame.ts';
import { formatPoints, pointDecimals } from './points.ts';
import type { Comparison, ExperimentSummary, TrialResult } from './result.ts';
import { element, escapeXml } from './svg.ts';

/** A comparison in percentage points, with its place from the top. */
interface Row {
  readonly comparison: Comparison;
  readonly mean: number;
  readonly interval: readonly [number, number] | null;
  readonly corrected: readonly [number, number] | null;
  /** Of single trials. */
  readonly differences: readonly number[];
  /** Of the row, in pixels from the top. */
  readonly top: number;
  /** Where its text ends. */
  readonly base: number;
  /** Where the stacks of trials stand, in pixels from the top. */
  readonly ground: number;
}

const margins = { top: headHeight + 8, right: 20, bottom: 54, left: 20 };

/** Heights within a row, in pixels: a line of text, the trials stacked, the interval, air. */
const heights = { label: 26, trials: 52, interval: 28, air: 14 };

/** Of the second line of text, where there is no room for it in the first. */
const secondLine = 17;

/** Of the dot of a trial, in pixels: as large as the tallest stack lets it be. */
const radii = { least: 1.9, most: 3.2 };

/**
 * Draw the paired differences of final accuracy on held-out rows: for each comparison the mean with its 95 % interval
 * (thick) and the one corrected for new data (thin), against zero, and a dot for each trial above them.
 *
 * @param trials of the summary; without them there are no dots
 * @returns SVG that stands by itself, the same text for the same summary and trials
 * @throws RangeError when an option is out of its range
 * @example
 * const svg = differencePlot(summary, trials, { document });
 */
export function differencePlot(
  summary: ExperimentSummary,
  trials: readonly TrialResult[] | undefined,
  options: PlotOptions,
): string {
  const { narrow } = checkFrame('differencePlot', options, margins.top);
  const stackHeight = trials?.length ? heights.trials : 0;
  const label = heights.label + (narrow ? secondLine : 0);
  const rowHeight = label + stackHeight + heights.interval + heights.air;
  const rows = summary.comparisons.map((comparison, i) =>
    createRow(comparison, trials ?? [], margins.top + i * rowHeight, label, stackHeight),
  );
  const frame = checkFrame(
    'differencePlot',
    options,
    margins.top + Math.max(1, rows.length) * rowHeight + margins.bottom,
  );
  const domain = differenceDomain(rows);
  const stacks = stackTrials(rows, domain, frame.width - margins.left - margins.right);
  const plot = Plot.plot({
    document: options.document as never,
    width: frame.width,
    height: frame.height,
    marginTop: margins.top,
    marginRight: margins.right,
    marginBottom: margins.bottom,
    marginLeft: margins.left,
    x: { type: 'linear', domain },
    y: { type: 'identity', axis: null },
    marks: [
      axis(frame),
      rows.map((row) => [drawGrid(row, frame), drawTrials(row, stacks, frame), drawMean(row, frame)]),
    ],
  });
  return framePlot(plot, frame, {
    title: `${capitalize(summary.dataset)}: paired differences in final accuracy, ${countTrials(summary)}`,
    subtitle:
      rows.length === 0
        ? 'nothing to compare: there is no second arm'
        : [
            ...(stackHeight > 0 ? [stacks.dots ? 'dot: one trial' : 'bars: number of trials'] : []),
            ...(rows.some(({ interval }) => interval) ? ['thick: mean and 95 % interval for this data'] : ['mean']),
            ...(rows.some(({ corrected }) => corrected) ? ['thin: the same for new data'] : []),
          ].join(' · '),
    description: rows.map(({ comparison }) => `${name(comparison)}: ${figures(comparison)} points`).join('; '),
    after: rows.map((row) => writeLabel(row, summary, frame)).join('') + writeDirections(frame),
  });
}

function createRow(
  comparison: Comparison,
  trials: readonly TrialResult[],
  top: number,
  label: number,
  stackHeight: number,
): Row {
  const final = (trial: TrialResult, arm: Comparison['arm']) => trial.arms[arm]?.heldOut.accuracy.at(-1);
  const differences = trials.flatMap((trial) => {
    const [arm, against] = [final(trial, comparison.arm), final(trial, comparison.against)];
    return arm === undefined || against === undefined ? [] : [(arm - against) * 100];
  });
  return {
    comparison,
    mean: comparison.meanDifference * 100,
    interval: inPoints(comparison.ci95),
    corrected: comparison.correctedT && inPoints(comparison.correctedT.ci95),
    differences,
    top,
    base: top + label,
    ground: top + label + stackHeight,
  };
}

function inPoints([low, high]: Comparison['ci95']): readonly [number, number] | null {
  return low === null || high === null ? null : [low * 100, high * 100];
}

/** All that is drawn, and zero, with some air. */
function differenceDomain(rows: readonly Row[]): readonly [from: number, to: number] {
  let [from, to] = [0, 0];
  for (const { mean, interval, corrected, differences } of rows) {
    for (const value of [mean, ...(interval ?? []), ...(corrected ?? []), ...differences]) {
      from = Math.min(from, value);
      to = Math.max(to, value);
    }
  }
  // Differences of nothing at all still need an axis of some length.
  const pad = Math.max((to - from) * 0.05, 0.05);
  return [from - pad, to + pad];
}

function axis({ colours, narrow }: PlotFrame): Plot.Markish {
  return Plot.axisX({
    fill: colours.muted,
    stroke: colours.muted,
    ticks: narrow ? 5 : 8,
    tickSize: 5,
    fontSize: 12,
    tickFormat: signed,
    label: narrow ? 'percentage points' : 'Difference in final accuracy (percentage points)',
    labelAnchor: 'center',
    labelArrow: 'none',
    labelOffset: 44,
  });
}

function drawGrid({ base, ground }: Row, { colours, narrow }: PlotFrame): Plot.Markish {
  const ends = { y1: base, y2: ground + heights.interval };
  return [
    Plot.gridX({ stroke: colours.grid, strokeOpacity: 1, ticks: narrow ? 5 : 8, ...ends }),
    Plot.ruleX([0], { ...ends, stroke: colours.ink, strokeWidth: 1.4, className: 'mixup-zero' }),
  ];
}

function drawMean({ comparison, mean, interval, corrected, ground }: Row, { colours }: PlotFrame): Plot.Markish {
  const y = ground + heights.interval / 2;
  const colour = colours.arms[comparison.arm];
  const line = (ends: readonly [number, number] | null, strokeWidth: number, className: string) =>
    Plot.link(ends ? [ends] : [], { x1: '0', x2: '1', y1: y, y2: y, stroke: colour, strokeWidth, className });
  return [
    line(corrected, 1.4, 'mixup-corrected'),
    line(interval, 7, 'mixup-interval'),
    // A tick, since a dot would hide an interval that is narrow.
    Plot.ruleX([mean], { y1: y - 9, y2: y + 9, stroke: colours.paper, strokeWidth: 5 }),
    Plot.ruleX([mean], { y1: y - 9, y2: y + 9, stroke: colour, strokeWidth: 3, className: 'mixup-mean' }),
  ];
}

/** A trial, or as many as a bar has. */
interface Stacked {
  readonly difference: number;
  /** In pixels above the ground: of the dot, or of the top of the bar. */
  readonly above: number;
}

/** All rows have their trials stacked to one measure, so that they compare. */
interface Stacks {
  readonly rows: ReadonlyMap<Row, readonly Stacked[]>;
  /** Whether each trial has a dot; where there are too many, bars. */
  readonly dots: boolean;
  readonly radius: number;
}

/** Stack the trials of each row upwards where they meet. */
function stackTrials(rows: readonly Row[], [from, to]: readonly [number, number], across: number): Stacks {
  const width = 2 * radii.most + 1;
  const columns = rows.map(({ differences }) => {
    const byPlace = new Map<number, number[]>();
    for (const difference of differences.toSorted((a, b) => a - b)) {
      const place = Math.round((((difference - from) / (to - from)) * across) / width);
      byPlace.set(place, [...(byPlace.get(place) ?? []), difference]);
    }
    return [...byPlace.values()];
  });
  const tallest = Math.max(1, ...columns.flatMap((column) => column.map(({ length }) => length)));
  const pitch = Math.min(width, heights.trials / tallest);
  const dots = pitch >= 2 * radii.least;
  const stacked = columns.map((row) =>
    row.flatMap((column) =>
      dots
        ? column.map((difference, i) => ({ difference, above: (i + 0.5) * pitch }))
        : [{ difference: column[column.length >> 1] as number, above: column.length * pitch }],
    ),
  );
  return {
    rows: new Map(rows.map((row, i) => [row, stacked[i] as Stacked[]])),
    dots,
    radius: Math.min(radii.most, pitch / 2 - 0.1),
  };
}

function drawTrials(row: Row, { rows, dots, radius }: Stacks, { colours }: PlotFrame): Plot.Markish {
  const stacked = rows.get(row) ?? [];
  const colour = colours.arms[row.comparison.arm];
  const top = ({ above }: Stacked) => row.ground - above;
  if (!dots) {
    return Plot.ruleX(stacked, {
      x: 'difference',
      y1: row.ground,
      y2: top,
      stroke: colour,
      strokeOpacity: 0.6,
      strokeWidth: 9,
      className: 'mixup-trials',
    });
  }
  return Plot.dot(stacked, {
    x: 'difference',
    y: top,
    r: radius - 0.6,
    fill: colours.paper,
    stroke: colour,
    strokeWidth: 1.2,
    className: 'mixup-trials',
  });
}

/** The text above a row: what is compared, and the figures. */
function writeLabel(
  { comparison, top }: Row,
  summary: ExperimentSummary,
  { width, colours, narrow }: PlotFrame,
): string {
  const { ink, muted } = colours;
  const y = top + 15;
  const pair = escapeXml(`${comparison.arm} − ${comparison.against}`);
  const place = narrow ? { x: margins.left, dy: secondLine } : { dx: 7 };
  const steps = element('tspan', { fill: muted, ...place }, escapeXml(`(${describeSteps(comparison, summary)})`));
  return [
    element(
      'text',
      { x: margins.left, y, 'font-size': 13, 'text-anchor': 'start', fill: ink },
      element('tspan', { 'font-weight': 'bold' }, pair) + steps,
    ),
    element(
      'text',
      { x: width - margins.right, y, 'font-size': 13, 'text-anchor': 'end', fill: ink },
      escapeXml(`${figures(comparison)} points`),
    ),
  ].join('');
}

/** Which way is better, at both ends of the axis. */
function writeDirections({ width, height, colours }: PlotFrame): string {
  const text = { y: height - 11, fill: colours.muted, 'font-size': 12 };
  return [
    element('text', { ...text, x: margins.left, 'text-anchor': 'start' }, '← worse'),
    element('text', { ...text, x: width - margins.right, 'text-anchor': 'end' }, 'better →'),
  ].join('');
}

function name({ arm, against }: Comparison): string {
  return `${arm} minus ${against}`;
}

/** "same number of steps", "25 % more steps". */
function describeSteps({ arm, against, sameSteps }: Comparison, { arms }: ExperimentSummary): string {
  if (sameSteps) return `same number of steps${rowsPerBatchRow(arm) === 2 ? ', of twice the rows' : ''}`;
  const [steps, others] = [arms[arm]?.steps ?? 0, arms[against]?.steps ?? 0];
  const more = Math.round((steps / others - 1) * 100);
  return Number.isFinite(more) && more !== 0
    ? `${Math.abs(more)} % ${more > 0 ? 'more' : 'fewer'} steps`
    : 'another number of steps';
}

/** "+1.8 [1.2, 2.4]", in percentage points. */
function figures({ meanDifference, ci95 }: Comparison): string {
  const decimals = pointDecimals(ci95);
  const interval = ci95.map((bound) => (bound === null ? null : minus(formatPoints(bound, decimals))));
  return `${signed(formatPoints(meanDifference, decimals))}${interval.includes(null) ? '' : ` [${interval.join(', ')}]`}`;
}

function signed(value: number | string): string {
  return `${Number(value) > 0 ? '+' : ''}${minus(String(value))}`;
}

function minus(text: string): string {
  return text.replace('-', '−');
}
