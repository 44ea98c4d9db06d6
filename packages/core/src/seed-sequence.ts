/** NumPy's SeedSequence: words of entropy in, well-mixed words out, the same numbers as NumPy gives. */

const POOL_SIZE = 4;
const INIT_A = 0x43b0d7e5;
const MULT_A = 0x931e8875;
const INIT_B = 0x8b51f9dd;
const MULT_B = 0x58f38ded;
const MIX_LEFT = 0xca01f9dd;
const MIX_RIGHT = 0x4973f715;

/** All entropy up to here, so that a stream which forks from another need not mix the other's words again. */
export interface SeedPool {
  /** [4] */
  readonly words: readonly number[];
  /** What the next word is hashed with. */
  readonly constant: number;
}

/**
 * Mix a seed.
 *
 * @param entropy its words, each in [0, 2 ** 32)
 * @see O'Neill, "Developing a seed_seq Alternative", 2015
 */
export function createPool(entropy: readonly number[]): SeedPool {
  // Zeros for what is missing: NumPy pads with them where there is a spawn key, and hashes them where there is none.
  const words: number[] = [];
  let constant = INIT_A;
  for (let i = 0; i < POOL_SIZE; i++) {
    words.push(hash(entropy[i] ?? 0, constant));
    constant = Math.imul(constant, MULT_A);
  }
  for (let from = 0; from < POOL_SIZE; from++) {
    for (let to = 0; to < POOL_SIZE; to++) {
      if (from === to) continue;
      words[to] = mix(words[to] as number, hash(words[from] as number, constant));
      constant = Math.imul(constant, MULT_A);
    }
  }
  return extendPool({ words, constant }, entropy.slice(POOL_SIZE));
}

/**
 * Mix in more words: those of a seed past the fourth, or those that tell a stream from its siblings, NumPy's `spawn_key`.
 *
 * @param key each in [0, 2 ** 32)
 * @returns another pool
 */
export function extendPool(pool: SeedPool, key: readonly number[]): SeedPool {
  const words = [...pool.words];
  let { constant } = pool;
  for (const word of key) {
    for (let to = 0; to < POOL_SIZE; to++) {
      words[to] = mix(words[to] as number, hash(word, constant));
      constant = Math.imul(constant, MULT_A);
    }
  }
  return { words, constant };
}

/**
 * Fill the state of a generator.
 *
 * @param size how many words to give
 * @returns what `generate_state(size)` of `numpy.random.SeedSequence` returns for the entropy and the key of the pool, each in [0, 2 ** 32)
 */
export function generateState({ words }: SeedPool, size: number): number[] {
  const state: number[] = [];
  let constant = INIT_B;
  for (let i = 0; i < size; i++) {
    let value = (words[i % POOL_SIZE] as number) ^ constant;
    constant = Math.imul(constant, MULT_B);
    value = Math.imul(value, constant);
    state.push((value ^ (value >>> 16)) >>> 0);
  }
  return state;
}

function hash(word: number, constant: number): number {
  const value = Math.imul(word ^ constant, Math.imul(constant, MULT_A));
  return value ^ (value >>> 16);
}

function mix(x: number, y: number): number {
  const value = Math.imul(MIX_LEFT, x) - Math.imul(MIX_RIGHT, y);
  return value ^ (value >>> 16);
}
