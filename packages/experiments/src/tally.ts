/** Wins, ties and losses. */
import { checkValues } from './sum.ts';

/** How often the arm did better, as well, worse; together the number of trials. */
export interface Tally {
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
}

/**
 * Count the differences above, at and below zero.
 *
 * A tie is exactly zero: two accuracies that are the same count over the same rows are the same double.
 *
 * @param differences [n >= 1], each finite, arm minus against
 * @throws RangeError when there is no difference or one is not finite
 */
export function tally(differences: readonly number[]): Tally {
  checkValues(differences, 1, 'tally');
  const wins = differences.filter((difference) => difference > 0).length;
  const losses = differences.filter((difference) => difference < 0).length;
  return { wins, ties: differences.length - wins - losses, losses };
}
