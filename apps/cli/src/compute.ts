/** Computing: the trials of one experiment, on this thread or on several, with progress, until done or interrupted. */
import type { Dataset } from '@mixup/datasets';
import {
  createInlineExecutor,
  type Executor,
  type ExperimentConfig,
  runTrials,
  type TrialResult,
} from '@mixup/experiments';
import { createThreadExecutor, loadPictures } from '@mixup/experiments/node';
import type { Progress } from './progress.ts';
import { chooseWorkers, estimateTrialSeconds } from './work.ts';

export interface ComputeOptions {
  readonly dataset: Dataset;
  /** Rows to train on in each trial. */
  readonly trainRows: number;
  readonly workers: number | 'auto';
  readonly cores: number;
  /** Trials that are there already. */
  readonly done: readonly TrialResult[];
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Keeps a trial as soon as it is finished. */
  readonly keep: (trial: TrialResult) => void;
}

/** @returns the finished trials in order: all of them, unless `signal` was aborted */
export async function computeTrials(config: ExperimentConfig, options: ComputeOptions): Promise<TrialResult[]> {
  const { done, signal, progress, keep } = options;
  if (done.length >= config.trials || signal.aborted) return [...done];
  const executor = await createExecutor(config, options);
  // Trials under way are given up: one may take minutes, and it can be computed again.
  const stop = () => void executor.close();
  signal.addEventListener('abort', stop);
  let finished = done.length;
  try {
    return await runTrials(config, {
      executor,
      done,
      signal,
      onTrial: (trial) => {
        keep(trial);
        progress.update(++finished);
      },
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await executor.close();
  }
}

async function createExecutor(config: ExperimentConfig, options: ComputeOptions): Promise<Executor> {
  const { dataset, trainRows, workers: asked, cores, done } = options;
  const size = {
    rows: trainRows,
    features: dataset.features.shape[1] as number,
    classes: dataset.classNames.length,
  };
  const workers = chooseWorkers(asked, config.trials - done.length, estimateTrialSeconds(config, size), cores);
  // Each thread starts the engine for itself.
  if (workers > 0) {
    const executor = await createThreadExecutor({ workers });
    // This thread has nothing to do meanwhile. What fails will fail again where it is needed.
    loadPictures().catch(() => {});
    return executor;
  }
  const { createWasmEngine } = await import('@mixup/models');
  return createInlineExecutor({
    engine: await createWasmEngine(),
    load: async () => dataset,
    // Signals are heard between trials.
    pause: () => new Promise((resolve) => setImmediate(resolve)),
  });
}
