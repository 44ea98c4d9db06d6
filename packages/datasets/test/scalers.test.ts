import type { FloatArray, Rows } from '@mixup/core';
import { describe, expect, test } from 'vitest';
import { loadDataset, type MinMaxScaler, minMaxScaler, type StandardScaler, standardScaler } from '../src/index.ts';
import { fc } from './fast-check.ts';
import { readCases } from './golden.ts';

interface ScalerCase {
  readonly name: string;
  readonly dtype: 'float32' | 'float64';
  /** Absent for an embedded data set. */
  readonly x?: number[][];
  readonly rows?: number[];
  readonly range: [number, number];
  readonly standard: { readonly mean: number[]; readonly scale: number[]; readonly out: number[][] };
  readonly minMax: { readonly scale: number[]; readonly offset: number[]; readonly out: number[][] };
}

const cases = readCases<ScalerCase>('scalers');

async function rowsOf({ name, dtype, x }: ScalerCase): Promise<Rows> {
  if (!x) return (await loadDataset(name as 'iris')).features;
  const shape = [x.length, (x[0] as number[]).length] as const;
  return { data: dtype === 'float32' ? Float32Array.from(x.flat()) : Float64Array.from(x.flat()), shape };
}

/** The first of `values` that is further from `expected` than `tolerance` allows. */
function firstOff(values: ArrayLike<number>, expected: readonly number[], tolerance: (i: number) => number) {
  const i = expected.findIndex((value, at) => !(Math.abs((values[at] as number) - value) <= tolerance(at)));
  return i < 0 ? undefined : { i, got: values[i], expected: expected[i] };
}

describe.each(cases.map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
  const options = golden.rows ? { rows: Int32Array.from(golden.rows) } : {};
  // scikit-learn scales float32 in float32: four roundings, of the mean, the scale, the difference and the quotient.
  const unit = golden.dtype === 'float32' ? 4 * 2 ** -24 : 1e-12;

  test("standardScaler has scikit-learn's mean, scale and result", async () => {
    const x = await rowsOf(golden);
    const { mean, scale, out } = golden.standard;
    const width = mean.length;
    const scaler = standardScaler.fit(x, options);
    const largest = mean.map((_, c) => Math.max(...x.data.filter((_, i) => i % width === c).map(Math.abs)));
    // The order of adding differs, so the mean is relative to what was added.
    expect(firstOff(scaler.mean, mean, (c) => 1e-15 * (largest[c] as number))).toBeUndefined();
    expect(firstOff(scaler.scale, scale, (c) => 1e-12 * (scale[c] as number))).toBeUndefined();
    const scaled = standardScaler.transform(scaler, x);
    const at = (i: number) =>
      (Math.abs(x.data[i] as number) + Math.abs(mean[i % width] as number)) / (scale[i % width] as number);
    expect(firstOff(scaled.data, out.flat(), (i) => unit * at(i))).toBeUndefined();
  });

  test("minMaxScaler has scikit-learn's scale, offset and result", async () => {
    const x = await rowsOf(golden);
    const { scale, offset, out } = golden.minMax;
    const width = scale.length;
    const scaler = minMaxScaler.fit(x, { ...options, range: golden.range });
    const scaled = minMaxScaler.transform(scaler, x);
    // The same operations in the same order: float64 is equal to the last bit. float32 has six roundings there.
    const loose = golden.dtype === 'float32' ? 6 * 2 ** -24 : 0;
    const size = (i: number) =>
      Math.abs((x.data[i] as number) * (scale[i % width] as number)) + Math.abs(offset[i % width] as number);
    expect(firstOff(scaler.scale, scale, (c) => loose * (scale[c] as number))).toBeUndefined();
    expect(firstOff(scaler.offset, offset, (c) => loose * size(c))).toBeUndefined();
    expect(firstOff(scaled.data, out.flat(), (i) => loose * size(i))).toBeUndefined();
  });

  test('what JSON keeps of a scaler scales to the same bits', async () => {
    const x = await rowsOf(golden);
    const standard = standardScaler.fit(x, options);
    const standardAgain = JSON.parse(JSON.stringify(standard)) as StandardScaler;
    expect(standardAgain).toStrictEqual(standard);
    expect(standardScaler.transform(standardAgain, x)).toEqual(standardScaler.transform(standard, x));
    const minMax = minMaxScaler.fit(x, options);
    const minMaxAgain = JSON.parse(JSON.stringify(minMax)) as MinMaxScaler;
    expect(minMaxAgain).toStrictEqual(minMax);
    expect(minMaxScaler.transform(minMaxAgain, x)).toEqual(minMaxScaler.transform(minMax, x));
  });
});

/** Rows of 1 to 5 columns, many of them constant. */
const matrix = fc.integer({ min: 1, max: 5 }).chain((width) => {
  const value = fc.oneof(fc.constant(3), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
  return fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 20 });
});

const both = [
  ['standardScaler', (x: number[][]) => standardScaler.fit(x), standardScaler],
  ['minMaxScaler', (x: number[][]) => minMaxScaler.fit(x), minMaxScaler],
] as unknown as readonly [
  name: string,
  fit: (x: number[][]) => StandardScaler,
  methods: Pick<typeof standardScaler, 'transform' | 'inverse'>,
][];

describe.each(both)('%s', (name, fit, { transform, inverse }) => {
  test('inverse(transform(x)) is x up to rounding', () => {
    fc.assert(
      fc.property(matrix, (x) => {
        const scaler = fit(x);
        const back = inverse(scaler, transform(scaler, x));
        // A few roundings, each half a unit in the last place of the largest number of the column.
        const off = firstOff(back.data, x.flat(), (i) => {
          const column = x.map((row) => Math.abs(row[i % row.length] as number));
          return 8 * 2 ** -53 * Math.max(...column, 1);
        });
        expect(off).toBeUndefined();
      }),
    );
  });

  test('x is not changed, and float32 stays float32 and float64 float64, in the shape of x', () => {
    for (const data of [Float32Array.of(1, 2, 3, 5), Float64Array.of(1, 2, 3, 5)] satisfies FloatArray[]) {
      const x: Rows = { data, shape: [2, 2, 1] };
      const scaler = fit([
        [1, 2],
        [3, 5],
      ]);
      for (const result of [transform(scaler, x), inverse(scaler, x)]) {
        expect(result.shape).toEqual([2, 2, 1]);
        expect(result.data.constructor).toBe(data.constructor);
        expect(result.data).not.toEqual(data);
      }
      expect([...data]).toEqual([1, 2, 3, 5]);
    }
  });

  test('no rows are scaled to no rows', () => {
    const scaler = fit([[1], [2]]);
    expect(transform(scaler, []).data).toHaveLength(0);
    expect(transform(scaler, { data: new Float64Array(0), shape: [0, 1] }).shape).toEqual([0, 1]);
  });

  test('refuses NaN, infinite values, ragged rows and no rows', () => {
    const scaler = fit([[1], [2]]);
    const rule = 'every value must be finite, got NaN in row 0, value 0';
    expect(() => fit([[Number.NaN]])).toThrow(`${name}.fit: x: ${rule}`);
    expect(() => transform(scaler, [[Number.NaN]])).toThrow(`${name}.transform: x: ${rule}`);
    expect(() => inverse(scaler, [[Number.NaN]])).toThrow(`${name}.inverse: x: ${rule}`);
    expect(() => fit([[Infinity]])).toThrow('every value must be finite, got Infinity');
    expect(() => fit([[1, 2], [3]])).toThrow(`${name}.fit: x: rows must have the same length`);
    expect(() => fit([])).toThrow(`${name}.fit: there must be at least 1 row, got 0`);
    expect(() => fit([[], []])).toThrow(`${name}.fit: rows must have at least 1 column, got shape [2, 0]`);
  });

  test('refuses rows of another width than it was fitted on', () => {
    const scaler = fit([[1, 2]]);
    expect(() => transform(scaler, [[1]])).toThrow(
      `${name}.transform: rows must have the 2 columns that were fitted, got 1`,
    );
    expect(() => inverse(scaler, [[1, 2, 3, 4]])).toThrow(
      `${name}.inverse: rows must have the 2 columns that were fitted, got 4`,
    );
  });

  test('refuses what is no scaler of its kind, as a file may hold', () => {
    const scaler = fit([[1, 2]]);
    const kinds = [
      { ...scaler, kind: 'other' },
      { ...scaler, scale: [1] },
      { ...scaler, scale: [1, 0] },
      { ...scaler, scale: [1, null] },
      { kind: scaler.kind },
      { ...standardScaler.fit([[1, 2]]), ...minMaxScaler.fit([[1, 2]]), kind: 'neither' },
      null,
      undefined,
    ];
    for (const kind of kinds) {
      expect(() => transform(kind as StandardScaler, [[1, 2]]), JSON.stringify(kind)).toThrow(
        `${name}.transform: scaler must be what ${name}.fit returned`,
      );
    }
  });

  test('refuses columns whose span no float64 can hold', () => {
    expect(() => fit([[-1.7e308], [1.7e308]])).toThrow(`${name}.fit: the values of column 0 must be small enough`);
  });
});

test('a standardised column has mean 0 and standard deviation 1, a constant one is 0 throughout', () => {
  const x = [
    [1, 7],
    [2, 7],
    [6, 7],
  ];
  const { data } = standardScaler.transform(standardScaler.fit(x), x);
  const column = [data[0], data[2], data[4]] as number[];
  expect(column.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 14);
  expect(column.reduce((sum, value) => sum + value ** 2, 0) / 3).toBeCloseTo(1, 14);
  expect([data[1], data[3], data[5]]).toEqual([0, 0, 0]);
});

test('a scaler fitted on some rows depends on those rows alone', () => {
  const rows = Int32Array.of(2, 0);
  const x = [[1], [1000], [3]];
  expect(standardScaler.fit(x, { rows })).toEqual(standardScaler.fit([[3], [1]]));
  expect(minMaxScaler.fit(x, { rows })).toEqual(minMaxScaler.fit([[3], [1]]));
});

test.each([[3], [-1], [0.5], [Number.NaN]])('fit refuses %d as a row number of 3 rows', (row) => {
  const x = [[1], [2], [3]];
  expect(() => standardScaler.fit(x, { rows: [row] })).toThrow(
    `standardScaler.fit: rows must be integers in [0, 3), got ${row}`,
  );
  expect(() => minMaxScaler.fit(x, { rows: [row] })).toThrow(
    `minMaxScaler.fit: rows must be integers in [0, 3), got ${row}`,
  );
});

test('fit refuses a choice of no rows', () => {
  expect(() => standardScaler.fit([[1]], { rows: new Int32Array(0) })).toThrow('at least 1 row, got 0');
});

test('minMaxScaler.fit has no -0, which JSON would lose', () => {
  const scaler = minMaxScaler.fit([[0], [1]], { range: [-0, 1] });
  expect(JSON.parse(JSON.stringify(scaler))).toStrictEqual(scaler);
});

test.each([[[1, 1]], [[2, 1]], [[0, Number.NaN]], [[0, Infinity]], [[]]])(
  'minMaxScaler.fit refuses %j as a range',
  (range) => {
    expect(() => minMaxScaler.fit([[1]], { range: range as unknown as [number, number] })).toThrow(
      `minMaxScaler.fit: range must be two finite numbers, the lower first, got [${range.join(', ')}]`,
    );
  },
);
