/** Arrays as NumPy saves them: which types are read and written, and how they become rows and labels. */
import type { FloatArray, Rows } from '@mixup/core';

/** The typed array of each type, by NumPy's name without the byte order. */
export interface NpyData {
  /** Half precision, each as the float32 that it is. */
  readonly f2: Float32Array;
  readonly f4: Float32Array;
  readonly f8: Float64Array;
  readonly i1: Int8Array;
  readonly i2: Int16Array;
  readonly i4: Int32Array;
  readonly i8: BigInt64Array;
  readonly u1: Uint8Array;
  readonly u2: Uint16Array;
  readonly u4: Uint32Array;
  readonly u8: BigUint64Array;
  /** Each 0 or 1. */
  readonly b1: Uint8Array;
}

export type NpyType = keyof NpyData;

/** An array: what a `.npy` file holds. */
export type NpyArray = {
  readonly [T in NpyType]: {
    readonly dtype: T;
    /** Row-major (C order), whatever the order in the file. */
    readonly data: NpyData[T];
    /** As in NumPy; [] for a single number */
    readonly shape: readonly number[];
  };
}[NpyType];

/** Bytes of one value. */
export const npySizes = {
  f2: 2,
  f4: 4,
  f8: 8,
  i1: 1,
  i2: 2,
  i4: 4,
  i8: 8,
  u1: 1,
  u2: 2,
  u4: 4,
  u8: 8,
  b1: 1,
} as const satisfies Record<NpyType, number>;

/** @returns whether it is one of the types above */
export function isNpyType(name: string): name is NpyType {
  return Object.hasOwn(npySizes, name);
}

function isFloat(dtype: NpyType): dtype is 'f2' | 'f4' | 'f8' {
  return dtype === 'f2' || dtype === 'f4' || dtype === 'f8';
}

/**
 * Take an array as rows.
 *
 * @param array of shape [rows, ...item], of any type
 * @returns float32 for `f2` and `f4`, float64 for all others; the memory of floats is shared
 * @throws RangeError for a single number, and for an integer beyond 2 ** 53, which no float64 holds
 * @example
 * const features = npyRows(parseNpy(bytes));
 */
export function npyRows({ dtype, data, shape }: NpyArray): Rows {
  const [rows, ...item] = shape;
  if (rows === undefined) throw new RangeError('npyRows: array must have shape [rows, ...item], got a single number');
  return {
    data: isFloat(dtype) ? (data as FloatArray) : Float64Array.from(data as ArrayLike<number | bigint>, toNumber),
    shape: [rows, ...item],
  };
}

/**
 * Take an array as labels: class ids.
 *
 * @param array of shape [rows], of integers: `b1`, `u1` to `u8`, `i1` to `i8` (NumPy's own choice)
 * @throws TypeError for floats and for another shape
 * @throws RangeError for a value that is no int32
 * @example
 * const labels = npyLabels(parseNpy(bytes));
 */
export function npyLabels({ dtype, data, shape }: NpyArray): Int32Array {
  if (isFloat(dtype) || shape.length !== 1) {
    throw new TypeError(
      `npyLabels: array must be integers of shape [rows], got ${dtype} of shape [${shape.join(', ')}]`,
    );
  }
  return Int32Array.from(data as ArrayLike<number | bigint>, (value, row) => {
    const label = Number(value);
    if (label !== (label | 0))
      throw new RangeError(`npyLabels: every label must be an int32, got ${label} in row ${row}`);
    return label;
  });
}

function toNumber(value: number | bigint, at: number): number {
  const number = Number(value);
  if (typeof value === 'bigint' && !Number.isSafeInteger(number)) {
    throw new RangeError(`npyRows: every integer must be within 2 ** 53, got ${value} at ${at}`);
  }
  return number;
}
