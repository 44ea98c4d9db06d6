/** Seeds for initializers. */
import { createRandom } from '@mixup/core';

/**
 * Create a source of seeds for the initializers of one model, each of its own: layers that share a seed share their weights, and
 * tfjs takes 0 for no seed.
 *
 * @param seed an integer >= 0
 * @returns a function that gives the next seed, an integer in [1, 2^31]
 * @throws RangeError when `seed` is no such integer
 * @example
 * const nextSeed = createSeeds(0);
 * tf.layers.dense({ units: 10, kernelInitializer: tf.initializers.glorotUniform({ seed: nextSeed() }) });
 */
export function createSeeds(seed: number, name = 'createSeeds'): () => number {
  if (!(Number.isSafeInteger(seed) && seed >= 0)) {
    throw new RangeError(`${name}: seed must be an integer >= 0, got ${seed}`);
  }
  const random = createRandom(seed);
  return () => 1 + Math.floor(random() * 2 ** 31);
}
