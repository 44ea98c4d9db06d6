/** Work: how much an experiment is, to choose where to compute it. */
import type { ArmName, ExperimentConfig } from '@mixup/experiments';

/** What decides, beside the config. */
export interface DataSize {
  /** Training rows. */
  readonly rows: number;
  readonly features: number;
  readonly classes: number;
}

/**
 * Estimate the seconds that one core takes for one trial of the kernel; other engines take long.
 *
 * Forward, backward and update are 6 operations per weight and row; a core does some 20 * 10 ** 9 of them a second, and each
 * step and each row cost something by themselves.
 */
export function estimateTrialSeconds(config: ExperimentConfig, size: DataSize): number {
  // TensorFlow.js takes milliseconds a step, and threads are what Ctrl-C can end.
  if (config.engine === 'tfjs') return Infinity;
  const { rows } = size;
  const weights = countWeights(config, size);
  const rowsOf = (arm: ArmName) => rows + (arm === 'append' || arm === 'duplicate' ? config.mixSize : 0);
  const sum = (count: (arm: ArmName) => number) => config.arms.reduce((total, arm) => total + count(arm), 0);
  const steps = sum(rowsOf) / config.batchSize;
  // Below the layer where manifold mixes, both rows of a pair pass.
  const rowsPassed = sum((arm) => rowsOf(arm) * (arm === 'regmixup' || arm === 'manifold' ? 2 : 1));
  // Adam's update costs about as much as three rows, whatever the size of the batch.
  return config.epochs * ((rowsPassed + 3 * steps) * weights * 3e-10 + steps * 5e-6 + rowsPassed * 2e-7);
}

/** Count the weights of the multilayer perceptron, biases among them. */
export function countWeights({ hidden }: ExperimentConfig, { features, classes }: Omit<DataSize, 'rows'>): number {
  const widths = [features, ...hidden, classes];
  return widths.slice(1).reduce((sum, width, i) => sum + width * ((widths[i] as number) + 1), 0);
}

/** A weight and its two moments in Adam, as 32-bit floats, in the 4 GiB that WebAssembly can address. */
export const mostWeights = Math.floor(2 ** 32 / (3 * 4));

/** Starting threads takes about as long as this much computing, in seconds. */
const smallWork = 1;

/** An epoch of a trial of this many seconds leaves Ctrl-C unheard for too long on the thread that listens. */
const longTrial = 1;

/** What there is to compute. */
export interface Work {
  readonly trials: number;
  readonly arms: number;
  readonly trialSeconds: number;
}

/** Who computes. */
export interface Workers {
  /** How many threads are started for it. */
  readonly threads: number;
  /** Whether this thread does its part. */
  readonly here: boolean;
}

/**
 * Choose who computes: this thread and others, others alone where trials are long, or this thread alone where there is little to do.
 *
 * @param asked what `--workers` says: threads that compute, this one among them
 * @param work.trials how many are to be computed
 * @param work.arms of each; workers can share a trial by its arms
 * @param work.trialSeconds what a trial is estimated to take
 * @param cores that are there
 */
export function chooseWorkers(asked: number | 'auto', { trials, arms, trialSeconds }: Work, cores: number): Workers {
  const here = trialSeconds < longTrial;
  const isSmall = here && trials * trialSeconds < smallWork;
  const workers = asked === 'auto' ? (isSmall ? 1 : cores) : asked;
  const used = Math.max(1, Math.min(workers, trials * arms));
  return { threads: here ? used - 1 : used, here };
}
