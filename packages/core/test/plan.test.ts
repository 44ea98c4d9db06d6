import { describe, expect, test } from 'vitest';
import {
  checkPlan,
  createRandom,
  identity,
  joinPlans,
  type MixPlan,
  mixRows,
  plainPlan,
  sampleLambda,
  sampleMixPlan,
  takePlan,
} from '../src/index.ts';
import { planOf, rowsAndPlan } from './arbitraries.ts';
import { fc } from './fast-check.ts';

const plan = (index: number[], partner: number[], lambda: number[]): MixPlan => ({
  index: Int32Array.from(index),
  partner: Int32Array.from(partner),
  lambda: Float64Array.from(lambda),
});

describe('sampleMixPlan', () => {
  test('its partners are a permutation of the batch, its index 0 … batch - 1, its weights in [0, 1]', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (seed, batch, alpha) => {
          fc.pre(alpha === 0 || alpha >= 1e-300);
          const drawn = sampleMixPlan(createRandom(seed), { batch, alpha });
          expect(drawn.index).toEqual(identity(batch));
          expect(drawn.partner.toSorted()).toEqual(identity(batch));
          expect(drawn.lambda).toHaveLength(batch);
          checkPlan(drawn, batch, 'sampleMixPlan');
        },
      ),
    );
  });

  test('a batch of one meets itself, so mixing by the plan gives the row back', () => {
    const drawn = sampleMixPlan(createRandom(0), { batch: 1, alpha: 1 });
    expect([...drawn.partner]).toEqual([0]);
    expect(mixRows([[3]], drawn).data[0]).toBeCloseTo(3, 14);
  });

  test('alpha 0 mixes nothing: every lambda is 1', () => {
    expect([...sampleMixPlan(createRandom(0), { batch: 4, alpha: 0 }).lambda]).toEqual([1, 1, 1, 1]);
  });

  test('alpha is 0.2 and lambdas are one a row where nothing is said', () => {
    const named = { batch: 9, alpha: 0.2, lambdaPer: 'row' } as const;
    expect(sampleMixPlan(createRandom(0), { batch: 9 })).toEqual(sampleMixPlan(createRandom(0), named));
    expect(new Set(sampleMixPlan(createRandom(0), { batch: 9 }).lambda).size).toBe(9);
  });

  test("lambdaPer 'batch' gives one lambda to all rows, and a new one to the next batch", () => {
    const random = createRandom(0);
    const [first, second] = [0, 1].map(() => sampleMixPlan(random, { batch: 9, alpha: 1, lambdaPer: 'batch' }).lambda);
    expect(new Set(first).size).toBe(1);
    expect(new Set(second).size).toBe(1);
    expect(first?.[0]).not.toBe(second?.[0]);
  });

  test('the seed reaches lambda and partners: same seed same plan, other seed other plan', () => {
    const draw = (seed: number) => sampleMixPlan(createRandom(seed), { batch: 20, alpha: 1 });
    expect(draw(0)).toEqual(draw(0));
    expect(draw(0).lambda).not.toEqual(draw(1).lambda);
    expect(draw(0).partner).not.toEqual(draw(1).partner);
  });

  test('alpha reaches lambda: the variance of the weights is 1 / (4 (2 alpha + 1))', () => {
    for (const alpha of [0.2, 1, 8]) {
      const batch = 100_000;
      const { lambda } = sampleMixPlan(createRandom(3), { batch, alpha });
      const want = 1 / (4 * (2 * alpha + 1));
      const variance = lambda.reduce((sum, value) => sum + (value - 0.5) ** 2, 0) / batch;
      // Kurtosis less 1 of a symmetric Beta: 4 alpha / (2 alpha + 3).
      expect(Math.abs(variance - want)).toBeLessThan(5 * want * Math.sqrt((4 * alpha) / (2 * alpha + 3) / batch));
    }
  });

  test.each([
    [{ batch: 0 }, 'sampleMixPlan: batch must be an integer >= 1, got 0'],
    [{ batch: 2.5 }, 'sampleMixPlan: batch must be an integer >= 1, got 2.5'],
    [{ batch: Number.NaN }, 'sampleMixPlan: batch must be an integer >= 1, got NaN'],
    [{ batch: 2, alpha: -1 }, 'sampleMixPlan: alpha must be >= 0 and finite, got -1'],
    [{ batch: 2, alpha: Number.NaN }, 'sampleMixPlan: alpha must be >= 0 and finite, got NaN'],
    [{ batch: 2, alpha: Infinity }, 'sampleMixPlan: alpha must be >= 0 and finite, got Infinity'],
    [
      { batch: 2, lambdaPer: 'pair' as never },
      "sampleMixPlan: lambdaPer must be 'row' or 'batch', got pair, which mixup knows",
    ],
  ])('%o is refused', (options, message) => {
    expect(() => sampleMixPlan(createRandom(0), options)).toThrow(new RangeError(message));
  });
});

describe('sampleLambda', () => {
  test('alpha 0 gives ones and draws nothing', () => {
    const random = createRandom(0);
    expect([...sampleLambda(random, 0, 3)]).toEqual([1, 1, 1]);
    expect(random()).toBe(createRandom(0)());
  });

  test.each([
    [-1, 1, 'sampleLambda: alpha must be >= 0 and finite, got -1'],
    [1, -1, 'sampleLambda: size must be an integer >= 0, got -1'],
    [1, 1.5, 'sampleLambda: size must be an integer >= 0, got 1.5'],
  ])('alpha %d, size %d is refused', (alpha, size, message) => {
    expect(() => sampleLambda(createRandom(0), alpha, size)).toThrow(new RangeError(message));
  });
});

test('plainPlan(index) copies the rows that it names, whatever they hold', () => {
  const x = { data: Float64Array.of(1, Number.NaN, Infinity, 4), shape: [4] as const };
  expect([...mixRows(x, plainPlan(Int32Array.of(2, 0, 1, 2))).data]).toEqual([Infinity, 1, Number.NaN, Infinity]);
});

describe('takePlan and joinPlans', () => {
  test('permuting the plan permutes the result', () => {
    fc.assert(
      fc.property(rowsAndPlan(), fc.nat(), ([x, mix], seed) => {
        const { data, shape } = mixRows(x, mix);
        const [batch, ...item] = shape;
        const size = item.reduce((product, n) => product * n, 1);
        const order = Int32Array.from(identity(batch)).sort((a, b) => ((a * 7 + seed) % 11) - ((b * 7 + seed) % 11));
        const permuted = mixRows(x, takePlan(mix, order));
        for (const [at, row] of order.entries()) {
          expect(permuted.data.subarray(at * size, (at + 1) * size)).toEqual(
            data.subarray(row * size, (row + 1) * size),
          );
        }
      }),
    );
  });

  test('a plan cut in two and joined is the plan', () => {
    fc.assert(
      fc.property(planOf(5), fc.nat(12), (mix, at) => {
        const rows = identity(mix.index.length);
        const parts = [takePlan(mix, rows.slice(0, at)), takePlan(mix, rows.slice(at))];
        expect(joinPlans(...parts)).toEqual(mix);
      }),
    );
  });

  test('mixing by joined plans stacks what mixing by each gives', () => {
    const x = [[1], [2], [4]];
    const [a, b] = [plan([0], [1], [0.5]), plan([2, 1], [0, 1], [0.25, 1])];
    expect([...mixRows(x, joinPlans(a, b)).data]).toEqual([...mixRows(x, a).data, ...mixRows(x, b).data]);
    expect(joinPlans()).toEqual(plan([], [], []));
  });

  test('takePlan takes a row as often as it is named, and leaves the plan alone', () => {
    const mix = plan([0, 1], [1, 0], [0.25, 0.75]);
    expect(takePlan(mix, Int32Array.of(1, 1, 0))).toEqual(plan([1, 1, 0], [0, 0, 1], [0.75, 0.75, 0.25]));
    expect(mix).toEqual(plan([0, 1], [1, 0], [0.25, 0.75]));
  });

  test.each([2, -1])('takePlan refuses row %d of a plan of two', (row) => {
    expect(() => takePlan(plan([0, 1], [1, 0], [1, 1]), Int32Array.of(0, row))).toThrow(
      new RangeError(`takePlan: rows must be in [0, 2), got ${row}`),
    );
  });
});

test('a plan survives JSON: it mixes to the same bits', () => {
  fc.assert(
    fc.property(rowsAndPlan(), ([x, mix]) => {
      const text = JSON.stringify({
        index: Array.from(mix.index),
        partner: Array.from(mix.partner),
        lambda: Array.from(mix.lambda),
      });
      const read = JSON.parse(text);
      const back = plan(read.index, read.partner, read.lambda);
      expect(Buffer.from(mixRows(x, back).data.buffer)).toEqual(Buffer.from(mixRows(x, mix).data.buffer));
    }),
  );
});

describe('checkPlan', () => {
  test.each([
    [plan([0, 1], [1], [1, 1]), 'index, partner and lambda of a plan must have one length, got 2, 1 and 2'],
    [plan([0], [1], []), 'index, partner and lambda of a plan must have one length, got 1, 1 and 0'],
    [plan([0, 3], [1, 1], [1, 1]), 'plan row 1 must name rows in [0, 3), got 3 and 1'],
    [plan([0], [-1], [1]), 'plan row 0 must name rows in [0, 3), got 0 and -1'],
    [plan([0], [1], [1.01]), 'lambda of plan row 0 must be in [0, 1], got 1.01'],
    [plan([0, 0], [1, 1], [1, Number.NaN]), 'lambda of plan row 1 must be in [0, 1], got NaN'],
    [plan([0], [1], [-1e-9]), 'lambda of plan row 0 must be in [0, 1], got -1e-9'],
  ])('refuses a plan (%#)', (bad, rule) => {
    expect(() => checkPlan(bad, 3, 'train')).toThrow(new RangeError(`train: ${rule}`));
  });

  test('lets every plan pass that fits', () => {
    fc.assert(
      fc.property(planOf(5), (mix) => {
        expect(() => checkPlan(mix, 5, 'train')).not.toThrow();
      }),
    );
  });
});
