import { describe, expect, test } from 'vitest';
import { createRandom, sampleMixPlan } from '../src/index.ts';
import { type Columns, createSchemaInference, inferSchema, mixTable, sampleTablePlan } from '../src/table.ts';
import { fc } from './fast-check.ts';

const numeral = fc.double({ noNaN: true, noDefaultInfinity: true }).map(String);
const whole = fc.maxSafeInteger().map(String);
const cell = fc.oneof(whole, numeral, fc.constantFrom('', 'NA', '?', '007', 'Rome', '1e3', '-'), fc.string());
const column = fc.oneof(...[whole, numeral, cell].map((value) => fc.array(value, { minLength: 8, maxLength: 8 })));

describe('inferSchema', () => {
  test('tells whole numbers, numbers and categories apart', () => {
    const columns = {
      age: ['30', '41', ''],
      height: ['1.7', '-2', '.5'],
      tenth: ['1e3', '2E-4', '+3'],
      city: ['Rome', 'Oslo', 'Rome'],
      post: ['00184', '10115', '75001'],
      id: ['9007199254740993', '1', '2'],
      odd: ['1', '2', 'three'],
      hex: ['0x1f', '1', '2'],
      limit: ['Infinity', '1', '2'],
      none: ['', '', ''],
    };
    const swap = (levels?: unknown[]) => ({ kind: 'categorical', mix: 'swap', ...(levels && { levels }) });
    expect(inferSchema(columns)).toEqual({
      age: { kind: 'integer' },
      height: { kind: 'numeric' },
      tenth: { kind: 'numeric' },
      city: swap(['Oslo', 'Rome']),
      post: swap(['00184', '10115', '75001']),
      id: swap(['1', '2', '9007199254740993']),
      odd: swap(['1', '2', 'three']),
      hex: swap(['0x1f', '1', '2']),
      limit: swap(['1', '2', 'Infinity']),
      none: swap(),
    });
  });

  test('reads numbers as it reads their texts, NaN and null as missing', () => {
    expect(inferSchema({ a: [1, null, 2], b: Float64Array.of(1.5, Number.NaN, 2), c: [Infinity, 1, 2] })).toEqual({
      a: { kind: 'integer' },
      b: { kind: 'numeric' },
      c: { kind: 'categorical', mix: 'swap', levels: [1, 2, Infinity] },
    });
  });

  test('a column of numbers with marks for what is missing is numeric, and the schema names the marks seen', () => {
    expect(inferSchema({ a: ['1', 'NA', ' ? ', ''] })).toEqual({ a: { kind: 'integer', marks: ['?', 'NA'] } });
    expect(inferSchema({ a: ['1', '-999'] }, { marks: ['-999'] })).toEqual({ a: { kind: 'integer', marks: ['-999'] } });
    expect(inferSchema({ land: ['NA', 'DE'] }, { marks: [] })).toEqual({
      land: { kind: 'categorical', mix: 'swap', levels: ['DE', 'NA'] },
    });
  });

  test('a column named as categorical is, class ids in the order of numbers', () => {
    expect(inferSchema({ id: ['10', '9', '2'], other: ['1', '2', '3'] }, { categorical: { id: 'oneHot' } })).toEqual({
      id: { kind: 'categorical', mix: 'oneHot', levels: ['2', '9', '10'] },
      other: { kind: 'integer' },
    });
    expect(inferSchema({ id: [10, 9, 2] }, { categorical: { id: 'swap' } })).toEqual({
      id: { kind: 'categorical', mix: 'swap', levels: [2, 9, 10] },
    });
  });

  test('levels are listed up to maxLevels, beyond that any value is one', () => {
    const a = ['x', 'y', 'z'];
    expect(inferSchema({ a }, { maxLevels: 3 }).a).toHaveProperty('levels', a);
    expect(inferSchema({ a }, { maxLevels: 2 }).a).toEqual({ kind: 'categorical', mix: 'swap' });
  });

  test('whatever the column, the table can be mixed by the schema inferred from it', () => {
    fc.assert(
      fc.property(fc.record({ a: column, b: column }), fc.nat(), (columns, seed) => {
        const random = createRandom(seed);
        const plan = sampleTablePlan(random, sampleMixPlan(random, { batch: 8 }));
        const mixed = mixTable(columns, plan, inferSchema(columns));
        expect(Object.keys(mixed)).toEqual(['a', 'b']);
      }),
    );
  });

  test('the order of the rows does not matter, and the table is not changed', () => {
    fc.assert(
      fc.property(column, (a) => {
        const before = [...a];
        expect(inferSchema({ a: a.toReversed() })).toEqual(inferSchema({ a }));
        expect(a).toEqual(before);
      }),
    );
  });

  test('in blocks it gives what it gives at once, wherever the table is cut', () => {
    fc.assert(
      fc.property(column, fc.nat(8), fc.integer({ min: 1, max: 9 }), (a, cut, maxLevels) => {
        const inference = createSchemaInference({ maxLevels });
        inference.add({ a: a.slice(0, cut) });
        inference.add({ a: a.slice(cut) });
        expect(inference.schema()).toEqual(inferSchema({ a }, { maxLevels }));
      }),
    );
  });

  test('the schema survives JSON', () => {
    fc.assert(
      fc.property(column, (a) => {
        const schema = inferSchema({ a });
        expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
      }),
    );
  });

  const ab: Columns = { a: ['1'], b: ['2'] };
  test.each<[string, () => unknown, string]>([
    [
      'a name that is no column',
      () => inferSchema(ab, { categorical: { label: 'oneHot' } }),
      'there must be a column "label", got a, b',
    ],
    [
      'too many levels for one-hot columns',
      () => inferSchema({ a: ['x', 'y'] }, { categorical: { a: 'oneHot' }, maxLevels: 1 }),
      'one-hot column "a" must have 1 to 1 levels, got more',
    ],
    [
      'a one-hot column without a value',
      () => inferSchema({ a: [''] }, { categorical: { a: 'oneHot' } }),
      'one-hot column "a" must have 1 to 1000 levels, got none',
    ],
    ['a limit of no levels', () => inferSchema(ab, { maxLevels: 0 }), 'maxLevels must be an integer >= 1, got 0'],
    [
      'a block with other columns',
      () => {
        const inference = createSchemaInference();
        inference.add(ab);
        inference.add({ a: ['1'], c: ['2'] });
      },
      'every block must have the columns a, b, got a, c',
    ],
  ])('refuses %s', (_, run, rule) => {
    expect(run).toThrow(new RangeError(`inferSchema: ${rule}`));
  });
});
