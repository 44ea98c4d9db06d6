/** The settings of the Train room: a link is a problem, two networks, and the epoch to which they are trained. */
import { choiceField, integerField, integersField, numberField, type Values } from '../link/field.ts';
import { pointsField } from './points-field.ts';

export const limits = {
  rows: { min: 12, max: 400 },
  epoch: { min: 0, max: 1000 },
  batch: { min: 1, max: 400 },
  rate: { min: 0.0001, max: 100 },
  seed: { min: 0, max: Number.MAX_SAFE_INTEGER },
} as const;

/** Epochs in a second. */
export const speeds = [1, 5, 20, 60, 200] as const;

export const problemNames = ['moons', 'circles', 'spirals', 'blobs', 'iris'] as const;

export const fields = {
  problem: choiceField('moons', problemNames),
  /** Of spirals and blobs; the other problems have as many as they have. */
  classes: integerField(3, { min: 2, max: 4 }),
  rows: integerField(100, limits.rows),
  noise: numberField(0.2, { min: 0, max: 1 }),
  /** The share of training labels that are replaced by another class. */
  wrong: numberField(0.2, { min: 0, max: 0.5 }),
  points: pointsField,
  alpha: numberField(1, { min: 0, max: 64 }),
  hidden: integersField([32, 32], { min: 1, max: 128, most: 3 }),
  optimizer: choiceField('adam', ['adam', 'sgd']),
  rate: numberField(0.01, limits.rate),
  batch: integerField(20, limits.batch),
  seed: integerField(0, limits.seed),
  epoch: integerField(0, limits.epoch),
  speed: integerField(20, { min: 1, max: 200 }),
};

export type Settings = Values<typeof fields>;

/** All that the numbers depend on, but for the epoch. */
export type Experiment = Omit<Settings, 'epoch' | 'speed'>;

/** The name that the epochs of an experiment go by. */
export function toExperiment({ epoch: _, speed: __, ...experiment }: Settings): Experiment {
  return experiment;
}

/** Whether a problem has as many classes as it is asked for. */
export function hasClasses({ problem }: Pick<Settings, 'problem'>): boolean {
  return problem === 'spirals' || problem === 'blobs';
}
