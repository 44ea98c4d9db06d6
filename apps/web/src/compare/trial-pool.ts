/** The pool: an executor of trials on workers of the page, which trains no arm twice. */
import {
  type EngineRecord,
  type Executor,
  type ExperimentConfig,
  type ExperimentSummary,
  type TrialResult,
  trialId,
} from '@mixup/experiments';
import type { Remote } from 'comlink';
import { openWorker, type WorkerHandle, WorkerLost } from '../worker/open.ts';
import { createArmCache, type TrialFrame } from './arm-cache.ts';
import type { BackendChoice } from './backend.ts';
import type { TrialsApi } from './trials-worker.ts';
import TrialsWorker from './trials-worker.ts?worker';

export interface TrialPool extends Executor {
  /**
   * Fetch and start TensorFlow.js on one worker; the others follow with their first trial of it.
   *
   * @throws Error in one line where it does not start
   */
  startTensorFlow(choice: BackendChoice): Promise<EngineRecord>;
  /** End what is under way at once: its trials are refused, and the next call starts workers again. */
  giveUp(): void;
  summarize(config: ExperimentConfig, trials: readonly TrialResult[]): Promise<ExperimentSummary>;
  formatTrials(trials: readonly TrialResult[]): Promise<string>;
  digestTrials(trials: readonly TrialResult[]): Promise<string | undefined>;
}

/**
 * Create the pool. Its workers start with the first trial.
 *
 * @param onLost called when a worker is gone; its trial is computed again on a new one
 */
export function createTrialPool(onLost: () => void): TrialPool {
  const size = Math.max(1, Math.min(2, navigator.hardwareConcurrency || 1));
  const workers = Array.from({ length: size }, () =>
    openWorker<TrialsApi>((options) => new TrialsWorker(options), onLost),
  );
  const free = [...workers];
  const waiting: ((worker: WorkerHandle<TrialsApi>) => void)[] = [];
  const cache = createArmCache();
  /** How often all was given up. */
  let givenUp = 0;

  const use = async <T>(task: (api: Remote<TrialsApi>) => Promise<T>): Promise<T> => {
    const before = givenUp;
    const worker = free.pop() ?? (await new Promise<WorkerHandle<TrialsApi>>((resolve) => waiting.push(resolve)));
    try {
      // Calls are pure, so one that was lost can be made again; twice is no accident any more.
      return await worker.call(task).catch((error: unknown) => {
        if (error instanceof WorkerLost && before === givenUp) return worker.call(task);
        throw error;
      });
    } finally {
      const next = waiting.shift();
      if (next) next(worker);
      else free.push(worker);
    }
  };

  return {
    concurrency: size,
    async run(config, trial) {
      const known = cache.find(config, trial);
      const missing = config.arms.filter((arm) => !known.arms[arm]);
      const part = { ...config, arms: missing };
      const fresh = missing.length > 0 ? await use((api) => api.runTrial(part, trial)) : undefined;
      if (fresh) cache.keep(part, fresh);
      const arms = { ...known.arms, ...fresh?.arms };
      const frame = (fresh ?? known.frame) as TrialFrame;
      const { engine, dataset, dataDigest, trainRows, heldOutRows } = frame;
      const id = trialId(config, dataDigest, trial);
      // In the order of the arms, whichever came first.
      const ordered = Object.fromEntries(config.arms.map((arm) => [arm, arms[arm]]));
      return { id, dataset, dataDigest, engine, trial, trainRows, heldOutRows, arms: ordered };
    },
    summarize: (config, trials) => use((api) => api.summarize(config, trials)),
    formatTrials: (trials) => use((api) => api.formatTrials(trials)),
    digestTrials: (trials) => use((api) => api.digestTrials(trials)),
    startTensorFlow: (choice) => use((api) => api.startTensorFlow(choice)),
    giveUp: () => {
      givenUp++;
      for (const worker of workers) worker.close();
    },
    close: async () => {
      for (const worker of workers) worker.close();
    },
  };
}
