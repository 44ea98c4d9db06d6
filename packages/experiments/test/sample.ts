/** A sample experiment for tests of plots and reports: plausible curves, made by formulas, the same in every run. */
import { type ArmName, armNames } from '../src/arm.ts';
import { type ExperimentConfig, parseConfig } from '../src/config.ts';
import { trialId } from '../src/digest.ts';
import type { ArmResult, ExperimentSummary, TrialResult } from '../src/result.ts';
import { summarizeTrials } from '../src/summary.ts';

interface Shape {
  /** Accuracy that the curves near. */
  readonly top: number;
  /** Epochs to come nearer by a factor of e. */
  readonly pace: number;
  readonly rows: readonly [train: number, heldOut: number];
  /** Points of difference to the baseline at the end. */
  readonly gains: Readonly<Partial<Record<ArmName, number>>>;
}

const shapes: Readonly<Record<ExperimentConfig['dataset'], Shape>> = {
  digits: {
    top: 0.975,
    pace: 3,
    rows: [1437, 360],
    gains: { baseline: 0, append: 0.003, duplicate: 0.0025, batch: -0.004 },
  },
  iris: {
    top: 0.875,
    pace: 9,
    rows: [120, 30],
    gains: { baseline: 0, append: 0.019, duplicate: 0.015, batch: -0.02 },
  },
};

const hex = '0123456789abcdef'.repeat(4);

/** Of the sample data sets. */
export const sampleDataDigest = hex;

export function sampleConfig(input: object = {}): ExperimentConfig {
  return parseConfig({ dataset: 'digits', ...input });
}

/** One trial of each number below `config.trials`. */
export function sampleTrials(config: ExperimentConfig = sampleConfig()): TrialResult[] {
  return Array.from({ length: config.trials }, (_, trial) => sampleTrial(config, trial));
}

export function sampleTrial(config: ExperimentConfig, trial: number): TrialResult {
  const { rows } = shapes[config.dataset];
  const arms: TrialResult['arms'] = {};
  for (const arm of config.arms) arms[arm] = sampleArm(config, trial, arm);
  return {
    id: trialId(config, sampleDataDigest, trial),
    dataset: config.dataset,
    dataDigest: sampleDataDigest,
    engine: 'wasm',
    trial,
    trainRows: rows[0],
    heldOutRows: rows[1],
    arms,
  };
}

export function sampleSummary(config: ExperimentConfig = sampleConfig()): ExperimentSummary {
  return summarizeTrials(config, sampleTrials(config));
}

function sampleArm(config: ExperimentConfig, trial: number, arm: ArmName): ArmResult {
  const { top, pace, rows, gains } = shapes[config.dataset];
  const [train, heldOut] = rows;
  const stacked = arm === 'append' || arm === 'duplicate';
  const speed = stacked ? 1 + config.mixSize / train : 1;
  const steps = Math.ceil((train + (stacked ? config.mixSize : 0)) / config.batchSize) * config.epochs;
  // The split makes most of the difference between trials, and is the same for all arms of one.
  const luck = wave(trial * 7 + 1) * 1.5;
  const accuracies = Array.from({ length: config.epochs }, (_, epoch) => {
    const own = wave(trial * 31 + epoch * 0.7 + armNames.indexOf(arm) * 101);
    const level = top + (gains[arm] ?? 0.001 * armNames.indexOf(arm)) - 0.62 * Math.exp((-(epoch + 1) * speed) / pace);
    const noise = (luck + own) * Math.sqrt((level * (1 - level)) / heldOut) * 0.8;
    return Math.min(1, Math.max(0, Math.round((level + noise) * heldOut) / heldOut));
  });
  const loss = accuracies.map((accuracy) => 0.05 + 2 * (1 - accuracy));
  return {
    steps,
    training: {
      loss: loss.map((value) => value * 0.9),
      accuracy: accuracies.map((value) => Math.min(1, value + 0.01)),
    },
    heldOut: { loss, accuracy: accuracies },
  };
}

/** In (-1, 1), and as good as unrelated for neighbours. */
function wave(x: number): number {
  const turn = Math.sin(x * 12.9898 + 78.233) * 43758.5453;
  return (turn - Math.floor(turn)) * 2 - 1;
}
