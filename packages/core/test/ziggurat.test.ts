import { expect, test } from 'vitest';
import { exp, logNear1, powersOfTwo } from '../src/exponential.ts';
import { createRandom } from '../src/index.ts';
import { createXoshiroWords, type Words } from '../src/words.ts';
import { readExponential, readNormal, samplerTables, type Ziggurat } from '../src/ziggurat.ts';
import { fc } from './fast-check.ts';
import { kolmogorovLimit } from './statistics.ts';

const tables = samplerTables();
const n = 1_000_000;

function draws(label: string, read: (words: Words, t: typeof tables) => number): Float64Array {
  const words = createXoshiroWords(createRandom(2000).fork(label).position().state);
  return Float64Array.from({ length: n }, () => read(words, tables)).sort();
}

/** The largest distance between the share of draws and the distribution, at every draw. */
function distance(sorted: Float64Array, cdf: (x: number) => number): number {
  let most = 0;
  for (const [i, x] of sorted.entries()) {
    const p = cdf(x);
    most = Math.max(most, p - i / n, (i + 1) / n - p);
  }
  return most;
}

test('exponential numbers have the distribution 1 - exp(-x), in the tail beyond the ziggurat too', () => {
  const values = draws('exponential', readExponential);
  expect(values[0]).toBeGreaterThan(0);
  expect(distance(values, (x) => -Math.expm1(-x))).toBeLessThan(kolmogorovLimit(n));
  const tail = values.filter((x) => x > 7.69711747013105).length;
  const want = n * Math.exp(-7.69711747013105);
  expect(Math.abs(tail - want)).toBeLessThan(5 * Math.sqrt(want));
});

test('normal numbers have the distribution (1 + erf(x / sqrt 2)) / 2, in both tails beyond the ziggurat too', () => {
  const values = draws('normal', readNormal);
  // The series of the normal distribution (Marsaglia, "Evaluating the Normal Distribution", 2004): exact to 1e-15 here.
  const cdf = (x: number) => {
    let [sum, term] = [x, x];
    for (let i = 3; Math.abs(term) > 1e-17; i += 2) {
      term *= (x * x) / i;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-0.5 * x * x - 0.9189385332046727); // = log(sqrt(2 pi))
  };
  expect(distance(values, cdf)).toBeLessThan(kolmogorovLimit(n));
  const beyond = 3.654152885361009;
  const want = n * cdf(-beyond);
  for (const tail of [values.filter((x) => x > beyond), values.filter((x) => x < -beyond)]) {
    expect(Math.abs(tail.length - want)).toBeLessThan(5 * Math.sqrt(want));
  }
});

test.each(['exponential', 'normal'] as const)('the layers of the %s ziggurat have one area, to the top', (name) => {
  const { width, height } = tables[name] as Ziggurat;
  const areas = Array.from({ length: 255 }, (_, i) => {
    const [w, h0, h1] = [width[i + 1], height[i + 1], height[i + 2]] as [number, number, number];
    return w * (h1 - h0);
  });
  const base = (width[0] as number) * (height[1] as number);
  // The published tail and area have 15 digits or 12; the last layer takes what their rounding leaves.
  for (const area of areas) expect(Math.abs(area / base - 1)).toBeLessThan(1e-8);
});

test('exp and logNear1 are within two units in the last place of the exact value', () => {
  const powers = powersOfTwo();
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
      // Math.exp is a unit off at most.
      expect(Math.abs(exp(x, powers) / Math.exp(x) - 1)).toBeLessThan(3 * Number.EPSILON);
    }),
    { numRuns: 20_000 },
  );
  fc.assert(
    fc.property(fc.double({ min: 1e-12, max: 1e6, noNaN: true }), (x) => {
      const want = Math.log(x);
      expect(Math.abs(logNear1(x) - want)).toBeLessThanOrEqual(3 * Number.EPSILON * Math.max(Math.abs(want), 1e-300));
    }),
    { numRuns: 20_000 },
  );
  expect(exp(-1e9, powers)).toBe(0);
  expect(exp(-Infinity, powers)).toBe(0);
  expect(exp(709.1, powers)).toBe(Infinity);
  expect(exp(0, powers)).toBe(1);
});
