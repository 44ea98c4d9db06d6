/** Data sets for TensorFlow.js: checked once, kept as float32 arrays; batches become tensors one at a time. */
import { itemSize, type Rows, toRows } from '@mixup/core';
import { checkOptions } from '../check-options.ts';
import type { Data, Head, LoadOptions } from '../engine.ts';
import { imageShapeOf } from '../image.ts';
import { checkLabels, checkSampleWeights } from '../labels.ts';
import { checkHead } from '../shape.ts';

/** A data set as the engine keeps it. */
export interface TfjsData extends Data {
  readonly head: Head;
  /** [rows, inputs], or [rows, height, width, channels] where they are images */
  readonly x: Rows<Float32Array>;
  /** [rows, outputs] */
  readonly y: Rows<Float32Array>;
  /** [rows], or undefined where all are 1 */
  readonly weights: Rows<Float32Array> | undefined;
  readonly disposed: boolean;
}

export function copyRows(x: Rows, y: Rows, options: LoadOptions, name: string): TfjsData {
  checkOptions(options, ['head', 'weights'], name);
  const { head = 'softmax', weights } = options;
  checkHead(head, name);
  const features = toFloat32(toRows(x, `${name}: x`), `${name}: x`);
  const labels = toFloat32(checkLabels(y, head, name), `${name}: y`);
  const rows = features.shape[0];
  if (!(rows >= 1 && itemSize(features) >= 1)) {
    throw new RangeError(
      `${name}: x must have at least one row and one feature, got shape [${features.shape.join(', ')}]`,
    );
  }
  if (labels.shape[0] !== rows) {
    throw new RangeError(`${name}: x and y must have as many rows, got ${rows} and ${labels.shape[0]}`);
  }
  if (weights) checkSampleWeights(weights, rows, name);
  let disposed = false;
  return {
    rows,
    head,
    x: { data: features.data, shape: [rows, ...(imageShapeOf(features) ?? [itemSize(features)])] },
    y: { data: labels.data, shape: [rows, itemSize(labels)] },
    weights: weights && { data: Float32Array.from(weights), shape: [rows] },
    get disposed() {
      return disposed;
    },
    dispose: () => {
      disposed = true;
    },
  };
}

function toFloat32(rows: Rows, what: string): Rows<Float32Array> {
  const data = Float32Array.from(rows.data);
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) {
    const row = Math.floor(at / itemSize(rows));
    throw new RangeError(`${what} must be within the range of float32, got more in row ${row}; scale it first`);
  }
  return { data, shape: rows.shape };
}
