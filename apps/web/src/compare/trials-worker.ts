/** The Compare room's worker: trains, and sums up. */
import { loadDataset } from '@mixup/datasets';
import {
  createInlineExecutor,
  type Executor,
  type ExperimentConfig,
  type ExperimentSummary,
  formatTrialResult,
  summarizeTrials,
  type TrialResult,
} from '@mixup/experiments';
import { createWasmEngine } from '@mixup/models';
import { serve } from '../worker/serve.ts';

let executor: Promise<Executor> | undefined;

const api = {
  /** Compute one trial, with the engine and in the way of the command line. */
  async runTrial(config: ExperimentConfig, trial: number): Promise<TrialResult> {
    executor ??= createWasmEngine().then((engine) => createInlineExecutor({ engine, load: loadDataset }));
    return (await executor).run(config, trial);
  },

  summarize(config: ExperimentConfig, trials: readonly TrialResult[]): ExperimentSummary {
    return summarizeTrials(config, trials);
  },

  /** Write `trials.jsonl` as the command line writes it. */
  formatTrials(trials: readonly TrialResult[]): string {
    return trials.map((trial) => `${formatTrialResult(trial)}\n`).join('');
  },

  /** @returns SHA-256 of `trials.jsonl`; undefined on addresses that the browser holds for insecure */
  async digestTrials(trials: readonly TrialResult[]): Promise<string | undefined> {
    if (!globalThis.crypto?.subtle) return undefined;
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(api.formatTrials(trials)));
    return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
  },
};

export type TrialsApi = typeof api;

serve(api);
