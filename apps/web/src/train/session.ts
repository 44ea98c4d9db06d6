/** Sessions: an experiment in training. What it holds after so many epochs is a function of the settings alone. */
import { createRandom, type MixPlan, oneHot } from '@mixup/core';
import { standardScaler } from '@mixup/datasets';
import { createArm, type EpochPlan } from '@mixup/experiments';
import { sampleGlorotUniform, type WasmEngine, type WasmNetwork } from '@mixup/models';
import { countOnlyRight, createArmFrame } from './arm-frame.ts';
import { type ArmName, armNames, type Frame, type History, surfaceSize } from './frame.ts';
import { createProblem } from './problem.ts';
import { createScene, domainOf, gridOf, lastBatch } from './scene.ts';
import type { Experiment } from './settings.ts';

export interface Session {
  /** Epochs trained so far. */
  readonly epoch: number;
  /** The network whose numbers grew without bound in the epoch after this one: there are no more epochs. */
  readonly diverged: ArmName | undefined;
  /** Train both networks for one epoch more. */
  step(): void;
  frame(): Frame;
  /** Give the memory back. */
  dispose(): void;
}

interface Arm {
  network: WasmNetwork;
  readonly epochPlan: EpochPlan;
  readonly history: { [K in keyof History]: number[] };
}

/**
 * Start an experiment: both networks from one set of weights, their rows in one order.
 *
 * The streams are forked by name, as those of a trial are: 'data', 'split', 'wrong', 'init', 'order' and 'mix'.
 */
export async function createSession(engine: WasmEngine, experiment: Experiment): Promise<Session> {
  const { alpha, hidden, optimizer, rate, batch: batchSize, seed } = experiment;
  const random = createRandom(seed);
  const problem = await createProblem(random, experiment);
  const classes = problem.classNames.length;
  const rows = problem.labels.length;

  const scaler = standardScaler.fit({ data: problem.points, shape: [rows, 2] }, { rows: problem.train });
  const features = standardScaler.transform(scaler, { data: problem.points, shape: [rows, 2] });
  const domain = domainOf(problem);
  const grid = standardScaler.transform(scaler, gridOf(domain));
  const data = engine.load(features, oneHot(problem.labels, classes));
  const places = engine.load(grid, oneHot(new Int32Array(surfaceSize ** 2), classes));

  const shape = { inputs: 2, hidden, outputs: classes } as const;
  const weights = sampleGlorotUniform(random.fork('init'), shape);
  const streams = { order: random.fork('order'), mix: random.fork('mix') };
  const createNetwork = () =>
    engine.createNetwork({ shape, weights, optimizer: { name: optimizer, learningRate: rate } });
  const start = (name: 'baseline' | 'batch'): Arm => ({
    network: createNetwork(),
    epochPlan: createArm(name, streams, { rows: problem.train.length, batchSize, mixSize: 1, alpha }),
    history: { trainingLoss: [], trainingAccuracy: [], heldOutLoss: [], heldOutAccuracy: [] },
  });
  const arms: Record<ArmName, Arm> = { baseline: start('baseline'), mixup: start('batch') };

  let epoch = 0;
  let diverged: ArmName | undefined;
  for (const name of armNames) score(arms[name]);

  function train(arm: Arm, epoch: number): void {
    arm.network.train(data, toRows(arm.epochPlan(epoch).plan, problem.train), { batchSize });
  }

  function score({ network, history }: Arm): void {
    const training = network.evaluate(data, problem.train);
    const heldOut = network.evaluate(data, problem.heldOut);
    history.trainingLoss.push(training.loss);
    history.trainingAccuracy.push(training.accuracy);
    history.heldOutLoss.push(heldOut.loss);
    history.heldOutAccuracy.push(heldOut.accuracy);
  }

  /** Train again from the start to the last epoch whose numbers were good. */
  function rewind(arm: Arm): void {
    arm.network.dispose();
    arm.network = createNetwork();
    for (let i = 0; i < epoch; i++) train(arm, i);
    for (const values of Object.values(arm.history)) values.length = epoch + 1;
  }

  return {
    get epoch() {
      return epoch;
    },
    get diverged() {
      return diverged;
    },
    step: () => {
      if (diverged !== undefined) return;
      for (const name of armNames) {
        try {
          train(arms[name], epoch);
          score(arms[name]);
        } catch (error) {
          // The engine refuses to go on with numbers that are none; anything else is a fault.
          if (!(error instanceof RangeError)) throw error;
          diverged = name;
          break;
        }
      }
      if (diverged === undefined) epoch += 1;
      else for (const name of armNames) rewind(arms[name]);
    },
    frame: () => {
      const seen = (name: ArmName) => {
        const { network, history } = arms[name];
        return { network, history, data, places };
      };
      const plan = epoch > 0 ? toRows(arms.mixup.epochPlan(epoch - 1).plan, problem.train) : undefined;
      return {
        epoch,
        scene: createScene(problem, domain),
        arms: { baseline: createArmFrame(seen('baseline'), problem), mixup: createArmFrame(seen('mixup'), problem) },
        mixed: plan ? lastBatch(plan, problem, batchSize) : [],
        onlyRight: countOnlyRight(seen('baseline'), seen('mixup'), problem),
        diverged,
      };
    },
    dispose: () => {
      for (const name of armNames) arms[name].network.dispose();
      data.dispose();
      places.dispose();
    },
  };
}

/** From row numbers of the training rows to row numbers of the data. */
function toRows(plan: MixPlan, train: Int32Array): MixPlan {
  const rename = (rows: Int32Array) => rows.map((row) => train[row] as number);
  return { ...plan, index: rename(plan.index), partner: rename(plan.partner) };
}
