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
  const { features, labels } = dataset;
  const rows = features.shape[0];
  const rigorous = config.protocol === 'rigorous';
  const split = trainTestSplit(rows, { testSize: config.heldOut, random, ...(rigorous ? { stratify: labels } : {}) });
  const scaler = standardScaler.fit(features, rigorous ? { rows: split.train } : {});
  return { features: standardScaler.transform(scaler, features), train: split.train, heldOut: split.test };
}
