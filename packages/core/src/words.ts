/** Words: blocks of random bits, so that samplers read numbers from an array and not from a call each. */

import type { Shuffleable } from './random.ts';

/** Words in [0, 2 ** 32), read at `at` and before `end`. */
export interface Words {
  readonly block: Uint32Array;
  at: number;
  end: number;
  /**
   * See that `count` words can be read.
   *
   * @param count in [1, 4]
   */
  reserve(count: number): void;
}

/** The words of xoshiro128**, and where it stands. */
export interface XoshiroWords extends Words {
  /** @returns the state [4] from which the next word that is read comes */
  state(): number[];
}

/** Words drawn ahead: as many as fit in a few lines of cache, as most streams are short. */
const ahead = 128;

/**
 * Create the words of xoshiro128**, a block ahead of who reads.
 *
 * @param state [4], not all zero
 * @see Blackman, Vigna, "Scrambled Linear Pseudorandom Number Generators", 2021
 */
export function createXoshiroWords(state: readonly number[]): XoshiroWords {
  const block = new Uint32Array(ahead);
  let [s0 = 0, s1 = 0, s2 = 0, s3 = 0] = state;
  const words: XoshiroWords = {
    block,
    at: ahead,
    end: ahead,
    reserve: () => {
      // What was not read yet comes first: three words at most.
      const left = ahead - words.at;
      block.copyWithin(0, words.at);
      // Locals, since a variable of the closure is written back at each step.
      let a = s0;
      let b = s1;
      let c = s2;
      let d = s3;
      for (let i = left; i < ahead; i++) {
        const x = Math.imul(b, 5);
        block[i] = Math.imul((x << 7) | (x >>> 25), 9);
        const t = b << 9;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= t;
        d = (d << 11) | (d >>> 21);
      }
      s0 = a;
      s1 = b;
      s2 = c;
      s3 = d;
      words.at = 0;
    },
    state: () => {
      let [a, b, c, d] = [s0, s1, s2, s3];
      // Each step backwards: every line of the step undone, from the last to the first.
      for (let i = words.at; i < ahead; i++) {
        d = (d >>> 11) | (d << 21);
        a ^= d;
        const x = b ^ c;
        const before = x ^ (x << 9) ^ (x << 18) ^ (x << 27);
        c = b ^ before ^ a;
        b = before;
        d ^= b;
      }
      return [a >>> 0, b >>> 0, c >>> 0, d >>> 0];
    },
  };
  return words;
}

/**
 * Read words from any function that returns numbers in [0, 1), one call a word and none ahead.
 *
 * What is reserved must be read whole.
 */
export function wordsOf(random: () => number): Words {
  const block = new Uint32Array(4);
  const words: Words = {
    block,
    at: 0,
    end: 0,
    reserve: (count) => {
      for (let i = 0; i < count; i++) block[i] = checkNumber(random()) * 2 ** 32;
      words.at = 0;
      words.end = count;
    },
  };
  return words;
}

/** What is no number in [0, 1) might be drawn again for ever. */
function checkNumber(drawn: number): number {
  if (drawn >= 0 && drawn < 1) return drawn;
  throw new RangeError(`random: must return numbers in [0, 1), got ${drawn}`);
}

/** @returns a number in [0, 1) from 53 bits of two words, made as NumPy makes it from MT19937 */
export function readDouble(words: Words): number {
  if (words.at + 2 > words.end) words.reserve(2);
  const { block, at } = words;
  words.at = at + 2;
  return (((block[at] as number) >>> 5) * 67108864 + ((block[at + 1] as number) >>> 6)) * 2 ** -53;
}

/**
 * Shuffle in place, as `shuffle` does with a source that reads its numbers by `readDouble`: the same order from the same words.
 *
 * @param array any length below 2 ** 32
 */
export function shuffleByWords<T extends Shuffleable>(words: Words, array: T): T {
  const { block } = words;
  let { at, end } = words;
  for (let i = array.length - 1; i > 0; i--) {
    if (at + 2 > end) {
      words.at = at;
      words.reserve(2);
      at = words.at;
      end = words.end;
    }
    const number = (((block[at] as number) >>> 5) * 67108864 + ((block[at + 1] as number) >>> 6)) * 2 ** -53;
    at += 2;
    const j = (number * (i + 1)) >>> 0;
    const kept = array[i];
    array[i] = array[j] as never;
    array[j] = kept as never;
  }
  words.at = at;
  return array;
}
