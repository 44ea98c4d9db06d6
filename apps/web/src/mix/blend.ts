/** The blend of two examples and of their labels: one plan, applied to both. */
import { itemSize, type MixPlan, mixRows, oneHot } from '@mixup/core';
import type { Dataset } from '@mixup/datasets';

/** One example: a row of a data set, or one's own drawing. */
export interface Example {
  /** [features] */
  readonly values: ArrayLike<number>;
  /** Its class. */
  readonly label: number;
}

export interface Blend {
  /** [features] */
  readonly values: Float64Array;
  /** [classes], of sum 1 */
  readonly label: Float64Array;
}

/** @param row in [0, rows) */
export function exampleAt({ features, labels }: Dataset, row: number): Example {
  const size = itemSize(features);
  return { values: features.data.slice(row * size, (row + 1) * size), label: labels[row] as number };
}

/**
 * Blend two examples.
 *
 * @param lambda the weight of `first`, in [0, 1]
 * @param classes how many there are
 */
export function blendExamples(first: Example, second: Example, lambda: number, classes: number): Blend {
  const plan: MixPlan = { index: Int32Array.of(0), partner: Int32Array.of(1), lambda: Float64Array.of(lambda) };
  const size = first.values.length;
  const data = new Float64Array(2 * size);
  data.set(first.values);
  data.set(second.values, size);
  const labels = Float64Array.from(oneHot([first.label, second.label], classes).data);
  return {
    values: mixRows({ data, shape: [2, size] }, plan).data,
    label: mixRows({ data: labels, shape: [2, classes] }, plan).data,
  };
}
