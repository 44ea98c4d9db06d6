/** The chart: the article's picture, held-out accuracy after each epoch, drawn in characters. */
import type { ArmName, ArmSummary, ExperimentSummary } from '@mixup/experiments';
import { type Canvas, createCanvas } from './canvas.ts';
import { type Colours, paintArm } from './colours.ts';
import { counted, percent } from './figures.ts';
import { roundStep, ticks } from './ticks.ts';

export interface ChartOptions {
  readonly colours: Colours;
  /** Characters across, >= 40. */
  readonly width: number;
  /** Characters down for the curves alone, >= 4. */
  readonly height: number;
}

/** The arms that get a band: those that the article draws. Four bands over each other would show nothing. */
const banded: readonly ArmName[] = ['baseline', 'append'];

/** From the bottom to the top: what matters most is drawn last; all bands first, then all lines. */
const layers: readonly ArmName[] = [
  'remix',
  'regmixup',
  'manifold',
  'cutmix',
  'batch',
  'duplicate',
  'baseline',
  'append',
];

/** How a line goes on, so that it is known without its colour: dots drawn and left out along it, and how thick it is. */
const strokes: Readonly<Record<ArmName, { readonly on: number; readonly off: number; readonly thickness: number }>> = {
  baseline: { on: 1, off: 0, thickness: 1 },
  append: { on: 1, off: 0, thickness: 2 },
  duplicate: { on: 4, off: 3, thickness: 1 },
  batch: { on: 1, off: 2, thickness: 1 },
  cutmix: { on: 4, off: 3, thickness: 2 },
  manifold: { on: 1, off: 2, thickness: 2 },
  regmixup: { on: 2, off: 2, thickness: 1 },
  remix: { on: 2, off: 2, thickness: 2 },
};

/**
 * Draw held-out accuracy by epoch, a line an arm, with the 95 % bands of `baseline` and `append`.
 *
 * @returns lines without a last line break, each at most `width` characters wide beside its colours
 */
export function drawChart(summary: ExperimentSummary, { colours, width, height }: ChartOptions): string {
  const arms = layers.filter((arm) => summary.arms[arm]);
  const labelWidth = Math.max(...arms.map((arm) => label(summary, arm).length));
  const { low, high, cut } = range(summary, arms);
  const axisWidth = 7; // " 100 % ┤" without the stroke
  const canvas = createCanvas(width - axisWidth - 1 - labelWidth - 1, height);
  const epochs = summary.config.epochs;
  const x = (epoch: number) => (epochs === 1 ? 0 : ((epoch - 1) / (epochs - 1)) * (canvas.width - 1));
  const y = (accuracy: number) => ((high - accuracy) / (high - low)) * (canvas.height - 1);

  for (const arm of arms) if (banded.includes(arm)) drawBand(canvas, armOf(summary, arm), arm, x, y);
  for (const arm of arms) drawLine(canvas, armOf(summary, arm).accuracyByEpoch, arm, x, y);

  const paint = (text: string, layer: number) => {
    const paintLine = paintArm(colours, layers[layer % layers.length] as ArmName);
    return layer < layers.length ? colours.dim(paintLine(text)) : paintLine(text);
  };
  const labels = placeLabels(summary, arms, height, (accuracy) => Math.floor(y(accuracy) / 4));
  const marks = new Map(
    ticks(low, high, Math.max(2, height / 2)).map((tick) => [Math.floor(Math.round(y(tick)) / 4), tick]),
  );
  const body = canvas.lines(paint).map((line, row) => {
    const tick = marks.get(row);
    const axis =
      tick === undefined ? `${' '.repeat(axisWidth)}│` : `${axisLabel(tick, high - low).padStart(axisWidth - 1)} ┤`;
    const arm = labels.get(row);
    return colours.dim(axis) + line + (arm ? ` ${paintArm(colours, arm)(label(summary, arm))}` : '');
  });
  const below = cut > 0 ? `; the first ${counted(cut, 'epoch')} lie below` : '';
  const title = `  held-out accuracy after each epoch, mean of ${counted(summary.trials, 'trial')}${below}`;
  return [
    colours.dim(title),
    ...body,
    ...drawAxis(epochs, canvas.width / 2, axisWidth, colours),
    ...drawLegend(summary, arms, colours, axisWidth + 1),
  ]
    .map((line) => line.trimEnd())
    .join('\n');
}

function armOf(summary: ExperimentSummary, arm: ArmName): ArmSummary {
  return summary.arms[arm] as ArmSummary;
}

/** "append 88.1 %" */
function label(summary: ExperimentSummary, arm: ArmName): string {
  return `${arm} ${percent(armOf(summary, arm).finalAccuracy.mean)}`;
}

/** What the axis shows. */
interface Range {
  readonly low: number;
  readonly high: number;
  /** Epochs at the start that lie below it. */
  readonly cut: number;
}

/**
 * Choose what has to be seen: every line and every band, and a little air where all is one height.
 *
 * Where the first tenth of the epochs takes more than half of the height, it is left out: what the arms differ in would
 * be pressed into a line otherwise.
 */
function range(summary: ExperimentSummary, arms: readonly ArmName[]): Range {
  const { epochs } = summary.config;
  const whole = extent(summary, arms, 0);
  const first = Math.ceil(epochs / 10) - 1;
  const rest = extent(summary, arms, first);
  const cut = rest.high - rest.low < (whole.high - whole.low) / 2 ? first : 0;
  const { low, high } = cut > 0 ? { ...whole, low: rest.low } : whole;
  const air = Math.max(0, 0.02 - (high - low)) / 2;
  return { low: Math.max(0, low - air), high: Math.min(1, high + air), cut };
}

/** The least and the greatest that is drawn from an epoch on. */
function extent(summary: ExperimentSummary, arms: readonly ArmName[], from: number): { low: number; high: number } {
  const values = arms.flatMap((arm) => {
    const { accuracyByEpoch, accuracyBandByEpoch } = armOf(summary, arm);
    const bands = banded.includes(arm) ? accuracyBandByEpoch.slice(from).flat() : [];
    return [...accuracyByEpoch.slice(from), ...bands.filter((bound) => bound !== null)];
  });
  // An interval may pass 0 or 1, an accuracy can't.
  return { low: Math.max(0, Math.min(...values)), high: Math.min(1, Math.max(...values)) };
}

type Scale = (value: number) => number;

function drawBand(canvas: Canvas, { accuracyBandByEpoch }: ArmSummary, arm: ArmName, x: Scale, y: Scale): void {
  const layer = layers.indexOf(arm);
  const odd = banded.indexOf(arm);
  const lows = accuracyBandByEpoch.map(([low]) => low);
  const highs = accuracyBandByEpoch.map(([, high]) => high);
  if (lows.includes(null) || highs.includes(null)) return;
  const low = interpolate(lows as number[], x);
  const high = interpolate(highs as number[], x);
  for (let column = odd; column < canvas.width; column += 2) {
    const top = Math.round(y(high(column)));
    const bottom = Math.round(y(low(column)));
    // Sparse, and the two bands on dots of their own, so that both are seen where they lie over each other.
    for (let row = top; row <= bottom; row++) {
      if ((row + column + odd * 2) % 4 === 0) canvas.dot(column, row, layer);
    }
  }
}

function drawLine(canvas: Canvas, accuracyByEpoch: readonly number[], arm: ArmName, x: Scale, y: Scale): void {
  const accuracy = interpolate(accuracyByEpoch, x);
  const { on, off, thickness } = strokes[arm];
  const layer = layers.length + layers.indexOf(arm);
  const last = accuracyByEpoch.length === 1 ? 1 : canvas.width;
  let before = Math.round(y(accuracy(0)));
  for (let column = 0; column < last; column++) {
    const row = Math.round(y(accuracy(column)));
    if (column % (on + off) < on) {
      // Where the line is steep, the dots between this column and the one before.
      const step = Math.sign(before - row);
      for (let at = row; at !== before && off === 0; at += step) canvas.dot(column, at, layer);
      for (let i = 0; i < thickness; i++) canvas.dot(column, row - i, layer);
    }
    before = row;
  }
}

/** A figure by epoch as a function of the dot column, straight between epochs. */
function interpolate(byEpoch: readonly number[], x: Scale): Scale {
  const pitch = x(2) - x(1);
  return (column) => {
    const at = pitch > 0 ? Math.min(column / pitch, byEpoch.length - 1) : 0;
    const from = Math.floor(at);
    const start = byEpoch[from] as number;
    const end = byEpoch[from + 1] ?? start;
    return start + (end - start) * (at - from);
  };
}

/** Each label on the row where its line ends, moved where another stands: by row, the best arm on top. */
function placeLabels(
  summary: ExperimentSummary,
  arms: readonly ArmName[],
  height: number,
  rowOf: Scale,
): Map<number, ArmName> {
  const final = (arm: ArmName) => armOf(summary, arm).finalAccuracy.mean;
  const ordered = [...arms].sort((a, b) => final(b) - final(a));
  const rows: number[] = [];
  for (const [i, arm] of ordered.entries())
    rows.push(Math.max(rowOf(final(arm)), i === 0 ? 0 : (rows[i - 1] as number) + 1));
  // Pushed out at the bottom: back up, from the last one.
  for (let i = rows.length - 1, most = height - 1; i >= 0; i--, most--) rows[i] = Math.min(rows[i] as number, most);
  return new Map(ordered.map((arm, i) => [rows[i] as number, arm]));
}

function axisLabel(tick: number, span: number): string {
  return `${(tick * 100).toFixed(span < 0.05 ? 1 : 0)} %`;
}

function drawAxis(epochs: number, columns: number, axisWidth: number, colours: Colours): string[] {
  const step = Math.max(1, roundStep(epochs / Math.max(1, columns / 8)));
  const marks = [1, ...ticks(step, epochs, epochs / step)].filter((epoch, i, all) => all.indexOf(epoch) === i);
  const line = Array.from<string>({ length: columns }).fill('─');
  const text = Array.from<string>({ length: columns + 8 }).fill(' ');
  let free = 0;
  for (const epoch of marks) {
    const column = epochs === 1 ? 0 : Math.round(((epoch - 1) / (epochs - 1)) * (columns - 1));
    const name = epoch === 1 ? 'epoch 1' : String(epoch);
    const at = epoch === 1 ? 0 : column - Math.floor((name.length - 1) / 2);
    if (at < free) continue;
    line[column] = '┬';
    for (const [i, letter] of [...name].entries()) text[at + i] = letter;
    free = at + name.length + 1;
  }
  const indent = ' '.repeat(axisWidth);
  return [colours.dim(`${indent}└${line.join('')}`), colours.dim(`${indent} ${text.join('')}`)];
}

/** In one line: the arms of a run that names none. */
const legendEntries = 4;

function drawLegend(summary: ExperimentSummary, arms: readonly ArmName[], colours: Colours, indent: number): string[] {
  const entries = [...arms].reverse().map((arm) => {
    const sample = createCanvas(4, 1);
    drawLine(
      sample,
      [0, 0],
      arm,
      (epoch) => (epoch - 1) * 7,
      () => 2,
    );
    return paintArm(colours, arm)(`${sample.lines(String).join('')} ${arm}`);
  });
  const shaded = arms.filter((arm) => banded.includes(arm)).reverse();
  const note =
    summary.trials > 1 && shaded.length > 0
      ? colours.dim(`${' '.repeat(indent)}dots: 95 % intervals of ${shaded.join(' and ')}`)
      : '';
  const lines = Array.from(
    { length: Math.ceil(entries.length / legendEntries) },
    (_, line) => ' '.repeat(indent) + entries.slice(line * legendEntries, (line + 1) * legendEntries).join('   '),
  );
  return [...lines, ...(note ? [note] : [])];
}
