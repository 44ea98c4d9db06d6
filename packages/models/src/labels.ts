/** Label rows and sample weights, checked when data comes in. */
import { itemSize, type Rows, toLabelRows } from '@mixup/core';
import type { Head } from './engine.ts';

/** Labels are given in float32 or come from a softmax: their sums are not exact. */
const SUM_TOLERANCE = 1e-4;

/**
 * Check labels for the head that they are for.
 *
 * @returns rows of shape [rows, outputs]
 * @throws RangeError when a row is none that the head can be scored on
 */
export function checkLabels(y: Rows, head: Head, name: string): Rows {
  const labels = toLabelRows(y, `${name}: y`);
  const outputs = itemSize(labels);
  if (head === 'softmax') checkDistributions(labels, outputs, name);
  else if (!(outputs >= 1)) throw new RangeError(`${name}: y must have at least one output, got ${outputs}`);
  if (head === 'sigmoid') {
    const at = labels.data.findIndex((value) => !(value >= 0 && value <= 1));
    if (at >= 0) {
      const row = Math.floor(at / outputs);
      throw new RangeError(`${name}: y must be in [0, 1] for the head 'sigmoid', got ${labels.data[at]} in row ${row}`);
    }
  }
  return labels;
}

function checkDistributions({ data }: Rows, outputs: number, name: string): void {
  if (!(outputs >= 2)) {
    throw new RangeError(
      `${name}: y must have at least 2 classes, got ${outputs}; turn class ids into rows with oneHot`,
    );
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
      throw new RangeError(`${name}: rows of y must be >= 0 with sum 1 (one-hot or soft; see oneHot), got ${got}`);
    }
  }
}

/** @throws RangeError when the weights are not one for each row, each >= 0 and finite */
export function checkSampleWeights(weights: ArrayLike<number>, rows: number, name: string): void {
  if (weights.length !== rows) {
    throw new RangeError(`${name}: weights must be ${rows}, one for each row, got ${weights.length}`);
  }
  for (let row = 0; row < rows; row++) {
    const weight = weights[row] as number;
    if (!(weight >= 0 && weight < Infinity)) {
      throw new RangeError(`${name}: weights must be >= 0 and finite, got ${weight} in row ${row}`);
    }
  }
}
