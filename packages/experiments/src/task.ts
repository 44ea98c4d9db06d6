/** Tasks: what a worker does at one time, a trial or one arm of it. Arms have nothing of each other, so both come to the same. */
import type { ExperimentConfig } from './config.ts';
import { trialId } from './digest.ts';
import type { TrialResult } from './result.ts';

export interface Task {
  readonly trial: number;
  /** That of the experiment, with the arms to train. */
  readonly config: ExperimentConfig;
  /** How many tasks the trial is shared out to. */
  readonly parts: number;
}

/**
 * Share trials out: whole ones, and the last ones arm by arm, which is when workers would have to wait for each other.
 *
 * @param trials their numbers
 * @param workers how many tasks are under way at once, >= 1
 */
export function tasksOf(config: ExperimentConfig, trials: readonly number[], workers: number): Task[] {
  const whole = workers > 1 ? Math.max(0, trials.length - workers) : trials.length;
  const { arms } = config;
  return trials.flatMap((trial, i): Task[] =>
    i < whole
      ? [{ trial, config, parts: 1 }]
      : arms.map((arm) => ({ trial, config: { ...config, arms: [arm] }, parts: arms.length })),
  );
}

/**
 * Put a trial together.
 *
 * @param config of the experiment
 * @param parts what its tasks gave, at least one, in any order
 * @returns what one task for the whole trial would have given
 */
export function joinParts(config: ExperimentConfig, parts: readonly TrialResult[]): TrialResult {
  const [first] = parts as readonly [TrialResult];
  const trained = Object.assign({}, ...parts.map(({ arms }) => arms)) as TrialResult['arms'];
  const arms = Object.fromEntries(config.arms.map((arm) => [arm, trained[arm]])) as TrialResult['arms'];
  return { ...first, id: trialId(config, first.dataDigest, first.trial), arms };
}
