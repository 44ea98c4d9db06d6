/** Learning curves: how fast, and how sure over trials. */
import { type ConfidenceOptions, type MeanInterval, meanInterval } from './interval.ts';
import { meanOf } from './moments.ts';
import { checkValues, sum } from './sum.ts';

/**
 * Find the first epoch that reaches a target.
 *
 * @param values [epochs >= 1], epoch 1 first, each finite
 * @param target what is enough, finite
 * @returns the epoch, from 1; null when none does
 * @throws RangeError when there is no epoch, or a number is not finite
 * @example
 * epochsToReach([0.6, 0.8, 0.9], 0.8); // 2
 */
export function epochsToReach(values: readonly number[], target: number): number | null {
  checkValues(values, 1, 'epochsToReach');
  if (!Number.isFinite(target)) throw new RangeError(`epochsToReach: target must be finite, got ${target}`);
  const index = values.findIndex((value) => value >= target);
  return index < 0 ? null : index + 1;
}

/**
 * Take the area under a curve as its mean height: the trapezoids over the epochs, by the length of the epochs.
 *
 * (v_1 / 2 + v_2 + … + v_(n-1) + v_n / 2) / (n - 1), so the area of accuracies is again a fraction, and runs of
 * different lengths compare. One epoch has its own value.
 *
 * @param values [epochs >= 1], each finite
 * @throws RangeError when there is no epoch, or a number is not finite
 * @example
 * areaUnderCurve([0.5, 0.9, 1]); // 0.825
 */
export function areaUnderCurve(values: readonly number[]): number {
  checkValues(values, 1, 'areaUnderCurve');
  const last = values.length - 1;
  if (last === 0) return values[0] as number;
  return sum(values.map((value, i) => (i === 0 || i === last ? value / 2 : value))) / last;
}

/**
 * Take the mean of many curves, epoch by epoch.
 *
 * @param histories [trials >= 1][epochs >= 1], each finite
 * @returns [epochs]
 * @throws RangeError when there is none, they differ in length, or a number is not finite
 */
export function meanByEpoch(histories: readonly (readonly number[])[]): number[] {
  return byEpoch(histories, 'meanByEpoch').map(meanOf);
}

/**
 * Take the band of many curves: the interval of the mean, epoch by epoch.
 *
 * Each epoch has its own interval. That all of them hold at once is less likely than `confidence`.
 *
 * @param histories [trials >= 1][epochs >= 1], each finite
 * @returns [epochs], with null bounds for one trial
 * @throws RangeError when there is none, they differ in length, a number is not finite, or `confidence` is out of range
 */
export function bandByEpoch(
  histories: readonly (readonly number[])[],
  options: ConfidenceOptions = {},
): MeanInterval[] {
  return byEpoch(histories, 'bandByEpoch').map((values) => meanInterval(values, options));
}

/** [epochs][trials] from [trials][epochs]. */
function byEpoch(histories: readonly (readonly number[])[], name: string): number[][] {
  const epochs = histories[0]?.length ?? 0;
  if (epochs === 0) throw new RangeError(`${name}: there must be at least one history of one epoch, got none`);
  for (const [trial, history] of histories.entries()) {
    if (history.length !== epochs) {
      throw new RangeError(`${name}: histories must have ${epochs} epochs, got ${history.length} in history ${trial}`);
    }
    checkValues(history, epochs, name);
  }
  return Array.from({ length: epochs }, (_, epoch) => histories.map((history) => history[epoch] as number));
}
