/** NumPy's SeedSequence: words of entropy in, well-mixed words out, the same numbers as NumPy gives. */

const POOL_SIZE = 4;
const INIT_A = 0x43b0d7e5;
const MULT_A = 0x931e8875;
const INIT_B = 0x8b51f9dd;
const MULT_B = 0x58f38ded;
const MIX_LEFT = 0xca01f9dd;
const MIX_RIGHT = 0x4973f715;

/**
 * Fill the state of a generator.
 *
 * @param entropy the seed's words, each in [0, 2 ** 32)
 * @param spawnKey the words that tell this stream from its siblings, each in [0, 2 ** 32)
 * @param size how many words to give
 * @returns `numpy.random.SeedSequence(entropy, spawn_key=spawnKey).generate_state(size)`
 * @see O'Neill, "Developing a seed_seq Alternative", 2015
 */
export function seedSequence(entropy: readonly number[], spawnKey: readonly number[], size: number): number[] {
  // NumPy pads short entropy to the pool when there is a spawn key, so that a key never reads as entropy.
  const padding = spawnKey.length > 0 ? new Array<number>(Math.max(0, POOL_SIZE - entropy.length)).fill(0) : [];
  const words = [...entropy, ...padding, ...spawnKey];

  let hashConstant = INIT_A;
  const hash = (word: number) => {
    let value = word ^ hashConstant;
    hashConstant = Math.imul(hashConstant, MULT_A);
    value = Math.imul(value, hashConstant);
    return value ^ (value >>> 16);
  };
  const mix = (x: number, y: number) => {
    const value = Math.imul(MIX_LEFT, x) - Math.imul(MIX_RIGHT, y);
    return value ^ (value >>> 16);
  };

  const pool: number[] = [];
  for (let i = 0; i < POOL_SIZE; i++) pool.push(hash(words[i] ?? 0));
  for (let from = 0; from < POOL_SIZE; from++) {
    for (let to = 0; to < POOL_SIZE; to++) {
      if (from !== to) pool[to] = mix(pool[to] as number, hash(pool[from] as number));
    }
  }
  for (let from = POOL_SIZE; from < words.length; from++) {
    for (let to = 0; to < POOL_SIZE; to++) pool[to] = mix(pool[to] as number, hash(words[from] as number));
  }

  let stateConstant = INIT_B;
  return Array.from({ length: size }, (_, i) => {
    let value = (pool[i % POOL_SIZE] as number) ^ stateConstant;
    stateConstant = Math.imul(stateConstant, MULT_B);
    value = Math.imul(value, stateConstant);
    return (value ^ (value >>> 16)) >>> 0;
  });
}
