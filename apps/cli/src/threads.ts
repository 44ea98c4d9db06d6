/** Threads of a run: started as soon as the words suggest them, while the rest of the program is being loaded. */
import type { Executor } from '@mixup/experiments';
import { defaults } from './defaults.ts';
import { mostWorkers, type TypedOptions } from './options.ts';
import { chooseWorkers } from './work.ts';

/** Threads that were started on a guess. */
export interface Threads {
  /** Give the executor where it has as many threads as are wanted after all. Who takes it closes it. */
  take(threads: number): Promise<Executor | undefined>;
  /** End the threads that nobody took. */
  close(): Promise<void>;
}

/** A trial of Digits with the article's values, in seconds; Iris is done before threads have started. */
const digitsTrialSeconds = 0.1;

/**
 * Guess the number of threads from what was typed, before any of it is checked. A wrong guess costs a moment and nothing
 * else: the results do not depend on it.
 *
 * @returns 0 for none
 */
export function foreseeThreads(names: readonly string[], typed: TypedOptions, cores: number): number {
  const { trials = defaults.trials, workers = 'auto', arms, engine, model } = typed;
  if (!names.includes('digits') || engine !== undefined || model !== undefined) return 0;
  const asked = workers === 'auto' ? workers : Number(workers);
  if (asked !== 'auto' && !(asked <= mostWorkers)) return 0;
  const work = {
    trials: Number(trials),
    arms: arms?.split(',').length ?? defaults.arms.length,
    trialSeconds: digitsTrialSeconds,
  };
  const { threads } = chooseWorkers(asked, work, cores);
  return Number.isInteger(threads) ? threads : 0;
}

/**
 * Start threads, and go on at once.
 *
 * @param threads how many, >= 0
 * @param open makes an executor with that many
 */
export function startThreads(threads: number, open = openExecutor): Threads {
  let executor = threads > 0 ? open(threads) : undefined;
  return {
    take: async (wanted) => {
      if (wanted !== threads) return undefined;
      const taken = executor;
      executor = undefined;
      return taken;
    },
    close: async () => {
      await (await executor)?.close();
    },
  };
}

async function openExecutor(workers: number): Promise<Executor> {
  const { createThreadExecutor } = await import('@mixup/experiments/threads');
  return createThreadExecutor({ workers, ahead: true });
}
