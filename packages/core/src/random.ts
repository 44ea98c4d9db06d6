/** Random sources: where all chance comes from, always handed in. */
import { seedSequence } from './seed-sequence.ts';

/**
 * A source of uniform numbers in [0, 1): any function will do, `Math.random` too.
 *
 * A source may bring its own distributions. Where it does, the samplers of this package use them, so that a NumPy
 * `RandomState` (see `@mixup/core/numpy`) draws here just as it draws in Python.
 */
export interface RandomSource {
  /** @returns a number in [0, 1) */
  (): number;
  /** @returns one draw of Beta(a, b), or `size` of them */
  readonly beta?: { (a: number, b: number): number; (a: number, b: number, size: number): Float64Array };
  /** Shuffle in place. */
  readonly shuffle?: <T extends Shuffleable>(array: T) => T;
}

/** What can be shuffled in place. */
export type Shuffleable = unknown[] | Int32Array | Uint32Array | Float32Array | Float64Array;

/** Where a `Random` stands: plain data, to be saved and given to `restoreRandom`. */
export interface RandomPosition {
  /** The words that the seed and the labels of its forks have left, each in [0, 2 ** 32). */
  readonly path: readonly number[];
  /** The four words of the generator's state, each in [0, 2 ** 32). */
  readonly words: readonly [number, number, number, number];
}

/** A seeded source with forks and a position that can be saved. */
export interface Random extends RandomSource {
  /** @returns an integer in [0, 2 ** 32) */
  uint32(): number;
  /**
   * Start an independent stream for one purpose.
   *
   * It depends on the seed and on the labels alone, never on how many numbers were drawn: use a label once.
   */
  fork(label: string): Random;
  /** @returns where this stream stands now */
  position(): RandomPosition;
}

/**
 * Create a seeded random source: xoshiro128** (Blackman and Vigna), its state filled by NumPy's SeedSequence (O'Neill).
 *
 * @param seed an integer in [0, 2 ** 53); 0 is a seed like any other
 * @throws RangeError for any other seed
 * @example
 * const random = createRandom(0);
 * const order = random.fork('order');
 * order(); // the same number every time
 * @see Blackman, Vigna, "Scrambled Linear Pseudorandom Number Generators", 2021
 */
export function createRandom(seed: number): Random {
  if (!(Number.isSafeInteger(seed) && seed >= 0)) {
    throw new RangeError(`createRandom: seed must be an integer in [0, 2 ** 53), got ${seed}`);
  }
  // As NumPy splits an integer: little-endian words, a single one below 2 ** 32.
  const high = Math.floor(seed / 2 ** 32);
  return fromPath(high > 0 ? [seed >>> 0, high] : [seed], []);
}

/**
 * Take up a stream where `position()` left it.
 *
 * @throws TypeError when `position` is not what `position()` returns
 */
export function restoreRandom(position: RandomPosition): Random {
  const { path, words } = position ?? {};
  const isWord = (n: unknown) => Number.isInteger(n) && (n as number) >= 0 && (n as number) < 2 ** 32;
  if (!Array.isArray(path) || !Array.isArray(words) || words.length !== 4 || !words.every(isWord)) {
    throw new TypeError('restoreRandom: position must be what random.position() returned');
  }
  const split = path.indexOf(-1);
  return fromState(path.slice(0, split), path.slice(split + 1), words as [number, number, number, number]);
}

function fromPath(entropy: readonly number[], spawnKey: readonly number[]): Random {
  return fromState(entropy, spawnKey, seedSequence(entropy, spawnKey, 4) as [number, number, number, number]);
}
