/** A whole mixed batch: drawn from a seed as training draws it, then applied. */
import { createRandom, type MixPlan, mixRows, mixup, samplePermutation } from '@mixup/core';
import type { Dataset } from '@mixup/datasets';
import { createPairing } from './pairings.ts';
import type { Settings } from './settings.ts';

/** Rows of the batch that is shown; even, so that halves can be paired. */
export const batchSize = 16;

/** What a batch is drawn by. */
export type BatchSettings = Pick<Settings, 'alpha' | 'per' | 'pairing' | 'seed'>;

/** Choose the rows of the batch. */
export function drawRows(rows: number, seed: number, size = batchSize): Int32Array {
  return samplePermutation(createRandom(seed).fork('rows'), rows).subarray(0, size);
}

/**
 * Draw the plan of the batch: with the permutation pairing it is the plan of `sampleMixPlan`, draw for draw.
 *
 * @returns a plan whose `index` is the batch's rows of the data set
 * @throws RangeError where the data can't be paired so
 */
export function drawBatch(dataset: Dataset, { alpha, per, pairing, seed }: BatchSettings): MixPlan {
  const method = mixup({ alpha, lambdaPer: per, pairing: createPairing(pairing, dataset) });
  return method(createRandom(seed).fork('mix'), drawRows(dataset.labels.length, seed));
}

/** One mixed row of a batch. */
export interface MixedItem {
  readonly index: number;
  readonly partner: number;
  readonly lambda: number;
  /** The classes of both. */
  readonly first: string;
  readonly second: string;
  /** [features] */
  readonly values: Float64Array;
}

/** Apply a plan, row by row. */
export function mixItems({ features, labels, classNames }: Dataset, plan: MixPlan): MixedItem[] {
  const { data } = mixRows(features, plan);
  const size = data.length / plan.index.length;
  return Array.from(plan.index, (index, i) => {
    const partner = plan.partner[i] as number;
    return {
      index,
      partner,
      lambda: plan.lambda[i] as number,
      first: classNames[labels[index] as number] as string,
      second: classNames[labels[partner] as number] as string,
      values: data.slice(i * size, (i + 1) * size),
    };
  });
}
