import { describe, expect, test } from 'vitest';
import {
  createRandom,
  type MixPlan,
  mixLabels,
  mixRows,
  oneHot,
  type Rows,
  sampleLambda,
  sampleMixPlan,
} from '../src/index.ts';
import {
  compareLossForms,
  crossEntropy,
  excessLosses,
  labelEntropies,
  mixedAccuracy,
  mixedMetrics,
  softCrossEntropies,
  squaredError,
} from '../src/metrics.ts';
import { fc } from './fast-check.ts';
import { readGolden } from './golden.ts';

interface GoldenCase {
  readonly ids: number[];
  readonly classes: number;
  readonly partner: number[];
  readonly lambda: number[];
  readonly logits: number[][];
  readonly probabilities: number[][];
  readonly entropies: number[];
  readonly losses: number[];
  readonly lossesOfLogits: number[];
  readonly excess: number[];
  readonly accuracy: number;
  readonly ceiling: number;
  readonly squaredTwoLosses: number[];
  readonly squaredMixedLabel: number[];
}
const { cases } = readGolden<{ cases: GoldenCase[] }>('metrics');

/** Sums of at most ten terms and logarithms, each right to a few units in the last place. */
const TOLERANCE = 1e-12;
function expectClose(got: ArrayLike<number>, want: ArrayLike<number>, tolerance = TOLERANCE) {
  expect(got.length).toBe(want.length);
  for (let i = 0; i < want.length; i++) {
    const [value, wanted] = [got[i] as number, want[i] as number];
    expect(Math.abs(value - wanted), `${value} and ${wanted} at ${i}`).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(wanted)),
    );
  }
}
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe.each(cases)('SciPy on $classes classes', (given) => {
  const plan: MixPlan = {
    index: Int32Array.from(given.ids, (_, i) => i),
    partner: Int32Array.from(given.partner),
    lambda: Float64Array.from(given.lambda),
  };
  const hot = oneHot(given.ids, given.classes);
  const y = mixRows(hot, plan);

  test('gives the same entropies, cross-entropies and excess losses, from probabilities and from logits', () => {
    expectClose(labelEntropies(y), given.entropies);
    expectClose(softCrossEntropies(given.probabilities, y), given.losses);
    expectClose(softCrossEntropies(given.logits, y, { from: 'logits' }), given.lossesOfLogits);
    expectClose(excessLosses(given.probabilities, y), given.excess);
    expectClose(excessLosses(given.logits, y, { from: 'logits' }), given.excess);
  });

  test("gives the same means, and the accuracy of the authors' code", () => {
    const metrics = mixedMetrics(given.probabilities, y);
    expect(metrics.rows).toBe(given.ids.length);
    expectClose(
      [metrics.loss, metrics.floor, metrics.excess, metrics.accuracy, metrics.ceiling],
      [mean(given.losses), mean(given.entropies), mean(given.excess), given.accuracy, given.ceiling],
    );
    expect(mixedAccuracy(given.logits, y)).toBe(metrics.accuracy);
    expectClose(Object.values(mixedMetrics(given.logits, y, { from: 'logits' })), Object.values(metrics));
  });

  test('gives the same squared errors in both forms', () => {
    const forms = compareLossForms(squaredError, given.probabilities, hot, plan);
    expectClose(forms.twoLosses, given.squaredTwoLosses);
    expectClose(forms.mixedLabel, given.squaredMixedLabel);
    const gaps = given.squaredTwoLosses.map((two, i) => Math.abs(two - (given.squaredMixedLabel[i] as number)));
    expectClose([forms.gap], [Math.max(...gaps)]);
  });
});

/** Mixed labels, what was mixed, and a prediction for each row. */
const batch = fc
  .tuple(fc.nat(), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 2, max: 6 }), fc.constantFrom(32, 64))
  .map(([seed, rows, classes, bits]) => {
    const random = createRandom(seed);
    const plan = sampleMixPlan(random, { batch: rows, alpha: 0.4 });
    const hot = oneHot(
      Int32Array.from({ length: rows }, () => Math.floor(random() * classes)),
      classes,
    );
    const source: Rows = bits === 32 ? { data: Float32Array.from(hot.data), shape: hot.shape } : hot;
    const logits = { data: Float64Array.from({ length: rows * classes }, () => 10 * random() - 5), shape: hot.shape };
    return { plan, source, y: mixRows(source, plan), logits };
  });

test('the loss is its floor plus the excess, the excess is not below 0, the accuracy not above its ceiling', () => {
  fc.assert(
    fc.property(batch, ({ y, logits }) => {
      const { loss, floor, excess, accuracy, ceiling } = mixedMetrics(logits, y, { from: 'logits' });
      // Labels in float32 sum to 1 within 6e-8 for each class.
      const rounding = y.data instanceof Float32Array ? 1e-6 : TOLERANCE;
      expect(excess).toBeGreaterThanOrEqual(-rounding);
      expect(floor).toBeGreaterThanOrEqual(-rounding);
      expect(accuracy).toBeLessThanOrEqual(ceiling);
      expectClose([loss], [mean(softCrossEntropies(logits, y, { from: 'logits' }))], rounding);
    }),
  );
});

test('predicting the labels themselves leaves no excess and reaches the ceiling', () => {
  fc.assert(
    fc.property(batch, ({ y }) => {
      expect(Array.from(excessLosses(y, y), (value) => value + 0)).toEqual(Array(y.shape[0]).fill(0));
      const { accuracy, ceiling, loss, floor } = mixedMetrics(y, y);
      expect([accuracy, loss]).toEqual([ceiling, floor]);
    }),
  );
});

test('the entropy of a blend of two classes is that of its lambda, of a uniform label log(classes), of a one-hot one 0', () => {
  for (const lambda of [0.5, 0.1, 1e-9, 1 - 1e-9]) {
    const want = -lambda * Math.log(lambda) - (1 - lambda) * Math.log1p(-lambda);
    expectClose(labelEntropies([[lambda, 0, 1 - lambda]]), [want]);
  }
  for (const classes of [1, 2, 10, 1000]) {
    const uniform = { data: new Float64Array(classes).fill(1 / classes), shape: [1, classes] };
    expectClose(labelEntropies(uniform), [Math.log(classes)]);
    expect(labelEntropies(oneHot([0], classes))[0]).toBe(0);
  }
});

test('logits of any size give a finite loss, probability 0 of a class of the label an infinite one', () => {
  expectClose(softCrossEntropies([[1000, 0]], [[0.5, 0.5]], { from: 'logits' }), [500]);
  expectClose(softCrossEntropies([[-1e4, 0]], [[1, 0]], { from: 'logits' }), [1e4]);
  expect([...softCrossEntropies([[0, 1]], [[0.5, 0.5]])]).toEqual([Infinity]);
  expect([...softCrossEntropies([[0, 1]], [[0, 1]])].map(Math.abs)).toEqual([0]);
});

describe('the two forms of a loss', () => {
  test('are equal for cross-entropy', () => {
    fc.assert(
      fc.property(batch, ({ plan, source, logits }) => {
        const losses = (prediction: ArrayLike<number>, target: ArrayLike<number>) =>
          softCrossEntropies([prediction], [target], { from: 'logits' })[0] as number;
        const forms = compareLossForms(losses, logits, source, plan);
        expect(forms.differ).toBe(false);
        expectClose(forms.twoLosses, forms.mixedLabel, source.data instanceof Float32Array ? 1e-6 : TOLERANCE);
      }),
    );
  });

  test('are lambda (1 - lambda) times the mean square of y_a - y_b apart for squared error', () => {
    fc.assert(
      fc.property(batch, ({ plan, source, logits }) => {
        const forms = compareLossForms(squaredError, logits, source, plan);
        const size = source.shape[1] as number;
        const want = Array.from(plan.lambda, (lambda, i) => {
          const [a, b] = [plan.index[i] as number, plan.partner[i] as number];
          let square = 0;
          for (let k = 0; k < size; k++) {
            square += ((source.data[a * size + k] as number) - (source.data[b * size + k] as number)) ** 2;
          }
          return (lambda * (1 - lambda) * square) / size;
        });
        const got = forms.twoLosses.map((two, i) => two - (forms.mixedLabel[i] as number));
        // Squares up to 36 cancel; mixed labels in float32 are off by 6e-8.
        expectClose(got, want, source.data instanceof Float32Array ? 1e-5 : 1e-12);
        expectClose([forms.gap], [Math.max(...want)], source.data instanceof Float32Array ? 1e-5 : 1e-12);
      }),
    );
  });

  test('of the squared error are 0.313 and 0.173 for one and the same prediction, those of cross-entropy are one', () => {
    const plan: MixPlan = { index: Int32Array.of(0), partner: Int32Array.of(1), lambda: Float64Array.of(0.7) };
    const y = oneHot([0, 1], 3);
    const forms = compareLossForms(squaredError, [[0.19, 0.3, 0.51]], y, plan);
    expect(forms.twoLosses[0]?.toFixed(3)).toBe('0.313');
    expect(forms.mixedLabel[0]?.toFixed(3)).toBe('0.173');
    expect(forms.differ).toBe(true);
    expect(compareLossForms(crossEntropy, [[0.19, 0.3, 0.51]], y, plan).differ).toBe(false);
  });

  test('are equal where both are infinite, and where an infinite loss has no weight', () => {
    const plan: MixPlan = {
      index: Int32Array.of(0, 1),
      partner: Int32Array.of(1, 0),
      lambda: Float64Array.of(0.5, 1),
    };
    const forms = compareLossForms(
      crossEntropy,
      [
        [0, 1],
        [0, 1],
      ],
      oneHot([0, 1], 2),
      plan,
    );
    expect(forms.twoLosses[0]).toBe(Infinity);
    expect(Math.abs(forms.twoLosses[1] as number)).toBe(0);
    expect(forms).toMatchObject({ gap: 0, differ: false });
  });

  test('are of the labels trained on: mixed by labelLambda where the plan has it', () => {
    fc.assert(
      fc.property(batch, fc.nat(), ({ plan, source, logits }, seed) => {
        const labelLambda = sampleLambda(createRandom(seed), 1, plan.lambda.length);
        const remixed = { ...plan, labelLambda };
        const losses = (prediction: ArrayLike<number>, target: ArrayLike<number>) =>
          softCrossEntropies([prediction], [target], { from: 'logits' })[0] as number;
        const { twoLosses, mixedLabel } = compareLossForms(losses, logits, source, remixed);
        const rounding = source.data instanceof Float32Array ? 1e-6 : TOLERANCE;
        expectClose(mixedLabel, softCrossEntropies(logits, mixLabels(source, remixed), { from: 'logits' }));
        const size = source.shape[1] as number;
        const classOf = (row: number) => source.data.subarray(row * size, (row + 1) * size).indexOf(1);
        const want = Array.from(labelLambda, (lambda, i) => {
          const row = logits.data.subarray(i * size, (i + 1) * size);
          const log = (k: number) =>
            (row[k] as number) - Math.log(row.reduce((sum, logit) => sum + Math.exp(logit), 0));
          const [a, b] = [classOf(plan.index[i] as number), classOf(plan.partner[i] as number)];
          return -lambda * log(a) - (1 - lambda) * log(b);
        });
        expectClose(twoLosses, want, rounding);
      }),
    );
  });

  test('of a loss that is NaN are refused', () => {
    const plan: MixPlan = { index: Int32Array.of(0), partner: Int32Array.of(0), lambda: Float64Array.of(1) };
    expect(() => compareLossForms(() => Number.NaN, [[1, 0]], [[1, 0]], plan)).toThrow(
      new RangeError('compareLossForms: loss must be a number, got NaN in row 0'),
    );
  });
});

test('inputs are not changed', () => {
  fc.assert(
    fc.property(batch, ({ plan, source, y, logits }) => {
      const before = structuredClone([plan, source, y, logits]);
      mixedMetrics(logits, y, { from: 'logits' });
      compareLossForms(squaredError, logits, source, plan);
      expect([plan, source, y, logits]).toEqual(before);
    }),
  );
});

test.each<[string, () => unknown, string]>([
  [
    'logits taken for probabilities',
    () => mixedMetrics([[2, -1]], [[1, 0]]),
    'mixedMetrics: predictions: every row must be >= 0 and sum to 1, got [2, -1] in row 0',
  ],
  [
    'labels that are no distribution',
    () =>
      labelEntropies([
        [1, 0],
        [1, 1],
      ]),
    'labelEntropies: y: every row must be >= 0 and sum to 1, got [1, 1] in row 1',
  ],
  [
    'shapes',
    () => softCrossEntropies([[1, 0]], [[1, 0, 0]]),
    'softCrossEntropies: predictions and y must have one shape, got [1, 2] and [1, 3]',
  ],
  [
    'class ids',
    () => labelEntropies([0, 1] as never),
    'labelEntropies: y: labels must be rows of shape [rows, classes]; turn class ids into rows with oneHot(labels, classes), numbers into a column with toColumn(values)',
  ],
  [
    'no rows',
    () => mixedAccuracy({ data: new Float64Array(0), shape: [0, 2] }, { data: new Float64Array(0), shape: [0, 2] }),
    'mixedAccuracy: there must be at least 1 row, got 0',
  ],
  [
    'shapes',
    () => mixedMetrics([[1, 0]], [[1, 0, 0]]),
    'mixedMetrics: predictions and y must have one shape, got [1, 2] and [1, 3]',
  ],
  [
    'labels that are no distribution',
    () => mixedMetrics([[1, 0]], [[1, 1]]),
    'mixedMetrics: y: every row must be >= 0 and sum to 1, got [1, 1] in row 0',
  ],
  [
    'no rows',
    () => mixedMetrics({ data: new Float64Array(0), shape: [0, 2] }, { data: new Float64Array(0), shape: [0, 2] }),
    'mixedMetrics: there must be at least 1 row, got 0',
  ],
  [
    'another form of prediction',
    () => excessLosses([[1, 0]], [[1, 0]], { from: 'scores' as never }),
    "excessLosses: from must be 'probabilities' or 'logits', got scores",
  ],
])('%s are refused', (_, run, message) => {
  expect(run).toThrow(new RangeError(message));
});
