/** Pairing by optimal transport: k-mixup's blocks, matched so that partners are near. */

import { solveAssignment } from './assignment.ts';
import { checkOptions } from './check-options.ts';
import { checkIndex, type Pairing } from './pairing.ts';
import { shuffle } from './permutation.ts';
import { type Rows, type RowsLike, squaredDistance, toRows } from './rows.ts';
import { withSource } from './source-rows.ts';

/**
 * Create the pairing of k-mixup: k rows of the batch meet k others of it so that the sum of squared distances is the least.
 *
 * The batch and a random permutation of it are cut into blocks of k, and each block is matched with its counterpart; a
 * shorter block is left at the end where k does not divide the batch. With k = 1 it is a random permutation. One batch
 * costs O(batch k (features + k)).
 *
 * @param x [rows, ...item] the features of every row of the source
 * @param options.k rows in a block, an integer >= 1
 * @throws RangeError when `k` is no such integer, or a value is not finite; when drawing, for a row that is not there
 * @see Greenewald, Gu, Yurochkin, Solomon, Chien, "k-Mixup Regularization for Deep Learning via Optimal Transport", 2021
 */
export function transportPairing(x: RowsLike, options: { readonly k: number }): Pairing {
  checkOptions(options, ['k'], 'transportPairing');
  const { k } = options ?? {};
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`transportPairing: k must be an integer >= 1, got ${k}`);
  const source = toRows(x, 'transportPairing: x');
  const pairing: Pairing = (random, index) => {
    checkIndex(index, source.shape[0], 'transportPairing');
    const others = shuffle(random, index.slice());
    const partner = new Int32Array(index.length);
    for (let at = 0; at < index.length; at += k) {
      const [block, counterpart] = [index.subarray(at, at + k), others.subarray(at, at + k)];
      const columns = solveAssignment(squaredDistances(source, block, counterpart), block.length);
      for (const [i, column] of columns.entries()) partner[at + i] = counterpart[column] as number;
    }
    return partner;
  };
  return withSource(pairing, [{ rows: source.shape[0] }], 'transportPairing');
}

/** @returns [a.length, b.length] */
function squaredDistances(x: Rows, a: Int32Array, b: Int32Array): Float64Array {
  const cost = new Float64Array(a.length * b.length);
  for (const [i, first] of a.entries()) {
    for (const [j, second] of b.entries()) cost[i * b.length + j] = squaredDistance(x, first, second);
  }
  return cost;
}
