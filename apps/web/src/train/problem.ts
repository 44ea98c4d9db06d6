/** The data of an experiment in the plane: what both networks train on, and what is held out. */
import { type Random, samplePermutation } from '@mixup/core';
import { blobs, circles, type Dataset, loadIris, moons, spirals, trainTestSplit } from '@mixup/datasets';
import type { Experiment } from './settings.ts';

/** Points of a made problem that are held out: enough that chance is worth about one percent. */
export const heldOutRows = 1000;

/** The most training rows that leave some of Iris to hold out. */
const mostIris = 120;

export interface PlaneProblem {
  /** [rows, 2] in the units of the data: first all rows of the problem, then the points that were added. */
  readonly points: Float64Array;
  /** [rows], as the networks get them: some are wrong. */
  readonly labels: Int32Array;
  /** Row numbers, the added points among them. */
  readonly train: Int32Array;
  readonly heldOut: Int32Array;
  /** Row numbers of training rows whose label was replaced. */
  readonly wrong: Int32Array;
  /** How many of the last rows were added. */
  readonly added: number;
  readonly classNames: readonly string[];
  readonly featureNames: readonly string[];
}

/**
 * Make the data of an experiment, each purpose from a stream of its own.
 *
 * @param random the streams 'data', 'split' and 'wrong' are forked from it
 */
export async function createProblem(random: Random, experiment: Experiment): Promise<PlaneProblem> {
  const { problem, rows, wrong: share, points: added } = experiment;
  const dataset = await drawData(random.fork('data'), experiment);
  const all = dataset.features.shape[0];
  const { train, test } = trainTestSplit(all, {
    trainSize: problem === 'iris' ? Math.min(rows, mostIris) : rows,
    testSize: problem === 'iris' ? all - Math.min(rows, mostIris) : heldOutRows,
    stratify: dataset.labels,
    random: random.fork('split'),
  });
  const classes = dataset.classNames.length;
  const kept = added.filter(({ label }) => label < classes);
  const labels = Int32Array.from([...dataset.labels, ...kept.map(({ label }) => label)]);
  return {
    points: Float64Array.from([...dataset.features.data, ...kept.flatMap(({ x, y }) => [x, y])]),
    labels,
    train: Int32Array.from([...train, ...kept.map((_, i) => all + i)]),
    heldOut: test,
    wrong: replaceLabels(random.fork('wrong'), labels, train, share, classes),
    added: kept.length,
    classNames: dataset.classNames,
    featureNames: dataset.featureNames,
  };
}

async function drawData(random: Random, { problem, classes, rows, noise }: Experiment): Promise<Dataset> {
  const size = { rows: rows + heldOutRows, noise };
  switch (problem) {
    case 'moons':
      return moons(random, size);
    case 'circles':
      return circles(random, { ...size, factor: 0.5 });
    case 'spirals':
      return spirals(random, { ...size, classes });
    case 'blobs':
      return blobs(random, { ...size, classes });
    case 'iris':
      return petals(await loadIris());
    default:
      return problem satisfies never;
  }
}

/** Iris without its first two columns. */
function petals(iris: Dataset): Dataset {
  const { data, shape } = iris.features;
  const rows = shape[0];
  return {
    ...iris,
    features: { data: data.filter((_, i) => i % 4 >= 2), shape: [rows, 2] },
    featureNames: iris.featureNames.slice(2),
  };
}

/**
 * Replace the labels of some rows, in place, each by one of the other classes.
 *
 * A larger share replaces those of a smaller one and more.
 *
 * @returns the rows that were chosen
 */
function replaceLabels(
  random: Random,
  labels: Int32Array,
  train: Int32Array,
  share: number,
  classes: number,
): Int32Array {
  const order = samplePermutation(random, train.length);
  const chosen = order.subarray(0, Math.round(share * train.length)).map((at) => train[at] as number);
  for (const row of chosen) {
    labels[row] = ((labels[row] as number) + 1 + Math.floor(random() * (classes - 1))) % classes;
  }
  return chosen;
}
