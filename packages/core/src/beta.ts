/** The Beta distribution: where mixing weights come from. */
import type { RandomSource } from './random.ts';

/**
 * Draw from Beta(a, b), right for shapes from 1e-4 to 1e4 and beyond.
 *
 * Two ways, both exact: Jöhnk's rejection where both shapes are at most 1, the ratio of two gammas elsewhere. Shapes
 * below 1 are in log space: for small ones the variates themselves underflow, and the usual ratio is 0 / 0.
 *
 * A source with a `beta` of its own is left to do it, so that a NumPy `RandomState` draws as NumPy does.
 *
 * @param a shape, >= 1e-300 and finite
 * @param b shape, >= 1e-300 and finite
 * @returns a number in [0, 1]; for shapes below about 0.01 mostly 0 or 1 to the last bit, as it should be
 * @throws RangeError when a shape is out of range
 * @example
 * const lambda = sampleBeta(createRandom(0), 0.2, 0.2);
 * @see Jöhnk, "Erzeugung von betaverteilten und gammaverteilten Zufallszahlen", 1964
 * @see Marsaglia, Tsang, "A Simple Method for Generating Gamma Variables", 2000
 */
export function sampleBeta(random: RandomSource, a: number, b: number): number {
  checkShape('a', a);
  checkShape('b', b);
  if (random.beta) return random.beta(a, b);
  if (a <= 1 && b <= 1) return sampleJohnk(random, a, b);
  if (a < 1 || b < 1) return logistic(sampleLogGamma(random, a) - sampleLogGamma(random, b));
  const x = sampleGamma(random, a);
  return x / (x + sampleGamma(random, b));
}

function checkShape(name: string, shape: number): void {
  // Below 1e-300 even the logarithms overflow.
  if (!(shape >= 1e-300 && shape < Infinity)) {
    throw new RangeError(`sampleBeta: ${name} must be > 0 (at least 1e-300) and finite, got ${shape}`);
  }
}

/** X = U^(1/a), Y = V^(1/b), kept when X + Y <= 1: X / (X + Y) is Beta(a, b). At least every second pair is kept. */
function sampleJohnk(random: RandomSource, a: number, b: number): number {
  for (;;) {
    const logX = Math.log(1 - random()) / a;
    const logY = Math.log(1 - random()) / b;
    // X + Y <= 1 by one exponential: the larger of the two is e^max, the smaller `ratio` of it.
    const max = Math.max(logX, logY);
    const ratio = Math.exp(-Math.abs(logX - logY));
    // log(1 + ratio) <= ratio decides most pairs without the logarithm.
    if (max + ratio <= 0 || max + Math.log1p(ratio) <= 0) return (logX > logY ? 1 : ratio) / (1 + ratio);
  }
}

/** log of Gamma(shape, 1). Below 1 it is that of shape + 1 plus log(U) / shape, so nothing underflows. */
function sampleLogGamma(random: RandomSource, shape: number): number {
  if (shape >= 1) return Math.log(sampleGamma(random, shape));
  return Math.log(sampleGamma(random, shape + 1)) + Math.log(1 - random()) / shape;
}

/** Gamma(shape, 1) for shape >= 1: a cubed normal number, kept or not. */
function sampleGamma(random: RandomSource, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = sampleNormal(random);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = 1 - random();
    // The first test is a squeeze: it decides most draws without a logarithm, as the second would.
    if (u < 1 - 0.0331 * (x * x) * (x * x) || Math.log(u) < 0.5 * x * x + d * (1 - v + Math.log(v))) return d * v;
  }
}

/** A standard normal number by the polar method; its twin is thrown away, so that the source holds all state. */
function sampleNormal(random: RandomSource): number {
  for (;;) {
    const x = 2 * random() - 1;
    const y = 2 * random() - 1;
    const r = x * x + y * y;
    if (r > 0 && r < 1) return x * Math.sqrt((-2 * Math.log(r)) / r);
  }
}

/** 1 / (1 + e^-t), without overflow; exactly 1/2 at 0. */
function logistic(t: number): number {
  return t >= 0 ? 1 / (1 + Math.exp(-t)) : Math.exp(t) / (1 + Math.exp(t));
}
