/** Arms: what is paired, what is mixed, what is only more of the same. */
import { createRandom, type MixPlan, mixupPlans } from '@mixup/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ArmName, type ArmOptions, armNames, createArm } from '../src/arm.ts';

const streams = (seed: number) => {
  const random = createRandom(seed);
  return { order: random.fork('order'), mix: random.fork('mix') };
};

const options = fc
  .record({
    rows: fc.integer({ min: 2, max: 60 }),
    batchSize: fc.integer({ min: 1, max: 20 }),
    alpha: fc.constantFrom(0, 0.2, 1, 8),
  })
  .chain((some) => fc.integer({ min: 1, max: Math.floor(some.rows / 2) }).map((mixSize) => ({ ...some, mixSize })));
const seed = fc.nat();
const epoch = fc.nat(40);

const planOf = (name: ArmName, options: ArmOptions, seed: number, epoch: number) =>
  createArm(name, streams(seed), options)(epoch);
const sorted = (rows: Int32Array) => [...rows].sort((a, b) => a - b);
const isPlain = ({ index, partner, lambda }: MixPlan, i: number) => lambda[i] === 1 && partner[i] === index[i];

test('the plan of an epoch depends on the streams and the epoch alone, in whatever order it is asked for', () => {
  fc.assert(
    fc.property(fc.constantFrom(...armNames), options, seed, epoch, (name, options, seed, epoch) => {
      const arm = createArm(name, streams(seed), options);
      arm(epoch + 1);
      expect(arm(epoch)).toEqual(planOf(name, options, seed, epoch));
    }),
  );
});

test('baseline is each training row once, plain, in another order each epoch', () => {
  fc.assert(
    fc.property(options, seed, epoch, (options, seed, epoch) => {
      const plan = planOf('baseline', options, seed, epoch);
      expect(sorted(plan.index)).toEqual(Array.from({ length: options.rows }, (_, row) => row));
      expect([...plan.index].every((_, i) => isPlain(plan, i))).toBe(true);
    }),
  );
  const orders = [0, 1, 2].map((epoch) =>
    planOf('baseline', { rows: 60, batchSize: 7, mixSize: 1, alpha: 1 }, 0, epoch),
  );
  expect(new Set(orders.map(({ index }) => index.join())).size).toBe(3);
});

test('append stacks the first batch of the generator of the article, the same one in each epoch', () => {
  fc.assert(
    fc.property(options, seed, epoch, (options, seed, epoch) => {
      const { rows, mixSize, alpha } = options;
      const plan = planOf('append', options, seed, epoch);
      const drawn = mixupPlans(streams(seed).mix.fork('stack'), { rows, batchSize: mixSize, alpha }).next().value;
      const describe = ({ index, partner, lambda }: MixPlan) =>
        [...index].map((row, i) => `${row} ${partner[i]} ${lambda[i]}`);
      const plain = Array.from({ length: rows }, (_, row) => `${row} ${row} 1`);
      expect(describe(plan).sort()).toEqual([...plain, ...describe(drawn)].sort());
    }),
  );
});

test('duplicate is append with the same rows at the same places, unmixed', () => {
  fc.assert(
    fc.property(options, seed, epoch, (options, seed, epoch) => {
      const append = planOf('append', options, seed, epoch);
      const duplicate = planOf('duplicate', options, seed, epoch);
      expect(duplicate.index).toEqual(append.index);
      expect([...duplicate.index].every((_, i) => isPlain(duplicate, i))).toBe(true);
    }),
  );
});

test('the training rows of append come in the order of the baseline', () => {
  // A mixed row is told from a plain one by its lambda, so alpha is one that never gives 1.
  fc.assert(
    fc.property(options, seed, epoch, (some, seed, epoch) => {
      const options = { ...some, alpha: 8 };
      const append = planOf('append', options, seed, epoch);
      const plain = append.index.filter((_, i) => append.lambda[i] === 1);
      expect(plain).toEqual(planOf('baseline', options, seed, epoch).index);
    }),
  );
});

test('batch has the order of the baseline, and one lambda and a permutation of itself for each batch', () => {
  fc.assert(
    fc.property(options, seed, epoch, (options, seed, epoch) => {
      const { rows, batchSize } = options;
      const { index, partner, lambda } = planOf('batch', options, seed, epoch);
      expect(index).toEqual(planOf('baseline', options, seed, epoch).index);
      for (let at = 0; at < rows; at += batchSize) {
        const end = Math.min(rows, at + batchSize);
        expect(sorted(partner.slice(at, end))).toEqual(sorted(index.slice(at, end)));
        expect(new Set(lambda.slice(at, end)).size).toBe(1);
      }
    }),
  );
});

test('batches of batch have lambdas of their own, drawn from Beta(alpha, alpha)', () => {
  const options = { rows: 40_000, batchSize: 4, mixSize: 1, alpha: 0.5 };
  const { lambda } = planOf('batch', options, 3, 0);
  const drawn = lambda.filter((_, i) => i % 4 === 0);
  const mean = drawn.reduce((sum, value) => sum + value) / drawn.length;
  const variance = drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length;
  // Var = 1 / (4 (2 alpha + 1)) = 1/8. Over 10,000 draws the standard error of the mean is 0.0035; that of the variance
  // is sqrt((m4 - var ** 2) / n) = 0.0009, as m4 = 3/128 for alpha 1/2.
  expect(Math.abs(mean - 0.5)).toBeLessThan(5 * 0.0036);
  expect(Math.abs(variance - 0.125)).toBeLessThan(5 * 0.001);
});

test('alpha 0 makes batch the baseline', () => {
  const options = { rows: 50, batchSize: 8, mixSize: 5, alpha: 0 };
  const batch = planOf('batch', options, 0, 2);
  expect(batch.index).toEqual(planOf('baseline', options, 0, 2).index);
  expect([...batch.lambda]).toEqual(Array(50).fill(1));
});

test('append refuses more rows than there are to mix', () => {
  expect(() => createArm('append', streams(0), { rows: 10, batchSize: 3, mixSize: 6, alpha: 1 })).toThrow(RangeError);
});
