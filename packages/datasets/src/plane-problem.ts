/** Problems in the plane: points on curves in two dimensions, shuffled, noise added. */
import { type RandomSource, samplePermutation } from '@mixup/core';
import type { Dataset } from './dataset.ts';
import { datasetDigest } from './digest.ts';
import { sampleNormals } from './normal.ts';

/** What every problem in the plane takes. */
export interface PlaneOptions {
  /** Points in all, an integer in [classes, 2 ** 24]; the first classes get what does not divide. */
  readonly rows: number;
  /** Standard deviation of the normal noise added to both coordinates, >= 0; by default 0. */
  readonly noise?: number;
}

export interface PlaneProblem {
  readonly name: string;
  readonly title: string;
  readonly citation: string;
  readonly classNames: readonly string[];
  /** [classes], the rows of each */
  readonly sizes: readonly number[];
  /** @returns the place of row `i` of class `id`, without noise */
  readonly place: (id: number, i: number) => readonly [x: number, y: number];
  readonly noise: number;
  /** Whether noise is drawn before the rows are shuffled, as `make_blobs` does. */
  readonly noiseFirst?: boolean;
}

/** Make a data set of a problem: the points class by class, then shuffled, with noise drawn as scikit-learn draws it. */
export function samplePlane(random: RandomSource, problem: PlaneProblem): Dataset {
  const { name, title, citation, classNames, sizes, place, noise, noiseFirst = false } = problem;
  const ids = sizes.flatMap((size, id) => new Array<number>(size).fill(id));
  const points = sizes.flatMap((size, id) => Array.from({ length: size }, (_, i) => place(id, i)));
  const rows = ids.length;
  const draw = () => (noise > 0 ? sampleNormals(random, 2 * rows) : new Float64Array(2 * rows));
  const before = noiseFirst ? draw() : undefined;
  const order = samplePermutation(random, rows);
  const added = before ?? draw();
  const data = new Float64Array(2 * rows);
  for (let row = 0; row < rows; row++) {
    const from = order[row] as number;
    const at = before ? from : row;
    const [x, y] = points[from] as readonly [number, number];
    data[2 * row] = x + noise * (added[2 * at] as number);
    data[2 * row + 1] = y + noise * (added[2 * at + 1] as number);
  }
  const features = { data, shape: [rows, 2] } as const;
  const labels = Int32Array.from(order, (from) => ids[from] as number);
  return {
    name,
    features,
    labels,
    classNames,
    featureNames: ['x', 'y'],
    card: { title, source: 'Drawn from a seed', licence: 'MIT', citation, notes: 'Not measured: a made problem.' },
    digest: datasetDigest(features, labels),
  };
}

/** Share rows out over classes: equally, what is left over to the first ones. */
export function classSizes(rows: number, classes: number): number[] {
  return Array.from({ length: classes }, (_, id) => Math.floor(rows / classes) + (id < rows % classes ? 1 : 0));
}

/** @throws TypeError when `random` is no function, RangeError for rows and noise out of range */
export function checkPlane(of: string, random: RandomSource, { rows, noise = 0 }: PlaneOptions, classes: number): void {
  if (typeof random !== 'function') {
    throw new TypeError(`${of}: random must be a function that returns numbers in [0, 1), got ${typeof random}`);
  }
  if (!(Number.isInteger(rows) && rows >= classes && rows <= 2 ** 24)) {
    throw new RangeError(`${of}: rows must be an integer in [${classes}, 2 ** 24], got ${rows}`);
  }
  checkNotNegative(of, 'noise', noise);
}

/** @throws RangeError unless `value` is finite and >= 0 */
export function checkNotNegative(of: string, name: string, value: number): void {
  if (!(value >= 0 && value < Infinity)) throw new RangeError(`${of}: ${name} must be finite and >= 0, got ${value}`);
}

/** @throws RangeError unless `classes` is an integer in [2, 100] */
export function checkClasses(of: string, classes: number): void {
  if (!(Number.isInteger(classes) && classes >= 2 && classes <= 100)) {
    throw new RangeError(`${of}: classes must be an integer in [2, 100], got ${classes}`);
  }
}
