/** Student's t distribution: what an interval from a few trials needs. */
import { betaFraction } from '@mixup/core/audit';

/**
 * Evaluate the distribution function of Student's t: the probability of a value of at most `t`.
 *
 * With a = df / 2 and x = df / (df + t ** 2), the tail P(T > t) is I_x(a, 1/2) / 2, an incomplete beta function, which
 * is t / 2 times the density at t times a continued fraction; next to the centre, P(0 < T < t) is I_(1-x)(1/2, a) / 2.
 *
 * @param t any number, infinite too
 * @param df degrees of freedom in [1, 1e6], not only integers
 * @returns a number in [0, 1], within 1e-12 relative, far into the lower tail too
 * @throws RangeError when `t` is NaN or `df` is out of range
 * @example
 * studentTCdf(-2.093, 19); // 0.0250
 * @see DLMF, https://dlmf.nist.gov/8.17, the incomplete beta function
 */
export function studentTCdf(t: number, df: number): number {
  if (Number.isNaN(t)) throw new RangeError('studentTCdf: t must be a number, got NaN');
  checkDf(df, 'studentTCdf');
  const far = Math.abs(t);
  const below = isTail(far, df) ? Math.exp(logTail(far, df)) : 0.5 - central(far, df);
  return t <= 0 ? below : 1 - below;
}

/**
 * Find the quantile of Student's t: the value with the probability `p` at or below it.
 *
 * @param p in (0, 1); above 1/2 it counts by its distance from 1, so a far upper tail is better taken by symmetry
 * @param df degrees of freedom in [1, 1e6], not only integers
 * @returns t, within 1e-12 relative
 * @throws RangeError when `p` or `df` is out of range, or t is out of the range of a double
 * @example
 * studentTQuantile(0.975, 19); // 2.093
 */
export function studentTQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`studentTQuantile: p must be in (0, 1), got ${p}`);
  checkDf(df, 'studentTQuantile');
  if (p === 0.5) return 0;
  // From 1/2 on, 1 - p is exact.
  const t = p < 0.5 ? -solve(p, df) : solve(1 - p, df);
  if (!Number.isFinite(t)) throw new RangeError(`studentTQuantile: t must be finite, got ${t} for p ${p}, df ${df}`);
  return t;
}

/** The t > 0 with the probability `tail` above it, for `tail` in (0, 1/2), by Newton's method. */
function solve(tail: number, df: number): number {
  // P(0 < T < t) is concave, so steps from below never pass the root. They end when the next would change nothing.
  let t = (0.5 - tail) / Math.exp(logDensity(0, df));
  while (!isTail(t, df)) {
    const step = (0.5 - tail - central(t, df)) / Math.exp(logDensity(t, df));
    t += step;
    if (Math.abs(step) <= 1e-9 * t) return t;
  }
  // log P(T > t) is concave in log t, so from the second step on they come down to the root. A step of at most 2 keeps
  // the first from landing where a tail like the normal one is curved the most.
  for (;;) {
    const here = isTail(t, df) ? logTail(t, df) : Math.log(0.5 - central(t, df));
    const slope = -Math.exp(Math.log(t) + logDensity(t, df) - here);
    const step = Math.min(2, (Math.log(tail) - here) / slope);
    t *= Math.exp(step);
    if (Math.abs(step) <= 1e-9 || t === Infinity) return t;
  }
}

/** Where the continued fraction of the tail converges fast; below, the one of the centre does. */
function isTail(t: number, df: number): boolean {
  return t * t > (3 * df) / (df + 2);
}

/** log P(T > t) for t > 0 in the tail. */
function logTail(t: number, df: number): number {
  if (t === Infinity) return -Infinity;
  const { near, far } = shares(t, df);
  return Math.log(t / 2) + logDensity(t, df) + Math.log(betaFraction(df / 2, 0.5, near, far));
}

/** P(0 < T < t) for t >= 0 next to the centre. */
function central(t: number, df: number): number {
  const { near, far } = shares(t, df);
  return (t / 2) * Math.exp(logDensity(t, df)) * betaFraction(0.5, df / 2, far, near);
}

/** df / (df + t ** 2) and t ** 2 / (df + t ** 2), each with all its digits. */
function shares(t: number, df: number): { readonly near: number; readonly far: number } {
  const square = (t / Math.sqrt(df)) ** 2;
  return { near: 1 / (1 + square), far: square === Infinity ? 1 : square / (1 + square) };
}

/** Of Gamma((df + 1) / 2) / (sqrt(pi df) Gamma(df / 2)) * (1 + t ** 2 / df) ** (-(df + 1) / 2). */
function logDensity(t: number, df: number): number {
  const scaled = t / Math.sqrt(df);
  // The square of a large one may be out of range.
  const growth = scaled > 1e9 ? 2 * Math.log(scaled) : Math.log1p((t * t) / df);
  return logGammaRatio(df / 2) - 0.5 * Math.log(Math.PI * df) - ((df + 1) / 2) * growth;
}

/**
 * log(Gamma(a + 1/2) / Gamma(a)) for a > 0: by the recurrence of the gammas up to 16, from there by the difference of
 * Stirling's series. The difference of two log-gammas would lose 1e-9 at a = 5e5.
 */
function logGammaRatio(a: number): number {
  let ratio = 1;
  let z = a;
  for (; z < 16; z++) ratio *= z / (z + 0.5);
  const w = 1 / z ** 2;
  // (2 ** (1 - k) - 2) B_k / (k (k - 1)) for k = 2, 4, ... 10; the next term is below 3e-16 at z = 16.
  const series = -1 / 8 + w * (1 / 192 + w * (-1 / 640 + w * (17 / 14336 + w * (-31 / 18432))));
  return Math.log(ratio) + 0.5 * Math.log(z) + series / z;
}

function checkDf(df: number, name: string): void {
  if (!(df >= 1 && df <= 1e6)) throw new RangeError(`${name}: df must be in [1, 1e6], got ${df}`);
}
