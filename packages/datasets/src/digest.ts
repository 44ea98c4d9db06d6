/** Digests: a name for data that depends on nothing but their values. */
import type { Rows } from '@mixup/core';
import { sha256 } from './sha256.ts';

/**
 * Name the content of a data set: SHA-256 of its shape (int32), features (float64) and labels (int32), little-endian.
 *
 * Names of classes and features have no part in it: no training depends on them.
 *
 * @param features rows of shape [rows, ...item]
 * @param labels [rows], class ids
 * @returns 64 hexadecimal digits, the same on every machine
 */
export function datasetDigest(features: Rows, labels: ArrayLike<number>): string {
  const { data, shape } = features;
  const view = new DataView(new ArrayBuffer(4 * shape.length + 8 * data.length + 4 * labels.length));
  let at = 0;
  for (const n of shape) {
    view.setInt32(at, n, true);
    at += 4;
  }
  for (const value of data) {
    view.setFloat64(at, value, true);
    at += 8;
  }
  for (let i = 0; i < labels.length; i++) {
    view.setInt32(at, labels[i] as number, true);
    at += 4;
  }
  return sha256(new Uint8Array(view.buffer));
}
