/** The thread executor: trials on several threads at once. */
import { SHARE_ENV } from 'node:worker_threads';
import type { Executor } from '../executor.ts';

/**
 * Create an executor that computes trials on threads of this process. Each starts the engines of the configs for itself.
 *
 * @param options.workers threads, an integer >= 1; the results do not depend on it
 * @throws RangeError when `workers` is no such integer
 */
export async function createThreadExecutor({ workers }: { readonly workers: number }): Promise<Executor> {
  if (!(Number.isInteger(workers) && workers >= 1)) {
    throw new RangeError(`createThreadExecutor: workers must be an integer >= 1, got ${workers}`);
  }
  const { Tinypool } = await import('tinypool');
  const pool = new Tinypool({
    filename: new URL('./trial-worker.js', import.meta.url).href,
    name: 'computeTrial',
    minThreads: workers,
    maxThreads: workers,
    // The worker is built code: what this process was started with, loaders and conditions, is not for it.
    execArgv: [],
    // TensorFlow's library reads the environment of the process, which a thread's own copy is not.
    env: SHARE_ENV as unknown as Record<string, string>,
  });
  return {
    concurrency: workers,
    run: (config, trial) => pool.run({ config, trial }),
    close: () => pool.destroy(),
  };
}
