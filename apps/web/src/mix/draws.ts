/** Weights as they are drawn from Beta(alpha, alpha), counted. */
import { createRandom, sampleLambda } from '@mixup/core';

export const draws = 4000;

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** @param alpha > 0 */
export function countDraws(alpha: number, bins = 20): Bin[] {
  const counts = new Array<number>(bins).fill(0);
  for (const lambda of sampleLambda(createRandom(0), alpha, draws)) {
    counts[Math.min(bins - 1, Math.floor(lambda * bins))] =
      (counts[Math.min(bins - 1, Math.floor(lambda * bins))] ?? 0) + 1;
  }
  return counts.map((count, i) => ({ from: i / bins, to: (i + 1) / bins, count }));
}
