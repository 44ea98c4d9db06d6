/** Results: what a trial leaves, and what many of them come to. Plain JSON, all of it. */
import type { ArmName } from './arm.ts';
import type { ExperimentConfig } from './config.ts';
import type { EngineRecord } from './engine-choice.ts';

/** A figure after each epoch, epoch 1 first. */
export interface History {
  /** [epochs] mean cross-entropy in nats */
  readonly loss: readonly number[];
  /** [epochs] as a fraction */
  readonly accuracy: readonly number[];
}

/** What one arm did in one trial. */
export interface ArmResult {
  /** Optimizer steps taken in all. */
  readonly steps: number;
  /** On the batches as they passed, mixed rows among them (accuracy is lambda-weighted there). */
  readonly training: History;
  /** On the held-out rows, after each epoch. */
  readonly heldOut: History;
}

/** One trial: every arm on one split, from one set of initial weights, in one order. */
export interface TrialResult {
  /** The same for the same config, data and trial number, whoever computed it. */
  readonly id: string;
  readonly dataset: string;
  /** Digest of the data. */
  readonly dataDigest: string;
  /** The engine that trained, 'wasm', or 'tfjs-' and its backend. */
  readonly engine: string;
  /** From 0. */
  readonly trial: number;
  readonly trainRows: number;
  readonly heldOutRows: number;
  readonly arms: Partial<Record<ArmName, ArmResult>>;
}

/**
 * A mean with its 95 % interval by Student's t, cut to the range of what is measured: [0, 1] for accuracies, [-1, 1] for their
 * differences. The bounds are null where there is one trial only.
 */
export interface MeanWithInterval {
  readonly mean: number;
  readonly ci95: readonly [low: number | null, high: number | null];
}

/** An arm over all trials; accuracies on held-out rows, as fractions. */
export interface ArmSummary {
  readonly finalAccuracy: MeanWithInterval;
  /** [epochs] means over trials */
  readonly accuracyByEpoch: readonly number[];
  /** [epochs] 95 % intervals of those means, cut to [0, 1] */
  readonly accuracyBandByEpoch: readonly (readonly [low: number | null, high: number | null])[];
  /** [epochs] mean cross-entropy on held-out rows, in nats */
  readonly lossByEpoch: readonly number[];
  /** [epochs] on the batches as they passed */
  readonly trainingAccuracyByEpoch: readonly number[];
  /** [epochs] on the batches as they passed */
  readonly trainingLossByEpoch: readonly number[];
  /** Mean area under the accuracy curve, as a fraction: see `areaUnderCurve`. */
  readonly areaUnderCurve: number;
  /** Epochs until the mean curve reaches the baseline's final accuracy, null if it never does or there is no baseline. */
  readonly epochsToBaseline: number | null;
  /** Optimizer steps of one trial. */
  readonly steps: number;
}

/** An arm against another, by the paired differences of final held-out accuracy (arm minus against). */
export interface Comparison {
  readonly arm: ArmName;
  readonly against: ArmName;
  /** Whether `against` takes as many steps as `arm`, so that what is left is the mixing. */
  readonly sameSteps: boolean;
  /** As a fraction: 0.018 is 1.8 points. */
  readonly meanDifference: number;
  /** For repetitions of this experiment on this data; cut to [-1, 1]. */
  readonly ci95: readonly [low: number | null, high: number | null];
  /** Two-sided exact sign-flip permutation test. */
  readonly p: number;
  /**
   * Nadeau and Bengio's corrected t, for new data from the same source; null where there is one trial only. Its t is
   * null where all differences are equal and not zero, as it is infinite then; its interval is cut to [-1, 1].
   */
  readonly correctedT: {
    readonly t: number | null;
    readonly p: number;
    readonly ci95: readonly [low: number, high: number];
  } | null;
  /** Trials in which the arm did better, as well, worse. */
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
  /** Mean difference in area under the curve: who learns faster. */
  readonly areaDifference: MeanWithInterval;
}

/** One experiment, from config to verdict. */
export interface ExperimentSummary {
  readonly dataset: string;
  readonly protocol: string;
  /** Trials that are in these figures. */
  readonly trials: number;
  readonly seed: number;
  readonly engine: string;
  /** What trained and why, where the kernel did not. */
  readonly engineRecord?: EngineRecord;
  /** The whole config that made it. */
  readonly config: ExperimentConfig;
  /** Digest of the data. */
  readonly dataDigest: string;
  readonly trainRows: number;
  readonly heldOutRows: number;
  readonly arms: Partial<Record<ArmName, ArmSummary>>;
  readonly comparisons: readonly Comparison[];
  /** The answer in one sentence. */
  readonly verdict: string;
}

/** What `--json` prints and `summary.json` holds. */
export interface ResultDocument {
  readonly schema: 1;
  readonly experiments: readonly ExperimentSummary[];
}
