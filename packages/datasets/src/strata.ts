/** Strata: drawing from each class in proportion. */
import { type RandomSource, samplePermutation, shuffle } from '@mixup/core';
import type { Split } from './split.ts';

/**
 * Draw two parts that hold each class in proportion, to within one row, as scikit-learn's `StratifiedShuffleSplit`.
 *
 * @param strata the rows of each class
 * @param train rows to train on, in all classes together
 * @param test rows to test on; train + test is at most the number of all rows
 */
export function sampleStratified(
  random: RandomSource,
  strata: readonly (readonly number[])[],
  train: number,
  test: number,
): Split {
  const sizes = strata.map((rows) => rows.length);
  const trainCounts = sampleProportional(random, sizes, train);
  const left = sizes.map((size, i) => size - (trainCounts[i] as number));
  const testCounts = sampleProportional(random, left, test);
  const parts: { train: number[][]; test: number[][] } = { train: [], test: [] };
  for (const [i, rows] of strata.entries()) {
    const order = Array.from(samplePermutation(random, rows.length), (at) => rows[at] as number);
    const end = trainCounts[i] as number;
    parts.train.push(order.slice(0, end));
    parts.test.push(order.slice(end, end + (testCounts[i] as number)));
  }
  return {
    train: shuffle(random, Int32Array.from(parts.train.flat())),
    test: shuffle(random, Int32Array.from(parts.test.flat())),
  };
}

/**
 * Share out so many draws over classes, in proportion to their sizes: near the mode of the multivariate hypergeometric
 * law.
 *
 * Each class gets its share rounded down; what is left goes to the largest remainders, and equal remainders draw lots.
 *
 * @param sizes rows in each class
 * @param draws at most the sum of `sizes`
 * @returns [classes], whole numbers that add up to `draws`
 */
export function sampleProportional(random: RandomSource, sizes: readonly number[], draws: number): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  // In this order: which remainders are equal depends on the rounding.
  const shares = sizes.map((size) => (size / total) * draws);
  const counts = shares.map(Math.floor);
  const remainders = shares.map((share, i) => share - (counts[i] as number));
  let missing = draws - counts.reduce((sum, count) => sum + count, 0);
  for (const value of [...new Set(remainders)].sort((a, b) => b - a)) {
    if (missing <= 0) break;
    const tied = remainders.flatMap((remainder, i) => (remainder === value ? [i] : []));
    const take = Math.min(tied.length, missing);
    for (const at of samplePermutation(random, tied.length).subarray(0, take)) {
      const i = tied[at] as number;
      counts[i] = (counts[i] as number) + 1;
    }
    missing -= take;
  }
  return counts;
}
