/** Computing: the trials of one experiment, on this thread or on several, with progress, until done or interrupted. */
import type { Dataset } from '@mixup/datasets';
import {
  createInlineExecutor,
  type Executor,
  type ExperimentConfig,
  joinExecutors,
  runTrials,
  type TrialResult,
} from '@mixup/experiments';
import { createThreadExecutor, loadPictures } from '@mixup/experiments/node';
import type { Progress } from './progress.ts';
import type { Threads } from './threads.ts';
import { chooseWorkers, estimateTrialSeconds } from './work.ts';

export interface ComputeOptions {
  readonly dataset: Dataset;
  /** Rows to train on in each trial. */
  readonly trainRows: number;
  readonly workers: number | 'auto';
  readonly cores: number;
  /** Threads that may have been started already. */
  readonly threads: Threads;
  /** Trials that are there already. */
  readonly done: readonly TrialResult[];
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Milliseconds from some moment on, by which this thread listens now and then. */
  readonly now: () => number;
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
        // While the others still have enough to do. What fails now will fail again where it is needed.
        if (config.trials - finished <= 2 * executor.concurrency) loadPictures().catch(() => {});
      },
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await executor.close();
  }
}

async function createExecutor(config: ExperimentConfig, options: ComputeOptions): Promise<Executor> {
  const { dataset, trainRows, workers, cores, threads: started, done } = options;
  const size = {
    rows: trainRows,
    features: dataset.features.shape[1] as number,
    classes: dataset.classNames.length,
  };
  const work = {
    trials: config.trials - done.length,
    arms: config.arms.length,
    trialSeconds: estimateTrialSeconds(config, size),
  };
  const { threads, here } = chooseWorkers(workers, work, cores);
  const executors: Executor[] = [];
  // Each thread starts the engine for itself.
  if (threads > 0) executors.push((await started.take(threads)) ?? (await createThreadExecutor({ workers: threads })));
  if (here) executors.push(await createOwnExecutor(dataset, options.now));
  return joinExecutors(...executors);
}

/** Signals and other threads are heard at most this often, between epochs. */
const pauseMs = 1;

/** Of this thread. */
async function createOwnExecutor(dataset: Dataset, now: () => number): Promise<Executor> {
  const { createWasmEngine } = await import('@mixup/models');
  let last = now();
  return createInlineExecutor({
    engine: await createWasmEngine(),
    load: async () => dataset,
    pause: async () => {
      // Small networks have several epochs in this time.
      if (now() - last < pauseMs) return;
      await new Promise((resolve) => setImmediate(resolve));
      last = now();
    },
  });
}
