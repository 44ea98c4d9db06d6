/** Limits for tests of chance: what stays within five standard errors is chance. */

/** One chance in 1.7 million to be further off, as for five standard errors on both sides of a normal. */
const FIVE_SIGMA = 5.7e-7;

/** The sum of (seen - expected) ** 2 / expected. */
export function chiSquare(counts: ArrayLike<number>, expected: (cell: number) => number): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += ((counts[i] as number) - expected(i)) ** 2 / expected(i);
  return sum;
}

/** @returns where a chi-square of so many degrees of freedom is five standard errors up (Wilson and Hilferty, 1931) */
export function chiSquareLimit(degrees: number): number {
  const variance = 2 / (9 * degrees);
  return degrees * (1 - variance + 5 * Math.sqrt(variance)) ** 3;
}

/** @returns the Kolmogorov-Smirnov distance that n draws exceed with that chance: 2 exp(-2 n d ** 2) (Massart, 1990) */
export function kolmogorovLimit(n: number): number {
  return Math.sqrt(Math.log(2 / FIVE_SIGMA) / (2 * n));
}
