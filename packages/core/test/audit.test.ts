import { describe, expect, test } from 'vitest';
import { auditIntrusion, auditPlan, betaCdf, betaFraction, lambdaHistogram } from '../src/audit.ts';
import {
  createRandom,
  foldLambda,
  joinPlans,
  type MixPlan,
  mixLabels,
  mixRows,
  mixup,
  oneHot,
  plainPlan,
  type Rows,
  type RowsLike,
  sampleLambda,
  sampleMixPlan,
  samplePermutation,
} from '../src/index.ts';
import { chooseMethod, cutMix, mixImages, resizeMix } from '../src/methods.ts';
import { rowsAndPlan } from './arbitraries.ts';
import { fc } from './fast-check.ts';
import { readGolden } from './golden.ts';
import { chiSquare, chiSquareLimit } from './statistics.ts';

const plan = (index: number[], partner: number[], lambda: number[]): MixPlan => ({
  index: Int32Array.from(index),
  partner: Int32Array.from(partner),
  lambda: Float64Array.from(lambda),
});

describe('betaCdf', () => {
  const { cases } = readGolden<{ cases: { a: number; b: number; points: number[]; cdf: number[] }[] }>('beta');

  test.each(cases)("is SciPy's for shapes $a and $b", ({ a, b, points, cdf }) => {
    // The logarithm of the normalising constant is a difference of numbers of the size of 1e5 for the greatest shapes.
    const tolerance = Math.max(a, b) <= 100 ? 1e-12 : 1e-10;
    for (const [i, x] of points.entries()) {
      // SciPy takes an arcsine there, which loses half of the digits next to 1; the closed form is tested below.
      if (a === 0.5 && b === 0.5 && x > 1 - 1e-9) continue;
      expect(Math.abs(betaCdf(x, a, b) - (cdf[i] as number)), `at ${x}`).toBeLessThanOrEqual(tolerance);
    }
  });

  test('has closed forms: x for (1, 1), the arcsine law for (1/2, 1/2), x ** a for (a, 1)', () => {
    for (const x of [1e-9, 0.1, 0.3, 0.5, 0.8, 1 - 1e-9, 1 - 1e-15]) {
      expect(betaCdf(x, 1, 1)).toBeCloseTo(x, 14);
      expect(betaCdf(x, 0.5, 0.5)).toBeCloseTo((2 / Math.PI) * Math.atan2(Math.sqrt(x), Math.sqrt(1 - x)), 14);
      expect(betaCdf(x, 7, 1)).toBeCloseTo(x ** 7, 14);
    }
  });

  test('goes from 0 to 1 and never down, and F(x; a, b) is 1 - F(1 - x; b, a)', () => {
    const shape = fc
      .double({ min: -4, max: 4, noNaN: true })
      .map((power) => Math.min(1e4, Math.max(1e-4, 10 ** power)));
    const x = fc.integer({ min: 0, max: 1024 }).map((n) => n / 1024);
    fc.assert(
      fc.property(shape, shape, x, x, (a, b, first, second) => {
        const [low, high] = [Math.min(first, second), Math.max(first, second)];
        expect(betaCdf(low, a, b)).toBeLessThanOrEqual(betaCdf(high, a, b) + 1e-10);
        expect(Math.abs(betaCdf(low, a, b) + betaCdf(1 - low, b, a) - 1)).toBeLessThan(1e-10);
      }),
    );
    expect([betaCdf(-1, 2, 2), betaCdf(0, 2, 2), betaCdf(1, 2, 2), betaCdf(Infinity, 2, 2)]).toEqual([0, 0, 1, 1]);
  });

  test.each<[number, number, number, string]>([
    [Number.NaN, 1, 1, 'x must be a number, got NaN'],
    [0.5, 0, 1, 'a must be in [1e-4, 1e4], got 0'],
    [0.5, 1, Infinity, 'b must be in [1e-4, 1e4], got Infinity'],
  ])('refuses %s, %s, %s', (x, a, b, rule) => {
    expect(() => betaCdf(x, a, b)).toThrow(new RangeError(`betaCdf: ${rule}`));
  });
});

test('betaFraction is I B / (x ** a * y ** b): 14 / 9 for (1, 2) at 1/4; what does not converge is an error', () => {
  // I is 1 - (3/4) ** 2 = 7/16, B is 1/2. Two units in the last place.
  expect(Math.abs(betaFraction(1, 2, 0.25, 0.75) - 14 / 9)).toBeLessThanOrEqual(2 * 2 ** -52);
  expect(() => betaFraction(1, 2, Number.NaN, 0.75)).toThrow(
    new RangeError('betaFraction: must converge, got x NaN, a 1, b 2'),
  );
});

/** The mean of |lambda - 1/2| under Beta(alpha, alpha): 4 ** -alpha / (alpha B(alpha, alpha)), B by Euler's product. */
function meanDistance(alpha: number): number {
  let product = 2;
  // What is left out is a factor of about 1 - alpha ** 2 / 1e6.
  for (let k = 1; k <= 1e6; k++) product *= (1 + (2 * alpha) / k) / (1 + alpha / k) ** 2;
  return 4 ** -alpha / product;
}

describe('lambdaHistogram', () => {
  test.each([0.001, 0.1, 0.2, 1, 8, 1000])('finds the weights of alpha %s where their law expects them', (alpha) => {
    const n = 100_000;
    const lambda = sampleLambda(createRandom(3), alpha, n);
    const { counts, expected, mean, variance } = lambdaHistogram(lambda, { alpha });
    // Bins too rare for a chi-square are left to the others.
    const kept = Array.from(counts.keys()).filter((bin) => (expected[bin] as number) >= 10);
    const seen = kept.map((bin) => counts[bin] as number);
    expect(chiSquare(seen, (cell) => expected[kept[cell] as number] as number)).toBeLessThan(
      chiSquareLimit(Math.max(1, kept.length - 1)),
    );
    const want = 1 / (4 * (2 * alpha + 1));
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(want / n));
    // The square of lambda - 1/2 is at most 1/4, so its deviation at most sqrt(want) / 2.
    expect(Math.abs(variance - want)).toBeLessThan(5 * Math.sqrt(want / 4 / n));
  });

  test.each([0.001, 0.2, 1, 8])('finds the folded weights of alpha %s where max(lambda, 1 - lambda) lies', (alpha) => {
    const n = 100_000;
    const lambda = foldLambda(sampleLambda(createRandom(3), alpha, n));
    for (const bins of [20, 7]) {
      const { counts, expected, mean, variance } = lambdaHistogram(lambda, { alpha, bins, fold: true });
      const kept = Array.from(counts.keys()).filter((bin) => (expected[bin] as number) >= 10);
      const seen = kept.map((bin) => counts[bin] as number);
      expect(chiSquare(seen, (cell) => expected[kept[cell] as number] as number)).toBeLessThan(
        chiSquareLimit(Math.max(1, kept.length - 1)),
      );
      // No weight is below 1/2, and none is expected there.
      for (let bin = 0; bin < Math.floor(bins / 2); bin++) expect([counts[bin], expected[bin]]).toEqual([0, 0]);
      expect(expected.reduce((sum, count) => sum + count, 0)).toBeCloseTo(n, 6);
      const want = 1 / (4 * (2 * alpha + 1));
      const wantMean = 0.5 + meanDistance(alpha);
      expect(Math.abs(mean - wantMean)).toBeLessThan(5 * Math.sqrt(want / n));
      expect(Math.abs(variance - want)).toBeLessThan(5 * Math.sqrt(want / 4 / n));
    }
  });

  test('expects folded weights by their closed forms: evenly for alpha 1, by the arcsine law for 1/2', () => {
    const lambda = Array(100).fill(0.75) as number[];
    const even = lambdaHistogram(lambda, { alpha: 1, bins: 5, fold: true }).expected;
    for (const [bin, want] of [0, 0, 20, 40, 40].entries()) expect(even[bin]).toBeCloseTo(want, 10);
    const { edges, expected } = lambdaHistogram(lambda, { alpha: 0.5, bins: 8, fold: true });
    const arcsine = (x: number) => (2 / Math.PI) * Math.asin(Math.sqrt(x));
    for (let bin = 4; bin < 8; bin++) {
      const [low, high] = [edges[bin] as number, edges[bin + 1] as number];
      const both = arcsine(high) - arcsine(low) + (arcsine(1 - low) - arcsine(1 - high));
      expect(expected[bin]).toBeCloseTo(100 * both, 10);
    }
  });

  test('shows draws that were folded unasked, or not folded', () => {
    const drawn = sampleLambda(createRandom(3), 0.4, 1000);
    const bins = (fold: boolean, weights: Float64Array) => {
      const { counts, expected } = lambdaHistogram(weights, { alpha: 0.4, bins: 10, fold });
      return [...counts.subarray(0, 5), ...expected.subarray(0, 5)].reduce(
        (sum, value, i) => sum + (i < 5 ? value : -value),
        0,
      );
    };
    // Half of 1000, five standard errors of sqrt(1000 / 4).
    expect(Math.abs(bins(false, foldLambda(drawn)) + 500)).toBeLessThan(1e-9);
    expect(Math.abs(bins(true, drawn) - 500)).toBeLessThan(5 * Math.sqrt(250));
    expect(Math.abs(bins(true, foldLambda(drawn)))).toBe(0);
  });

  test('shows a sampler that ignores alpha', () => {
    const uniform = sampleLambda(createRandom(3), 1, 1000);
    const { counts, expected, variance } = lambdaHistogram(uniform, { alpha: 0.2 });
    expect(chiSquare(counts, (bin) => expected[bin] as number)).toBeGreaterThan(10 * chiSquareLimit(19));
    expect(variance).toBeLessThan(0.1);
  });

  test('counts every weight once, in the bin that has its edges around it', () => {
    const weight = fc.oneof(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 30 })).map(([a, b]) => Math.min(1, a / b)),
    );
    fc.assert(
      fc.property(fc.array(weight, { minLength: 1 }), fc.integer({ min: 1, max: 30 }), (lambda, bins) => {
        const { edges, counts, expected } = lambdaHistogram(lambda, { alpha: 0.5, bins });
        const want = Array.from({ length: bins }, (_, bin) => {
          const [low, high] = [edges[bin] as number, edges[bin + 1] as number];
          return lambda.filter((value) => value >= low && (value < high || (bin === bins - 1 && value === 1))).length;
        });
        expect([...counts]).toEqual(want);
        expect(expected.reduce((sum, count) => sum + count, 0)).toBeCloseTo(lambda.length, 9);
        expect([edges[0], edges[bins]]).toEqual([0, 1]);
      }),
    );
  });

  test.each<[number[], object, string]>([
    [[], {}, 'there must be at least 1 weight, got 0'],
    [[0.5, 1.1], {}, 'lambda must be in [0, 1], got 1.1 at 1'],
    [[0.5], { alpha: 0 }, 'alpha must be in [1e-4, 1e4], got 0'],
    [[0.5], { alpha: '1' }, 'alpha must be in [1e-4, 1e4], got 1'],
    [[0.5], { bins: 0 }, 'bins must be an integer >= 1, got 0'],
  ])('refuses what it can not count (%#)', (lambda, options, rule) => {
    expect(() => lambdaHistogram(lambda, { alpha: 1, ...options })).toThrow(new RangeError(`lambdaHistogram: ${rule}`));
  });
});

describe('auditPlan', () => {
  test('tells self-pairs, pairs of one class and of two apart, and adds up the weight that moved', () => {
    const audit = auditPlan([0, 0, 1, 2], plan([0, 0, 1, 3], [0, 1, 2, 0], [0.1, 0.2, 0.7, 0.25]));
    expect(audit).toEqual({
      rows: 4,
      selfPairs: 0.25,
      sameClass: 0.25,
      otherClass: 0.5,
      moved: (1 - 0.7 + (1 - 0.25)) / 4,
      smoothing: (1 - 0.7 + 0.25) / 4,
    });
  });

  test('weighs by labelLambda where the plan has it, as labels are mixed (Remix)', () => {
    const remixed = { ...plan([0, 1], [1, 0], [0.3, 0.3]), labelLambda: Float64Array.of(0, 0.3) };
    const { moved, smoothing } = auditPlan([0, 1], remixed);
    expect(moved).toBe((1 + (1 - 0.3)) / 2);
    expect(smoothing).toBeCloseTo((0 + 0.3) / 2, 15);
  });

  test('moves what the mixed labels have lost of their own class', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 30 }), (seed, batch) => {
        const random = createRandom(seed);
        const ids = Int32Array.from({ length: batch }, () => Math.floor(random() * 4));
        const drawn = sampleMixPlan(random, { batch, alpha: 0.5 });
        const mix = seed % 2 === 0 ? drawn : { ...drawn, labelLambda: sampleLambda(random, 1, batch) };
        const mixed = mixLabels(oneHot(ids, 4), mix).data;
        let moved = 0;
        let smoothing = 0;
        for (let i = 0; i < batch; i++) {
          const row = mixed.subarray(4 * i, 4 * i + 4);
          moved += 1 - (row[ids[i] as number] as number);
          smoothing += 1 - Math.max(...row);
        }
        const audit = auditPlan(ids, mix);
        expect(audit.moved).toBeCloseTo(moved / batch, 12);
        expect(audit.smoothing).toBeCloseTo(smoothing / batch, 12);
        expect(audit.selfPairs + audit.sameClass + audit.otherClass).toBeCloseTo(1, 12);
      }),
    );
  });

  test('random permutations have one self-pair each in the mean, and same-class pairs by the class counts', () => {
    const random = createRandom(9);
    const [plans, batch] = [4000, 10];
    const ids = Int32Array.from({ length: batch }, (_, row) => (row < 4 ? 0 : 1));
    const joined = joinPlans(...Array.from({ length: plans }, () => sampleMixPlan(random, { batch, alpha: 1 })));
    const audit = auditPlan(ids, joined);
    // The number of fixed points of a permutation has mean 1 and variance 1.
    expect(Math.abs(audit.selfPairs - 0.1)).toBeLessThan(5 / batch / Math.sqrt(plans));
    // 4 * 3 + 6 * 5 ordered pairs of one class of 100, so 4.2 in the mean; at most 10, so a deviation of at most 5.
    expect(Math.abs(audit.sameClass - 0.42)).toBeLessThan((5 * 5) / batch / Math.sqrt(plans));
    // Lambda is uniform and independent of the pairs.
    expect(Math.abs(audit.moved - 0.5 * audit.otherClass)).toBeLessThan(
      (5 * Math.sqrt(1 / 12)) / Math.sqrt(plans * batch),
    );
    expect(Math.abs(audit.smoothing - 0.25 * audit.otherClass)).toBeLessThan(
      (5 * Math.sqrt(1 / 48)) / Math.sqrt(plans * batch),
    );
  });

  test.each<[ArrayLike<number>, MixPlan, string]>([
    [[0, 1], plainPlan(new Int32Array(0)), 'the plan must have at least 1 row, got 0'],
    [[0, 1], plainPlan(Int32Array.of(2)), 'plan row 0 must name rows in [0, 2), got 2 and 2'],
    [[0, 0.5], plainPlan(Int32Array.of(0)), 'labels must be class ids, integers >= 0, got 0.5 in row 1'],
  ])('refuses what does not fit (%#)', (labels, given, rule) => {
    expect(() => auditPlan(labels, given)).toThrow(new RangeError(`auditPlan: ${rule}`));
  });
});

describe('auditIntrusion', () => {
  interface GoldenCase {
    readonly name: string;
    readonly bytes: string;
    readonly shape: [number, number];
    readonly scale: number;
    readonly ids: number[];
    readonly index: number[];
    readonly partner: number[];
    readonly lambda: number[];
    readonly nearest: number[];
    readonly intruded: number[];
  }
  const { cases } = readGolden<{ cases: GoldenCase[] }>('intrusion');

  test.each(cases)("finds scikit-learn's nearest neighbours on $name", ({ scale, shape, ids, ...given }) => {
    const x = { data: Float64Array.from(Buffer.from(given.bytes, 'base64'), (value) => value / scale), shape };
    const audit = auditIntrusion(x, ids, plan(given.index, given.partner, given.lambda));
    expect([...audit.nearest]).toEqual(given.nearest);
    expect([...audit.intruded]).toEqual(given.intruded);
    expect(audit.share).toBe(given.intruded.length / given.index.length);
    expect(audit.share).toBeGreaterThan(0);
  });

  /** By the definition, one distance after the other. */
  function nearestByDefinition(x: Rows, mix: MixPlan): number[] {
    const mixed = mixRows({ data: Float64Array.from(x.data), shape: x.shape }, mix).data;
    const size = x.data.length / x.shape[0];
    return Array.from(mix.index, (_, i) => {
      const squares = Array.from({ length: x.shape[0] }, (_, row) => {
        let sum = 0;
        for (let k = 0; k < size; k++)
          sum += ((mixed[i * size + k] as number) - (x.data[row * size + k] as number)) ** 2;
        return sum;
      });
      return squares.indexOf(Math.min(...squares));
    });
  }

  test('is what the definition says, of equally near rows the first', () => {
    const whole = rowsAndPlan().map(([x, mix]) => [{ ...x, data: x.data.map((value) => Math.round(value) % 3) }, mix]);
    fc.assert(
      fc.property(fc.oneof(rowsAndPlan(), whole as typeof whole & ReturnType<typeof rowsAndPlan>), ([x, mix]) => {
        fc.pre(mix.index.length > 0);
        const labels = Int32Array.from({ length: x.shape[0] }, (_, row) => row % 3);
        const audit = auditIntrusion(x, labels, mix);
        expect([...audit.nearest]).toEqual(nearestByDefinition(x, mix));
        const third = Array.from(mix.index.keys()).filter((i) => {
          const pair = [labels[mix.index[i] as number], labels[mix.partner[i] as number]];
          return !pair.includes(labels[audit.nearest[i] as number]);
        });
        expect([...audit.intruded]).toEqual(third);
      }),
    );
  });

  test('sees the class between two others, and none where the plan mixes nothing', () => {
    const x = [[0], [1], [2]];
    expect(auditIntrusion(x, [0, 1, 2], plan([0, 0], [2, 2], [0.5, 0.9]))).toEqual({
      nearest: Int32Array.of(1, 0),
      intruded: Int32Array.of(0),
      share: 0.5,
    });
    expect(auditIntrusion(x, [0, 1, 2], plainPlan(Int32Array.of(0, 1, 2))).share).toBe(0);
  });

  describe('of a plan with boxes', () => {
    const size = { height: 3, width: 4 };
    const images: Rows = {
      data: Float32Array.from({ length: 9 * 24 }, (_, i) => Math.round(10 * Math.abs(Math.sin(i * i)))),
      shape: [9, 3, 4, 2],
    };
    const labels = Array.from({ length: 9 }, (_, row) => row % 4);

    test.each([
      ['CutMix', cutMix(size)],
      ['ResizeMix', resizeMix({ ...size, scale: [0.3, 1] })],
      [
        'one of mixup and CutMix a row',
        chooseMethod(
          [
            { method: mixup({ alpha: 1 }), p: 0.5 },
            { method: cutMix(size), p: 0.5 },
          ],
          { per: 'row' },
        ),
      ],
    ])('is that of the images that mixImages makes: %s', (_, method) => {
      // More than one block of points.
      const mix = method(
        createRandom(6),
        Int32Array.from({ length: 90 }, (_, i) => i % 9),
      );
      const mixed = mixImages({ ...images, data: Float64Array.from(images.data) }, mix).data;
      const want = Array.from(mix.index, (_, i) => {
        const squares = Array.from({ length: 9 }, (_, row) => {
          let sum = 0;
          for (let k = 0; k < 24; k++)
            sum += ((mixed[i * 24 + k] as number) - (images.data[row * 24 + k] as number)) ** 2;
          return sum;
        });
        return squares.indexOf(Math.min(...squares));
      });
      expect([...auditIntrusion(images, labels, mix).nearest]).toEqual(want);
      const rows = Int32Array.of(89, 3, 40);
      expect([...auditIntrusion(images, labels, mix, { rows }).nearest]).toEqual([want[89], want[3], want[40]]);
    });

    test('sees a box where its pixels are, not a blend: a corner cut from the partner is what a third image shows', () => {
      const [own, other, third] = [
        [0, 0, 0, 0],
        [8, 8, 8, 8],
        [8, 0, 0, 0],
      ];
      const data = Float64Array.from([own, other, third].flat());
      const mix = { ...plan([0], [1], [0.75]), box: Int32Array.of(0, 0, 1, 1), fill: 'cut' as const };
      expect(auditIntrusion({ data, shape: [3, 2, 2, 1] }, [0, 1, 2], mix)).toEqual({
        nearest: Int32Array.of(2),
        intruded: Int32Array.of(0),
        share: 1,
      });
    });
  });

  test.each<[string, RowsLike, MixPlan, string]>([
    [
      'with boxes, on flat rows',
      [[0, 0, 0, 0]],
      { ...plan([0], [0], [0.75]), box: Int32Array.of(0, 0, 1, 1) },
      'x of a plan with boxes must be images of shape [rows, height, width, channels], got [1, 4]',
    ],
    [
      'with boxes, on smaller images',
      { data: new Float64Array(4), shape: [1, 2, 2, 1] },
      { ...plan([0], [0], [0.75]), box: Int32Array.of(0, 0, 3, 1) },
      'box of plan row 0 must lie in [2, 2], got [0, 0, 3, 1]',
    ],
    [
      'for a hidden layer',
      [[0]],
      { ...plan([0], [0], [0.75]), layer: 2 },
      'the plan must mix the input, layer 0, where x lies, got layer 2',
    ],
  ])('of a plan %s is refused', (_, x, mix, rule) => {
    expect(() => auditIntrusion(x, [0], mix)).toThrow(new RangeError(`auditIntrusion: ${rule}`));
  });

  test('takes a plan for layer 0, which is the input', () => {
    expect(auditIntrusion([[0]], [0], { ...plan([0], [0], [0.75]), layer: 0 }).share).toBe(0);
  });
  test('of a sample of the plan is that of its rows', () => {
    const random = createRandom(4);
    const x = Array.from({ length: 100 }, () => [random(), random()]);
    const labels = Int32Array.from({ length: 100 }, (_, row) => row % 5);
    const mix = sampleMixPlan(random, { batch: 100, alpha: 1 });
    const rows = samplePermutation(random, 100).subarray(0, 40);
    const whole = auditIntrusion(x, labels, mix);
    const part = auditIntrusion(x, labels, mix, { rows });
    expect([...part.nearest]).toEqual(Array.from(rows, (row) => whole.nearest[row]));
    expect(part.share).toBe(rows.filter((row) => whole.intruded.includes(row)).length / 40);
  });

  test('reads float32 rows and images, and changes none of them', () => {
    fc.assert(
      fc.property(rowsAndPlan({ float: 32 }), ([x, mix]) => {
        fc.pre(mix.index.length > 0);
        const labels = new Int32Array(x.shape[0]);
        const before = structuredClone([x, mix, labels]);
        expect(auditIntrusion(x, labels, mix).share).toBe(0);
        expect([x, mix, labels]).toEqual(before);
      }),
    );
  });

  test.each<[() => unknown, string]>([
    [
      () => auditIntrusion([[0]], [0, 1], plainPlan(Int32Array.of(0))),
      'x and labels must have as many rows, got 1 and 2',
    ],
    [
      () => auditIntrusion([[0]], [-1], plainPlan(Int32Array.of(0))),
      'labels must be class ids, integers >= 0, got -1 in row 0',
    ],
    [
      () => auditIntrusion([[Number.NaN]], [0], plainPlan(Int32Array.of(0))),
      'x: every value must be finite, got NaN in row 0, value 0',
    ],
    [() => auditIntrusion([[0]], [0], plainPlan(Int32Array.of(1))), 'plan row 0 must name rows in [0, 1), got 1 and 1'],
    [
      () => auditIntrusion([[0]], [0], plainPlan(Int32Array.of(0)), { rows: new Int32Array(0) }),
      'the plan must have at least 1 row, got 0',
    ],
    [
      () => auditIntrusion([[0]], [0], plainPlan(Int32Array.of(0)), { rows: 1 as never }),
      'the plan must have at least 1 row, got undefined',
    ],
  ])('refuses what does not fit (%#)', (run, rule) => {
    expect(run).toThrow(new RangeError(`auditIntrusion: ${rule}`));
  });
});
