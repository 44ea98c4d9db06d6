/** Image rows: pixels as numbers that a network can be trained on. */
import type { Rows } from '@mixup/core';

/** Pixels as files have them: what `parseIdx` and `parseCifar10` give. */
export interface Pixels {
  /** Each in 0 … 255. */
  readonly data: Uint8Array;
  /** [rows, ...image] */
  readonly shape: readonly [rows: number, ...image: number[]];
}

/**
 * Turn pixels of 0 … 255 into rows of [0, 1]: each is divided by 255.
 *
 * @returns float32 rows of the same shape, which a convolution takes as they are
 * @throws TypeError when the data is no Uint8Array
 * @throws RangeError when the shape does not fit the data
 * @example
 * const x = imageRows({ data: Uint8Array.of(0, 51, 102, 255), shape: [1, 2, 2] });
 * x.data; // Float32Array [0, 0.2, 0.4, 1]
 */
export function imageRows({
  data,
  shape,
}: Pixels | { data: ArrayBufferView; shape: Pixels['shape'] }): Rows<Float32Array> {
  if (!(data instanceof Uint8Array)) {
    throw new TypeError('imageRows: data must be a Uint8Array of pixels in 0 … 255, got another type');
  }
  if (shape.reduce((product, n) => product * n, 1) !== data.length) {
    throw new RangeError(`imageRows: shape [${shape.join(', ')}] must hold ${data.length} values`);
  }
  return { data: Float32Array.from(data, (value) => value / 255), shape: [...shape] };
}
