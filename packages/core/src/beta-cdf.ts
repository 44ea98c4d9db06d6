/** The distribution function of the Beta distribution: what drawn weights are held to. */
import { betaFraction } from './beta-fraction.ts';

/**
 * Evaluate the distribution function of Beta(a, b): the probability of a value of at most `x`.
 *
 * @param x any number
 * @param a shape, in [1e-4, 1e4]
 * @param b shape, in [1e-4, 1e4]
 * @returns a number in [0, 1], within 1e-12 for shapes up to 100, 1e-10 up to 1e4
 * @throws RangeError when `x` is NaN or a shape is out of range
 * @example
 * betaCdf(0.25, 0.5, 0.5); // 1/3
 * @see DiDonato, Morris, "Algorithm 708: Significant Digit Computation of the Incomplete Beta Function Ratios", 1992
 */
export function betaCdf(x: number, a: number, b: number): number {
  if (Number.isNaN(x)) throw new RangeError('betaCdf: x must be a number, got NaN');
  for (const [name, shape] of [
    ['a', a],
    ['b', b],
  ] as const) {
    if (!(shape >= 1e-4 && shape <= 1e4)) throw new RangeError(`betaCdf: ${name} must be in [1e-4, 1e4], got ${shape}`);
  }
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const y = 1 - x;
  const logBeta = logGamma(a) + logGamma(b) - logGamma(a + b);
  const factor = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta);
  // The fraction converges fast on this side of the mean; on the other the distribution is turned round.
  return x <= (a + 1) / (a + b + 2) ? factor * betaFraction(a, b, x, y) : 1 - factor * betaFraction(b, a, y, x);
}

/** log Gamma(z) for z > 0: by the recurrence up to 16, from there by Stirling's series. */
function logGamma(z: number): number {
  let product = 1;
  let at = z;
  for (; at < 16; at++) product *= at;
  const w = 1 / at ** 2;
  // B_k / (k (k - 1)) for k = 2, 4, ... 10; the next term is below 2e-16 at 16.
  const series = 1 / 12 + w * (-1 / 360 + w * (1 / 1260 + w * (-1 / 1680 + w * (1 / 1188))));
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series / at - Math.log(product);
}
