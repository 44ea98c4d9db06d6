/** Settings of the Compare room: a link to a config of @mixup/experiments, and how much work it is. */
import { defaultArmNames, type ExperimentConfig, engineNames, parseConfig, protocolNames } from '@mixup/experiments';
import { choiceField, choicesField, integerField, integersField, numberField, type Values } from '../link/field.ts';
import { type BrowserBackend, backendChoices } from './backend.ts';

/** Larger experiments are for the command line, which the room writes down. */
export const limits = {
  trials: { min: 1, max: 500 },
  seed: { min: 0, max: Number.MAX_SAFE_INTEGER },
  epochs: { min: 1, max: 300 },
  batch: { min: 1, max: 1437 },
  mix: { min: 0, max: 718 },
  rate: { min: 0.00001, max: 1 },
} as const;

export const fields = {
  dataset: choiceField('iris', ['iris', 'digits']),
  alpha: numberField(0.2, { min: 0, max: 64 }),
  trials: integerField(20, limits.trials),
  arms: choicesField([...defaultArmNames], defaultArmNames, { least: 1 }),
  protocol: choiceField('article', protocolNames),
  epochs: integerField(30, limits.epochs),
  seed: integerField(0, limits.seed),
  batch: integerField(30, limits.batch),
  /** Rows to stack; 0 stands for as many as the article stacks. */
  mix: integerField(0, limits.mix),
  hidden: integersField([80], { min: 1, max: 256, most: 3 }),
  rate: numberField(0.001, limits.rate),
  engine: choiceField('wasm', engineNames),
  /** Of TensorFlow.js; it means nothing to the kernel. */
  backend: choiceField('auto', backendChoices),
};

export type Settings = Values<typeof fields>;

/** Where the alpha slider stops. */
export const alphaStops: readonly number[] = [
  0, 0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1, 1.5, 2, 3, 4, 6, 8,
];

/**
 * The config of settings: the one that `mixup run` would make of the same options.
 *
 * @param backend that TensorFlow.js runs on here, as the settings may leave it open; none where the kernel trains
 */
export function toConfig(settings: Omit<Settings, 'engine' | 'backend'>, backend?: BrowserBackend): ExperimentConfig {
  const { dataset, alpha, trials, arms, protocol, epochs, seed, batch, mix, hidden, rate } = settings;
  return parseConfig({
    dataset,
    protocol,
    arms: [...arms],
    trials,
    seed,
    alpha,
    epochs,
    batchSize: batch,
    ...(mix === 0 ? {} : { mixSize: mix }),
    hidden: [...hidden],
    learningRate: rate,
    ...(backend && { engine: 'tfjs', backend }),
  });
}

const rows = { iris: 120, digits: 1437 };
const widths = { iris: [4, 3], digits: [64, 10] } as const;

/**
 * - `live`: done before the hand has moved on, so at every change.
 * - `prompt`: some seconds, so at once, but not at every step of a slider.
 * - `asked`: longer, so only when it is asked for.
 */
export type Pace = 'live' | 'prompt' | 'asked';

/** Products of a weight with a number, in all: the article's Iris is 0.2e9, its Digits 20e9. */
const most = { live: 0.6e9, prompt: 30e9 };

/** Steps of TensorFlow.js that are some seconds: each costs milliseconds, whatever the size of the network. */
const mostSteps = 12_000;

/** How an experiment is started, by the work that it is. */
export function paceOf({ dataset, trials, arms, epochs, batchSize, hidden, engine }: ExperimentConfig): Pace {
  if (engine === 'tfjs') {
    const steps = trials * arms.length * epochs * Math.ceil(rows[dataset] / batchSize);
    return steps <= mostSteps ? 'prompt' : 'asked';
  }
  const [inputs, outputs] = widths[dataset];
  const layers = [inputs, ...hidden, outputs];
  const weights = layers.slice(1).reduce((sum, units, i) => sum + units * ((layers[i] as number) + 1), 0);
  const work = trials * arms.length * epochs * rows[dataset] * weights;
  return work <= most.live ? 'live' : work <= most.prompt ? 'prompt' : 'asked';
}
