/** The table: one line an arm. */
import { type ArmName, type Comparison, type ExperimentSummary, formatPoints, pointDecimals } from '@mixup/experiments';
import { type Colours, paintArm } from './colours.ts';
import { percent, percentRange } from './figures.ts';

interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/**
 * Draw the table of arms: final held-out accuracy, change against the baseline in points, epochs until the mean curve is
 * where the baseline's ends, steps of one trial.
 *
 * @returns lines without a last line break, each at most 78 characters wide beside its colours
 */
export function drawTable(summary: ExperimentSummary, colours: Colours): string {
  const arms = Object.keys(summary.arms) as ArmName[];
  const head = ['arm', 'held-out accuracy', 'against baseline', 'reaches it', 'steps'].map((text) => ({
    text,
    paint: colours.dim,
  }));
  const rows = [head, ...arms.map((arm) => drawArm(summary, arm, colours))];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.text.length ?? 0)));
  return rows.map((row) => drawRow(row, widths)).join('\n');
}

function drawArm(summary: ExperimentSummary, arm: ArmName, colours: Colours): Cell[] {
  const { finalAccuracy, epochsToBaseline, steps } = summary.arms[arm] as NonNullable<(typeof summary.arms)[ArmName]>;
  const change = summary.comparisons.find((one) => one.arm === arm && one.against === 'baseline');
  return [
    { text: arm, paint: paintArm(colours, arm) },
    { text: `${percent(finalAccuracy.mean).padStart(7)} ${percentRange(finalAccuracy.ci95)}`.trimEnd() },
    change ? { text: drawChange(change), paint: emphasis(change, colours) } : { text: '' },
    { text: summary.arms.baseline ? (epochsToBaseline === null ? 'never' : `epoch ${epochsToBaseline}`) : '' },
    { text: String(steps) },
  ];
}

/** "+1.8 [+1.2, +2.4]" in points, with the decimals of the verdict; no interval where there is one trial only. */
function drawChange({ meanDifference, ci95 }: Comparison): string {
  const decimals = pointDecimals(ci95);
  const points = (fraction: number) => {
    const figure = formatPoints(fraction, decimals);
    return figure.startsWith('-') || Number(figure) === 0 ? figure : `+${figure}`;
  };
  const [low, high] = ci95;
  const range = low === null || high === null ? '' : `[${points(low)}, ${points(high)}]`;
  return `${points(meanDifference).padStart(5)} ${range}`.trimEnd();
}

/** Bold where the interval leaves out zero. */
function emphasis({ ci95: [low, high] }: Comparison, colours: Colours): (text: string) => string {
  return (low !== null && low > 0) || (high !== null && high < 0) ? colours.bold : String;
}

function drawRow(row: readonly Cell[], widths: readonly number[]): string {
  const cells = row.map(({ text, paint = String }, column) => {
    const space = ' '.repeat((widths[column] as number) - text.length);
    const numeric = column === row.length - 1;
    return numeric ? space + paint(text) : paint(text) + space;
  });
  return `  ${cells.join('   ')}`;
}
