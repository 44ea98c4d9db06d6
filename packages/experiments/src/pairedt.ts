/** The paired t test: whether the mean of some differences is zero, if they are normal and independent. */
import { type ConfidenceOptions, checkConfidence, studentInterval } from './interval.ts';
import { moments } from './moments.ts';
import { studentTCdf } from './student.ts';
import { checkValues } from './sum.ts';

/** What a t test says. */
export interface TTest {
  /** Mean difference over its standard error; null for equal differences other than zero, which have no such error. */
  readonly t: number | null;
  /** Degrees of freedom, n - 1. */
  readonly df: number;
  /** Two-sided, in [0, 1]. */
  readonly p: number;
  /** Of the mean difference. */
  readonly low: number;
  readonly high: number;
}

/**
 * Test whether the mean of paired differences is zero, by Student's t with variance s ** 2 / n.
 *
 * Differences that are all zero give t 0 and p 1. Equal differences other than zero have no spread to be judged by: t
 * is null and p 0, as the limit has it, which for two or three trials says far too much. `signFlipTest`, which needs
 * no spread, is the honest one there.
 *
 * @param differences [n >= 2], each finite
 * @throws RangeError when there are fewer than two, one is not finite, or `confidence` is out of range
 * @see Student, "The Probable Error of a Mean", 1908
 */
export function pairedT(differences: readonly number[], options: ConfidenceOptions = {}): TTest {
  return tTest(differences, 1 / differences.length, options, 'pairedT');
}

/**
 * The t test with a variance of the mean of `share * s ** 2`.
 *
 * @param share > 0
 * @param name what the errors call the caller
 */
export function tTest(differences: readonly number[], share: number, options: ConfidenceOptions, name: string): TTest {
  const { confidence = 0.95 } = options;
  checkValues(differences, 2, name);
  checkConfidence(confidence, name);
  const { mean, deviation } = moments(differences);
  const df = differences.length - 1;
  const standardError = deviation * Math.sqrt(share);
  const [low, high] = studentInterval(mean, standardError, df, confidence);
  const ratio = mean === 0 ? 0 : mean / standardError;
  return { t: Number.isFinite(ratio) ? ratio : null, df, p: 2 * studentTCdf(-Math.abs(ratio), df), low, high };
}
