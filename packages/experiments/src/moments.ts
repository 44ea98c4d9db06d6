/** Mean and standard deviation. */
import { sum } from './sum.ts';

/** The first two moments of some numbers. */
export interface Moments {
  readonly mean: number;
  /** Of the sample: the square root of sum((x - mean) ** 2) / (n - 1); 0 for one number. */
  readonly deviation: number;
}

/** Take the mean alone, of at least one number; equal numbers have their own value. */
export function meanOf(values: readonly number[]): number {
  // The 0 turns -0 into 0.
  return areEqual(values) ? (values[0] as number) + 0 : sum(values) / values.length;
}

function areEqual(values: readonly number[]): boolean {
  return values.every((value) => value === values[0]);
}

/**
 * Take the mean and the sample standard deviation, in two passes.
 *
 * Equal numbers have a deviation of exactly 0 and their own value as the mean: three times 0.1 add up to more than 0.3,
 * and a deviation of one rounding error would turn into a t of 1e16.
 *
 * @param values [n >= 1], each finite
 * @throws RangeError when the sum, or the distance between two values, is out of the range of a double
 */
export function moments(values: readonly number[]): Moments {
  const mean = meanOf(values);
  if (areEqual(values)) return { mean, deviation: 0 };
  const deviations = values.map((value) => value - mean);
  // Squares of numbers below 1e-162 or above 1e154 leave the range of a double, so shares of the largest are squared.
  const largest = deviations.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  if (!Number.isFinite(largest)) throw new RangeError('moments: distances between values must be finite, got Infinity');
  const squares = sum(deviations.map((value) => (value / largest) ** 2));
  return { mean, deviation: largest * Math.sqrt(squares / (values.length - 1)) };
}
