/** The intrusion audit: mixed points that lie where a third class lives. */
import { createRandom, joinPlans, type MixPlan, mixup, samplePermutation } from '@mixup/core';
import { auditIntrusion } from '@mixup/core/audit';
import { type BatchSettings, batchSize } from './batch.ts';
import { createPairing, type PairingSource } from './pairings.ts';

/** The least number of mixed points that are looked at; epochs of the data are finished. */
const points = 3000;

/** Bins of lambda. */
const bins = 10;

/** A mixed point whose nearest row is of a third class. */
export interface Intruder {
  readonly index: number;
  readonly partner: number;
  readonly lambda: number;
  readonly nearest: number;
}

export interface AuditBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly intruded: number;
}

export interface AuditResult {
  readonly points: number;
  readonly intruded: number;
  readonly byLambda: readonly AuditBin[];
  /** The first few. */
  readonly intruders: readonly Intruder[];
}

/** Intruders that are handed back. */
const shown = 24;

/**
 * Mix epochs of the data in batches, as training would, and look where the mixed points lie.
 *
 * @param source its features scaled as distances are to be taken
 * @throws RangeError where the data can't be paired so
 */
export function audit(source: PairingSource, { alpha, per, pairing, seed }: BatchSettings): AuditResult {
  const { features, labels } = source;
  const random = createRandom(seed).fork('audit');
  const method = mixup({ alpha, lambdaPer: per, pairing: createPairing(pairing, source) });
  const rows = labels.length;
  const size = Math.min(batchSize, rows - (rows % 2));
  const batches: MixPlan[] = [];
  while (batches.length * size < points) {
    const order = samplePermutation(random, rows);
    for (let at = 0; at + size <= rows; at += size) batches.push(method(random, order.subarray(at, at + size)));
  }
  const plan = joinPlans(...batches);
  const { intruded, nearest } = auditIntrusion(features, labels, plan);
  return {
    points: plan.index.length,
    intruded: intruded.length,
    byLambda: count(plan, intruded),
    intruders: Array.from(intruded.subarray(0, shown), (i) => ({
      index: plan.index[i] as number,
      partner: plan.partner[i] as number,
      lambda: plan.lambda[i] as number,
      nearest: nearest[i] as number,
    })),
  };
}

function count({ lambda }: MixPlan, intruded: Int32Array): AuditBin[] {
  const at = (row: number) => Math.min(bins - 1, Math.floor((lambda[row] as number) * bins));
  const [all, wrong] = [new Array<number>(bins).fill(0), new Array<number>(bins).fill(0)];
  for (let row = 0; row < lambda.length; row++) all[at(row)] = (all[at(row)] as number) + 1;
  for (const row of intruded) wrong[at(row)] = (wrong[at(row)] as number) + 1;
  return all.map((count, i) => ({ from: i / bins, to: (i + 1) / bins, count, intruded: wrong[i] as number }));
}
