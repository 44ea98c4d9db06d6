/** Circles: one within the other. */
import type { RandomSource } from '@mixup/core';
import type { Dataset } from './dataset.ts';
import { checkPlane, type PlaneOptions, samplePlane } from './plane-problem.ts';

export interface CirclesOptions extends PlaneOptions {
  /** Radius of the inner circle, in [0, 1); by default 0.8. The outer one has radius 1. */
  readonly factor?: number;
}

/**
 * Draw two circles about the origin: (cos t, sin t), and the same times `factor`, t evenly spaced in [0, 2π).
 *
 * For a `RandomState` these are the points of scikit-learn's `make_circles`, in the same order, up to the rounding of
 * sine, cosine and logarithm.
 *
 * @returns features [rows, 2], 2 classes, half of the rows outside, rounded down
 * @throws RangeError for rows, noise or factor out of range
 * @throws TypeError when `random` is no function
 * @example
 * const { features, labels } = circles(createRandom(0).fork('data'), { rows: 200, noise: 0.1, factor: 0.5 });
 * @see scikit-learn, `sklearn.datasets.make_circles`
 */
export function circles(random: RandomSource, options: CirclesOptions): Dataset {
  checkPlane('circles', random, options, 2);
  const { rows, noise = 0, factor = 0.8 } = options;
  if (!(factor >= 0 && factor < 1)) throw new RangeError(`circles: factor must be in [0, 1), got ${factor}`);
  const outside = Math.floor(rows / 2);
  const sizes = [outside, rows - outside];
  return samplePlane(random, {
    name: 'circles',
    title: 'Two circles',
    citation: "scikit-learn's make_circles",
    classNames: ['outer', 'inner'],
    sizes,
    noise,
    place: (id, i) => {
      const t = (2 * Math.PI * i) / (sizes[id] as number);
      const radius = id === 0 ? 1 : factor;
      return [radius * Math.cos(t), radius * Math.sin(t)];
    },
  });
}
