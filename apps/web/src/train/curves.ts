/** Curves: loss or accuracy of both networks by epoch, as SVG text that takes its colours from the page. */
import { type ArmName, armNames, type Frame } from './frame.ts';

export interface CurveKind {
  readonly title: string;
  readonly training: 'trainingLoss' | 'trainingAccuracy';
  readonly heldOut: 'heldOutLoss' | 'heldOutAccuracy';
}

export const accuracyKind: CurveKind = {
  title: 'Accuracy',
  training: 'trainingAccuracy',
  heldOut: 'heldOutAccuracy',
};
export const lossKind: CurveKind = { title: 'Loss', training: 'trainingLoss', heldOut: 'heldOutLoss' };

const width = 400;
const height = 250;
const margin = { top: 12, right: 14, bottom: 30, left: 48 };

/** Losses above this are off the chart. */
export const highestLoss = 3;

/** More corners than this can't be seen. */
const mostCorners = 200;

/** Draw the curves of a frame; its text is numbers and words of this file alone. */
export function curvesSvg({ arms, epoch }: Frame, { title, training, heldOut }: CurveKind): string {
  const isLoss = heldOut === 'heldOutLoss';
  const all = armNames.flatMap((name) => [...arms[name].history[training], ...arms[name].history[heldOut]]);
  const [low, high, step] = isLoss ? lossRange(all) : accuracyRange(all);
  const last = Math.max(epoch, 10);
  const x = (value: number) => margin.left + (value / last) * (width - margin.left - margin.right);
  const y = (value: number) =>
    height - margin.bottom - ((Math.min(value, high) - low) / (high - low)) * (height - margin.top - margin.bottom);
  const round = (value: number) => Math.round(value * 10) / 10;

  const path = (values: readonly number[]) => {
    const stride = Math.ceil(values.length / mostCorners);
    const corners = values.flatMap((value, i) =>
      i % stride === 0 || i === values.length - 1 ? [`${round(x(i))},${round(y(value))}`] : [],
    );
    return `M${corners.join('L')}`;
  };
  const lines = armNames.flatMap((name) => [
    `<path class="curve curve-${name} curve-training" d="${path(arms[name].history[training])}"/>`,
    `<path class="curve curve-${name}" d="${path(arms[name].history[heldOut])}"/>`,
  ]);
  const ends = armNames.map((name) => endMark(name, x(epoch), y(arms[name].history[heldOut].at(-1) as number)));
  const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => low + i * step).map((value) => {
    const text = isLoss ? value.toFixed(1) : `${Math.round(100 * value)} %`;
    return `<line class="curve-grid" x1="${margin.left}" x2="${width - margin.right}" y1="${round(y(value))}" y2="${round(y(value))}"/><text x="${margin.left - 7}" y="${round(y(value) + 4)}" text-anchor="end">${text}</text>`;
  });
  const epochs = [0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * last));
  const below = epochs.map(
    (value) => `<text x="${round(x(value))}" y="${height - 10}" text-anchor="middle">${value}</text>`,
  );
  const label = `${title} by epoch: ${armNames.map((name) => `${name} ${lastOf(arms[name].history[heldOut], isLoss)} on held-out points and ${lastOf(arms[name].history[training], isLoss)} on training points`).join(', ')}`;
  return `<svg class="curves" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">${ticks.join('')}${below.join('')}${lines.join('')}${ends.join('')}</svg>`;
}

/** A disc for the baseline, a square for mixup. */
function endMark(name: ArmName, x: number, y: number): string {
  return name === 'baseline'
    ? `<circle class="curve-end curve-${name}" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="4"/>`
    : `<rect class="curve-end curve-${name}" x="${(x - 3.8).toFixed(1)}" y="${(y - 3.8).toFixed(1)}" width="7.6" height="7.6"/>`;
}

function lastOf(values: readonly number[], isLoss: boolean): string {
  const value = values.at(-1) as number;
  return isLoss ? value.toPrecision(3) : `${(100 * value).toFixed(1)} %`;
}

type Range = readonly [low: number, high: number, step: number];

function accuracyRange(values: readonly number[]): Range {
  const least = Math.min(...values);
  return least >= 0.5 ? [0.5, 1, 0.1] : [0, 1, 0.25];
}

function lossRange(values: readonly number[]): Range {
  const most = Math.min(highestLoss, Math.max(...values));
  const step = most <= 0.8 ? 0.2 : most <= 2 ? 0.5 : 1;
  return [0, Math.ceil(most / step) * step, step];
}
