/** The Compare room's worker: trains, and sums up. */
import { loadDataset } from '@mixup/datasets';
import {
  createInlineExecutor,
  type EngineRecord,
  type Executor,
  type ExperimentConfig,
  type ExperimentSummary,
  formatTrialResult,
  summarizeTrials,
  type TrialResult,
} from '@mixup/experiments';
import { createWasmEngine } from '@mixup/models';
import { serve } from '../worker/serve.ts';
import type { BackendChoice } from './backend.ts';

let kernel: Promise<Executor> | undefined;
let tensorFlow: { readonly executor: Executor; readonly record: EngineRecord } | undefined;

/** The engine that a config names. TensorFlow.js is fetched here, and nowhere else. */
async function executorOf({ engine, backend }: ExperimentConfig): Promise<Executor> {
  if (engine === 'tfjs') {
    if (tensorFlow?.record.backend !== backend) await api.startTensorFlow(backend as BackendChoice);
    return (tensorFlow as NonNullable<typeof tensorFlow>).executor;
  }
  kernel ??= createWasmEngine().then((engine) => createInlineExecutor({ engine, load: loadDataset }));
  return kernel;
}

const api = {
  /**
   * Start TensorFlow.js.
   *
   * @returns the backend that was chosen, and why
   * @throws Error in one line where it does not start
   */
  async startTensorFlow(choice: BackendChoice): Promise<EngineRecord> {
    const { startTensorFlow } = await import('./tensorflow.ts').catch((error: unknown) => {
      throw new Error(`TensorFlow.js could not be loaded (${error instanceof Error ? error.message : String(error)})`);
    });
    // What it has loaded is on the backend that is left.
    await tensorFlow?.executor.close();
    tensorFlow = undefined;
    const { engine, record } = await startTensorFlow(choice);
    tensorFlow = { executor: createInlineExecutor({ engine, load: loadDataset }), record };
    return record;
  },

  /** Compute one trial, in the way of the command line. */
  async runTrial(config: ExperimentConfig, trial: number): Promise<TrialResult> {
    return (await executorOf(config)).run(config, trial);
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
