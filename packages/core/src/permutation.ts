/** Permutations: shuffling, the one source of order. */
import { checkRandom } from './check-random.ts';
import type { RandomSource, Shuffleable } from './random.ts';

/**
 * Shuffle in place (Fisher and Yates), each order equally likely.
 *
 * A source with a `shuffle` of its own is left to do it, so that a NumPy `RandomState` shuffles as NumPy does.
 *
 * @param array any length below 2 ** 32
 * @returns the same array
 * @throws TypeError for what is no array
 * @see Durstenfeld, "Algorithm 235: Random permutation", 1964
 */
export function shuffle<T extends Shuffleable>(random: RandomSource, array: T): T {
  checkRandom(random, 'shuffle');
  checkShuffleable(array);
  if (random.shuffle) return random.shuffle(array);
  for (let i = array.length - 1; i > 0; i--) {
    // Multiplying 53 bits is biased by less than i * 2 ** -53 here: far below what any test can see.
    const j = Math.floor(random() * (i + 1));
    const kept = array[i];
    array[i] = array[j] as never;
    array[j] = kept as never;
  }
  return array;
}

/** @throws TypeError for what can't be shuffled in place, a text say */
export function checkShuffleable(array: unknown): void {
  if (Array.isArray(array) || ArrayBuffer.isView(array)) return;
  throw new TypeError(`shuffle: array must be an array or a typed array, got ${String(array)}`);
}

/**
 * Draw a permutation of 0 … n - 1.
 *
 * @param n an integer >= 0
 * @returns [n]
 * @throws RangeError when `n` is no such integer
 */
export function samplePermutation(random: RandomSource, n: number): Int32Array {
  checkRandom(random, 'samplePermutation');
  if (!(Number.isInteger(n) && n >= 0 && n < 2 ** 31)) {
    throw new RangeError(`samplePermutation: n must be an integer in [0, 2 ** 31), got ${n}`);
  }
  return shuffle(random, identity(n));
}

/** @returns [n] the numbers 0 … n - 1 */
export function identity(n: number): Int32Array {
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  return order;
}
