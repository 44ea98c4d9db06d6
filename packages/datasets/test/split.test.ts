import { createRandom } from '@mixup/core';
import { createRandomState } from '@mixup/core/numpy';
import { describe, expect, test } from 'vitest';
import { type TrainTestSplitOptions, trainTestSplit } from '../src/index.ts';
import { sampleProportional } from '../src/strata.ts';
import { fc } from './fast-check.ts';
import { readCases, sha256 } from './golden.ts';

type GoldenRows = { readonly values: number[] } | { readonly length: number; first: number[]; sha256: string };

interface SplitCase {
  readonly n: number;
  readonly seed: number;
  readonly calls: number;
  readonly testSize?: number;
  readonly trainSize?: number;
  readonly strata?: string;
  readonly train: GoldenRows;
  readonly test: GoldenRows;
}

/** Rows in the form of the golden file. */
function shown(rows: Int32Array): GoldenRows {
  if (rows.length <= 40) return { values: [...rows] };
  return { length: rows.length, first: [...rows.subarray(0, 5)], sha256: sha256(rows) };
}

describe.each(['splits', 'stratified-splits'])('%s', (file) => {
  const cases = readCases<SplitCase>(file);

  test('trainTestSplit gives the rows of scikit-learn in the same order, for every case', () => {
    expect(cases.length).toBeGreaterThan(60);
    for (const { n, seed, calls, strata, train, test, ...sizes } of cases) {
      const options = { ...sizes, ...(strata ? { stratify: strata.split(' ').map(Number) } : {}) };
      const randomState = calls > 1 ? createRandomState(seed) : seed;
      let split = trainTestSplit(n, { ...options, randomState });
      for (let call = 1; call < calls; call++) split = trainTestSplit(n, { ...options, randomState });
      const label = JSON.stringify({ n, seed, calls, ...options });
      expect({ train: shown(split.train), test: shown(split.test) }, label).toEqual({ train, test });
    }
  });

  test('a RandomState given as random draws what it draws as randomState', () => {
    for (const { n, seed, strata, train: _, test: __, calls: ___, ...sizes } of cases.slice(0, 20)) {
      const options = { ...sizes, ...(strata ? { stratify: strata.split(' ').map(Number) } : {}) };
      expect(trainTestSplit(n, { ...options, random: createRandomState(seed) })).toEqual(
        trainTestSplit(n, { ...options, randomState: seed }),
      );
    }
  });
});

const size = fc.oneof(fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.integer({ min: 1, max: 60 }));

/** Any split that is possible, else undefined. */
function attempt(n: number, options: TrainTestSplitOptions) {
  try {
    return trainTestSplit(n, options);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

test('a split is a partition: each row is in exactly one part, and the test part has the size asked for', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 200 }), size, fc.nat(), (n, testSize, seed) => {
      const split = attempt(n, { testSize, random: createRandom(seed) });
      fc.pre(split !== undefined);
      const { train, test } = split;
      expect([...train, ...test].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      expect(test.length).toBe(testSize < 1 ? Math.ceil(testSize * n) : testSize);
    }),
  );
});

test('a stratified split is a partition, and each class is within 1 row of its share in both parts', () => {
  const strata = fc.array(fc.nat(4), { minLength: 10, maxLength: 120 });
  fc.assert(
    fc.property(strata, fc.double({ min: 0.1, max: 0.6, noNaN: true }), fc.nat(), (stratify, testSize, seed) => {
      const n = stratify.length;
      const split = attempt(n, { testSize, stratify, random: createRandom(seed) });
      fc.pre(split !== undefined);
      const { train, test } = split;
      expect([...train, ...test].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      for (const id of new Set(stratify)) {
        const count = (rows: ArrayLike<number>) => Array.from(rows).filter((row) => stratify[row] === id).length;
        const all = stratify.filter((other) => other === id).length;
        for (const part of [train, test]) {
          expect(Math.abs(count(part) - (all * part.length) / n)).toBeLessThan(1 + 1e-9); // rounding of the share
        }
      }
    }),
  );
});

test('sampleProportional gives each class its share rounded down, and what is left to the largest remainders', () => {
  const random = createRandom(0);
  expect(sampleProportional(random, [6, 3, 1], 10)).toEqual([6, 3, 1]);
  expect(sampleProportional(random, [60, 30, 10], 7)).toEqual([4, 2, 1]); // 4.2, 2.1, 0.7
  expect(sampleProportional(random, [5, 5], 0)).toEqual([0, 0]);
});

test('sampleProportional draws lots among equal remainders: each of 3 classes gets the one row a third of the time', () => {
  const random = createRandom(1);
  const wins = [0, 0, 0];
  const draws = 3000;
  for (let i = 0; i < draws; i++) {
    const winner = sampleProportional(random, [5, 5, 5], 1).indexOf(1);
    wins[winner] = (wins[winner] as number) + 1;
  }
  // 5 standard errors of a proportion of 1 / 3.
  for (const won of wins) expect(Math.abs(won / draws - 1 / 3)).toBeLessThan(5 * Math.sqrt(2 / 9 / draws));
});

test('both sizes given leave the rest out of both parts', () => {
  const { train, test } = trainTestSplit(20, { testSize: 3, trainSize: 0.5, randomState: 0 });
  expect([train.length, test.length]).toEqual([10, 3]);
  expect(new Set([...train, ...test]).size).toBe(13);
});

test('two forks of a seed give two splits, and the same fork the same one', () => {
  const split = (label: string) => trainTestSplit(150, { random: createRandom(0).fork(label) });
  expect(split('a')).toEqual(split('a'));
  expect(split('a')).not.toEqual(split('b'));
});

test('a split of many rows does not run out of stack', () => {
  const n = 300_000;
  const stratify = Int32Array.from({ length: n }, (_, row) => row % 2);
  expect(trainTestSplit(n, { randomState: 0, stratify }).train).toHaveLength(225_000);
});

test('trainTestSplit does not change what it is given', () => {
  const stratify = Int32Array.of(1, 0, 1, 0);
  trainTestSplit(4, { testSize: 2, stratify, randomState: 0 });
  expect(stratify).toEqual(Int32Array.of(1, 0, 1, 0));
});

const fraction = 'must be a fraction in (0, 1) or an integer in [1, 9], got';
const refused: [n: number, options: object, message: string][] = [
  [10, { testSize: Number.NaN, randomState: 0 }, `trainTestSplit: testSize ${fraction} NaN`],
  [10, { testSize: 0, randomState: 0 }, `trainTestSplit: testSize ${fraction} 0`],
  [10, { testSize: -0.2, randomState: 0 }, `trainTestSplit: testSize ${fraction} -0.2`],
  [10, { testSize: 1.5, randomState: 0 }, `trainTestSplit: testSize ${fraction} 1.5`],
  [10, { testSize: 10, randomState: 0 }, `trainTestSplit: testSize ${fraction} 10`],
  [10, { testSize: Infinity, randomState: 0 }, `trainTestSplit: testSize ${fraction} Infinity`],
  [10, { trainSize: Number.NaN, randomState: 0 }, `trainTestSplit: trainSize ${fraction} NaN`],
  [
    10,
    { testSize: 0.99, randomState: 0 },
    'trainTestSplit: each part must have a row, got an empty train part of 10 rows for testSize 0.99 and trainSize by default',
  ],
  [
    10,
    { trainSize: 0.05, randomState: 0 },
    'trainTestSplit: each part must have a row, got an empty train part of 10 rows for testSize by default and trainSize 0.05',
  ],
  [
    10,
    { testSize: 6, trainSize: 5, randomState: 0 },
    'trainTestSplit: the parts must not exceed 10 rows, got 11 for testSize 6 and trainSize 5',
  ],
  [1, { randomState: 0 }, 'trainTestSplit: n must be an integer in [2, 2 ** 31), got 1'],
  [2.5, { randomState: 0 }, 'trainTestSplit: n must be an integer in [2, 2 ** 31), got 2.5'],
  [Number.NaN, { randomState: 0 }, 'trainTestSplit: n must be an integer in [2, 2 ** 31), got NaN'],
  [10, {}, 'trainTestSplit: exactly one of randomState and random must be given, got neither'],
  [
    10,
    { randomState: 0, random: createRandom(0) },
    'trainTestSplit: exactly one of randomState and random must be given, got both',
  ],
  [10, { random: 0 }, 'trainTestSplit: random must be a function that returns numbers in [0, 1)'],
  [10, { randomState: -1 }, 'trainTestSplit: randomState must be an integer in [0, 2 ** 32) or a RandomState, got -1'],
  [
    10,
    { randomState: 2 ** 32 },
    'trainTestSplit: randomState must be an integer in [0, 2 ** 32) or a RandomState, got 4294967296',
  ],
  [
    4,
    { randomState: 0, stratify: [0, 1, 0] },
    'trainTestSplit: stratify must have one class id for each of 4 rows, got 3',
  ],
  [
    4,
    { randomState: 0, stratify: [0, Number.NaN, 0, 1] },
    'trainTestSplit: stratify must hold integers, got NaN in row 1',
  ],
  [
    4,
    { randomState: 0, stratify: [3, 3, 3, 3] },
    'trainTestSplit: stratify must hold at least 2 classes, got class 3 only',
  ],
  [
    4,
    { randomState: 0, stratify: [0, 0, 0, 1] },
    'trainTestSplit: each class must have at least 2 rows to be stratified, got 1 of class 1',
  ],
  [
    6,
    { randomState: 0, testSize: 1, stratify: [0, 0, 0, 1, 1, 1] },
    'trainTestSplit: the test part must have a row for each of 2 classes, got 1 rows',
  ],
  [
    6,
    { randomState: 0, testSize: 5, stratify: [0, 0, 0, 1, 1, 1] },
    'trainTestSplit: the train part must have a row for each of 2 classes, got 1 rows',
  ],
];

test.each(refused)('trainTestSplit(%i, %j) is refused', (n, options, message) => {
  expect(() => trainTestSplit(n, options as TrainTestSplitOptions)).toThrow(message);
  expect(message).not.toContain('\n');
});

test('trainTestSplit refuses a source without NumPy’s stream as randomState', () => {
  const randomState = createRandom(0) as never;
  expect(() => trainTestSplit(10, { randomState })).toThrow('or a RandomState, got another function');
});

test('trainTestSplit without options asks for a source', () => {
  expect(() => (trainTestSplit as (n: number) => unknown)(10)).toThrow('got neither');
});
