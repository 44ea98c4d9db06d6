/** Data sets in the kernel's memory: checked once, when they come in. */
import type { Rows } from '@mixup/core';
import { itemSize, toRows } from '@mixup/core';
import { checkOptions } from '../check-options.ts';
import type { Data, Head, LoadOptions } from '../engine.ts';
import { type ImageShape, imageShapeOf } from '../image.ts';
import { checkLabels, checkSampleWeights } from '../labels.ts';
import { findNotFinite } from '../scan.ts';
import { checkHead } from '../shape.ts';
import type { Block, Heap } from './heap.ts';
import { padded } from './panels.ts';

/** A data set as the kernel sees it. */
export interface WasmData extends Data {
  readonly inputs: number;
  readonly outputs: number;
  readonly head: Head;
  /** The form of one row, where rows are images. */
  readonly image: ImageShape | undefined;
  /** Byte offsets; [rows, padded inputs] and [rows, padded outputs] float32. */
  readonly x: number;
  readonly y: number;
  /** Byte offset of [rows] float64; 0 where all weigh 1. */
  readonly weights: number;
  readonly disposed: boolean;
}

export function loadData(heap: Heap, x: Rows, y: Rows, options: LoadOptions): WasmData {
  checkOptions(options, ['head', 'weights'], 'load');
  const { head = 'softmax', weights } = options;
  checkHead(head, 'load');
  const features = toRows(x, 'load: x');
  const labels = checkLabels(y, head, 'load');
  const rows = features.shape[0];
  const inputs = itemSize(features);
  const outputs = itemSize(labels);
  if (!(rows >= 1 && inputs >= 1)) {
    throw new RangeError(
      `load: x must have at least one row and one feature, got shape [${features.shape.join(', ')}]`,
    );
  }
  if (labels.shape[0] !== rows) {
    throw new RangeError(`load: x and y must have as many rows, got ${rows} and ${labels.shape[0]}`);
  }
  if (weights) checkSampleWeights(weights, rows, 'load');

  const blocks: Block[] = [];
  const keep = (bytes: number): number => {
    const block = heap.allocate(bytes);
    blocks.push(block);
    return block.start;
  };
  const release = () => {
    for (const block of blocks.splice(0)) heap.free(block);
  };
  const place = { x: 0, y: 0, weights: 0 };
  try {
    place.x = keep(rows * padded(inputs) * 4);
    store(heap, features, place.x, 'x');
    place.y = keep(rows * padded(outputs) * 4);
    store(heap, labels, place.y, 'y');
    if (weights) {
      place.weights = keep(rows * 8);
      heap.float64(place.weights, rows).set(weights);
    }
  } catch (error) {
    release();
    throw error;
  }
  return {
    rows,
    inputs,
    outputs,
    head,
    image: imageShapeOf(features),
    ...place,
    get disposed() {
      return blocks.length === 0;
    },
    dispose: release,
  };
}

/** A float64 above 3.4e38 is finite, but not in float32. */
function store(heap: Heap, rows: Rows, start: number, name: string): void {
  const width = itemSize(rows);
  const stride = padded(width);
  const target = heap.float32(start, rows.shape[0] * stride);
  for (let row = 0; row < rows.shape[0]; row++) {
    target.set(rows.data.subarray(row * width, (row + 1) * width), row * stride);
  }
  const at = findNotFinite(target);
  if (at >= 0) {
    const row = Math.floor(at / stride);
    throw new RangeError(`load: ${name} must be within the range of float32, got more in row ${row}; scale it first`);
  }
}
