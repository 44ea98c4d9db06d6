/** Data sets in the kernel's memory: checked once, when they come in. */
import type { Rows } from '@mixup/core';
import { itemSize, toLabelRows, toRows } from '@mixup/core';
import type { Data } from '../engine.ts';
import type { Block, Heap } from './heap.ts';
import { padded } from './panels.ts';

/** A data set as the kernel sees it. */
export interface WasmData extends Data {
  readonly inputs: number;
  readonly outputs: number;
  /** Byte offsets; [rows, padded inputs] and [rows, padded outputs] float32. */
  readonly x: number;
  readonly y: number;
  readonly disposed: boolean;
}

/** Labels are given in float32 or come from a softmax: their sums are not exact. */
const SUM_TOLERANCE = 1e-4;

export function loadData(heap: Heap, x: Rows, y: Rows): WasmData {
  const features = toRows(x, 'load: x');
  const labels = toLabelRows(y, 'load: y');
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
  checkLabels(labels, outputs);

  const xBlock = store(heap, features, inputs);
  let yBlock: Block;
  try {
    checkFloat32(heap, xBlock, inputs);
    yBlock = store(heap, labels, outputs);
  } catch (error) {
    heap.free(xBlock);
    throw error;
  }
  let disposed = false;
  return {
    rows,
    inputs,
    outputs,
    x: xBlock.start,
    y: yBlock.start,
    get disposed() {
      return disposed;
    },
    dispose: () => {
      if (disposed) return;
      disposed = true;
      heap.free(xBlock);
      heap.free(yBlock);
    },
  };
}

function checkLabels({ data }: Rows, outputs: number): void {
  if (!(outputs >= 2)) {
    throw new RangeError(`load: y must have at least 2 classes, got ${outputs}; turn class ids into rows with oneHot`);
  }
  for (let start = 0; start < data.length; start += outputs) {
    let sum = 0;
    let least = 0;
    for (let i = start; i < start + outputs; i++) {
      sum += data[i] as number;
      least = Math.min(least, data[i] as number);
    }
    if (!(least >= 0 && Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      const row = start / outputs;
      const got = least < 0 ? `${least} in row ${row}` : `a sum of ${sum} in row ${row}`;
      throw new RangeError(`load: rows of y must be >= 0 with sum 1 (one-hot or soft; see oneHot), got ${got}`);
    }
  }
}

function store(heap: Heap, rows: Rows, width: number): Block {
  const stride = padded(width);
  const block = heap.allocate(rows.shape[0] * stride * 4);
  const target = heap.float32(block.start, rows.shape[0] * stride);
  for (let row = 0; row < rows.shape[0]; row++) {
    target.set(rows.data.subarray(row * width, (row + 1) * width), row * stride);
  }
  return block;
}

/** A float64 above 3.4e38 is finite, but not in float32. */
function checkFloat32(heap: Heap, block: Block, inputs: number): void {
  const stored = heap.float32(block.start, block.bytes / 4);
  const at = stored.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) {
    const row = Math.floor(at / padded(inputs));
    throw new RangeError(`load: x must be within the range of float32, got more in row ${row}; scale it first`);
  }
}
