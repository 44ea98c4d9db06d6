import { describe, expect, test } from 'vitest';
import {
  createRandom,
  itemSize,
  type MixPlan,
  mixRows,
  oneHot,
  plainPlan,
  type Rows,
  sampleMixPlan,
} from '../src/index.ts';
import { rowsAndPlan } from './arbitraries.ts';
import { fc } from './fast-check.ts';

const one = (index: number, partner: number, lambda: number): MixPlan => ({
  index: Int32Array.of(index),
  partner: Int32Array.of(partner),
  lambda: Float64Array.of(lambda),
});
const bytes = ({ data }: Rows) => Buffer.from(data.buffer, data.byteOffset, data.byteLength);

/** Row i of rows. */
function rowOf(x: Rows, i: number) {
  const size = itemSize(x);
  return x.data.subarray(i * size, (i + 1) * size);
}

test('row i is lambda x[index] + (1 - lambda) x[partner]', () => {
  const mix = { index: Int32Array.of(0, 2), partner: Int32Array.of(1, 0), lambda: Float64Array.of(0.75, 0.5) };
  const mixed = mixRows(
    [
      [0, 8],
      [4, 16],
      [2, 2],
    ],
    mix,
  );
  expect(mixed).toEqual({ data: Float64Array.of(1, 10, 1, 5), shape: [2, 2] });
});

test('every value is the formula in double precision, rounded once to the type of the rows', () => {
  fc.assert(
    fc.property(rowsAndPlan(), ([x, mix]) => {
      const mixed = mixRows(x, mix);
      const size = itemSize(x);
      const round = x.data instanceof Float32Array ? Math.fround : (value: number) => value;
      for (const [i, value] of mixed.data.entries()) {
        const row = Math.floor(i / size);
        const [first, second] = [mix.index[row] as number, mix.partner[row] as number];
        const weight = mix.lambda[row] as number;
        const a = x.data[first * size + (i % size)] as number;
        const b = x.data[second * size + (i % size)] as number;
        // A row that meets itself is copied.
        const blend = first === second ? a : weight * a + (1 - weight) * b;
        expect(value + 0).toBe(round(blend) + 0);
      }
    }),
  );
});

test.each([
  ['lambda 1 returns the input', 1, (mix: MixPlan) => mix.index],
  ['lambda 0 returns the partner', 0, (mix: MixPlan) => mix.partner],
])('%s to the last bit, whatever the other row holds: NaN, infinities, -0', (_, lambda, kept) => {
  fc.assert(
    fc.property(rowsAndPlan({ wild: true }, fc.constant(lambda)), ([x, mix]) => {
      expect(bytes(mixRows(x, mix))).toEqual(bytes(mixRows(x, plainPlan(kept(mix)))));
      const mixed = mixRows(x, mix);
      for (const [i, row] of kept(mix).entries()) {
        expect(Object.is(rowOf(mixed, i)[0], rowOf(x, row)[0])).toBe(true);
      }
    }),
  );
});

test('blends stay within the pair: exactly in float32, to two roundings in float64', () => {
  fc.assert(
    fc.property(rowsAndPlan(), ([x, mix]) => {
      const mixed = mixRows(x, mix);
      // Two products and a sum are rounded, each by half an epsilon.
      const slack = x.data instanceof Float64Array ? 2 * Number.EPSILON : 0;
      for (let i = 0; i < mix.index.length; i++) {
        const [a, b, c] = [rowOf(x, mix.index[i] as number), rowOf(x, mix.partner[i] as number), rowOf(mixed, i)];
        for (const [k, value] of c.entries()) {
          const pair = [a[k] as number, b[k] as number];
          // Near 0 the roundings are of whole subnormal steps.
          const room = slack * Math.max(...pair.map(Math.abs)) + 1e-323;
          expect(value).toBeGreaterThanOrEqual(Math.min(...pair) - room);
          expect(value).toBeLessThanOrEqual(Math.max(...pair) + room);
        }
      }
    }),
  );
});

test('rows of mixed one-hot labels sum to 1, and the weights are lambda and 1 - lambda', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({ min: 1, max: 40 }),
      fc.double({ min: 0.01, max: 10, noNaN: true }),
      (seed, batch, alpha) => {
        const random = createRandom(seed);
        const labels = Int32Array.from({ length: batch }, () => Math.floor(random() * 3));
        const mix = sampleMixPlan(random, { batch, alpha });
        const mixed = mixRows(oneHot(labels, 3), mix);
        for (let i = 0; i < batch; i++) {
          const row = rowOf(mixed, i);
          // lambda + (1 - lambda) rounds to 1 exactly: 1 - lambda is off by a quarter of an epsilon at most.
          expect((row[0] as number) + (row[1] as number) + (row[2] as number)).toBe(1);
          const [first, second] = [labels[i] as number, labels[mix.partner[i] as number] as number];
          if (first !== second) {
            expect(row[first]).toBe(mix.lambda[i]);
            expect(row[second]).toBe(1 - (mix.lambda[i] as number));
          }
        }
      },
    ),
  );
});

test('the same plan mixes features and labels of the same rows', () => {
  const random = createRandom(0);
  const labels = Int32Array.from({ length: 50 }, () => Math.floor(random() * 10));
  const y = oneHot(labels, 10);
  const mix = sampleMixPlan(random, { batch: 50, alpha: 1 });
  // The label itself as a feature: its blend is the mean class of the mixed label row.
  const x = mixRows({ data: Float64Array.from(labels), shape: [50] }, mix);
  const mixed = mixRows(y, mix);
  for (let i = 0; i < 50; i++) {
    const mean = Array.from(rowOf(mixed, i)).reduce((sum, weight, label) => sum + weight * label, 0);
    expect(x.data[i]).toBeCloseTo(mean, 13);
  }
});

test('inputs are not changed, and the result shares no memory with them', () => {
  fc.assert(
    fc.property(rowsAndPlan({ wild: true }), ([x, mix]) => {
      const before = [bytes(x).toString('hex'), JSON.stringify(x.shape), JSON.stringify(mix)];
      const mixed = mixRows(x, mix);
      mixed.data.fill(7);
      expect([bytes(x).toString('hex'), JSON.stringify(x.shape), JSON.stringify(mix)]).toEqual(before);
    }),
  );
});

test('the type and the item shape of the rows are kept; nested arrays become float64', () => {
  fc.assert(
    fc.property(rowsAndPlan(), ([x, mix]) => {
      const mixed = mixRows(x, mix);
      expect(mixed.data.constructor).toBe(x.data.constructor);
      expect(mixed.shape).toEqual([mix.index.length, ...x.shape.slice(1)]);
      expect(mixed.data).toHaveLength(mix.index.length * itemSize(x));
    }),
  );
  expect(mixRows([[1], [2]], one(0, 1, 0.5)).data).toEqual(Float64Array.of(1.5));
  expect(mixRows([Float32Array.of(1), Float32Array.of(2)], one(0, 1, 0.5)).data).toEqual(Float64Array.of(1.5));
});

test('rows in a window of a larger buffer are read from where they are', () => {
  const data = new Float32Array([9, 9, 1, 2, 9]).subarray(2, 4);
  expect([...mixRows({ data, shape: [2, 1] }, one(1, 0, 1)).data]).toEqual([2]);
});

describe('out', () => {
  test('is written, wholly, and returned', () => {
    fc.assert(
      fc.property(rowsAndPlan(), ([x, mix]) => {
        const want = mixRows(x, mix);
        const out = { data: want.data.map(() => Number.NaN), shape: want.shape };
        expect(mixRows(x, mix, { out })).toBe(out);
        expect(bytes(out)).toEqual(bytes(want));
      }),
    );
  });

  const x = { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] as const };
  test.each([
    [{ data: new Float32Array(4), shape: [2, 2] as const }, 'mixRows: out must have shape [1, 2], got [2, 2]'],
    [{ data: new Float64Array(2), shape: [1, 2] as const }, 'mixRows: out must be a Float32Array, as x is'],
    [{ data: new Float32Array(3), shape: [1, 2] as const }, 'mixRows: out: shape [1, 2] must hold 3 values'],
    [
      { data: x.data.subarray(0, 2), shape: [1, 2] as const },
      'mixRows: out must not overlap x, which is never changed',
    ],
  ])('is refused where it does not fit (%#)', (out, message) => {
    expect(() => mixRows(x as Rows, one(0, 1, 0.5), { out })).toThrow(new RangeError(message));
    expect([...x.data]).toEqual([1, 2, 3, 4]);
  });
});

test.each([
  [one(2, 0, 0.5), 'mixRows: plan row 0 must name rows in [0, 2), got 2 and 0'],
  [one(0, -1, 0.5), 'mixRows: plan row 0 must name rows in [0, 2), got 0 and -1'],
  [one(0, 1, 1.5), 'mixRows: lambda of plan row 0 must be in [0, 1], got 1.5'],
])('a plan that does not fit the rows is refused (%#)', (mix, message) => {
  expect(() => mixRows([[1], [2]], mix)).toThrow(new RangeError(message));
});

test('what is no rows is refused, ragged nested arrays too', () => {
  const message = 'mixRows: x: must be { data: Float32Array | Float64Array, shape } or an array of arrays of numbers';
  expect(() => mixRows({ data: [1, 2], shape: [2] } as never, one(0, 1, 0.5))).toThrow(new TypeError(message));
  expect(() => mixRows([[1, 2], [3]], one(0, 1, 0.5))).toThrow(
    new TypeError('mixRows: x: rows must have the same length, got 2 in row 0 and 1 in row 1'),
  );
});

test('a row that meets itself comes out as it went in, to the last bit, in float64 too', () => {
  const x: Rows<Float64Array> = { data: Float64Array.of(1.7, 0.1, 3.3, -0), shape: [1, 4] };
  for (let i = 1; i < 1000; i++) expect(bytes(mixRows(x, one(0, 0, i / 1000)))).toEqual(bytes(x));
});

test.each([
  [0.5, 1],
  [-1, 0],
  [Number.NaN, 0],
  ['0' as unknown as number, 1],
])('a row number that is no whole number is refused: %s', (index, partner) => {
  const mix = { index: [index], partner: [partner], lambda: Float64Array.of(0.5) } as unknown as MixPlan;
  expect(() => mixRows([[1], [2]], mix)).toThrow(
    new RangeError(`mixRows: plan row 0 must name rows in [0, 2), got ${index} and ${partner}`),
  );
});

test('boxes are refused where a row has two axes and more, and pass where it has one, as labels do', () => {
  const boxed = { ...one(0, 1, 0.5), box: Int32Array.of(0, 0, 1, 2) };
  const pictures: Rows<Float32Array> = { data: new Float32Array(8), shape: [2, 2, 2] };
  expect(() => mixRows(pictures, boxed)).toThrow('mixRows: a plan with boxes must be applied to images by mixImages');
  expect(
    mixRows(
      [
        [1, 0],
        [0, 1],
      ],
      boxed,
    ).data,
  ).toEqual(Float64Array.of(0.5, 0.5));
});
