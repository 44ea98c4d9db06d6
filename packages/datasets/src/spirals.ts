/** Spirals: arms that wind about each other. */
import type { RandomSource } from '@mixup/core';
import type { Dataset } from './dataset.ts';
import { checkClasses, checkPlane, classSizes, type PlaneOptions, samplePlane } from './plane-problem.ts';

export interface SpiralsOptions extends PlaneOptions {
  /** An integer in [2, 100], by default 2: an arm each. */
  readonly classes?: number;
  /** How often an arm goes round, > 0; by default 1. */
  readonly turns?: number;
}

/**
 * Draw arms of an Archimedean spiral, one for each class, turned by equal angles about the origin.
 *
 * Point i of n of arm k of c is at radius r = (i + 1) / n and angle 2π (turns r + k / c): the radius grows evenly to 1, so
 * that points lie closer together towards the middle.
 *
 * @returns features [rows, 2]; classes of equal size, the first ones with a row more where it does not divide
 * @throws RangeError for rows, noise, classes or turns out of range
 * @throws TypeError when `random` is no function
 * @example
 * const { features, labels } = spirals(createRandom(0).fork('data'), { rows: 300, noise: 0.02, classes: 3 });
 * @see Lang, Witbrock, "Learning to Tell Two Spirals Apart", 1988
 */
export function spirals(random: RandomSource, options: SpiralsOptions): Dataset {
  const { rows, noise = 0, classes = 2, turns = 1 } = options;
  checkClasses('spirals', classes);
  checkPlane('spirals', random, options, classes);
  if (!(turns > 0 && turns < Infinity)) throw new RangeError(`spirals: turns must be finite and > 0, got ${turns}`);
  const sizes = classSizes(rows, classes);
  return samplePlane(random, {
    name: 'spirals',
    title: 'Spirals',
    citation: 'Lang, Witbrock, "Learning to Tell Two Spirals Apart", 1988',
    classNames: Array.from({ length: classes }, (_, id) => `arm ${id}`),
    sizes,
    noise,
    place: (id, i) => {
      const radius = (i + 1) / (sizes[id] as number);
      const angle = 2 * Math.PI * (turns * radius + id / classes);
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    },
  });
}
