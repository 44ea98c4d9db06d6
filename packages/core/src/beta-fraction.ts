/** The continued fraction behind the distribution functions of Beta, Student's t and F. */

/**
 * Evaluate the continued fraction of I_x(a, b) B(a, b) / (x ** a * y ** b), by Lentz's method.
 *
 * In the form of Algorithm 708: `a * y - b * x` keeps the digits that the textbook's form loses in 1 - (a + b) x / (a + 1).
 *
 * @param a > 0
 * @param b > 0
 * @param x in [0, (a + 1) / (a + b + 2)], where it converges fast; beyond, exchange a with b and x with y
 * @param y 1 - x, given apart because next to x = 1 the difference has few digits left
 * @throws RangeError when it does not converge, as for NaN
 * @example
 * betaFraction(1, 2, 0.25, 0.75); // 14 / 9: I is 7 / 16, B is 1 / 2, and x ** a * y ** b is 9 / 64
 * @see DiDonato, Morris, "Algorithm 708: Significant Digit Computation of the Incomplete Beta Function Ratios", 1992
 * @see Lentz, "Generating Bessel functions in Mie scattering calculations using continued fractions", 1976
 */
export function betaFraction(a: number, b: number, x: number, y: number): number {
  const lambda = a * y - b * x;
  let fraction = (a * (lambda + 1)) / (a + 1);
  let c = fraction;
  let d = 0;
  for (let n = 1; n < 10_000; n++) {
    const s = a + 2 * n - 1;
    const alpha = ((a + n - 1) * (a + b + n - 1) * n * (b - n) * x * x) / (s * s);
    const beta = n + (n * (b - n) * x) / s + ((a + n) * (lambda + 1 + n * (1 + y))) / (s + 2);
    d = 1 / (beta + alpha * d);
    c = beta + alpha / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 4e-16) return 1 / fraction;
  }
  throw new RangeError(`betaFraction: must converge, got x ${x}, a ${a}, b ${b}`);
}
