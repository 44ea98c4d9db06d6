/** Weights as they are drawn from Beta(alpha, alpha), counted, beside the density they are drawn from. */
import { createRandom, sampleLambda } from '@mixup/core';
import { betaCdf, lambdaHistogram } from '@mixup/core/audit';

export const draws = 4000;

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** The count that the law leads to expect. */
  readonly expected: number;
}

/** @param alpha in [1e-4, 1e4] */
export function countDraws(alpha: number, seed: number, bins = 20): Bin[] {
  const { edges, counts, expected } = lambdaHistogram(sampleLambda(createRandom(seed).fork('lambda'), alpha, draws), {
    alpha,
    bins,
  });
  return Array.from(counts, (count, i) => ({
    from: edges[i] as number,
    to: edges[i + 1] as number,
    count,
    expected: expected[i] as number,
  }));
}

/**
 * Trace the density of Beta(alpha, alpha): its means over narrow cells, which are finite where the density itself is not,
 * at the ends for alpha < 1.
 *
 * @returns the middle of each cell and the mean density over it
 */
export function traceDensity(alpha: number, cells = 400): { readonly x: number; readonly density: number }[] {
  const cdf = Array.from({ length: cells + 1 }, (_, i) => betaCdf(i / cells, alpha, alpha));
  return Array.from({ length: cells }, (_, i) => ({
    x: (i + 0.5) / cells,
    density: cells * ((cdf[i + 1] as number) - (cdf[i] as number)),
  }));
}
