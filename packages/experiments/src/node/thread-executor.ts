/** The thread executor: trials on several threads at once, or in processes where an engine can't be on two threads. */
import { SHARE_ENV } from 'node:worker_threads';
import type { Tinypool } from 'tinypool';
import type { ExperimentConfig } from '../config.ts';
import type { Executor } from '../executor.ts';

/** What a pool is made of. */
type Runtime = 'worker_threads' | 'child_process';

export interface ThreadOptions {
  /** Threads or processes, an integer >= 1; the results do not depend on it. */
  readonly workers: number;
  /** Start threads now and not for the first trial: they load what they need while this one has other things to do. */
  readonly ahead?: boolean;
}

/**
 * Create an executor that computes trials on threads of this process, each of which starts the engines of the configs for
 * itself. Native TensorFlow gets processes instead: its binding shares a table between threads without a lock.
 *
 * @throws RangeError when `workers` is no integer >= 1
 */
export async function createThreadExecutor({ workers, ahead = false }: ThreadOptions): Promise<Executor> {
  if (!(Number.isInteger(workers) && workers >= 1)) {
    throw new RangeError(`createThreadExecutor: workers must be an integer >= 1, got ${workers}`);
  }
  const { Tinypool } = await import('tinypool');
  const pools = new Map<Runtime, Tinypool>();
  const poolOf = (runtime: Runtime): Tinypool => {
    const pool =
      pools.get(runtime) ??
      new Tinypool({
        filename: new URL('./trial-worker.js', import.meta.url).href,
        name: 'computeTrial',
        runtime,
        minThreads: workers,
        maxThreads: workers,
        // The worker is built code: what this process was started with, loaders and conditions, is not for it.
        execArgv: [],
        env: runtime === 'child_process' ? (process.env as Record<string, string>) : sharedEnvironment,
      });
    pools.set(runtime, pool);
    return pool;
  };
  if (ahead) poolOf('worker_threads');
  return {
    concurrency: workers,
    run: async (config, trial) => {
      try {
        return await poolOf(runtimeOf(config)).run({ config, trial });
      } catch (error) {
        throw error instanceof Error ? error : fromProcess(error);
      }
    },
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
      pools.clear();
    },
  };
}

/** A thread's own copy is not what libraries read. Tinypool hands it on to Node, which takes it. */
const sharedEnvironment = SHARE_ENV as unknown as Record<string, string>;

function runtimeOf({ backend }: ExperimentConfig): Runtime {
  return backend === 'node' ? 'child_process' : 'worker_threads';
}

/** Errors of a process come as plain objects. */
function fromProcess(error: unknown): Error {
  const { name, message = String(error) } = Object(error) as Partial<Error>;
  return name === 'RangeError' ? new RangeError(message) : new Error(message);
}
