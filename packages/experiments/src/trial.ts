/** Trials: the unit of evidence. Every arm on one split, from one set of weights, in one order. */
import { createRandom, type MixPlan, type Random, type Rows } from '@mixup/core';
import type { Dataset } from '@mixup/datasets';
import {
  type Data,
  type Engine,
  type MlpShape,
  type Network,
  type NetworkOptions,
  type Score,
  sampleGlorotUniform,
} from '@mixup/models';
import type { TfjsEngine } from '@mixup/models/tfjs';
import { type ArmEpoch, type ArmOptions, createArm, type EpochPlan } from './arm.ts';
import type { ExperimentConfig } from './config.ts';
import { trialId } from './digest.ts';
import { engineNameOf, imageShapes } from './engine-choice.ts';
import { type PreparedData, prepareData } from './protocol.ts';
import type { ArmResult, TrialResult } from './result.ts';
import { createTrialData, type TrialData } from './trial-data.ts';

export interface TrialOptions {
  /** Awaited before each epoch, to let timers, messages and signals have their turn; what it throws ends the trial. */
  readonly pause?: () => Promise<void>;
  /** Of this engine, for who runs several trials and disposes of it after them. */
  readonly sharedData?: TrialData;
}

/**
 * Run one trial: a pure function of the config, the data and the trial's number.
 *
 * Each purpose has a stream of its own, forked by name from the seed, the data set and the trial, so the arms differ in
 * nothing but what they are about.
 *
 * @param engine the one that the config names, with the model that it names
 * @param dataset the data set that the config names
 * @param trial >= 0
 * @throws RangeError when the engine is another one, the config does not fit the data, or training diverges, which names
 * the trial and the arm
 */
export async function runTrial(
  engine: Engine,
  dataset: Dataset,
  config: ExperimentConfig,
  trial: number,
  { pause, sharedData }: TrialOptions = {},
): Promise<TrialResult> {
  if (engine.name !== engineNameOf(config)) {
    throw new RangeError(`runTrial: engine must be ${engineNameOf(config)}, as the config has it, got ${engine.name}`);
  }
  const random = createRandom(config.seed).fork(dataset.name).fork(`trial ${trial}`);
  const classes = dataset.classNames.length;
  const prepared = prepareData(random.fork('split'), dataset, config);
  const rows = prepared.train.length;
  checkMixSize(config, rows);

  const shape: MlpShape = {
    inputs: prepared.features.shape[1] as number,
    hidden: config.hidden,
    outputs: classes,
    activation: config.activation,
  };
  const start = sampleStart(random.fork('init'), shape, config);
  const streams = { order: random.fork('order'), mix: random.fork('mix') };
  const options = armOptions(config, dataset, prepared);
  const trialData = sharedData ?? createTrialData(engine);
  const data = trialData.take(dataset, featuresFor(config, prepared.features));
  try {
    const arms: TrialResult['arms'] = {};
    for (const name of config.arms) {
      const create = (hiddenLayers: number) => createArm(name, streams, { ...options, hiddenLayers });
      const place = `trial ${trial}, ${name}`;
      arms[name] = await trainArm(engine, { data, prepared, create, shape, start, config, pause, place });
    }
    return {
      id: trialId(config, dataset.digest, trial),
      dataset: dataset.name,
      dataDigest: dataset.digest,
      engine: engine.name,
      trial,
      trainRows: rows,
      heldOutRows: prepared.heldOut.length,
      arms,
    };
  } finally {
    trialData.release(data);
    if (!sharedData) trialData.dispose();
  }
}

/**
 * Check that the rows to stack can be drawn from the training rows.
 *
 * @param rows how many training rows there are
 * @throws RangeError that names the largest mix size
 */
export function checkMixSize(config: ExperimentConfig, rows: number): void {
  const stacked = config.arms.some((arm) => arm === 'append' || arm === 'duplicate');
  if (stacked && config.mixSize * 2 > rows) {
    const most = Math.floor(rows / 2);
    throw new RangeError(
      `mixSize must be at most ${most} for ${config.dataset}: each mixed row takes two of the ${rows} training rows, got ${config.mixSize}`,
    );
  }
}

function armOptions(config: ExperimentConfig, dataset: Dataset, { train }: PreparedData): ArmOptions {
  const { batchSize, mixSize, alpha } = config;
  const form = imageShapes[config.dataset];
  return {
    rows: train.length,
    batchSize,
    mixSize,
    alpha,
    classes: train.map((row) => dataset.labels[row] as number),
    image: form && { height: form[0], width: form[1] },
  };
}

/** Boxes are cut from images alone; all else takes rows as they are. */
function featuresFor({ arms, dataset }: ExperimentConfig, { data, shape: [rows, ...item] }: Rows): Rows {
  const form = arms.includes('cutmix') ? imageShapes[dataset] : undefined;
  return { data, shape: [rows, ...(form ?? item)] };
}

/** What the networks of a trial start from: weights, or a seed for the initializers of a model that is no perceptron. */
type Start = Pick<NetworkOptions, 'weights'> | { readonly seed: number };

function sampleStart(random: Random, shape: MlpShape, { model = 'mlp' }: ExperimentConfig): Start {
  return model === 'mlp' ? { weights: sampleGlorotUniform(random, shape) } : { seed: Math.floor(random() * 2 ** 31) };
}

interface ArmTraining {
  readonly data: Data;
  readonly prepared: PreparedData;
  /** Makes the arm, once the network says how many hidden layers it has. */
  readonly create: (hiddenLayers: number) => EpochPlan;
  readonly shape: MlpShape;
  readonly start: Start;
  readonly config: ExperimentConfig;
  readonly pause: TrialOptions['pause'];
  /** What errors of training call it. */
  readonly place: string;
}

async function trainArm(engine: Engine, training: ArmTraining): Promise<ArmResult> {
  const { create, shape, start, config, pause } = training;
  const { learningRate, l2 } = config;
  const options = { shape, optimizer: { name: 'adam', learningRate }, l2 } as const;
  const network =
    'weights' in start
      ? engine.createNetwork({ ...options, ...start })
      : // The engine is that of the config, and a config with another model names TensorFlow.js.
        (engine as TfjsEngine).createNetwork({ ...options, ...start });
  try {
    const scores: EpochScores[] = [];
    const epochPlan = create(network.hiddenLayers);
    for (let epoch = 0; epoch < config.epochs; epoch++) {
      await pause?.();
      scores.push(await trainEpoch(network, training, epochPlan(epoch)));
    }
    const history = (part: 'training' | 'heldOut') => ({
      loss: scores.map((score) => score[part].loss),
      accuracy: scores.map((score) => score[part].accuracy),
    });
    return { steps: network.steps, training: history('training'), heldOut: history('heldOut') };
  } finally {
    network.dispose();
  }
}

interface EpochScores {
  readonly training: Score;
  readonly heldOut: Score;
}

async function trainEpoch(
  network: Network,
  { data, prepared, place }: ArmTraining,
  { plan, ...options }: ArmEpoch,
): Promise<EpochScores> {
  try {
    const training = await network.train(data, renameRows(plan, prepared.train), options);
    return { training, heldOut: await network.evaluate(data, prepared.heldOut) };
  } catch (error) {
    throw error instanceof RangeError ? new RangeError(`${place}: ${error.message}`, { cause: error }) : error;
  }
}

/** From row numbers of the training rows to row numbers of the data set, in place: an epoch's plan is its own. */
function renameRows(plan: MixPlan, train: Int32Array): MixPlan {
  rename(plan.index, train);
  if (plan.partner !== plan.index) rename(plan.partner, train);
  return plan;
}

function rename(rows: Int32Array, train: Int32Array): void {
  for (let i = 0; i < rows.length; i++) rows[i] = train[rows[i] as number] as number;
}
