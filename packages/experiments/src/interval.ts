/** The mean of some trials, and how far it may be off. */
import { moments } from './moments.ts';
import { studentTQuantile } from './student.ts';
import { checkValues } from './sum.ts';

/** How sure an interval is to be. */
export interface ConfidenceOptions {
  /** In (0, 1), default 0.95. */
  readonly confidence?: number;
}

/** A mean with its interval; one value has a mean and nothing else, and JSON has no NaN, so the rest is null then. */
export interface MeanInterval {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
  /** The sample standard deviation over the square root of n. */
  readonly standardError: number | null;
}

/**
 * Take the mean of independent values with its interval by Student's t: mean -+ t(n - 1) * s / sqrt(n).
 *
 * Equal values have the interval [mean, mean].
 *
 * @param values [n >= 1], each finite
 * @returns null bounds for one value
 * @throws RangeError when there is no value, one is not finite, or `confidence` is out of range
 * @example
 * meanInterval([0.02, 0.03, 0.01]); // { mean: 0.02, low: -0.0048, high: 0.0448, standardError: 0.0058 }
 * @see Student, "The Probable Error of a Mean", 1908
 */
export function meanInterval(values: readonly number[], options: ConfidenceOptions = {}): MeanInterval {
  const { confidence = 0.95 } = options;
  checkValues(values, 1, 'meanInterval');
  checkConfidence(confidence, 'meanInterval');
  const { mean, deviation } = moments(values);
  if (values.length === 1) return { mean, low: null, high: null, standardError: null };
  const standardError = deviation / Math.sqrt(values.length);
  const [low, high] = studentInterval(mean, standardError, values.length - 1, confidence);
  return { mean, low, high, standardError };
}

/** A band of a curve asks for the same quantile in each epoch. */
let lastQuantile = { tail: Number.NaN, df: Number.NaN, quantile: Number.NaN };

/**
 * Lay the interval of Student's t around an estimate.
 *
 * @param standardError >= 0, of the estimate
 * @param df degrees of freedom of the standard error, in [1, 1e6]
 * @param confidence in (0, 1)
 * @throws RangeError when a bound is out of the range of a double
 */
export function studentInterval(
  estimate: number,
  standardError: number,
  df: number,
  confidence: number,
): readonly [low: number, high: number] {
  // Through the lower tail, which keeps its digits where (1 + confidence) / 2 rounds to 1.
  const tail = (1 - confidence) / 2;
  if (lastQuantile.tail !== tail || lastQuantile.df !== df) {
    lastQuantile = { tail, df, quantile: studentTQuantile(tail, df) };
  }
  const margin = -lastQuantile.quantile * standardError;
  const low = estimate - margin;
  const high = estimate + margin;
  if (!(Number.isFinite(low) && Number.isFinite(high))) {
    throw new RangeError(`studentInterval: bounds must be finite, got ${low} and ${high}`);
  }
  return [low, high];
}

/** @throws RangeError when `confidence` is not in (0, 1) */
export function checkConfidence(confidence: number, name: string): void {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`${name}: confidence must be in (0, 1), got ${confidence}`);
  }
}
