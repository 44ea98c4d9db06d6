/** Conformance: what comes in, and what is refused at the door. */
import type { Rows } from '@mixup/core';
import type { Head, LoadOptions } from '../engine.ts';
import type { BenchCase } from './conformance.ts';
import { ensure, ensureThrows } from './expectation.ts';

const x: Rows = { data: Float64Array.of(1, 2, 3, 4), shape: [2, 2] };
/** Two rows; the second one as it is given. */
const labels = (...second: readonly number[]): Rows => ({
  data: Float64Array.of(...second.map((_, i) => Number(i === 0)), ...second),
  shape: [2, second.length],
});

const wrongLabels: Readonly<Record<Head, readonly (readonly number[])[]>> = {
  softmax: [[0.5, 0.4], [1, 1], [0, 0], [1.5, -0.5], [Number.NaN, 1], [1]],
  sigmoid: [
    [0.5, 1.5],
    [-0.5, 1],
    [0, Number.NaN],
  ],
  linear: [
    [Number.NaN, 1],
    [Infinity, 1],
    [1, -1e39],
  ],
};
const heads = Object.keys(wrongLabels) as Head[];

export const loadingCases: readonly BenchCase[] = [
  {
    name: 'features that are NaN, infinite or beyond float32 are refused',
    check: async ({ engine }) => {
      for (const value of [Number.NaN, Infinity, -Infinity, 1e39]) {
        for (const shape of [x.shape, [2, 2, 1, 1] as const]) {
          const wrong = { data: Float64Array.of(1, 2, value, 4), shape };
          await ensureThrows(() => engine.load(wrong, labels(0, 1)), RangeError, /\bx\b.*in row 1/);
        }
      }
    },
  },
  ...heads.map(
    (head): BenchCase => ({
      name: `labels that a ${head} head can't be scored on are refused`,
      check: async ({ engine }) => {
        for (const wrong of wrongLabels[head]) {
          await ensureThrows(() => engine.load(x, labels(...wrong), { head }), RangeError, /\by\b/);
        }
      },
    }),
  ),
  {
    name: 'soft labels are taken, many yes-or-no labels and any targets, each for its head',
    check: async ({ engine }) => {
      const kinds: readonly (readonly [Head | undefined, Rows])[] = [
        [undefined, labels(0.25, 0.75)],
        ['softmax', labels(0.25, 0.25, 0.5)],
        ['sigmoid', labels(1, 1)],
        ['sigmoid', labels(0.5)],
        ['linear', labels(-7, 1e30)],
      ];
      for (const [head, y] of kinds) {
        const data = engine.load(x, y, head && { head });
        ensure(data.rows === 2, `rows: 2 expected, got ${data.rows}`);
        data.dispose();
      }
    },
  },
  {
    name: 'labels for other rows, sample weights for other rows, below 0 or not finite are refused',
    check: async ({ engine }) => {
      const three: Rows = { data: Float64Array.of(1, 0, 1, 0, 1, 0), shape: [3, 2] };
      await ensureThrows(() => engine.load(x, three), RangeError, /\bx and y\b/);
      const classIds = { data: Float64Array.of(0, 1), shape: [2] } as const;
      await ensureThrows(() => engine.load(x, classIds), RangeError, /\by\b/);
      for (const wrong of [[1], [1, 1, 1], [1, -1], [Number.NaN, 1], [1, Infinity]]) {
        const options: LoadOptions = { weights: Float64Array.from(wrong) };
        await ensureThrows(() => engine.load(x, labels(0, 1), options), RangeError, /weights/);
      }
    },
  },
];
