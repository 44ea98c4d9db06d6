/** The blend of two digits and of their labels: one plan, applied to both. */
import { type MixPlan, mixRows, oneHot } from '@mixup/core';
import type { Dataset } from '@mixup/datasets';

export interface Blend {
  /** [64], each in [0, 1]: white to ink, row by row. */
  readonly pixels: Float32Array | Float64Array;
  /** [10], of sum 1. */
  readonly label: Float32Array | Float64Array;
}

/** The greatest value of a pixel of Digits. */
const ink = 16;

/** @param lambda the weight of `first`, in [0, 1] */
export function blendDigits({ features, labels }: Dataset, first: number, second: number, lambda: number): Blend {
  const plan: MixPlan = {
    index: Int32Array.of(first),
    partner: Int32Array.of(second),
    lambda: Float64Array.of(lambda),
  };
  const pixels = mixRows(features, plan).data.map((value) => value / ink);
  return { pixels, label: mixRows(oneHot(labels, 10), plan).data };
}

/** @returns the class of a row, 0 to 9 */
export function classOf({ labels }: Dataset, row: number): number {
  return labels[row] as number;
}
