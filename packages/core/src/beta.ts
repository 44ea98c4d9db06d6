/** The Beta distribution: where mixing weights come from. */
import { fillBeta } from './beta-draws.ts';
import { checkRandom } from './check-random.ts';
import type { RandomSource } from './random.ts';
import { wordsOf } from './words.ts';

/**
 * Draw from Beta(a, b), right for shapes from 1e-4 to 1e4 and beyond.
 *
 * Exact for all shapes: Jöhnk's rejection where both are at most 1, a power of a uniform number kept or not where one is
 * below 1 and the other not much above, the ratio of two gammas elsewhere. Where the variates themselves underflow, as for
 * small shapes, and the usual ratio is 0 / 0, it is taken in log space.
 *
 * The same source gives the same bits in every JavaScript engine: only additions, multiplications, divisions and square
 * roots are used, which all of them round alike.
 *
 * A source with a `beta` of its own is left to do it: that of `createRandom` draws in blocks, and a NumPy `RandomState`
 * draws as NumPy does.
 *
 * @param a shape, in [1e-300, 1e300]
 * @param b shape, in [1e-300, 1e300]
 * @returns a number in [0, 1]; for shapes below about 0.01 mostly 0 or 1 to the last bit, as it should be
 * @throws RangeError when a shape is out of range
 * @example
 * const lambda = sampleBeta(createRandom(0), 0.2, 0.2);
 * @see Jöhnk, "Erzeugung von betaverteilten und gammaverteilten Zufallszahlen", 1964
 * @see Marsaglia, Tsang, "A Simple Method for Generating Gamma Variables", 2000
 * @see Marsaglia, Tsang, "The Ziggurat Method for Generating Random Variables", 2000
 */
export function sampleBeta(random: RandomSource, a: number, b: number): number {
  checkRandom(random, 'sampleBeta');
  checkShape('sampleBeta', 'a', a);
  checkShape('sampleBeta', 'b', b);
  if (random.beta) return random.beta(a, b);
  const one = new Float64Array(1);
  fillBeta(wordsOf(random), a, b, one);
  return one[0] as number;
}

/**
 * Draw many from Beta(a, b): the numbers that as many calls of `sampleBeta` give, sooner.
 *
 * @param a shape, in [1e-300, 1e300]
 * @param b shape, in [1e-300, 1e300]
 * @param size an integer >= 0
 * @returns [size], each in [0, 1]
 * @throws RangeError when a shape or the size is out of range
 * @example
 * const lambdas = sampleBetas(createRandom(0), 0.2, 0.2, 4096);
 */
export function sampleBetas(random: RandomSource, a: number, b: number, size: number): Float64Array {
  checkRandom(random, 'sampleBetas');
  checkShape('sampleBetas', 'a', a);
  checkShape('sampleBetas', 'b', b);
  if (!(Number.isInteger(size) && size >= 0)) {
    throw new RangeError(`sampleBetas: size must be an integer >= 0, got ${size}`);
  }
  if (random.beta) return random.beta(a, b, size);
  const out = new Float64Array(size);
  fillBeta(wordsOf(random), a, b, out);
  return out;
}

function checkShape(caller: string, name: string, shape: number): void {
  // Below 1e-300 even the logarithms overflow, above 1e300 the sum of two gamma numbers.
  if (!(Number.isFinite(shape) && shape >= 1e-300 && shape <= 1e300)) {
    throw new RangeError(`${caller}: ${name} must be > 0 (at least 1e-300) and at most 1e300, got ${shape}`);
  }
}
