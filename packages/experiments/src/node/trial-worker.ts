/** The thread's side of the thread executor: an inline executor, made once, that answers for trials. */
import { loadDataset } from '@mixup/datasets';
import { createWasmEngine } from '@mixup/models';
import type { ExperimentConfig } from '../config.ts';
import type { Executor } from '../executor.ts';
import { createInlineExecutor } from '../inline-executor.ts';
import type { TrialResult } from '../result.ts';

let executor: Promise<Executor> | undefined;

/** What tinypool calls, once a trial. */
export async function computeTrial(task: { config: ExperimentConfig; trial: number }): Promise<TrialResult> {
  executor ??= createWasmEngine().then((engine) => createInlineExecutor({ engine, load: loadDataset }));
  return (await executor).run(task.config, task.trial);
}
