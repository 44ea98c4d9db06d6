/** Random sources: where all chance comes from, always handed in. */
import { fillBeta } from './beta-draws.ts';
import { checkShuffleable } from './permutation.ts';
import { createPool, extendPool, generateState, type SeedPool } from './seed-sequence.ts';
import { createXoshiroWords, readDouble, shuffleByWords } from './words.ts';

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
  /** As given to `createRandom`. */
  readonly seed: number;
  /** The labels of the forks that lead here, outermost first. */
  readonly forks: readonly string[];
  /** The state of the generator: four words, each in [0, 2 ** 32). */
  readonly state: readonly number[];
}

/** A seeded source with forks and a position that can be saved. */
export interface Random extends RandomSource {
  /** @returns an integer in [0, 2 ** 32) */
  uint32(): number;
  /**
   * Start an independent stream for one purpose.
   *
   * It depends on the seed and on the labels alone, never on how many numbers were drawn: use a label once.
   *
   * @throws TypeError when `label` is no string
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
  return start(seed, [], poolOf(seed));
}

/**
 * Take up a stream where `position()` left it.
 *
 * @throws TypeError when `position` is not what `position()` returns
 */
export function restoreRandom(position: RandomPosition): Random {
  const { seed, forks, state } = position ?? {};
  const isSeed = Number.isSafeInteger(seed) && seed >= 0;
  const isPath = Array.isArray(forks) && forks.every((label) => typeof label === 'string');
  const isState = Array.isArray(state) && state.length === 4 && state.every((word) => word >>> 0 === word);
  if (!(isSeed && isPath && isState && state.some((word) => word !== 0))) {
    throw new TypeError('restoreRandom: position must be what random.position() returned');
  }
  return resume(seed, forks, state, extendPool(poolOf(seed), forks.flatMap(labelWords)));
}

/** As NumPy splits an integer: little-endian words, a single one below 2 ** 32. */
function poolOf(seed: number): SeedPool {
  return createPool(seed < 2 ** 32 ? [seed] : [seed >>> 0, Math.floor(seed / 2 ** 32)]);
}

function start(seed: number, forks: readonly string[], pool: SeedPool): Random {
  return resume(seed, forks, generateState(pool, 4), pool);
}

/** A label as words: its length in bytes, then its UTF-8 bytes, so that no two paths of labels read the same. */
function labelWords(label: string): number[] {
  const bytes = utf8.encode(label);
  const words = new Array<number>(1 + Math.ceil(bytes.length / 4)).fill(0);
  words[0] = bytes.length;
  for (let i = 0; i < bytes.length; i++) {
    const at = 1 + (i >>> 2);
    words[at] = ((words[at] as number) | ((bytes[i] as number) << (8 * (i & 3)))) >>> 0;
  }
  return words;
}

const utf8 = /* @__PURE__ */ new TextEncoder();

/** @param pool of the seed and `forks` */
function resume(seed: number, forks: readonly string[], state: readonly number[], pool: SeedPool): Random {
  const words = createXoshiroWords(state);
  const one = new Float64Array(1);

  return Object.assign(() => readDouble(words), {
    uint32: () => {
      if (words.at === words.end) words.reserve(1);
      return words.block[words.at++] as number;
    },
    beta: ((a: number, b: number, size?: number) => {
      const out = size === undefined ? one : new Float64Array(size);
      fillBeta(words, a, b, out);
      return size === undefined ? one[0] : out;
    }) as NonNullable<RandomSource['beta']>,
    shuffle: <T extends Shuffleable>(array: T) => {
      checkShuffleable(array);
      return shuffleByWords(words, array);
    },
    fork: (label: string) => {
      if (typeof label !== 'string') throw new TypeError(`fork: label must be a string, got ${String(label)}`);
      return start(seed, [...forks, label], extendPool(pool, labelWords(label)));
    },
    position: () => ({ seed, forks: [...forks], state: words.state() }),
  });
}
