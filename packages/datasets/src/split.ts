/** Split: which rows to train on, and which to hold out. */
import { type RandomSource, samplePermutation } from '@mixup/core';
import { createRandomState, type RandomState } from '@mixup/core/numpy';
import { sampleStratified } from './strata.ts';

/** Row numbers, no row in both. */
export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

export interface SplitSizes {
  /** A fraction in (0, 1), rounded up, or a count >= 1; by default what `trainSize` leaves, else 0.25. */
  readonly testSize?: number;
  /** A fraction in (0, 1), rounded down, or a count >= 1; by default what `testSize` leaves. */
  readonly trainSize?: number;
}

export type TrainTestSplitOptions = SplitSizes & {
  /** [n], the class id of each row, any integers: both parts get each class in proportion. */
  readonly stratify?: ArrayLike<number>;
} & (
    | {
        /** A seed in [0, 2 ** 32), as scikit-learn takes it, or a `RandomState`, which moves on with each split. */
        readonly randomState: number | RandomState;
        readonly random?: undefined;
      }
    | { readonly random: RandomSource; readonly randomState?: undefined }
  );

/**
 * Split rows at random into those to train on and those to test on.
 *
 * For a `randomState` these are the rows of scikit-learn's `train_test_split(range(n), random_state=…)`, in the same
 * order, stratified too. A `random` draws by the same algorithm from a stream of one's own.
 *
 * @param n the number of rows, an integer in [2, 2 ** 31)
 * @returns row numbers in random order; rows may be left over where both sizes are given
 * @throws RangeError for a size that is no size, an impossible split, and, stratified, for one class only, a class of
 * one row, a part with fewer rows than classes, and ids that are not one whole number for each row
 * @throws TypeError unless exactly one of `randomState` and `random` is given
 * @example
 * const { train, test } = trainTestSplit(150, { testSize: 0.2, randomState: 0, stratify: labels });
 */
export function trainTestSplit(n: number, options: TrainTestSplitOptions): Split {
  if (!(Number.isInteger(n) && n >= 2 && n < 2 ** 31)) {
    throw new RangeError(`trainTestSplit: n must be an integer in [2, 2 ** 31), got ${n}`);
  }
  const random = sourceOf(options ?? {});
  const { train, test } = splitSizes(n, options);
  if (options.stratify) return sampleStratified(random, checkStrata(options.stratify, n, train, test), train, test);
  const order = samplePermutation(random, n);
  return { test: order.slice(0, test), train: order.slice(test, test + train) };
}

function sourceOf({ randomState, random }: Partial<TrainTestSplitOptions>): RandomSource {
  if ((randomState === undefined) === (random === undefined)) {
    const got = random === undefined ? 'neither' : 'both';
    throw new TypeError(`trainTestSplit: exactly one of randomState and random must be given, got ${got}`);
  }
  if (typeof random === 'function') return random;
  if (typeof randomState === 'function' && 'randomSample' in randomState) return randomState;
  if (random !== undefined)
    throw new TypeError('trainTestSplit: random must be a function that returns numbers in [0, 1)');
  const seed = randomState as number;
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)) {
    throw new RangeError(
      `trainTestSplit: randomState must be an integer in [0, 2 ** 32) or a RandomState, got ${typeof seed === 'function' ? 'another function' : String(seed)}`,
    );
  }
  return createRandomState(seed);
}

/** Turn sizes into counts: a test part is rounded up, a training part down, as scikit-learn does. */
function splitSizes(n: number, { testSize, trainSize }: SplitSizes): { train: number; test: number } {
  checkSize('testSize', testSize, n);
  checkSize('trainSize', trainSize, n);
  const asTest = testSize ?? (trainSize === undefined ? 0.25 : undefined);
  const given = {
    test: asTest === undefined || asTest >= 1 ? asTest : Math.ceil(asTest * n),
    train: trainSize === undefined || trainSize >= 1 ? trainSize : Math.floor(trainSize * n),
  };
  const test = given.test ?? n - (given.train as number);
  const train = given.train ?? n - test;
  const sizes = `testSize ${testSize ?? 'by default'} and trainSize ${trainSize ?? 'by default'}`;
  if (test + train > n) {
    throw new RangeError(`trainTestSplit: the parts must not exceed ${n} rows, got ${test + train} for ${sizes}`);
  }
  if (train < 1 || test < 1) {
    const part = train < 1 ? 'train' : 'test';
    throw new RangeError(
      `trainTestSplit: each part must have a row, got an empty ${part} part of ${n} rows for ${sizes}`,
    );
  }
  return { train, test };
}

function checkSize(name: string, size: number | undefined, n: number): void {
  if (size === undefined) return;
  if (!((size > 0 && size < 1) || (Number.isInteger(size) && size >= 1 && size < n))) {
    throw new RangeError(
      `trainTestSplit: ${name} must be a fraction in (0, 1) or an integer in [1, ${n - 1}], got ${String(size)}`,
    );
  }
}

/**
 * Sort rows by class.
 *
 * @returns for each class, by ascending id, its rows in ascending order
 */
function checkStrata(ids: ArrayLike<number>, n: number, train: number, test: number): readonly number[][] {
  if (ids.length !== n) {
    throw new RangeError(`trainTestSplit: stratify must have one class id for each of ${n} rows, got ${ids.length}`);
  }
  const rowsOf = new Map<number, number[]>();
  for (let row = 0; row < n; row++) {
    const id = ids[row] as number;
    if (!Number.isSafeInteger(id)) {
      throw new RangeError(`trainTestSplit: stratify must hold integers, got ${String(id)} in row ${row}`);
    }
    const rows = rowsOf.get(id);
    if (rows) rows.push(row);
    else rowsOf.set(id, [row]);
  }
  const classes = [...rowsOf].sort(([a], [b]) => a - b);
  if (classes.length < 2) {
    throw new RangeError(`trainTestSplit: stratify must hold at least 2 classes, got class ${classes[0]?.[0]} only`);
  }
  const alone = classes.find(([, rows]) => rows.length < 2);
  if (alone) {
    throw new RangeError(
      `trainTestSplit: each class must have at least 2 rows to be stratified, got 1 of class ${alone[0]}`,
    );
  }
  for (const [part, size] of Object.entries({ train, test })) {
    if (size < classes.length) {
      throw new RangeError(
        `trainTestSplit: the ${part} part must have a row for each of ${classes.length} classes, got ${size} rows`,
      );
    }
  }
  return classes.map(([, rows]) => rows);
}
