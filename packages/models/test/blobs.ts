/** Data for tests: noisy classes that a network can learn, but not at once. */
import { oneHot, type Random, type Rows } from '@mixup/core';

export interface Blobs {
  readonly x: Rows<Float32Array>;
  readonly y: Rows<Float64Array>;
}

/** Each class lies around a corner of its own: feature f of class c is larger by 1 where `f % classes` is c. */
export function sampleBlobs(random: Random, rows: number, inputs: number, classes: number): Blobs {
  const ids = Array.from({ length: rows }, () => Math.floor(random() * classes));
  const x = Float32Array.from({ length: rows * inputs }, (_, i) => {
    const id = ids[Math.floor(i / inputs)] as number;
    return 2 * random() - 1 + ((i % inputs) % classes === id ? 1 : 0);
  });
  return { x: { data: x, shape: [rows, inputs] }, y: oneHot(ids, classes) };
}
