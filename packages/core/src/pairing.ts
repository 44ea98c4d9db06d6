/** Pairings: who meets whom in a batch. The one plug point for it; any function of this form is a pairing. */
import { shuffle } from './permutation.ts';
import type { RandomSource } from './random.ts';
import type { SourceRows } from './source-rows.ts';

/** Who meets whom; with `rows` where it looks up rows of a source, as the pairings by class, label kernel and transport do. */
export interface Pairing extends SourceRows {
  /**
   * Draw a partner for each row of a batch.
   *
   * @param index [batch] the row numbers of the batch; never changed
   * @returns [batch] the row numbers that they meet, in the same source
   */
  (random: RandomSource, index: Int32Array): Int32Array;
}

/**
 * Pair the batch with a random permutation of itself, as the authors' code, keras, fastai and composer do.
 *
 * A row may meet itself; one does in an average batch, whatever its size.
 *
 * @see Zhang, Cisse, Dauphin, Lopez-Paz, "mixup: Beyond Empirical Risk Minimization", 2017, its code
 */
export function permutationPairing(random: RandomSource, index: Int32Array): Int32Array {
  return shuffle(random, index.slice());
}

/**
 * Pair the batch with a random permutation of itself that leaves no place as it was, each such one equally likely.
 *
 * @throws RangeError for a batch of 1
 */
export function derangementPairing(random: RandomSource, index: Int32Array): Int32Array {
  if (index.length === 1) throw new RangeError('derangementPairing: batch must be >= 2, got 1');
  const places = index.map((_, i) => i);
  // One in e permutations will do. A sound source fails 1,000 times with chance 1e-199; a broken one ends here too.
  for (let i = 0; i < 1000; i++) {
    shuffle(random, places);
    if (places.every((from, to) => from !== to)) return places.map((place) => index[place] as number);
  }
  return rollPairing(random, index);
}

/**
 * Pair each row with the one before it, the first with the last, as torchvision does; nothing is drawn.
 *
 * The batch must come shuffled: rows that lie side by side in a file are mostly of one kind.
 */
export function rollPairing(_random: RandomSource, index: Int32Array): Int32Array {
  const batch = index.length;
  return index.map((_, i) => index[(i + batch - 1) % batch] as number);
}

/**
 * Pair the first row with the last, the second with the last but one, as timm does; nothing is drawn.
 *
 * Two rows meet each other. In an odd batch the middle one meets itself (timm refuses). The batch must come shuffled.
 */
export function flipPairing(_random: RandomSource, index: Int32Array): Int32Array {
  return index.slice().reverse();
}

/**
 * Cut a shuffled batch in two halves and pair them: two rows meet each other, and none meets itself.
 *
 * @throws RangeError for an odd batch
 */
export function halvesPairing(random: RandomSource, index: Int32Array): Int32Array {
  const batch = index.length;
  if (batch % 2 === 1) {
    throw new RangeError(`halvesPairing: batch must be even, got ${batch}; drop a row or use derangementPairing`);
  }
  const places = shuffle(
    random,
    index.map((_, i) => i),
  );
  const partner = new Int32Array(batch);
  for (let i = 0; i < batch; i++) {
    partner[places[i] as number] = index[places[(i + batch / 2) % batch] as number] as number;
  }
  return partner;
}

/**
 * Check that the rows of a batch are rows of a source.
 *
 * @param rows how many rows the source has
 * @param name what the error calls the caller
 * @throws RangeError for a row that is not there
 */
export function checkIndex(index: Int32Array, rows: number, name: string): void {
  for (const row of index) {
    if (!(row >= 0 && row < rows)) throw new RangeError(`${name}: index must be rows in [0, ${rows}), got ${row}`);
  }
}
