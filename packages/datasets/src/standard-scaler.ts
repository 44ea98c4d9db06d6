/** Standard scaler: each column to mean 0 and standard deviation 1. */
import type { FloatArray, Rows, RowsLike } from '@mixup/core';
import { type Columns, checkFit, isColumnNumbers, mapColumns, toColumns } from './columns.ts';

/** A fitted scaler: plain data, and JSON keeps every bit of it. */
export interface StandardScaler {
  readonly kind: 'standard';
  /** [columns] */
  readonly mean: readonly number[];
  /** [columns], > 0: the population standard deviation, 1 for a constant column */
  readonly scale: readonly number[];
}

export interface StandardScalerOptions {
  /** The rows to fit on, such as those of a training split; by default all. */
  readonly rows?: ArrayLike<number>;
}

/** = 2 ** -52, the distance from 1 to the next float64 */
const epsilon = Number.EPSILON;

function fit(x: RowsLike, { rows }: StandardScalerOptions = {}): StandardScaler {
  const name = 'standardScaler.fit';
  const columns = toColumns(x, rows, name);
  const { mean, scale } = momentsOf(columns);
  checkFit(mean, name);
  checkFit(scale, name);
  return { kind: 'standard', mean, scale };
}

/** The mean and the standard deviation of each column, all columns of a row at a time. */
function momentsOf({ data, width, rows }: Columns) {
  const n = rows.length;
  const sums = new Float64Array(width);
  for (let i = 0; i < n; i++) {
    const start = (rows[i] as number) * width;
    for (let c = 0; c < width; c++) sums[c] = (sums[c] as number) + (data[start + c] as number);
  }
  const mean = Array.from(sums, (sum) => sum / n);
  // The corrected two-pass algorithm: what rounding left in the mean is taken out of the squares.
  const rest = new Float64Array(width);
  const squares = new Float64Array(width);
  for (let i = 0; i < n; i++) {
    const start = (rows[i] as number) * width;
    for (let c = 0; c < width; c++) {
      const difference = (data[start + c] as number) - (mean[c] as number);
      rest[c] = (rest[c] as number) + difference;
      squares[c] = (squares[c] as number) + difference * difference;
    }
  }
  const scale = mean.map((center, c) => scaleOf(n, center, rest[c] as number, squares[c] as number));
  return { mean, scale };
}

/** @param rest the sum of the differences to the mean, and `squares` that of their squares */
function scaleOf(n: number, mean: number, rest: number, squares: number): number {
  const variance = (squares - (rest * rest) / n) / n;
  // The error bound of that algorithm: below it, a column can't be told from a constant one (as scikit-learn decides).
  const bound = n * epsilon * variance + (n * mean * epsilon) ** 2;
  // An overflow is above every bound: it must not pass for a constant column.
  const constant = variance < Infinity && variance <= bound;
  return constant ? 1 : Math.sqrt(variance);
}

function check(scaler: StandardScaler, name: string): void {
  const { kind, mean, scale } = scaler ?? {};
  if (!(kind === 'standard' && isColumnNumbers(mean) && isColumnNumbers(scale, 0) && mean.length === scale.length)) {
    throw new TypeError(`${name}: scaler must be what standardScaler.fit returned, got kind ${JSON.stringify(kind)}`);
  }
}

function transform<T extends FloatArray>(scaler: StandardScaler, x: Rows<T>): Rows<T>;
function transform(scaler: StandardScaler, x: RowsLike): Rows;
function transform(scaler: StandardScaler, x: RowsLike): Rows {
  const name = 'standardScaler.transform';
  check(scaler, name);
  const { mean, scale } = scaler;
  return mapColumns(x, mean.length, (value, c) => (value - (mean[c] as number)) / (scale[c] as number), name);
}

function inverse<T extends FloatArray>(scaler: StandardScaler, x: Rows<T>): Rows<T>;
function inverse(scaler: StandardScaler, x: RowsLike): Rows;
function inverse(scaler: StandardScaler, x: RowsLike): Rows {
  const name = 'standardScaler.inverse';
  check(scaler, name);
  const { mean, scale } = scaler;
  return mapColumns(x, mean.length, (value, c) => value * (scale[c] as number) + (mean[c] as number), name);
}

/**
 * Scale each column to mean 0 and standard deviation 1: `(x - mean) / scale`.
 *
 * The same numbers as scikit-learn's `StandardScaler`: the population standard deviation, and 1 in its place for a
 * column that is constant up to rounding. What `fit` returns is plain data: save it as JSON beside the model.
 *
 * - `fit(x, { rows })`: x has shape [rows, ...item], and each place in an item is a column
 * - `transform(scaler, x)`: rows of the shape and type of x
 * - `inverse(scaler, x)`: back, up to rounding
 *
 * All three throw a RangeError for NaN and infinite values; `fit` for no rows, the others for rows of another width, and a
 * TypeError for what is no such scaler.
 *
 * @example
 * const scaler = standardScaler.fit(features, { rows: train });
 * const scaled = standardScaler.transform(scaler, features);
 * @see Chan, Golub, LeVeque, "Algorithms for computing the sample variance: analysis and recommendations", 1983
 */
export const standardScaler = { fit, transform, inverse } as const;
