import { expect, test } from 'vitest';
import { identity, itemSize, mixLabels, mixRows, placeRows, plainPlan, type Rows, toRows } from '../src/index.ts';
import { mixImages } from '../src/methods.ts';

test('nested arrays become float64 rows; rows are returned as they are', () => {
  expect(
    toRows([
      [1, 2, 3],
      [4, 5, 6],
    ]),
  ).toEqual({ data: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] });
  const rows: Rows = { data: Float32Array.of(1, 2), shape: [2, 1] };
  expect(toRows(rows)).toBe(rows);
  expect(toRows([])).toEqual({ data: new Float64Array(0), shape: [0, 0] });
});

test('itemSize is the product of the shape after the rows, 1 for rank 1', () => {
  expect(itemSize({ data: new Float32Array(24), shape: [2, 3, 4] })).toBe(12);
  expect(itemSize({ data: new Float32Array(5), shape: [5] })).toBe(1);
});

test('rows in a variable, whose shape is number[] to TypeScript, pass the doors with the type of their data', () => {
  const images = { data: new Float32Array(4), shape: [1, 2, 2, 1] };
  const labels = { data: Float64Array.of(1), shape: [1, 1] };
  const plan = plainPlan(identity(1));
  const mixed: Rows<Float32Array>[] = [
    mixRows(images, plan),
    mixImages(images, plan),
    placeRows(images).x,
    toRows(images),
  ];
  for (const { shape } of mixed) expect(shape).toEqual([1, 2, 2, 1]);
  const y: Rows<Float64Array> = mixLabels(labels, plan);
  expect(y).toEqual(labels);
  expect(() => mixRows({ ...images, shape: [] as number[] }, plan)).toThrow(RangeError);
});

const form = 'must be { data: Float32Array | Float64Array, shape } or an array of arrays of numbers';
test.each([
  ['a ragged row', [[1, 2], [3, 4], [5]], 'x: rows must have the same length, got 2 in row 0 and 1 in row 2'],
  ['a longer row', [[1], [2, 3]], 'x: rows must have the same length, got 1 in row 0 and 2 in row 1'],
  ['a string for a number', [[1], ['2']], 'x: row 1, value 0 must be a number, got "2"'],
  ['a missing number', [[1, null]], 'x: row 0, value 1 must be a number, got null'],
  ['numbers for rows', [1, 2], 'x: row 0 must be an array of numbers, got 1'],
  ['strings for rows', ['ab', 'cd'], 'x: row 0 must be an array of numbers, got ab'],
  ['null for a row', [[1], null], 'x: row 1 must be an array of numbers, got null'],
  ['a string', 'abc', `x: ${form}`],
  ['nothing', undefined, `x: ${form}`],
  ['integers', { data: Int32Array.of(1), shape: [1] }, `x: ${form}`],
  ['no shape', { data: Float32Array.of(1) }, `x: ${form}`],
])('%s is a TypeError that says where', (_, x, message) => {
  expect(() => toRows(x as never, 'x')).toThrow(new TypeError(message));
});

test.each([
  [
    'NaN',
    [
      [1, 2],
      [3, Number.NaN],
    ],
    'x: every value must be finite, got NaN in row 1, value 1',
  ],
  [
    'Infinity',
    { data: Float32Array.of(1, 2, -Infinity, 4, 5, 6), shape: [3, 2] },
    'x: every value must be finite, got -Infinity in row 1, value 0',
  ],
  ['a shape for more values', { data: Float32Array.of(1, 2), shape: [3, 1] }, 'x: shape [3, 1] must hold 2 values'],
  ['half a row', { data: Float32Array.of(1, 2, 3), shape: [1.5, 2] }, 'x: shape [1.5, 2] must hold 3 values'],
  ['negative rows', { data: Float32Array.of(1, 2), shape: [-1, -2] }, 'x: shape [-1, -2] must hold 2 values'],
  ['no axis', { data: Float32Array.of(1), shape: [] }, 'x: shape [] must hold 1 values'],
])('%s is a RangeError that says where', (_, x, message) => {
  expect(() => toRows(x as never, 'x')).toThrow(new RangeError(message));
});
