import { expect, test } from 'vitest';
import { createDataset, type DatasetInput, datasetDigest, loadIris } from '../src/index.ts';
import { fc } from './fast-check.ts';
import { sha256 } from './golden.ts';

const pets: DatasetInput = {
  name: 'pets',
  features: [
    [4, 9],
    [30, 60],
    [5, 8],
  ],
  labels: ['dog', 'cat', 'dog'],
};

test('createDataset gives class ids in the sorted order of the names', () => {
  const { labels, classNames } = createDataset(pets);
  expect(classNames).toEqual(['cat', 'dog']);
  expect(labels).toEqual(Int32Array.of(1, 0, 1));
});

test('createDataset sorts number labels by value, not as text', () => {
  const { labels, classNames } = createDataset({ ...pets, labels: [10, 9, -1] });
  expect(classNames).toEqual(['-1', '9', '10']);
  expect(labels).toEqual(Int32Array.of(2, 1, 0));
});

test('createDataset takes labels in a typed array', () => {
  expect(createDataset({ ...pets, labels: Int32Array.of(3, 1, 3) }).labels).toEqual(Int32Array.of(1, 0, 1));
});

test('the class name of each row of createDataset is its label', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 2 }), (labels) => {
      fc.pre(new Set(labels).size > 1);
      const dataset = createDataset({ name: 'any', features: labels.map((_, i) => [i]), labels });
      expect(Array.from(dataset.labels, (id) => dataset.classNames[id])).toEqual(labels);
      expect(new Set(dataset.classNames).size).toBe(dataset.classNames.length);
    }),
  );
});

test('createDataset copies float32 rows to float64, and shares nothing with what it was given', () => {
  const data = Float32Array.of(0.1, 0.2);
  const dataset = createDataset({ name: 'two', features: { data, shape: [2, 1] }, labels: [0, 1] });
  expect(dataset.features).toEqual({ data: Float64Array.from(data), shape: [2, 1] });
  const own = { data: Float64Array.of(1, 2), shape: [2, 1] as const };
  const second = createDataset({ name: 'two', features: own, labels: [0, 1] });
  own.data[0] = 9;
  expect(second.features.data[0]).toBe(1);
});

test('createDataset fills in names and card where there are none, and keeps what is given', () => {
  expect(createDataset(pets).featureNames).toEqual(['feature 0', 'feature 1']);
  expect(createDataset(pets).card.title).toBe('pets');
  const named = createDataset({ ...pets, featureNames: ['kg', 'cm'], card: { licence: 'CC0' } });
  expect(named.featureNames).toEqual(['kg', 'cm']);
  expect(named.card).toEqual({ title: 'pets', source: '', licence: 'CC0', citation: '', notes: '' });
});

test('the rows of Iris given as one’s own have the digest of Iris', async () => {
  const iris = await loadIris();
  const own = createDataset({ name: 'mine', features: iris.features, labels: iris.labels });
  expect(own.digest).toBe(iris.digest);
});

test('datasetDigest is SHA-256 of shape, features and labels as little-endian bytes', () => {
  const bytes = new DataView(new ArrayBuffer(8 + 16 + 8));
  bytes.setInt32(0, 2, true);
  bytes.setInt32(4, 1, true);
  bytes.setFloat64(8, 0.5, true);
  bytes.setFloat64(16, -3, true);
  bytes.setInt32(24, 1, true);
  const rows = { data: Float64Array.of(0.5, -3), shape: [2, 1] as const };
  expect(datasetDigest(rows, [1, 0])).toBe(sha256(bytes));
  // float32 holds these values too, so that they are the same content.
  expect(datasetDigest({ ...rows, data: Float32Array.of(0.5, -3) }, [1, 0])).toBe(sha256(bytes));
});

test('datasetDigest changes with a value, a label, the shape and the order of the rows', () => {
  const digest = (data: number[], shape: [number, number], labels: number[]) =>
    datasetDigest({ data: Float64Array.from(data), shape }, labels);
  const digests = [
    digest([1, 2, 3, 4], [2, 2], [0, 1]),
    digest([1, 2, 3, 5], [2, 2], [0, 1]),
    digest([1, 2, 3, 4], [2, 2], [1, 0]),
    digest([1, 2, 3, 4], [1, 4], [0, 1]),
    digest([3, 4, 1, 2], [2, 2], [0, 1]),
  ];
  expect(new Set(digests).size).toBe(digests.length);
});

const refused: [what: string, change: object, message: string][] = [
  [
    'a ragged row',
    { features: [[1, 2], [3], [4, 5]] },
    'createDataset: features: rows must have the same length, got 2 in row 0 and 1 in row 1',
  ],
  [
    'NaN',
    { features: [[1], [Number.NaN], [2]] },
    'createDataset: features: every value must be finite, got NaN in row 1, value 0',
  ],
  ['one row', { features: [[1]], labels: ['a'] }, 'createDataset: features must have at least 2 rows, got 1'],
  ['no rows', { features: [], labels: [] }, 'createDataset: features must have at least 2 rows, got 0'],
  [
    'rows of nothing',
    { features: [[], [], []] },
    'createDataset: features must have shape [rows, features], got [3, 0]',
  ],
  [
    'images',
    { features: { data: new Float64Array(12), shape: [3, 2, 2] } },
    'createDataset: features must have shape [rows, features], got [3, 2, 2]',
  ],
  ['too few labels', { labels: ['a', 'b'] }, 'createDataset: labels must have one entry for each of 3 rows, got 2'],
  [
    'one class only',
    { labels: ['a', 'a', 'a'] },
    'createDataset: labels must hold at least 2 classes, got one class only: "a"',
  ],
  ['a label of NaN', { labels: [0, Number.NaN, 1] }, 'createDataset: every row must have a label, got NaN in row 1'],
  [
    'an empty label',
    { labels: ['a', 'b', ''] },
    'createDataset: every row must have a label, got an empty one in row 2',
  ],
  [
    'labels of two kinds',
    { labels: [1, '1', 2] },
    'createDataset: labels must be all strings or all numbers, got string in row 1 after number',
  ],
  [
    'labels that are no labels',
    { labels: [null, null, null] },
    'createDataset: labels must be all strings or all numbers, got object',
  ],
  [
    'a missing feature name',
    { featureNames: ['kg'] },
    'createDataset: featureNames must name each of 2 features, got 1 names',
  ],
  ['an empty name', { name: '' }, 'createDataset: name must be a string that is not empty, got ""'],
];

test.each(refused)('createDataset refuses %s', (_, change, message) => {
  expect(() => createDataset({ ...pets, ...change })).toThrow(message);
});
