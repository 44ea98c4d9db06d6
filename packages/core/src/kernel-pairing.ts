/** Pairing by a kernel on the labels: C-Mixup's way for regression, without its rows x rows matrix. */

import type { Pairing } from './pairing.ts';
import { identity } from './permutation.ts';
import type { RandomSource } from './random.ts';
import { itemSize, type Rows, type RowsLike, toRows } from './rows.ts';

/** Farther than so many bandwidths the kernel is 0 in double precision: exp(-38.61 ** 2 / 2) underflows. */
const REACH = 38.61;

/**
 * Create the pairing in which row i meets row j with a chance proportional to exp(-|y_i - y_j|^2 / (2 bandwidth^2)).
 *
 * Partners come from the whole source; a row may meet itself. The law is exact, yet no rows x rows matrix is made: the
 * labels are sorted and cut into runs of half a bandwidth, a run is drawn by a bound on its weight, a row in it evenly,
 * and the row is kept with the chance that the bound was too high.
 *
 * @param targets [rows, size] the labels of every row of the source, or [rows]
 * @param options.bandwidth standard deviation of the kernel in the units of the labels, > 0; default `kernelBandwidth(targets)`
 * @throws RangeError when `bandwidth` is not > 0 and finite, or a label is not finite
 * @see Yao, Wang, Zhang, Zou, Finn, "C-Mixup: Improving Generalization in Regression", 2022, equation (6)
 */
export function kernelPairing(
  targets: RowsLike | ArrayLike<number>,
  options: { readonly bandwidth?: number } = {},
): Pairing {
  const y = toTargets(targets, 'kernelPairing');
  const bandwidth = options.bandwidth ?? kernelBandwidth(y);
  if (!(bandwidth > 0 && bandwidth < Infinity)) {
    throw new RangeError(`kernelPairing: bandwidth must be > 0 and finite, got ${bandwidth}`);
  }
  const key = widestColumn(y);
  const order = Int32Array.from(identity(key.length)).sort((a, b) => (key[a] as number) - (key[b] as number));
  const runs = cutRuns(key, order, bandwidth / 2);
  const weights = new Float64Array(runs.length);
  return (random, index) =>
    index.map((row) => {
      if (!(row >= 0 && row < key.length)) {
        throw new RangeError(`kernelPairing: index must be rows in [0, ${key.length}), got ${row}`);
      }
      return drawPartner(random, row, { y, key, order, runs, weights, bandwidth });
    });
}

/**
 * Choose a bandwidth from the labels: 0.9 min(deviation, quartile range / 1.34) rows^(-1/5).
 *
 * Labels of several columns take the rule for their dimension with the root of the mean variance. Constant labels give 1:
 * any bandwidth has the same law there.
 *
 * @param targets [rows, size] or [rows]
 * @returns a number > 0
 * @see Silverman, "Density Estimation for Statistics and Data Analysis", 1986, equations (3.31) and (4.14)
 */
export function kernelBandwidth(targets: RowsLike | ArrayLike<number>): number {
  const y = toTargets(targets, 'kernelBandwidth');
  const rows = y.shape[0];
  const size = itemSize(y);
  let variance = 0;
  for (let column = 0; column < size; column++) variance += columnVariance(y, column) / size;
  const deviation = Math.sqrt(variance);
  if (!(deviation > 0)) return 1;
  if (size > 1) return deviation * (4 / ((size + 2) * rows)) ** (1 / (size + 4));
  const sorted = Float64Array.from(y.data).sort();
  const range = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  // More than half of the labels are the same: the range says nothing.
  const spread = range > 0 ? Math.min(deviation, range / 1.34) : deviation;
  return 0.9 * spread * rows ** -0.2;
}

interface Kernel {
  readonly y: Rows;
  /** [rows] the column by which rows are sorted */
  readonly key: Float64Array;
  readonly order: Int32Array;
  /** Where each run starts in `order`, and the end of the last. */
  readonly runs: Int32Array;
  /** Scratch, as long as `runs`. */
  readonly weights: Float64Array;
  readonly bandwidth: number;
}

function drawPartner(random: RandomSource, row: number, kernel: Kernel): number {
  const { y, key, order, runs, weights, bandwidth } = kernel;
  const here = key[row] as number;
  const end = (run: number) => runs[run + 1] as number;
  const lowest = (run: number) => key[order[runs[run] as number] as number] as number;
  const highest = (run: number) => key[order[end(run) - 1] as number] as number;
  const gap = (run: number) => Math.max(0, lowest(run) - here, here - highest(run)) / bandwidth;

  // The runs within reach, and the sums of their bounds.
  const last = runs.length - 2;
  let from = lastRunAt(here, lowest, last);
  let to = from;
  while (from > 0 && gap(from - 1) < REACH) from--;
  while (to < last && gap(to + 1) < REACH) to++;
  let total = 0;
  for (let run = from; run <= to; run++) {
    total += (end(run) - (runs[run] as number)) * Math.exp(-0.5 * gap(run) ** 2);
    weights[run] = total;
  }
  for (;;) {
    const run = firstAbove(weights, random() * total, from, to);
    const start = runs[run] as number;
    const other = order[start + Math.floor(random() * (end(run) - start))] as number;
    const near = gap(run) ** 2;
    if (random() < Math.exp(0.5 * (near - squaredDistance(y, row, other, bandwidth)))) return other;
  }
}

/** @returns the first run in [from, to] whose sum is above `value`, `to` if none is */
function firstAbove(sums: Float64Array, value: number, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** @returns the last run that starts at `value` or below */
function lastRunAt(value: number, lowest: (run: number) => number, last: number): number {
  let [low, high] = [0, last];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lowest(middle) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Cut sorted rows into runs that are no wider than `width`. */
function cutRuns(key: Float64Array, order: Int32Array, width: number): Int32Array {
  const runs: number[] = [];
  let start = -Infinity;
  for (const [i, row] of order.entries()) {
    const value = key[row] as number;
    if (value - start <= width) continue;
    start = value;
    runs.push(i);
  }
  runs.push(order.length);
  return Int32Array.from(runs);
}

function squaredDistance(y: Rows, a: number, b: number, unit: number): number {
  const size = itemSize(y);
  let sum = 0;
  for (let i = 0; i < size; i++) {
    sum += (((y.data[a * size + i] as number) - (y.data[b * size + i] as number)) / unit) ** 2;
  }
  return sum;
}

/** The column that spreads most: sorted by it, the fewest rows are drawn in vain. */
function widestColumn(y: Rows): Float64Array {
  const size = itemSize(y);
  let widest = 0;
  for (let column = 1; column < size; column++) {
    if (columnVariance(y, column) > columnVariance(y, widest)) widest = column;
  }
  return Float64Array.from({ length: y.shape[0] }, (_, row) => y.data[row * size + widest] as number);
}

/** With n - 1, as R and SciPy have it in this rule; 0 for a single row. */
function columnVariance(y: Rows, column: number): number {
  const size = itemSize(y);
  const rows = y.shape[0];
  let mean = 0;
  for (let i = column; i < y.data.length; i += size) mean += (y.data[i] as number) / rows;
  let sum = 0;
  for (let i = column; i < y.data.length; i += size) sum += ((y.data[i] as number) - mean) ** 2;
  return rows > 1 ? sum / (rows - 1) : 0;
}

/** Linear between the neighbours, as NumPy's default. */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)] as number;
  return low + (at - Math.floor(at)) * ((sorted[Math.ceil(at)] as number) - low);
}

function toTargets(targets: RowsLike | ArrayLike<number>, name: string): Rows {
  const flat = ArrayBuffer.isView(targets) || (Array.isArray(targets) && typeof targets[0] === 'number');
  const rows = flat ? column(targets as ArrayLike<number>) : toRows(targets as RowsLike, `${name}: targets`);
  const checked = flat ? toRows(rows, `${name}: targets`) : rows;
  if (checked.data.length === 0) throw new RangeError(`${name}: targets must have a row, got none`);
  return checked;
}

function column(values: ArrayLike<number>): Rows<Float64Array> {
  return { data: Float64Array.from(values), shape: [values.length, 1] };
}
