/** Arrays as NumPy saves them: which types are read and written, and how they become rows and labels. */
import type { FloatArray, Rows } from '@mixup/core';

/** The typed array of each type, by NumPy's name without the byte order. */
export interface NpyData {
  readonly f4: Float32Array;
  readonly f8: Float64Array;
  readonly i4: Int32Array;
  readonly i8: BigInt64Array;
  readonly u1: Uint8Array;
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
export const npySizes = { f4: 4, f8: 8, i4: 4, i8: 8, u1: 1, b1: 1 } as const satisfies Record<NpyType, number>;

/** @returns whether it is one of the types above */
export function isNpyType(name: string): name is NpyType {
  return Object.hasOwn(npySizes, name);
}

/**
 * Take an array as rows.
 *
 * @param array of shape [rows, ...item], of any type
 * @returns float32 for `f4`, whose memory is then shared; float64 for all others
 * @throws RangeError for a single number, and for an integer beyond 2 ** 53, which no float64 holds
 * @example
 * const features = npyRows(parseNpy(bytes));
 */
export function npyRows({ dtype, data, shape }: NpyArray): Rows {
  const [rows, ...item] = shape;
  if (rows === undefined) throw new RangeError('npyRows: array must have shape [rows, ...item], got a single number');
  return {
    data:
      dtype === 'f4' || dtype === 'f8'
        ? (data as FloatArray)
        : Float64Array.from(data as ArrayLike<number | bigint>, toNumber),
    shape: [rows, ...item],
  };
}

/**
 * Take an array as labels: class ids.
 *
 * @param array of shape [rows], of integers (`u1`, `b1`, `i4`, or `i8`, NumPy's own choice)
 * @throws TypeError for floats and for another shape
 * @throws RangeError for a value that is no int32
 * @example
 * const labels = npyLabels(parseNpy(bytes));
 */
export function npyLabels({ dtype, data, shape }: NpyArray): Int32Array {
  if (dtype === 'f4' || dtype === 'f8' || shape.length !== 1) {
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
