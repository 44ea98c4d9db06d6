/** Arms: what is paired, what is mixed, what is only more of the same. */
import { createRandom, joinPlans, type MixPlan, mixupPlans, plainPlan, takePlan } from '@mixup/core';
import { cutMix, regMixup, remix } from '@mixup/core/methods';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ArmEpoch,
  type ArmName,
  type ArmOptions,
  armNames,
  createArm,
  defaultArmNames,
  rowsPerBatchRow,
} from '../src/arm.ts';

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

/** With what the arms on demand need: images, two hidden layers, and classes of which the first has 2 of 3 rows or more. */
const fully = (options: ArmOptions): ArmOptions => ({
  image: { height: 7, width: 5 },
  hiddenLayers: 2,
  classes: Array.from({ length: options.rows }, (_, row) => (row % 3 === 2 ? 1 + (row % 2) : 0)),
  ...options,
});

const planOf = (name: ArmName, options: ArmOptions, seed: number, epoch: number) =>
  createArm(name, streams(seed), fully(options))(epoch).plan;
const sorted = (rows: Int32Array) => [...rows].sort((a, b) => a - b);
const isPlain = ({ index, partner, lambda }: MixPlan, i: number) => lambda[i] === 1 && partner[i] === index[i];

test('the plan of an epoch depends on the streams and the epoch alone, in whatever order it is asked for', () => {
  fc.assert(
    fc.property(fc.constantFrom(...armNames), options, seed, epoch, (name, options, seed, epoch) => {
      const arm = createArm(name, streams(seed), fully(options));
      arm(epoch + 1);
      expect(arm(epoch)).toEqual(createArm(name, streams(seed), fully(options))(epoch));
    }),
  );
});

test("a plan's arrays are its own: who writes over them changes no other plan, of this arm or another", () => {
  fc.assert(
    fc.property(fc.constantFrom(...armNames), options, seed, epoch, (name, options, seed, epoch) => {
      const shared = streams(seed);
      const arms = armNames.map((each) => createArm(each, shared, fully(options)));
      const before = arms.map((arm) => structuredClone(arm(epoch)));
      const { plan } = createArm(name, shared, fully(options))(epoch);
      if (plan.partner !== plan.index) expect(plan.partner.buffer).not.toBe(plan.index.buffer);
      for (const array of [plan.index, plan.partner, plan.lambda]) array.fill(0);
      expect(arms.map((arm) => arm(epoch))).toEqual(before);
    }),
  );
});

test.each([Number.NaN, -1, Infinity])('alpha %s is refused by every arm', (alpha) => {
  const wrong = fully({ rows: 6, batchSize: 3, mixSize: 2, alpha });
  for (const name of armNames) {
    expect(() => createArm(name, streams(0), wrong)).toThrow(
      new RangeError(`createArm: alpha must be >= 0 and finite, got ${alpha}`),
    );
  }
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

/** The plan of each step. */
function stepsOf({ plan, batchSize }: ArmEpoch): MixPlan[] {
  return Array.from({ length: Math.ceil(plan.index.length / batchSize) }, (_, step) => {
    const rows = Math.min(batchSize, plan.index.length - step * batchSize);
    return takePlan(
      plan,
      Int32Array.from({ length: rows }, (_, i) => step * batchSize + i),
    );
  });
}

test('every arm on demand has the batches of the baseline, in as many steps', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...armNames.slice(defaultArmNames.length)),
      options,
      seed,
      epoch,
      (name, options, seed, epoch) => {
        const steps = stepsOf(createArm(name, streams(seed), fully(options))(epoch));
        const baseline = stepsOf(createArm('baseline', streams(seed), options)(epoch));
        expect(steps.length).toBe(baseline.length);
        for (const [step, { index }] of baseline.entries()) {
          const rows = rowsPerBatchRow(name) * index.length;
          expect(steps[step]?.index.length).toBe(rows);
          expect(steps[step]?.index.subarray(0, index.length)).toEqual(index);
        }
      },
    ),
  );
});

test('a step of regmixup is the batch as it is, then the batch as batch mixes it, all of weight 1', () => {
  fc.assert(
    fc.property(options, seed, epoch, (options, seed, epoch) => {
      const steps = stepsOf(createArm('regmixup', streams(seed), options)(epoch));
      for (const [step, mixed] of stepsOf(createArm('batch', streams(seed), options)(epoch)).entries()) {
        const { weight, ...plan } = steps[step] as MixPlan;
        expect(plan).toEqual(joinPlans(plainPlan(mixed.index), mixed));
        expect(weight).toEqual(new Float64Array(2 * mixed.index.length).fill(1));
      }
    }),
  );
});

test('remix has the rows and lambdas of batch; a label is that of the rarer row alone where its class is a third as frequent at most and the row weighs more', () => {
  fc.assert(
    fc.property(options, seed, epoch, (some, seed, epoch) => {
      const options = fully(some);
      const { labelLambda, ...plan } = planOf('remix', options, seed, epoch);
      expect(plan).toEqual(planOf('batch', options, seed, epoch));
      const classes = options.classes as number[];
      const count = (row: number) => classes.filter((id) => id === classes[row]).length;
      for (const [i, lambda] of plan.lambda.entries()) {
        const [own, other] = [count(plan.index[i] as number), count(plan.partner[i] as number)];
        const expected = own >= 3 * other && lambda < 0.5 ? 0 : other >= 3 * own && lambda > 0.5 ? 1 : lambda;
        expect(labelLambda?.[i]).toBe(expected);
      }
    }),
  );
});

test('remix on classes of one size is batch to the last bit', () => {
  const options = {
    rows: 60,
    batchSize: 8,
    mixSize: 5,
    alpha: 1,
    classes: Array.from({ length: 60 }, (_, i) => i % 3),
  };
  const { labelLambda, ...plan } = planOf('remix', options, 4, 1);
  expect(plan).toEqual(planOf('batch', options, 4, 1));
  expect(labelLambda).toEqual(plan.lambda);
});

test('manifold is batch mixed after one of the hidden layers, another in each step, all alike', () => {
  const options = fully({ rows: 6000, batchSize: 2, mixSize: 1, alpha: 1 });
  const { plan, layer = new Int32Array(0) } = createArm('manifold', streams(5), options)(3);
  expect(plan).toEqual(planOf('batch', options, 5, 3));
  expect(layer).toHaveLength(3000);
  expect(new Set(layer)).toEqual(new Set([1, 2]));
  // Of 3,000 steps half, with a standard error of 27.4.
  expect(Math.abs(layer.filter((each) => each === 1).length - 1500)).toBeLessThan(5 * 27.4);
  const next = createArm('manifold', streams(5), options)(4).layer;
  expect(next).not.toEqual(layer);
});

test('cutmix cuts one box for each batch, and lambda is the share of the pixels that stay', () => {
  fc.assert(
    fc.property(options, seed, epoch, (options, seed, epoch) => {
      const steps = stepsOf(createArm('cutmix', streams(seed), fully(options))(epoch));
      for (const { index, partner, lambda, box = new Int32Array(0), fill } of steps) {
        expect(fill).toBe('cut');
        expect(sorted(partner)).toEqual(sorted(index));
        const [top = 0, left = 0, bottom = 0, right = 0] = box;
        for (const [i, value] of box.entries()) expect(value).toBe([top, left, bottom, right][i % 4]);
        for (const value of lambda) expect(value).toBe(1 - ((bottom - top) * (right - left)) / 35);
      }
    }),
  );
});

test('the first batch of cutmix, regmixup and remix is what the methods of @mixup/core draw from the stream of batch', () => {
  const options = fully({ rows: 40, batchSize: 12, mixSize: 4, alpha: 1 });
  const { image = { height: 1, width: 1 }, classes = [], alpha } = options;
  const methods = {
    cutmix: cutMix({ ...image, alpha, lambdaPer: 'batch' }),
    regmixup: regMixup({ alpha }),
    remix: remix({ classes, alpha, lambdaPer: 'batch' }),
  };
  for (const [name, method] of Object.entries(methods)) {
    const [first] = stepsOf(createArm(name as keyof typeof methods, streams(9), options)(2));
    const index = planOf('baseline', options, 9, 2).index.slice(0, 12);
    expect(first).toEqual(method(streams(9).mix.fork('epoch 2'), index));
  }
});

test.each<[ArmName, RegExp]>([
  ['cutmix', /cutmix must have images/],
  ['manifold', /manifold must have a network with hidden layers that rows can be mixed after, got 0/],
  ['remix', /remix must have the classes of the training rows/],
])('%s says what it needs and has not', (name, message) => {
  const options = { rows: 10, batchSize: 3, mixSize: 2, alpha: 1 };
  expect(() => createArm(name, streams(0), options)).toThrow(RangeError);
  expect(() => createArm(name, streams(0), options)).toThrow(message);
});

test('the arms of a config that names none are the first four, in the order of reports', () => {
  expect(armNames.slice(0, 4)).toEqual(defaultArmNames);
});
