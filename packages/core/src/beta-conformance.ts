/** Conformance: whether draws follow the Beta distribution, to the last bit of a double. */

import { sampleBetas } from './beta.ts';
import { betaCdf } from './beta-cdf.ts';
import { checkOptions } from './check-options.ts';
import type { RandomSource } from './random.ts';

export interface BetaConformanceOptions {
  /** Shape, in [1e-4, 1e4]. */
  readonly a: number;
  /** Shape, in [1e-4, 1e4]; default `a`. */
  readonly b?: number;
  /** Draws, an integer >= 100, default 20,000. */
  readonly draws?: number;
}

/** What draws came to, as plain data. */
export interface BetaConformance {
  readonly a: number;
  readonly b: number;
  readonly draws: number;
  /** The Kolmogorov-Smirnov distance: the largest difference between the shares of draws and the distribution, in [0, 1]. */
  readonly distance: number;
  /** What chance exceeds once in 1.7 million times, as it does five standard errors. */
  readonly distanceLimit: number;
  /** The mean less a / (a + b), in standard errors. */
  readonly meanError: number;
  /** The variance less a b / ((a + b) ** 2 (a + b + 1)), in standard errors; the variance about the true mean. */
  readonly varianceError: number;
  /** How many draws are no number in [0, 1]; the figures above are NaN if any is. */
  readonly outside: number;
  /** Whether no draw is outside, the distance is below its limit, and both errors are below 5. */
  readonly conforms: boolean;
}

/**
 * Hold draws of a source to the Beta distribution: Kolmogorov-Smirnov at every draw, mean and variance.
 *
 * For small shapes most draws are 0 or 1 to the last bit, so each draw stands for the interval that rounds to it.
 *
 * @param random whose draws `sampleBetas` returns: give it a `beta` to judge another sampler
 * @throws RangeError when a shape or the number of draws is out of range
 * @example
 * betaConformance(createRandom(0), { a: 0.001 }).conforms; // true
 * @see Massart, "The Tight Constant in the Dvoretzky-Kiefer-Wolfowitz Inequality", 1990
 */
export function betaConformance(random: RandomSource, options: BetaConformanceOptions): BetaConformance {
  checkOptions(options, ['a', 'b', 'draws'], 'betaConformance');
  const { a, b = a, draws = 20_000 } = options ?? {};
  for (const [name, shape] of Object.entries({ a, b })) {
    if (!(shape >= 1e-4 && shape <= 1e4)) {
      throw new RangeError(`betaConformance: ${name} must be in [1e-4, 1e4], got ${shape}`);
    }
  }
  if (!(Number.isInteger(draws) && draws >= 100)) {
    throw new RangeError(`betaConformance: draws must be an integer >= 100, got ${draws}`);
  }
  const values = sampleBetas(random, a, b, draws);
  const outside = values.reduce((count, value) => count + (value >= 0 && value <= 1 ? 0 : 1), 0);
  // The chance of a distance above d is below 2 exp(-2 n d ** 2).
  const distanceLimit = Math.sqrt(Math.log(2 / 5.7e-7) / (2 * draws));
  if (outside > 0) {
    const unknown = { distance: Number.NaN, meanError: Number.NaN, varianceError: Number.NaN };
    return { a, b, draws, ...unknown, distanceLimit, outside, conforms: false };
  }
  const distance = kolmogorovDistance(values.sort(), a, b);
  const { meanError, varianceError } = momentErrors(values, a, b);
  const conforms = distance < distanceLimit && Math.abs(meanError) < 5 && Math.abs(varianceError) < 5;
  return { a, b, draws, distance, distanceLimit, meanError, varianceError, outside, conforms };
}

function kolmogorovDistance(sorted: Float64Array, a: number, b: number): number {
  const n = sorted.length;
  let distance = 0;
  for (let start = 0; start < n; ) {
    const value = sorted[start] as number;
    let end = start + 1;
    while (end < n && sorted[end] === value) end++;
    const [below, above] = roundingLimits(value, a, b);
    distance = Math.max(distance, Math.abs(end / n - above), Math.abs(below - start / n));
    start = end;
  }
  return distance;
}

/** The distribution at both ends of the interval that rounds to a value; only near 0 and 1 do they differ to be seen. */
function roundingLimits(value: number, a: number, b: number): readonly [below: number, above: number] {
  if (value === 0) return [0, betaCdf(Number.MIN_VALUE, a, b)];
  if (value < 0.5) {
    const at = betaCdf(value, a, b);
    return [at, at];
  }
  // From the other end, where numbers are as near to each other as one likes.
  const rest = 1 - value;
  const half = 2 ** -54;
  return [1 - betaCdf(rest + half, b, a), 1 - betaCdf(rest - half, b, a)];
}

function momentErrors(values: Float64Array, a: number, b: number): { meanError: number; varianceError: number } {
  const n = values.length;
  const sum = a + b;
  const centre = a / sum;
  const variance = (a * b) / (sum ** 2 * (sum + 1));
  const excess = (6 * ((a - b) ** 2 * (sum + 1) - a * b * (sum + 2))) / (a * b * (sum + 2) * (sum + 3));
  let first = 0;
  let second = 0;
  for (const value of values) {
    first += value - centre;
    second += (value - centre) ** 2;
  }
  // The standard error of the square about the true mean: sqrt((kurtosis - 1) / n) times the variance, where that is 0
  // for a fair coin, which Beta(a, a) nears: then 1e-12 is the rounding of the sums.
  return {
    meanError: first / n / Math.sqrt(variance / n),
    varianceError: (second / n - variance) / (variance * Math.max(Math.sqrt((excess + 2) / n), 1e-12)),
  };
}
