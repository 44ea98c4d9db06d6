/** Pairing by a kernel on the labels: C-Mixup's way for regression, without its rows x rows matrix. */

import { checkOptions } from './check-options.ts';
import { firstAbove, leafPairing } from './kernel-leaves.ts';
import { checkIndex, type Pairing } from './pairing.ts';
import { identity } from './permutation.ts';
import type { RandomSource } from './random.ts';
import { itemSize, type Rows, type RowsLike, toRows } from './rows.ts';
import { withSource } from './source-rows.ts';

/**
 * Create the pairing in which row i meets row j with a chance proportional to exp(-|y_i - y_j|^2 / (2 bandwidth^2)).
 *
 * Partners come from the whole source; a row may meet itself. No rows x rows matrix is made: the labels are sorted and cut
 * into runs of half a bandwidth, a run is drawn by a bound on its weight, a row in it evenly, and the row is kept with the
 * chance that the bound was too high. Labels of several columns are parted into boxes instead. The law is exact but for rows
 * so far off that all of them together have a chance below 2 ** -53, which no draw of a source can tell from 0.
 *
 * @param targets [rows, size] the labels of every row of the source, or [rows]
 * @param options.bandwidth standard deviation of the kernel in the units of the labels, > 0; default `kernelBandwidth(targets)`
 * @throws RangeError when `bandwidth` is not > 0 and finite, or a label is not finite
 * @see Yao, Wang, Zhang, Zou, Finn, "C-Mixup: Improving Generalization in Regression", 2022
 */
export function kernelPairing(
  targets: RowsLike | ArrayLike<number>,
  options: { readonly bandwidth?: number } = {},
): Pairing {
  checkOptions(options, ['bandwidth'], 'kernelPairing');
  const y = toTargets(targets, 'kernelPairing');
  const bandwidth = options.bandwidth ?? kernelBandwidth(y);
  if (!(Number.isFinite(bandwidth) && bandwidth > 0)) {
    throw new RangeError(`kernelPairing: bandwidth must be > 0 and finite, got ${bandwidth}`);
  }
  const data = Float64Array.from(y.data, (value) => value / bandwidth);
  const lost = data.find((value) => !Number.isFinite(value));
  if (lost !== undefined) {
    throw new RangeError(`kernelPairing: labels must be finite in units of the bandwidth, got ${lost} at ${bandwidth}`);
  }
  const rows = y.shape[0];
  const draw = itemSize(y) === 1 ? runPairing(data) : leafPairing({ data, shape: y.shape });
  const pairing: Pairing = (random, index) => {
    checkIndex(index, rows, 'kernelPairing');
    return draw(random, index);
  };
  return withSource(pairing, [{ rows }], 'kernelPairing');
}

/**
 * Choose a bandwidth from the labels: 0.9 min(deviation, quartile range / 1.34) rows^(-1/5).
 *
 * Labels of several columns take the rule for their dimension with the root of the mean variance. Constant labels give 1:
 * any bandwidth has the same law there.
 *
 * @param targets [rows, size] or [rows]
 * @returns a number > 0
 * @see Silverman, "Density Estimation for Statistics and Data Analysis", 1986, equation (3.31)
 */
export function kernelBandwidth(targets: RowsLike | ArrayLike<number>): number {
  const y = toTargets(targets, 'kernelBandwidth');
  const rows = y.shape[0];
  const size = itemSize(y);
  let variance = 0;
  for (let column = 0; column < size; column++) variance += columnVariance(y, column) / size;
  const deviation = Math.sqrt(variance);
  // What is left where a mean is rounded is no spread.
  let largest = 0;
  for (const value of y.data) largest = Math.max(largest, Math.abs(value));
  if (!(deviation > 1e-12 * largest)) return 1;
  if (size > 1) return deviation * (4 / ((size + 2) * rows)) ** (1 / (size + 4));
  const sorted = Float64Array.from(y.data).sort();
  const range = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  // More than half of the labels are the same: the range says nothing.
  const spread = range > 0 ? Math.min(deviation, range / 1.34) : deviation;
  return 0.9 * spread * rows ** -0.2;
}

interface Kernel {
  /** [rows] the labels in bandwidths. */
  readonly y: Float64Array;
  readonly order: Int32Array;
  /** Where each run starts in `order`, and the end of the last. */
  readonly runs: Int32Array;
  /** The least and the largest label of each run. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
  /** Scratch, one a run. */
  readonly sums: Float64Array;
  /** Farther rows together weigh less than 2 ** -53 of the row itself. */
  readonly reach: number;
}

/** The pairing for labels of one column. */
function runPairing(y: Float64Array): Pairing {
  const order = identity(y.length).sort((a, b) => (y[a] as number) - (y[b] as number));
  const sorted = Float64Array.from(order, (row) => y[row] as number);
  const runs = cutRuns(sorted, 0.5);
  const kernel = {
    y,
    order,
    runs,
    lowest: Float64Array.from(runs.subarray(0, -1), (start) => sorted[start] as number),
    highest: Float64Array.from(runs.subarray(1), (end) => sorted[end - 1] as number),
    sums: new Float64Array(runs.length - 1),
    reach: Math.sqrt(2 * (53 * Math.LN2 + Math.log(y.length))),
  };
  return (random, index) => index.map((row) => drawPartner(random, row, kernel));
}

function drawPartner(random: RandomSource, row: number, kernel: Kernel): number {
  const { y, order, runs, lowest, highest, sums, reach } = kernel;
  const here = y[row] as number;
  const gap = (run: number) => Math.max(0, (lowest[run] as number) - here, here - (highest[run] as number));

  // The runs within reach, and the sums of their bounds.
  const from = firstAbove(highest, here - reach, 0, sums.length - 1);
  let to = from;
  let total = 0;
  for (let run = from; run < sums.length && (lowest[run] as number) - here < reach; run++) {
    const near = gap(run);
    total += ((runs[run + 1] as number) - (runs[run] as number)) * Math.exp(-0.5 * near * near);
    sums[run] = total;
    to = run;
  }
  for (;;) {
    const run = firstAbove(sums, random() * total, from, to);
    const start = runs[run] as number;
    const other = order[start + Math.floor(random() * ((runs[run + 1] as number) - start))] as number;
    if (random() < Math.exp(0.5 * (gap(run) ** 2 - (here - (y[other] as number)) ** 2))) return other;
  }
}

/** Cut sorted values into runs that are no wider than `width`. */
function cutRuns(sorted: Float64Array, width: number): Int32Array {
  const runs: number[] = [];
  let start = -Infinity;
  for (const [i, value] of sorted.entries()) {
    if (value - start <= width) continue;
    start = value;
    runs.push(i);
  }
  runs.push(sorted.length);
  return Int32Array.from(runs);
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
  // JavaScript makes 0 of null and 2 of '2'.
  const data = Float64Array.from(values, (value) => (typeof value === 'number' ? value : Number.NaN));
  return { data, shape: [values.length, 1] };
}
