/** Protocols: how a trial splits and scales its data. */
import type { Random, Rows } from '@mixup/core';
import { type Dataset, standardScaler, trainTestSplit } from '@mixup/datasets';
import type { ExperimentConfig } from './config.ts';

/** Data ready for training: scaled features of all rows, and which of them are whose. */
export interface PreparedData {
  /** Standardised features of shape [rows, features], those of the data set in its own order. */
  readonly features: Rows;
  /** Row numbers to train on. */
  readonly train: Int32Array;
  /** Row numbers held out. */
  readonly heldOut: Int32Array;
}

/**
 * Split and scale by the protocol of a config.
 *
 * - `article`: scaled on all rows before the split, as the article did, so that the held-out rows have their say in
 *   the scale; the split is not stratified.
 * - `rigorous`: split first, stratified by class; scaled on the training rows alone.
 *
 * @param random the stream of the split
 * @throws RangeError when the split is impossible
 */
export function prepareData(random: Random, dataset: Dataset, config: ExperimentConfig): PreparedData {
  const { train, heldOut } = splitData(random, dataset, config);
  const features = config.protocol === 'rigorous' ? scale(dataset, train) : scaleAll(dataset);
  return { features, train, heldOut };
}

/**
 * Split by the protocol of a config: the part of `prepareData` that says which rows are whose.
 *
 * @throws RangeError when the split is impossible
 */
export function splitData(random: Random, dataset: Dataset, config: ExperimentConfig): Omit<PreparedData, 'features'> {
  const { features, labels } = dataset;
  const stratify = config.protocol === 'rigorous' ? { stratify: labels } : {};
  const { train, test } = trainTestSplit(features.shape[0], { testSize: config.heldOut, random, ...stratify });
  return { train, heldOut: test };
}

/** Scaled on all rows a data set is the same in each trial. */
const scaled = new WeakMap<Dataset, Rows>();

function scaleAll(dataset: Dataset): Rows {
  const features = scaled.get(dataset) ?? scale(dataset);
  scaled.set(dataset, features);
  return features;
}

function scale({ features }: Dataset, rows?: Int32Array): Rows {
  return standardScaler.transform(standardScaler.fit(features, rows ? { rows } : {}), features);
}
