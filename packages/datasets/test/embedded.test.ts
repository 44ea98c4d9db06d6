import { describe, expect, test } from 'vitest';
import * as digitsData from '../src/digits-data.generated.ts';
import { datasetDigest, datasetNames, loadDataset, loadDigits, loadIris } from '../src/index.ts';
import * as irisData from '../src/iris-data.generated.ts';
import { readCases, sha256 } from './golden.ts';

interface DatasetCase {
  readonly name: 'iris' | 'digits';
  readonly shape: [number, number];
  readonly featureNames: string[];
  readonly classNames: string[];
  readonly classCounts: number[];
  readonly columnSums: number[];
  readonly rows: Record<string, number[]>;
}

const cases = readCases<DatasetCase>('datasets');
const written = { iris: irisData, digits: digitsData };

test('the golden file has every data set of the catalogue', () => {
  expect(cases.map(({ name }) => name)).toEqual([...datasetNames]);
});

describe.each(cases)('$name', (golden) => {
  const { name } = golden;

  test('has the bytes that scikit-learn returned, by the digests that Python wrote', async () => {
    const { features, labels } = await loadDataset(name);
    expect(features.data).toBeInstanceOf(Float64Array);
    expect(sha256(features.data)).toBe(written[name].sha256.features);
    expect(sha256(labels)).toBe(written[name].sha256.labels);
  });

  test('has a digest that is the digest of its content', async () => {
    const { digest, features, labels } = await loadDataset(name);
    expect(digest).toBe(datasetDigest(features, labels));
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });

  test('has the shape, names, rows and sums of scikit-learn', async () => {
    const dataset = await loadDataset(name);
    const { data, shape } = dataset.features;
    const [rows, width] = golden.shape;
    expect(dataset.name).toBe(name);
    expect(shape).toEqual(golden.shape);
    expect(data).toHaveLength(rows * width);
    expect(dataset.labels).toHaveLength(rows);
    expect(dataset.classNames).toEqual(golden.classNames);
    expect(dataset.featureNames).toEqual(golden.featureNames);
    for (const [row, values] of Object.entries(golden.rows)) {
      expect(Array.from(data.subarray(Number(row) * width, (Number(row) + 1) * width))).toEqual(values);
    }
    expect(golden.classCounts.map((_, id) => dataset.labels.filter((label) => label === id).length)).toEqual(
      golden.classCounts,
    );
    for (let column = 0; column < width; column++) {
      const sum = data.filter((_, i) => i % width === column).reduce((a, b) => a + b, 0);
      // The order of adding differs: rows times half a unit in the last place of the sum.
      const tolerance = rows * 2 ** -53 * (golden.columnSums[column] as number);
      expect(Math.abs(sum - (golden.columnSums[column] as number))).toBeLessThanOrEqual(tolerance);
    }
  });

  test('has a card with every entry filled in', async () => {
    const { card } = await loadDataset(name);
    expect(Object.keys(card).sort()).toEqual(['citation', 'licence', 'notes', 'source', 'title']);
    for (const [entry, text] of Object.entries(card)) expect(text.length, entry).toBeGreaterThan(8);
  });

  test('is a fresh copy on each load: what one caller writes, the next one does not see', async () => {
    const first = await loadDataset(name);
    first.features.data.fill(-1);
    first.labels.fill(-1);
    (first.classNames as string[])[0] = 'changed';
    (first.featureNames as string[]).length = 0;
    (first.features.shape as unknown as number[])[0] = 0;
    Object.assign(first.card, { licence: 'changed' });
    const second = await loadDataset(name);
    expect(datasetDigest(second.features, second.labels)).toBe(second.digest);
    expect(second.classNames).toEqual(golden.classNames);
    expect(second.featureNames).toEqual(golden.featureNames);
    expect(second.card.licence).not.toBe('changed');
  });

  test('can be sent to a worker', async () => {
    const dataset = await loadDataset(name);
    expect(structuredClone(dataset)).toEqual(dataset);
  });
});

test("Iris has Fisher's rows 35 and 38, and its card says that they are not those of UCI's file", async () => {
  const { features, card } = await loadIris();
  const row = (number: number) => Array.from(features.data.subarray(4 * (number - 1), 4 * number));
  // Both are [4.9, 3.1, 1.5, 0.1] in UCI's iris.data.
  expect(row(35)).toEqual([4.9, 3.1, 1.5, 0.2]);
  expect(row(38)).toEqual([4.9, 3.6, 1.4, 0.1]);
  expect(card.notes).toMatch(/Fisher's paper.*UCI.*rows 35 and 38/);
});

test('the pixels of Digits are integers in 0 … 16, and the three that its card names are 0 in every row', async () => {
  const { features, card } = await loadDigits();
  expect([...new Set(features.data)].sort((a, b) => a - b)).toEqual(Array.from({ length: 17 }, (_, i) => i));
  const dark = Array.from({ length: 64 }, (_, pixel) => pixel).filter((pixel) =>
    features.data.every((value, i) => i % 64 !== pixel || value === 0),
  );
  expect(card.notes).toContain(`Pixels ${dark.slice(0, 2).join(', ')} and ${dark[2]} are 0`);
  expect(dark).toHaveLength(3);
});

test.each([
  ['irsi', '"irsi"'],
  ['Iris', '"Iris"'],
  ['', '""'],
  ['toString', '"toString"'],
  [undefined, 'undefined'],
  [0, '0'],
])('loadDataset refuses %j as a name', async (name, shown) => {
  const error = new RangeError(`loadDataset: name must be one of iris, digits, got ${shown}`);
  await expect(loadDataset(name as 'iris')).rejects.toThrow(error);
});
