/** Rows: the one data shape of every package. */

/** The two typed arrays that hold real numbers here; float64 in gives float64 out. */
export type FloatArray = Float32Array | Float64Array;

/**
 * Rows of equal size, row-major: what `.npy`, ONNX and TensorFlow.js speak.
 *
 * `shape[0]` is the number of rows and the rest is the shape of one row, so `data.length` is the product of `shape`.
 */
export interface Rows<T extends FloatArray = FloatArray> {
  readonly data: T;
  readonly shape: readonly [rows: number, ...item: number[]];
}

/** Rows as the public doors take them: `shape` is checked there, as TypeScript knows no more of a literal in a variable. */
export interface UncheckedRows<T extends FloatArray = FloatArray> {
  readonly data: T;
  readonly shape: readonly number[];
}

/** What the public doors take: rows as they are, or nested arrays, which become float64. */
export type RowsLike<T extends FloatArray = FloatArray> = UncheckedRows<T> | readonly ArrayLike<number>[];

/**
 * Count the numbers in one row.
 *
 * @param x rows of shape [rows, ...item]
 * @returns the product of `item`, 1 for rows of shape [rows]
 */
export function itemSize(x: Rows): number {
  let size = 1;
  for (let axis = 1; axis < x.shape.length; axis++) size *= x.shape[axis] as number;
  return size;
}

/** @returns the sum of squared differences of two rows */
export function squaredDistance(x: Rows, a: number, b: number): number {
  const size = itemSize(x);
  let sum = 0;
  for (let i = 0; i < size; i++) {
    const difference = (x.data[a * size + i] as number) - (x.data[b * size + i] as number);
    sum += difference * difference;
  }
  return sum;
}

/**
 * Check rows, and turn nested arrays into them.
 *
 * Every number must be finite: one NaN in a batch becomes NaN in every weight of a network, far from where it came in.
 *
 * @param x rows of shape [rows, ...item], returned as they are; or `number[][]`, copied to float64
 * @param name what the errors call it
 * @throws TypeError when `x` is neither, or a nested row is ragged
 * @throws RangeError when the shape does not fit the data, or a value is NaN or infinite
 */
export function toRows<T extends FloatArray>(x: UncheckedRows<T>, name?: string): Rows<T>;
export function toRows(x: RowsLike, name?: string): Rows;
export function toRows(x: RowsLike, name = 'rows'): Rows {
  const rows = isNested(x) ? fromNested(x, name) : x;
  checkShape(rows, name);
  const { data } = rows;
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i])) {
      const size = itemSize(rows);
      throw new RangeError(
        `${name}: every value must be finite, got ${data[i]} in row ${Math.floor(i / size)}, value ${i % size}`,
      );
    }
  }
  return rows;
}

/**
 * Check the form of rows, without reading their values.
 *
 * @throws TypeError when `data` is no Float32Array or Float64Array, or there is no shape
 * @throws RangeError when the product of `shape` is not the length of `data`
 */
export function checkShape(rows: UncheckedRows, name: string): asserts rows is Rows {
  if (!(rows?.data instanceof Float32Array || rows?.data instanceof Float64Array) || !Array.isArray(rows.shape)) {
    throw new TypeError(
      `${name}: must be { data: Float32Array | Float64Array, shape } or an array of arrays of numbers`,
    );
  }
  const { shape } = rows;
  const whole = shape.length > 0 && shape.every((n) => Number.isInteger(n) && n >= 0);
  if (!whole || (shape[0] as number) * itemSize(rows as Rows) !== rows.data.length) {
    throw new RangeError(`${name}: shape [${shape.join(', ')}] must hold ${rows.data.length} values`);
  }
}

function isNested(x: RowsLike): x is readonly ArrayLike<number>[] {
  return Array.isArray(x);
}

function fromNested(x: readonly ArrayLike<number>[], name: string): Rows<Float64Array> {
  const width = x[0]?.length ?? 0;
  const data = new Float64Array(x.length * width);
  for (const [r, row] of x.entries()) {
    if (typeof row !== 'object' || row === null || !(row.length >= 0)) {
      throw new TypeError(`${name}: row ${r} must be an array of numbers, got ${row}`);
    }
    if (row.length !== width) {
      throw new TypeError(
        `${name}: rows must have the same length, got ${width} in row 0 and ${row.length} in row ${r}`,
      );
    }
    for (let c = 0; c < width; c++) {
      const value = row[c];
      if (typeof value !== 'number') {
        throw new TypeError(`${name}: row ${r}, value ${c} must be a number, got ${JSON.stringify(value)}`);
      }
      data[r * width + c] = value;
    }
  }
  return { data, shape: [x.length, width] };
}
