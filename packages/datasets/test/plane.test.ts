import { createRandom, type RandomSource } from '@mixup/core';
import { createRandomState } from '@mixup/core/numpy';
import { describe, expect, test } from 'vitest';
import { blobs, circles, type Dataset, datasetDigest, moons, spirals } from '../src/index.ts';
import { fc } from './fast-check.ts';
import { readCases } from './golden.ts';

interface PlaneCase {
  readonly name: 'moons' | 'circles' | 'blobs';
  readonly seed: number;
  readonly rows: number;
  readonly noise: number;
  readonly factor?: number;
  readonly centers?: [number, number][];
  readonly features: [number, number][];
  readonly labels: number[];
}

const problems = { moons, circles, blobs, spirals };
const names = Object.keys(problems) as (keyof typeof problems)[];
const random = () => createRandom(3).fork('data');
const points = ({ features: { data, shape } }: Dataset) =>
  Array.from({ length: shape[0] }, (_, row) => [data[2 * row] as number, data[2 * row + 1] as number] as const);

test.each(readCases<PlaneCase>('plane').map((golden) => [golden.name, golden.seed, golden] as const))(
  '%s of RandomState(%i) are the points of scikit-learn, in its order',
  (name, seed, { features, labels, ...options }) => {
    const { rows, noise, factor, centers } = options;
    const given = { rows, noise, ...(factor === undefined ? {} : { factor }), ...(centers ? { centers } : {}) };
    const dataset = problems[name](createRandomState(seed), given);
    expect([...dataset.labels]).toEqual(labels);
    // Sine, cosine and logarithm are each a unit in the last place of a number below 4 off at most: 2 ** -51 each.
    const off = features.flat().map((value, i) => Math.abs((dataset.features.data[i] as number) - value));
    expect(Math.max(...off)).toBeLessThan(4 * 2 ** -51);
  },
);

describe.each(names)('%s', (name) => {
  const sample = (source: RandomSource, options: { rows: number; noise?: number }) => problems[name](source, options);

  test('has as many rows as asked for, its classes within a row of each other, and a digest of what it holds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 60 }), fc.integer({ min: 0, max: 2 ** 32 }), (rows, seed) => {
        const { features, labels, classNames, digest } = sample(createRandom(seed), { rows, noise: 0.1 });
        expect(features.shape).toEqual([rows, 2]);
        expect(features.data.every(Number.isFinite)).toBe(true);
        const counts = classNames.map((_, id) => labels.filter((label) => label === id).length);
        expect(counts.reduce((sum, count) => sum + count)).toBe(rows);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        expect(digest).toBe(datasetDigest(features, labels));
      }),
    );
  });

  test('gives the same points for the same seed, and others for another', () => {
    const options = { rows: 30, noise: 0.1 };
    expect(sample(random(), options)).toEqual(sample(random(), options));
    expect(sample(random(), options).digest).not.toBe(sample(createRandom(4), options).digest);
  });

  test('adds normal noise of the deviation that was asked for', () => {
    const rows = 4000;
    const noise = 0.3;
    const noisy = sample(random(), { rows, noise });
    const plain = points(sample(random(), { rows }));
    // All but blobs are shuffled before the noise is drawn, so that without it the same rows are where they were.
    const place = (row: number) =>
      name === 'blobs' ? center(noisy.labels[row] as number, 3) : (plain[row] as readonly [number, number]);
    const added = points(noisy).flatMap(([x, y], row) => [x - place(row)[0], y - place(row)[1]]);
    const mean = added.reduce((sum, value) => sum + value) / added.length;
    const variance = added.reduce((sum, value) => sum + value * value) / added.length;
    // 5 standard errors of the mean and of the variance of as many normal numbers.
    expect(Math.abs(mean)).toBeLessThan((5 * noise) / Math.sqrt(added.length));
    expect(Math.abs(variance / noise ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / added.length));
  });

  test('refuses rows and noise that are none, and a random source that is missing', () => {
    for (const rows of [1, 2.5, Number.NaN, 2 ** 24 + 1]) {
      expect(() => sample(random(), { rows })).toThrow(`${name}: rows must be an integer in [`);
    }
    for (const noise of [-0.1, Number.NaN, Infinity]) {
      expect(() => sample(random(), { rows: 9, noise })).toThrow(
        `${name}: noise must be finite and >= 0, got ${noise}`,
      );
    }
    expect(() => sample(undefined as never, { rows: 9 })).toThrow(`${name}: random must be a function`);
  });
});

const center = (id: number, classes: number) =>
  [Math.cos((2 * Math.PI * id) / classes), Math.sin((2 * Math.PI * id) / classes)] as const;

test('without noise each point of moons and circles is on the circle of its class', () => {
  for (const [dataset, centers, radii] of [
    [moons(random(), { rows: 41 }), [0, 0, 1, 0.5], [1, 1]],
    [circles(random(), { rows: 41, factor: 0.25 }), [0, 0, 0, 0], [1, 0.25]],
  ] as const) {
    for (const [row, [x, y]] of points(dataset).entries()) {
      const id = dataset.labels[row] as 0 | 1;
      const [cx, cy] = [centers[2 * id] as number, centers[2 * id + 1] as number];
      expect(Math.hypot(x - cx, y - cy)).toBeCloseTo(radii[id], 14);
    }
  }
});

test('without noise the angle of a spiral less that of its arm is 2π times its turns and its radius', () => {
  const turns = 1.75;
  const { labels, classNames, ...rest } = spirals(random(), { rows: 60, classes: 4, turns });
  expect(classNames).toEqual(['arm 0', 'arm 1', 'arm 2', 'arm 3']);
  for (const [row, [x, y]] of points({ labels, classNames, ...rest }).entries()) {
    const radius = Math.hypot(x, y);
    const angle = 2 * Math.PI * (turns * radius + (labels[row] as number) / 4);
    expect(Math.cos(Math.atan2(y, x) - angle)).toBeCloseTo(1, 12);
    expect(Math.round(radius * 15) / 15).toBeCloseTo(radius, 12);
  }
});

test('blobs lie about the unit circle, or about centres of one’s own', () => {
  const dataset = blobs(random(), { rows: 8, classes: 4 });
  expect(points(dataset)).toEqual(Array.from(dataset.labels, (id) => center(id, 4)));
  const centers = [[5, 5] as const, [-5, 5] as const];
  const own = blobs(random(), { rows: 8, centers });
  expect(points(own)).toEqual(Array.from(own.labels, (id) => centers[id]));
});

test('what a problem in the plane can’t be made of is refused in one line', () => {
  expect(() => circles(random(), { rows: 9, factor: 1 })).toThrow('circles: factor must be in [0, 1), got 1');
  expect(() => spirals(random(), { rows: 9, turns: 0 })).toThrow('spirals: turns must be finite and > 0, got 0');
  expect(() => spirals(random(), { rows: 9, classes: 1 })).toThrow(
    'spirals: classes must be an integer in [2, 100], got 1',
  );
  expect(() => spirals(random(), { rows: 3, classes: 4 })).toThrow('spirals: rows must be an integer in [4, 2 ** 24]');
  const centers = [[0, 0] as const, [1, 1] as const];
  expect(() => blobs(random(), { rows: 9, centers, classes: 2 })).toThrow(
    'blobs: at most one of classes and centers must be given, got both',
  );
  expect(() => blobs(random(), { rows: 9, centers: [[1], [2]] as never })).toThrow(
    'blobs: centers must have shape [classes, 2], got [2, 1]',
  );
  expect(() =>
    blobs(random(), {
      rows: 9,
      centers: [
        [0, Number.NaN],
        [1, 1],
      ],
    }),
  ).toThrow('blobs: centers');
});
