/** Executors: who computes trials. Trials are pure, so any executor, in any order, gives the same results. */
import type { ExperimentConfig } from './config.ts';
import type { TrialResult } from './result.ts';
import { joinParts, tasksOf } from './task.ts';

/** Computes trials: on this thread, on several, on other machines. */
export interface Executor {
  /** How many calls of `run` to keep under way at once, >= 1. */
  readonly concurrency: number;
  /**
   * Compute one trial.
   *
   * @param config of the experiment, or the same with some of its arms
   * @param trial its number, >= 0
   */
  run(config: ExperimentConfig, trial: number): Promise<TrialResult>;
  /** Let go of what it holds; trials under way are given up. */
  close(): Promise<void>;
}

export interface RunOptions {
  readonly executor: Executor;
  /** Trials that are there already, from an earlier run of the same config; they are not computed again. */
  readonly done?: readonly TrialResult[];
  /** Called as each trial is finished, in whatever order; a rejected promise ends the run. */
  readonly onTrial?: (result: TrialResult) => void | Promise<void>;
  /** Once aborted, no further trial is started, and those that are finished are returned. */
  readonly signal?: AbortSignal;
}

/**
 * Compute all trials of an experiment.
 *
 * The last ones are shared out arm by arm, as many as there are workers: no worker then waits for another's whole trial.
 *
 * @returns the trials in order of their number: all of them, or those that were finished when `signal` was aborted
 */
export async function runTrials(config: ExperimentConfig, options: RunOptions): Promise<TrialResult[]> {
  const { executor, done = [], onTrial, signal } = options;
  const results = new Map(done.filter(({ trial }) => trial < config.trials).map((result) => [result.trial, result]));
  const missing = Array.from({ length: config.trials }, (_, trial) => trial).filter((trial) => !results.has(trial));
  const tasks = tasksOf(config, missing, executor.concurrency);
  const parts = new Map<number, TrialResult[]>();
  let next = 0;
  let failed = false;

  const work = async () => {
    while (!signal?.aborted && !failed) {
      const task = tasks[next++];
      if (!task) return;
      const { trial } = task;
      try {
        const part = await executor.run(task.config, trial);
        const all = [...(parts.get(trial) ?? []), part];
        parts.set(trial, all);
        if (all.length < task.parts) continue;
        parts.delete(trial);
        const result = joinParts(config, all);
        results.set(trial, result);
        await onTrial?.(result);
      } catch (error) {
        // What an aborted executor throws is no failure of the trial.
        if (signal?.aborted) return;
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: executor.concurrency }, work));
  return [...results.values()].sort((a, b) => a.trial - b.trial);
}
