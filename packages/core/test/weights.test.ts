import { describe, expect, test } from 'vitest';
import {
  createRandom,
  identity,
  type MixPlan,
  mixLabels,
  mixRows,
  mixup,
  mixWeightedLabels,
  multiHot,
  oneHot,
  type Rows,
  smoothLabels,
  toColumn,
  weighClasses,
} from '../src/index.ts';
import { regMixup, remix } from '../src/methods.ts';
import { fc } from './fast-check.ts';

const plan = (seed: number, batch: number): MixPlan => mixup({ alpha: 1 })(createRandom(seed), identity(batch));
/** -sum_c y_c log p_c of row i. */
const crossEntropy = (y: Rows, i: number, logits: number[]) =>
  logits.reduce((sum, log, c) => sum - (y.data[i * logits.length + c] as number) * log, 0);
const logP = [-0.1, -3, -2];
const weights = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 10, noNaN: true })), {
  minLength: 5,
  maxLength: 5,
});
const classes = [0, 1, 2, 1, 0];

describe('mixWeightedLabels', () => {
  test('weight times cross-entropy of the mixed row is the mix of both weighted losses', () => {
    fc.assert(
      fc.property(fc.nat(), weights, (seed, w) => {
        const mix = plan(seed, 5);
        const y = oneHot(classes, 3);
        const mixed = mixWeightedLabels(y, w, mix);
        for (let i = 0; i < 5; i++) {
          const [lambda, partner] = [mix.lambda[i] as number, mix.partner[i] as number];
          const want =
            lambda * (w[i] as number) * crossEntropy(y, i, logP) +
            (1 - lambda) * (w[partner] as number) * crossEntropy(y, partner, logP);
          expect((mixed.weights[i] as number) * crossEntropy(mixed.labels, i, logP)).toBeCloseTo(want, 12);
          const row = mixed.labels.data.subarray(3 * i, 3 * i + 3);
          expect((row[0] as number) + (row[1] as number) + (row[2] as number)).toBeCloseTo(1, 14);
        }
      }),
    );
  });

  test('equal weights are carried as they are, and labels are those of mixLabels', () => {
    const mix = plan(3, 5);
    const mixed = mixWeightedLabels(oneHot(classes, 3), [2, 2, 2, 2, 2], mix);
    for (const weight of mixed.weights) expect(weight).toBeCloseTo(2, 14);
    const plain = mixLabels(oneHot(classes, 3), mix);
    for (const [i, value] of mixed.labels.data.entries()) expect(value).toBeCloseTo(plain.data[i] as number, 14);
  });

  test("a plan's own weight multiplies, and its label lambda is used", () => {
    const clean = regMixup({ eta: 0.25 })(createRandom(0), identity(5));
    const mixed = mixWeightedLabels(oneHot(classes, 3), [1, 1, 1, 1, 1], clean);
    for (const [i, weight] of mixed.weights.entries()) expect(weight).toBeCloseTo(i < 5 ? 1 : 0.25, 14);
    const lean = { ...plan(0, 5), labelLambda: new Float64Array(5) };
    const labels = mixWeightedLabels(oneHot(classes, 3), [1, 1, 1, 1, 1], lean).labels;
    expect(labels).toEqual(mixLabels(oneHot(classes, 3), { ...lean, lambda: new Float64Array(5) }));
  });

  test.each([
    [[1, 1], 'mixWeightedLabels: weights must be one for each of 5 rows, got 2'],
    [[1, 1, -1, 1, 1], 'mixWeightedLabels: weights must be >= 0 and finite, got -1 at 2'],
    [[1, Number.NaN, 1, 1, 1], 'mixWeightedLabels: weights must be >= 0 and finite, got NaN at 1'],
  ])('weights %j are refused', (w, message) => {
    expect(() => mixWeightedLabels(oneHot(classes, 3), w, plan(0, 5))).toThrow(new RangeError(message));
  });
});

describe('weighClasses', () => {
  test('weight times cross-entropy is -sum of class weight times label times log p, mixed or not', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(fc.double({ min: 0, max: 9, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (seed, w) => {
          const y = mixLabels(oneHot(classes, 3), plan(seed, 5));
          const weighed = weighClasses(y, w);
          for (let i = 0; i < 5; i++) {
            const want = crossEntropy(
              y,
              i,
              logP.map((log, c) => log * (w[c] as number)),
            );
            expect((weighed.weights[i] as number) * crossEntropy(weighed.labels, i, logP)).toBeCloseTo(want, 10);
          }
        },
      ),
    );
  });

  test('before the mix or after it the result is the same', () => {
    const mix = plan(1, 5);
    const w = [1, 5, 0.5];
    const after = weighClasses(mixLabels(oneHot(classes, 3), mix), w);
    const first = weighClasses(oneHot(classes, 3), w);
    const before = mixWeightedLabels(first.labels, first.weights, mix);
    for (const [i, weight] of after.weights.entries()) expect(before.weights[i]).toBeCloseTo(weight, 13);
    for (const [i, value] of after.labels.data.entries()) expect(before.labels.data[i]).toBeCloseTo(value, 13);
  });

  test.each([
    [[1, 1], 'weighClasses: classWeights must be one for each of 3 classes, got 2'],
    [[1, -2, 1], 'weighClasses: classWeights must be >= 0 and finite, got -2 at 1'],
  ])('class weights %j are refused', (w, message) => {
    expect(() => weighClasses(oneHot(classes, 3), w)).toThrow(new RangeError(message));
  });
});

describe('targets', () => {
  const mix: MixPlan = { index: Int32Array.of(0), partner: Int32Array.of(1), lambda: Float64Array.of(0.25) };

  test('of a regression and of a binary label are mixed as a column', () => {
    expect(mixLabels(toColumn([8, 16]), mix)).toEqual({ data: Float64Array.of(14), shape: [1, 1] });
    expect(mixLabels(toColumn([0, 1]), mix)).toEqual({ data: Float64Array.of(0.75), shape: [1, 1] });
  });

  test('of several labels are mixed each on its own', () => {
    const y = multiHot([[0, 2], [], [2]], 3);
    expect([...y.data]).toEqual([1, 0, 1, 0, 0, 0, 0, 0, 1]);
    expect([...mixLabels(y, { ...mix, partner: Int32Array.of(2) }).data]).toEqual([0.25, 0, 1]);
  });

  test('several inputs go by one plan: a table, images and labels keep together', () => {
    const shared = plan(4, 6);
    const ids = [0, 1, 2, 3, 4, 5];
    const table = mixRows(
      ids.map((i) => [i, -i]),
      shared,
    );
    const image = mixRows(
      { data: Float64Array.from({ length: 24 }, (_, i) => Math.floor(i / 4)), shape: [6, 2, 2, 1] },
      shared,
    );
    const y = mixLabels(toColumn(ids), shared);
    for (let i = 0; i < 6; i++) {
      expect(table.data[2 * i]).toBe(y.data[i]);
      expect(image.data[4 * i + 3]).toBe(y.data[i]);
    }
  });

  test('label lambda is for labels alone', () => {
    const lean = { ...mix, labelLambda: Float64Array.of(1) };
    expect([
      ...mixLabels(
        [
          [1, 0],
          [0, 1],
        ],
        lean,
      ).data,
    ]).toEqual([1, 0]);
    expect([
      ...mixRows(
        [
          [1, 0],
          [0, 1],
        ],
        lean,
      ).data,
    ]).toEqual([0.25, 0.75]);
  });

  test('label rows sum to 1 after any method, smoothed or not', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(0, 0.1), (seed, epsilon) => {
        const method = remix({ classes: [0, 0, 0, 0, 1, 2], alpha: 0.5, fold: seed % 2 === 0, p: 0.7 });
        const y = mixLabels(
          smoothLabels(oneHot([0, 0, 0, 0, 1, 2], 3), epsilon),
          method(createRandom(seed), identity(6)),
        );
        for (let i = 0; i < 6; i++) {
          const [a = 0, b = 0, c = 0] = y.data.subarray(3 * i, 3 * i + 3);
          expect(a + b + c).toBeCloseTo(1, 14);
        }
      }),
    );
  });

  test.each([
    [() => toColumn([1, Infinity]), 'toColumn: every value must be finite, got Infinity in row 1'],
    [() => multiHot([[3]], 3), 'multiHot: labels must be integers in [0, 3), got 3 in row 0'],
    [() => multiHot([[0.5]], 3), 'multiHot: labels must be integers in [0, 3), got 0.5 in row 0'],
    [() => multiHot([], 0), 'multiHot: classes must be an integer >= 1, got 0'],
    [
      () => mixLabels({ data: new Float64Array(4), shape: [2, 2, 1] }, mix),
      'mixLabels: y: labels must have shape [rows, classes], got [2, 2, 1]',
    ],
  ])('what is no target is refused (%#)', (call, message) => {
    expect(call).toThrow(new RangeError(message));
  });
});
