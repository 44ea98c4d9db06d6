/** The Mersenne Twister, as NumPy's RandomState seeds and reads it. */

const N = 624;
const M = 397;

/** A stream of 32-bit words. */
export interface Mt19937 {
  /** @returns an integer in [0, 2 ** 32) */
  uint32(): number;
  /** @returns a number in [0, 1) with 53 random bits, from two words */
  double(): number;
}

/**
 * Create a Mersenne Twister.
 *
 * @param seed an integer in [0, 2 ** 32), as `numpy.random.seed(seed)` takes it
 * @see Matsumoto, Nishimura, "Mersenne Twister", 1998; the initialisation is that of 2002 (`init_genrand`)
 */
export function createMt19937(seed: number): Mt19937 {
  const state = new Uint32Array(N);
  state[0] = seed;
  for (let i = 1; i < N; i++) {
    const previous = state[i - 1] as number;
    state[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
  }
  let at = N;

  const twist = (i: number, next: number, far: number) => {
    const y = ((state[i] as number) & 0x80000000) | ((state[next] as number) & 0x7fffffff);
    state[i] = (state[far] as number) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  };
  const refill = () => {
    for (let i = 0; i < N; i++) twist(i, (i + 1) % N, (i + M) % N);
    at = 0;
  };
  const uint32 = () => {
    if (at === N) refill();
    let y = state[at++] as number;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  };
  return {
    uint32,
    double: () => ((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) / 9007199254740992,
  };
}
