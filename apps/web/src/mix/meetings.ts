/** Who meets whom in one small batch, under one pairing. */
import { createRandom, identity, type Rows } from '@mixup/core';
import type { Dataset } from '@mixup/datasets';
import { drawRows } from './batch.ts';
import { createPairing, type PairingName, type PairingSource } from './pairings.ts';

/** Rows of the batch whose pairs are drawn: as many as can be followed with the eye; even, for halves. */
export const fewRows = 12;

/** The first rows of the mixed batch as a source of their own, so that all partners are among them. */
export function smallBatch({ features, labels }: Dataset, seed: number): PairingSource {
  const rows = drawRows(labels.length, seed, fewRows);
  const size = features.data.length / labels.length;
  const chosen: Rows<Float64Array> = { data: new Float64Array(rows.length * size), shape: [rows.length, size] };
  for (const [i, row] of rows.entries()) {
    chosen.data.set(features.data.subarray(row * size, (row + 1) * size), i * size);
  }
  return { features: chosen, labels: Int32Array.from(rows, (row) => labels[row] as number) };
}

export interface Meetings {
  /** [rows] the place of the partner of each row */
  readonly partner: Int32Array;
  /** How many meet themselves, and how many another row of their class. */
  readonly selves: number;
  readonly sameClass: number;
}

/** @throws RangeError where the batch can't be paired so */
export function drawMeetings(name: PairingName, source: PairingSource, seed: number): Meetings {
  const { labels } = source;
  const partner = createPairing(name, source)(createRandom(seed).fork('mix'), identity(labels.length));
  let [selves, sameClass] = [0, 0];
  for (const [i, other] of partner.entries()) {
    if (i === other) selves++;
    else if (labels[i] === labels[other]) sameClass++;
  }
  return { partner, selves, sameClass };
}
