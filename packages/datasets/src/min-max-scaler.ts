/** Min-max scaler: each column to a given range. */
import type { FloatArray, Rows, RowsLike } from '@mixup/core';
import { checkFit, isColumnNumbers, mapColumns, toColumns } from './columns.ts';

/** A fitted scaler: plain data, and JSON keeps every bit of it. */
export interface MinMaxScaler {
  readonly kind: 'minMax';
  /** [columns] */
  readonly scale: readonly number[];
  /** [columns] */
  readonly offset: readonly number[];
}

export interface MinMaxScalerOptions {
  /** The rows to fit on, such as those of a training split; by default all. */
  readonly rows?: ArrayLike<number>;
  /** Where the least and the greatest value of a column go, by default 0 and 1. */
  readonly range?: readonly [low: number, high: number];
}

function fit(x: RowsLike, { rows, range = [0, 1] }: MinMaxScalerOptions = {}): MinMaxScaler {
  const name = 'minMaxScaler.fit';
  const [low, high] = range;
  if (!(low < high && Number.isFinite(high - low))) {
    throw new RangeError(`${name}: range must be two finite numbers, the lower first, got [${range.join(', ')}]`);
  }
  const columns = toColumns(x, rows, name);
  // scikit-learn calls a column constant when its span is below 10 units in the last place of 1, in the type of x.
  const least = 10 * (columns.data instanceof Float32Array ? 2 ** -23 : 2 ** -52);
  const scale: number[] = [];
  const offset: number[] = [];
  for (let column = 0; column < columns.width; column++) {
    let min = Infinity;
    let max = -Infinity;
    for (let i = 0; i < columns.rows.length; i++) {
      const value = columns.data[(columns.rows[i] as number) * columns.width + column] as number;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    const span = max - min;
    const factor = (high - low) / (span < least ? 1 : span);
    scale.push(factor);
    // + 0 because JSON has no -0.
    offset.push(low - min * factor + 0);
  }
  // A span that is infinite, or too large for the range, has no scale.
  checkFit(
    scale.map((factor) => 1 / factor),
    name,
  );
  checkFit(offset, name);
  return { kind: 'minMax', scale, offset };
}

function check(scaler: MinMaxScaler, name: string): void {
  const { kind, scale, offset } = scaler ?? {};
  if (!(kind === 'minMax' && isColumnNumbers(scale, 0) && isColumnNumbers(offset) && scale.length === offset.length)) {
    throw new TypeError(`${name}: scaler must be what minMaxScaler.fit returned, got kind ${JSON.stringify(kind)}`);
  }
}

function transform<T extends FloatArray>(scaler: MinMaxScaler, x: Rows<T>): Rows<T>;
function transform(scaler: MinMaxScaler, x: RowsLike): Rows;
function transform(scaler: MinMaxScaler, x: RowsLike): Rows {
  const name = 'minMaxScaler.transform';
  check(scaler, name);
  const { scale, offset } = scaler;
  return mapColumns(x, scale.length, (value, c) => value * (scale[c] as number) + (offset[c] as number), name);
}

function inverse<T extends FloatArray>(scaler: MinMaxScaler, x: Rows<T>): Rows<T>;
function inverse(scaler: MinMaxScaler, x: RowsLike): Rows;
function inverse(scaler: MinMaxScaler, x: RowsLike): Rows {
  const name = 'minMaxScaler.inverse';
  check(scaler, name);
  const { scale, offset } = scaler;
  return mapColumns(x, scale.length, (value, c) => (value - (offset[c] as number)) / (scale[c] as number), name);
}

/**
 * Scale each column to a range: `x * scale + offset`, the least value to `low` and the greatest to `high`.
 *
 * The same numbers as scikit-learn's `MinMaxScaler`, whose `min_` is the offset here; a constant column goes to `low`.
 * What `fit` returns is plain data: save it as JSON beside the model. Rows that were not fitted on may leave the range.
 *
 * - `fit(x, { rows, range })`: x has shape [rows, ...item], and each place in an item is a column
 * - `transform(scaler, x)`: rows of the shape and type of x
 * - `inverse(scaler, x)`: back, up to rounding
 *
 * All three throw a RangeError for NaN and infinite values; `fit` for no rows and an empty range, the others for rows of
 * another width, and a TypeError for what is no such scaler.
 *
 * @example
 * const scaler = minMaxScaler.fit(features, { range: [-1, 1] });
 * const scaled = minMaxScaler.transform(scaler, features);
 */
export const minMaxScaler = { fit, transform, inverse } as const;
