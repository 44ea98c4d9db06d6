/** The inline executor: trials one after the other, on this thread. */
import type { Dataset } from '@mixup/datasets';
import type { Engine } from '@mixup/models';
import type { DatasetName } from './config.ts';
import type { Executor } from './executor.ts';
import { runTrial } from './trial.ts';
import { createTrialData } from './trial-data.ts';

export interface InlineExecutorOptions {
  readonly engine: Engine;
  /** Gives the data set of a config; called once for each. */
  readonly load: (name: DatasetName) => Promise<Dataset>;
  /** Awaited before each epoch, to let timers, messages and signals have their turn; by default nothing is. */
  readonly pause?: () => Promise<void>;
}

/**
 * Create an executor that computes trials on this thread.
 *
 * It keeps the data of the last trial in the engine until `close()`, since the next may have the same.
 *
 * @example
 * const executor = createInlineExecutor({ engine: await createWasmEngine(), load: loadDataset });
 */
export function createInlineExecutor({ engine, load, pause }: InlineExecutorOptions): Executor {
  const datasets = new Map<DatasetName, Promise<Dataset>>();
  const dataset = (name: DatasetName) => {
    const loading = datasets.get(name) ?? load(name);
    datasets.set(name, loading);
    return loading;
  };
  const sharedData = createTrialData(engine);
  let closed = false;
  const goOn = async () => {
    await pause?.();
    if (closed) throw new Error('run: the executor must not be used after close()');
  };
  return {
    concurrency: 1,
    run: async (config, trial) => {
      const loaded = await dataset(config.dataset);
      await goOn();
      return runTrial(engine, loaded, config, trial, { pause: goOn, sharedData });
    },
    close: async () => {
      closed = true;
      sharedData.dispose();
      datasets.clear();
    },
  };
}
