/** Moons: two half circles, each reaching into the other. */
import type { RandomSource } from '@mixup/core';
import type { Dataset } from './dataset.ts';
import { checkPlane, type PlaneOptions, samplePlane } from './plane-problem.ts';

/**
 * Draw two interleaved half circles: (cos t, sin t) above, (1 - cos t, 1/2 - sin t) below, t evenly spaced in [0, π].
 *
 * For a `RandomState` these are the points of scikit-learn's `make_moons`, in the same order, up to the rounding of sine,
 * cosine and logarithm, which JavaScript engines may round differently from each other.
 *
 * @returns features [rows, 2], 2 classes, half of the rows above, rounded down
 * @throws RangeError for rows or noise out of range
 * @throws TypeError when `random` is no function
 * @example
 * const { features, labels } = moons(createRandom(0).fork('data'), { rows: 200, noise: 0.1 });
 * @see scikit-learn, `sklearn.datasets.make_moons`
 */
export function moons(random: RandomSource, options: PlaneOptions): Dataset {
  checkPlane('moons', random, options, 2);
  const { rows, noise = 0 } = options;
  const above = Math.floor(rows / 2);
  const sizes = [above, rows - above];
  return samplePlane(random, {
    name: 'moons',
    title: 'Two moons',
    citation: "scikit-learn's make_moons",
    classNames: ['above', 'below'],
    sizes,
    noise,
    place: (id, i) => {
      const t = (Math.PI * i) / Math.max(1, (sizes[id] as number) - 1);
      return id === 0 ? [Math.cos(t), Math.sin(t)] : [1 - Math.cos(t), 0.5 - Math.sin(t)];
    },
  });
}
