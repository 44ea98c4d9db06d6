/** The runner: which experiment is computed now, which comes next, and what is shown meanwhile. */
import { type ExperimentConfig, type ExperimentSummary, runTrials, type TrialResult } from '@mixup/experiments';
import { type Pace, paceOf } from './settings.ts';
import type { TrialPool } from './trial-pool.ts';

/** What an experiment has come to: at the end, or so far. */
export interface Outcome {
  readonly summary: ExperimentSummary;
  readonly trials: readonly TrialResult[];
  /** All trials are in it. */
  readonly complete: boolean;
  /** From start to summary; undefined while it is on its way. */
  readonly durationMs: number | undefined;
}

export interface RunnerState {
  /** The newest figures, which may be those of an experiment before the one that runs. */
  readonly outcome: Outcome | undefined;
  /** How far the one that runs is. */
  readonly progress: { readonly done: number; readonly of: number } | undefined;
  /** What is asked for, and waits for a press of the button. */
  readonly waiting: ExperimentConfig | undefined;
  /** One line, where the experiment can't be done. */
  readonly problem: string | undefined;
}

export interface Runner {
  /** Ask for an experiment; it starts by its pace. */
  want(config: ExperimentConfig): void;
  /** Ask for nothing, for now: what runs is no longer wanted. */
  leave(): void;
  /** Start what waits. */
  start(): void;
  /** Start no further trial; those that are finished are shown. */
  stop(): void;
  close(): void;
}

/** Milliseconds between looks at figures on their way, and before a run of some seconds follows a slider. */
const pauses = { look: 500, settle: 350 };

/** @param onState called with each new state */
export function createRunner(pool: TrialPool, onState: (state: RunnerState) => void): Runner {
  let state: RunnerState = { outcome: undefined, progress: undefined, waiting: undefined, problem: undefined };
  /** The run under way. */
  let current:
    | { readonly controller: AbortController; readonly pace: Pace; readonly isSlow: boolean; superseded: boolean }
    | undefined;
  /** What comes after it. */
  let next: ExperimentConfig | undefined;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let asked = '';
  let closed = false;
  const update = (patch: Partial<RunnerState>) => {
    state = { ...state, ...patch };
    if (!closed) onState(state);
  };

  /** Start no further trial of the run under way. One of TensorFlow.js takes seconds, so that it is not waited for. */
  const abandon = () => {
    current?.controller.abort();
    if (current?.isSlow) pool.giveUp();
  };

  const supersede = () => {
    next = undefined;
    if (!current) return;
    current.superseded = true;
    abandon();
  };

  const compute = async (config: ExperimentConfig, own: NonNullable<typeof current>) => {
    const began = performance.now();
    const trials: TrialResult[] = [];
    let looked = began;
    let looking = false;
    const look = async () => {
      if (looking || trials.length < 2 || performance.now() - looked < pauses.look) return;
      looking = true;
      const sofar = [...trials];
      const summary = await pool.summarize(config, sofar);
      looked = performance.now();
      looking = false;
      if (current === own && !own.superseded) {
        update({ outcome: { summary, trials: sofar, complete: false, durationMs: undefined } });
      }
    };
    if (own.pace !== 'live') update({ progress: { done: 0, of: config.trials } });
    const onTrial = (trial: TrialResult) => {
      trials.push(trial);
      if (own.pace === 'live' || own.superseded) return;
      update({ progress: { done: trials.length, of: config.trials } });
      look().catch(() => {});
    };
    const results = await runTrials(config, { executor: pool, onTrial, signal: own.controller.signal });
    if (own.superseded) return;
    const complete = results.length === config.trials;
    // Stopped: what is left waits for the button.
    if (!complete) update({ waiting: config });
    if (results.length === 0) return;
    const summary = await pool.summarize(config, results);
    if (own.superseded) return;
    update({
      outcome: { summary, trials: results, complete, durationMs: performance.now() - began },
      problem: undefined,
    });
  };

  const begin = (config: ExperimentConfig) => {
    if (current) {
      // A live one is nearly there, and is let finish: else a slider that moves would never show anything.
      next = config;
      if (current.pace !== 'live') {
        current.superseded = true;
        abandon();
      }
      return;
    }
    const isSlow = config.engine === 'tfjs';
    const own = { controller: new AbortController(), pace: paceOf(config), isSlow, superseded: false };
    current = own;
    update({ waiting: undefined, problem: undefined });
    compute(config, own)
      .catch((error: unknown) => {
        if (!own.superseded) update({ problem: error instanceof Error ? error.message : String(error) });
      })
      .finally(() => {
        current = undefined;
        const following = next;
        next = undefined;
        if (following && !closed) return begin(following);
        update({ progress: undefined });
      });
  };

  return {
    want(config) {
      const name = JSON.stringify(config);
      if (name === asked) return;
      asked = name;
      clearTimeout(settling);
      const pace = paceOf(config);
      if (pace === 'live') return begin(config);
      supersede();
      update({ waiting: config, problem: undefined });
      if (pace === 'prompt') settling = setTimeout(() => begin(config), pauses.settle);
    },
    leave() {
      asked = '';
      clearTimeout(settling);
      supersede();
      update({ waiting: undefined, problem: undefined });
    },
    start() {
      clearTimeout(settling);
      if (state.waiting) begin(state.waiting);
    },
    stop() {
      clearTimeout(settling);
      next = undefined;
      abandon();
    },
    close() {
      closed = true;
      clearTimeout(settling);
      next = undefined;
      current?.controller.abort();
      void pool.close();
    },
  };
}
