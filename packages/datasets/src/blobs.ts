/** Blobs: a normal distribution for each class. */
import { type RandomSource, toRows } from '@mixup/core';
import type { Dataset } from './dataset.ts';
import { checkClasses, checkPlane, classSizes, type PlaneOptions, samplePlane } from './plane-problem.ts';

export interface BlobsOptions extends PlaneOptions {
  /** An integer in [2, 100], by default 3: as many centres, evenly spaced on the unit circle, from (1, 0) on. */
  readonly classes?: number;
  /** [classes, 2], centres of one's own, instead of `classes`. */
  readonly centers?: readonly (readonly [x: number, y: number])[];
}

/**
 * Draw each class from a normal distribution of its own, with standard deviation `noise` in both coordinates.
 *
 * For a `RandomState` these are the points of scikit-learn's `make_blobs(centers=…, cluster_std=noise)`, in the same
 * order, up to the rounding of one logarithm.
 *
 * @returns features [rows, 2]; classes of equal size, the first ones with a row more where it does not divide
 * @throws RangeError for rows, noise, classes or centers out of range
 * @throws TypeError when `random` is no function, and for both of classes and centers
 * @example
 * const { features, labels } = blobs(createRandom(0).fork('data'), { rows: 300, noise: 0.3, classes: 4 });
 * @see scikit-learn, `sklearn.datasets.make_blobs`
 */
export function blobs(random: RandomSource, options: BlobsOptions): Dataset {
  const { rows, noise = 0, centers, classes = centers?.length ?? 3 } = options;
  checkClasses('blobs', classes);
  checkPlane('blobs', random, options, classes);
  if (centers && options.classes !== undefined) {
    throw new TypeError('blobs: at most one of classes and centers must be given, got both');
  }
  const { data, shape } = toRows(centers ?? onCircle(classes), 'blobs: centers');
  if (shape.length !== 2 || shape[1] !== 2) {
    throw new RangeError(`blobs: centers must have shape [classes, 2], got [${shape.join(', ')}]`);
  }
  return samplePlane(random, {
    name: 'blobs',
    title: 'Blobs',
    citation: "scikit-learn's make_blobs",
    classNames: Array.from({ length: classes }, (_, id) => `blob ${id}`),
    sizes: classSizes(rows, classes),
    noise,
    noiseFirst: true,
    place: (id) => [data[2 * id] as number, data[2 * id + 1] as number],
  });
}

function onCircle(classes: number): (readonly [number, number])[] {
  return Array.from({ length: classes }, (_, id) => {
    const angle = (2 * Math.PI * id) / classes;
    return [Math.cos(angle), Math.sin(angle)];
  });
}
