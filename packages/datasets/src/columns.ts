/** Columns: rows as scalers see them, one feature beside the other. */
import { type FloatArray, itemSize, type Rows, type RowsLike, toRows } from '@mixup/core';

/** Rows of checked form, and which of them to look at. */
export interface Columns {
  readonly data: FloatArray;
  /** Numbers in one row. */
  readonly width: number;
  /** Row numbers, at least one. */
  readonly rows: ArrayLike<number>;
}

/**
 * Check what a scaler is fitted on.
 *
 * @param x rows of shape [rows, ...item]; each place in an item is a column
 * @param rows the rows to look at, by default all
 * @param name of the caller, for the errors
 * @throws RangeError for NaN, no rows, no columns, and a row number that is none
 */
export function toColumns(x: RowsLike, rows: ArrayLike<number> | undefined, name: string): Columns {
  const { data, shape } = toRows(x, `${name}: x`);
  const width = itemSize({ data, shape });
  const [count] = shape;
  const chosen = rows ?? Int32Array.from({ length: count }, (_, row) => row);
  if (!(chosen.length > 0)) throw new RangeError(`${name}: there must be at least 1 row, got ${chosen.length}`);
  if (width === 0) throw new RangeError(`${name}: rows must have at least 1 column, got shape [${shape.join(', ')}]`);
  for (let i = 0; i < chosen.length; i++) {
    const row = chosen[i] as number;
    if (!(Number.isInteger(row) && row >= 0 && row < count)) {
      throw new RangeError(`${name}: rows must be integers in [0, ${count}), got ${row}`);
    }
  }
  return { data, width, rows: chosen };
}

/**
 * Give each number of some rows a new value by its column.
 *
 * The arithmetic is in float64 and is rounded once, to the type of `x`.
 *
 * @param x rows of shape [rows, ...item], never changed
 * @param width the numbers in one row that the scaler was fitted on
 * @param value of a number and its column
 * @param name of the caller, for the errors
 * @returns rows of the shape and type of `x`
 * @throws RangeError for NaN, and for rows of another width
 */
export function mapColumns(
  x: RowsLike,
  width: number,
  value: (x: number, column: number) => number,
  name: string,
): Rows {
  const { data, shape } = toRows(x, `${name}: x`);
  const own = itemSize({ data, shape });
  if (own !== width && shape[0] > 0) {
    throw new RangeError(`${name}: rows must have the ${width} columns that were fitted, got ${own}`);
  }
  const out = data instanceof Float32Array ? new Float32Array(data.length) : new Float64Array(data.length);
  for (let i = 0; i < data.length; ) {
    for (let c = 0; c < width; c++, i++) out[i] = value(data[i] as number, c);
  }
  return { data: out, shape };
}

/** @returns whether `values` can be numbers per column, `above` each of them */
export function isColumnNumbers(values: unknown, above = -Infinity): values is readonly number[] {
  return Array.isArray(values) && values.length > 0 && values.every((n) => Number.isFinite(n) && n > above);
}

/**
 * Check that a fit has a finite result.
 *
 * @throws RangeError when a column's numbers are too large for float64 to hold their sums or differences
 */
export function checkFit(values: readonly number[], name: string): void {
  const column = values.findIndex((value) => !Number.isFinite(value));
  if (column >= 0) {
    throw new RangeError(
      `${name}: the values of column ${column} must be small enough to be added, got ${values[column]}`,
    );
  }
}
