/** The side of a thread or process of the thread executor: inline executors, one for each engine, that answer for trials. */
import { loadDataset } from '@mixup/datasets';
import type { ExperimentConfig } from '../config.ts';
import type { Executor } from '../executor.ts';
import { createInlineExecutor } from '../inline-executor.ts';
import type { TrialResult } from '../result.ts';
import { startEngine } from './trial-engine.ts';

// Ctrl-C in a terminal is for all its processes: the one that started this one hears it, and ends this one.
if (process.send) process.on('SIGINT', () => {});

const executors = new Map<string, Promise<Executor>>();

/** What tinypool calls, once a trial. */
export async function computeTrial(task: { config: ExperimentConfig; trial: number }): Promise<TrialResult> {
  const { engine, backend, model } = task.config;
  const key = JSON.stringify([engine, backend, model]);
  const executor =
    executors.get(key) ??
    startEngine(task.config).then(({ engine }) => createInlineExecutor({ engine, load: loadDataset }));
  executors.set(key, executor);
  return (await executor).run(task.config, task.trial);
}
