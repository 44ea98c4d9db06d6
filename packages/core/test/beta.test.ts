import { describe, expect, test } from 'vitest';
import { createRandom, type Random, restoreRandom, sampleBeta, sampleBetas } from '../src/index.ts';
import { fc } from './fast-check.ts';
import { readGolden, sha256 } from './golden.ts';
import { kolmogorovLimit } from './statistics.ts';

interface Law {
  readonly a: number;
  readonly b: number;
  readonly mean: number;
  readonly variance: number;
  readonly excessKurtosis: number;
  readonly points: number[];
  readonly cdf: number[];
}

const { cases } = readGolden<{ cases: Law[] }>('beta');
const n = 200_000;

/** A stream of its own for each law, so that no test hangs on its neighbour. */
function draws(a: number, b: number, size = n): Float64Array {
  const random = createRandom(2017).fork(`Beta(${a}, ${b})`);
  return Float64Array.from({ length: size }, () => sampleBeta(random, a, b));
}

/** @returns the share of draws that are <= x */
const share = (values: Float64Array, x: number) =>
  values.reduce((count, v) => count + (v <= x ? 1 : 0), 0) / values.length;

describe.each(cases)('Beta($a, $b)', ({ a, b, mean, variance, excessKurtosis, points, cdf }) => {
  const values = draws(a, b);

  test('every draw is a number in [0, 1]', () => {
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  test('sampleBeta(random, a, b) has mean a / (a + b)', () => {
    expect(mean).toBeCloseTo(a / (a + b), 12);
    const average = values.reduce((sum, value) => sum + value, 0) / n;
    expect(Math.abs(average - a / (a + b))).toBeLessThan(5 * Math.sqrt(variance / n));
  });

  const formula = a === b ? '1 / (4 (2a + 1))' : 'a b / ((a + b) ** 2 (a + b + 1))';
  test(`its draws have variance ${formula}`, () => {
    const want = a === b ? 1 / (4 * (2 * a + 1)) : (a * b) / ((a + b) ** 2 * (a + b + 1));
    const centre = a / (a + b);
    const spread = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / n;
    // The standard error of a variance: sqrt((kurtosis - 1) / n) times the variance.
    expect(Math.abs(spread - want)).toBeLessThan(5 * variance * Math.sqrt((excessKurtosis + 2) / n));
  });

  test("its distribution is SciPy's: Kolmogorov-Smirnov at quantiles and at powers of ten in both tails", () => {
    const sorted = values.toSorted();
    let below = 0;
    let distance = 0;
    for (const [i, x] of points.entries()) {
      while (below < n && (sorted[below] as number) <= x) below++;
      distance = Math.max(distance, Math.abs(below / n - (cdf[i] as number)));
    }
    expect(distance).toBeLessThan(kolmogorovLimit(n));
  });
});

test('the Kolmogorov-Smirnov test above tells alpha 0.2 from 0.21', () => {
  const law = cases.find(({ a, b }) => a === 0.2 && b === 0.2) as Law;
  const values = draws(0.21, 0.21);
  const distance = Math.max(...law.points.map((x, i) => Math.abs(share(values, x) - (law.cdf[i] as number))));
  expect(distance).toBeGreaterThan(kolmogorovLimit(n));
});

test.each([1e-10, 1e-100])(
  'for alpha 0.05 the share of draws up to %d is what SciPy says, far below what float32 holds',
  (x) => {
    const law = cases.find(({ a, b }) => a === 0.05 && b === 0.05) as Law;
    const want = law.cdf[law.points.indexOf(x)] as number;
    expect(want).toBeGreaterThan(0);
    const values = draws(0.05, 0.05);
    expect(Math.abs(share(values, x) - want)).toBeLessThan(5 * Math.sqrt((want * (1 - want)) / n));
    // Both tails alike, so far as a double near 1 can tell.
    const upper = values.filter((value) => value >= 1 - 1e-10).length / n;
    const lower = share(values, 1e-10);
    expect(Math.abs(upper - lower)).toBeLessThan(5 * Math.sqrt((2 * lower) / n));
  },
);

test('at alpha 0.001 the mean is 1/2 within 5 standard errors of a million draws', () => {
  const size = 1_000_000;
  const average = draws(0.001, 0.001, size).reduce((sum, value) => sum + value, 0) / size;
  expect(Math.abs(average - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / size));
});

test('sampleBeta(random, a, b) is 1 - sampleBeta(random, b, a) in distribution', () => {
  const [forward, backward] = [draws(0.3, 2), draws(2, 0.3)];
  const grid = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
  const distance = Math.max(...grid.map((x) => Math.abs(share(forward, x) - (1 - share(backward, 1 - x)))));
  // Two samples: n / 2 draws' worth.
  expect(distance).toBeLessThan(kolmogorovLimit(n / 2));
});

test('whatever the shapes in [1e-300, 1e300], a draw is a number in [0, 1]', () => {
  const shape = fc.double({ min: -300, max: 300, noNaN: true }).map((power) => 10 ** power);
  fc.assert(
    fc.property(fc.nat(), shape, shape, (seed, a, b) => {
      const value = sampleBeta(createRandom(seed), Math.max(a, 1e-300), Math.max(b, 1e-300));
      return value >= 0 && value <= 1;
    }),
    { numRuns: 2000 },
  );
});

test('sources at their extremes, 0 and the number below 1, give numbers in [0, 1]', () => {
  const ends = [0, 1 - 2 ** -53];
  for (const a of [1e-4, 1 / 16, 0.2, 0.3, 0.4, 1, 3, 1e4]) {
    for (const first of ends) {
      // The end once, then a stream that ends every rejection loop.
      const random = createRandom(0);
      let calls = 0;
      const value = sampleBeta(() => (calls++ === 0 ? first : random()), a, a);
      expect(value >= 0 && value <= 1).toBe(true);
    }
  }
});

const laws = [
  [0.2, 0.2],
  [1, 1],
  [8, 8],
  [0.2, 3],
  [3, 0.2],
  [0.9, 8],
  [1e-3, 1e-3],
  [0.5, 0.5],
  [0.4, 0.1],
  [0.3, 0.3],
] as const;

test('sampleBetas gives the numbers that as many calls of sampleBeta give, and leaves the stream at the same place', () => {
  const size = fc.integer({ min: 0, max: 300 });
  fc.assert(
    fc.property(fc.nat(), size, fc.nat(5), fc.constantFrom(...laws), (seed, count, before, [a, b]) => {
      const [many, single] = [createRandom(seed), createRandom(seed)];
      for (const random of [many, single]) for (let i = 0; i < before; i++) random.uint32();
      expect(sampleBetas(many, a, b, count)).toEqual(
        Float64Array.from({ length: count }, () => sampleBeta(single, a, b)),
      );
      expect(many.position()).toEqual(single.position());
      expect(restoreRandom(many.position())()).toBe(single());
    }),
  );
});

test('any function over the words of a stream gives the draws of the stream: nothing is drawn ahead of need', () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(...laws), (seed, [a, b]) => {
      const [random, words] = [createRandom(seed), createRandom(seed)];
      const plain = () => words.uint32() * 2 ** -32;
      expect(sampleBetas(plain, a, b, 20)).toEqual(sampleBetas(random, a, b, 20));
      expect(words.position()).toEqual(random.position());
    }),
  );
});

test('the draws of a seed are frozen to the last bit', () => {
  const random: Random = createRandom(2017);
  const drawn = Float64Array.from(laws.flatMap(([a, b]) => [...sampleBetas(random, a, b, 10_000)]));
  // From this library itself: nothing else draws so. Change it only where the stream is meant to change.
  expect(sha256(drawn)).toBe('fd25ba03eb4103342c0a6e32dc0b1e8f05c0c56d8a17c8173d5a93ff4a8e46e3');
});

test.each([-1, 0.5, Number.NaN])('sampleBetas refuses %s as a size', (size) => {
  expect(() => sampleBetas(createRandom(0), 1, 1, size)).toThrow(
    new RangeError(`sampleBetas: size must be an integer >= 0, got ${size}`),
  );
});

test('a source with a beta of its own is left to draw', () => {
  const random = Object.assign(() => 0.5, { beta: ((a: number, b: number) => a / (a + b)) as never });
  expect(sampleBeta(random, 1, 3)).toBe(0.25);
});

test.each([0, -1, Number.NaN, Infinity, 1e-301, 1e301])(
  'sampleBeta refuses %s as a shape, whichever of the two it is',
  (shape) => {
    const rule = `must be > 0 (at least 1e-300) and at most 1e300, got ${shape}`;
    expect(() => sampleBeta(createRandom(0), shape, 1)).toThrow(new RangeError(`sampleBeta: a ${rule}`));
    expect(() => sampleBeta(createRandom(0), 1, shape)).toThrow(new RangeError(`sampleBeta: b ${rule}`));
  },
);

test.each([Number.NaN, 1, -1])('a source that returns %s is told, where it would be drawn from for ever', (drawn) => {
  expect(() => sampleBeta(() => drawn, 0.3, 0.3)).toThrow(
    new RangeError(`random: must return numbers in [0, 1), got ${drawn}`),
  );
});
