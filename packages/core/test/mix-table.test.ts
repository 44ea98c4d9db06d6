import { describe, expect, test } from 'vitest';
import { createRandom, type MixPlan, mixRows, oneHot, plainPlan, sampleMixPlan } from '../src/index.ts';
import {
  type ColumnSchema,
  type Columns,
  type ColumnValues,
  mixTable,
  sampleTablePlan,
  type TablePlan,
  type TableSchema,
} from '../src/table.ts';
import { planOf } from './arbitraries.ts';
import { fc } from './fast-check.ts';
import { readGolden } from './golden.ts';

const ROWS = 6;
const SIZES = ['S', 'M', 'L', 'XL'];
const CITIES = ['Oslo', 'Rome'];

const schemaOf = (missing: 'either' | 'other'): TableSchema => ({
  height: { kind: 'numeric', missing },
  text: { kind: 'numeric', missing },
  visits: { kind: 'integer', missing },
  share: { kind: 'bounded', min: 0, max: 1, missing },
  size: { kind: 'ordinal', levels: SIZES, missing },
  city: { kind: 'categorical', mix: 'swap', missing },
  label: { kind: 'categorical', mix: 'oneHot', levels: CITIES, missing },
});

/** A table with a column of every kind, every fifth value missing or none. */
function tableOf(gaps: boolean): fc.Arbitrary<Columns> {
  const column = <T>(value: fc.Arbitrary<T>) =>
    fc.array(gaps ? fc.option(value, { freq: 4 }) : value, { minLength: ROWS, maxLength: ROWS });
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  return fc.record({
    height: column(number).map((values) => Float64Array.from(values, (value) => value ?? Number.NaN)),
    text: column(number.map(String)),
    visits: column(fc.maxSafeInteger()),
    share: column(fc.double({ min: 0, max: 1, noNaN: true })),
    size: column(fc.constantFrom(...SIZES)),
    city: column(fc.constantFrom(...CITIES)),
    label: column(fc.constantFrom(...CITIES)),
  });
}

const tablePlan = (lambda?: fc.Arbitrary<number>): fc.Arbitrary<TablePlan> =>
  fc.tuple(planOf(ROWS, lambda), fc.nat()).map(([plan, seed]) => sampleTablePlan(createRandom(seed), plan));
const missing = fc.constantFrom('either' as const, 'other' as const);
const inside = fc.double({ min: 0.01, max: 0.99, noNaN: true });

/** A column as numbers, levels by their place; null where missing. */
function asNumbers(values: ColumnValues): (number | null)[] {
  return Array.from<string | number | null, number | null>(values, (value) => {
    if (value === null || Number.isNaN(value)) return null;
    return SIZES.includes(String(value)) ? SIZES.indexOf(String(value)) : Number(value);
  });
}

interface GoldenCase {
  readonly missing: 'either' | 'other';
  readonly columns: Record<string, (string | number | null)[]>;
  readonly index: number[];
  readonly partner: number[];
  readonly lambda: number[];
  readonly swap: number[];
  readonly result: Record<string, (string | number | null)[]>;
}
const golden = readGolden<{ sizes: string[]; cities: string[]; cases: GoldenCase[] }>('tables');

test.each(golden.cases)("a table is mixed as NumPy's expressions mix it (%#)", (given) => {
  const plan: TablePlan = {
    index: Int32Array.from(given.index),
    partner: Int32Array.from(given.partner),
    lambda: Float64Array.from(given.lambda),
    swap: Float64Array.from(given.swap),
  };
  const schema: TableSchema = {
    height: { kind: 'numeric', missing: given.missing },
    visits: { kind: 'integer', missing: given.missing },
    share: { kind: 'bounded', min: 0, max: 1, missing: given.missing },
    size: { kind: 'ordinal', levels: golden.sizes, missing: given.missing },
    city: { kind: 'categorical', mix: 'swap', missing: given.missing },
    label: { kind: 'categorical', mix: 'oneHot', levels: golden.cities, missing: given.missing },
  };
  const mixed = mixTable(given.columns, plan, schema);
  expect(Object.keys(mixed)).toEqual(Object.keys(given.result));
  for (const [name, want] of Object.entries(given.result)) {
    const got = Array.from<string | number | null, string | number | null>(mixed[name] as ColumnValues, (value) =>
      Number.isNaN(value) ? null : value,
    );
    // -0 and 0 are the same whole number.
    expect(
      got.map((value) => (value === 0 ? 0 : value)),
      name,
    ).toEqual(want.map((value) => (value === 0 ? 0 : value)));
  }
});

describe('every column', () => {
  test.each([
    ['lambda 1 returns the row itself', 1, (plan: MixPlan) => plan.index],
    ['lambda 0 returns the partner', 0, (plan: MixPlan) => plan.partner],
  ])('%s, whatever the other row holds or lacks', (_, lambda, kept) => {
    fc.assert(
      fc.property(tableOf(true), tablePlan(fc.constant(lambda)), missing, (columns, plan, policy) => {
        const schema = schemaOf(policy);
        const mixed = mixTable(columns, plan, schema);
        const rows = kept(plan);
        for (const name of ['height', 'text', 'visits', 'share', 'size']) {
          const want = asNumbers(columns[name] as ColumnValues);
          expect(asNumbers(mixed[name] as ColumnValues), name).toEqual(Array.from(rows, (row) => want[row]));
        }
        expect(mixed.city).toEqual(Array.from(rows, (row) => columns.city?.[row]));
        for (const city of CITIES) {
          const label = Array.from(rows, (row) => columns.label?.[row]);
          const want = label.map((level) => (level === null ? Number.NaN : Number(level === city)));
          expect([...(mixed[`label=${city}`] as Float64Array)]).toEqual(want);
        }
      }),
    );
  });

  test('a blend lies within its pair: whole numbers, limits and levels to the last bit', () => {
    fc.assert(
      fc.property(tableOf(false), tablePlan(), (columns, plan) => {
        const mixed = mixTable(columns, plan, schemaOf('either'));
        for (const name of ['visits', 'share', 'size']) {
          const values = asNumbers(columns[name] as ColumnValues) as number[];
          for (const [i, value] of (asNumbers(mixed[name] as ColumnValues) as number[]).entries()) {
            const pair = [values[plan.index[i] as number] as number, values[plan.partner[i] as number] as number];
            expect(value).toBeGreaterThanOrEqual(Math.min(...pair));
            expect(value).toBeLessThanOrEqual(Math.max(...pair));
            if (name !== 'share') expect(Number.isSafeInteger(value)).toBe(true);
          }
        }
      }),
    );
  });

  test('of numbers is what mixRows gives, to the last bit; one-hot weights are the rows of mixed labels', () => {
    fc.assert(
      fc.property(tableOf(false), tablePlan(), (columns, plan) => {
        const mixed = mixTable(columns, plan, schemaOf('either'));
        const { height, text, label } = columns as Record<string, ColumnValues>;
        expect(mixed.height).toEqual(mixRows({ data: height as Float64Array, shape: [ROWS] }, plan).data);
        const numbers = Float64Array.from(text as string[], Number);
        expect(mixed.text).toEqual(mixRows({ data: numbers, shape: [ROWS] }, plan).data);
        const ids = Array.from(label as string[], (level) => CITIES.indexOf(level));
        const rows = mixRows(oneHot(ids, 2), plan).data;
        for (const [place, city] of CITIES.entries()) {
          expect(mixed[`label=${city}`]).toEqual(rows.filter((_, at) => at % 2 === place));
        }
      }),
    );
  });

  test('is the same whichever of the two rows is called the own', () => {
    // Sixteenths, so that 1 - (1 - lambda) is lambda; the draws are odd 32nds, which are no lambda.
    const sixteenth = fc.integer({ min: 0, max: 16 }).map((n) => n / 16);
    const swaps = fc.array(fc.nat(15), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(tableOf(true), planOf(ROWS, sixteenth), swaps, missing, (columns, plan, draws, policy) => {
        const swap = Float64Array.from(plan.lambda, (_, i) => ((draws[i] as number) + 0.5) / 16);
        const turned = {
          index: plan.partner,
          partner: plan.index,
          lambda: plan.lambda.map((weight) => 1 - weight),
          swap: swap.map((draw) => 1 - draw),
        };
        const schema = schemaOf(policy);
        expect(mixTable(columns, turned, schema)).toEqual(mixTable(columns, { ...plan, swap }, schema));
      }),
    );
  });

  test('follows the plan: rows of the plan in another order give the result in that order', () => {
    fc.assert(
      fc.property(tableOf(true), tablePlan(), missing, (columns, plan, policy) => {
        const reversed = {
          index: plan.index.toReversed(),
          partner: plan.partner.toReversed(),
          lambda: plan.lambda.toReversed(),
          swap: (plan.swap as Float64Array).toReversed(),
        };
        const mixed = mixTable(columns, plan, schemaOf(policy));
        const turned = Object.entries(mixed).map(([name, values]) => [name, values.toReversed()]);
        expect(mixTable(columns, reversed, schemaOf(policy))).toEqual(Object.fromEntries(turned));
      }),
    );
  });

  test('is not changed, nor is the plan, and the result shares no memory with it', () => {
    fc.assert(
      fc.property(tableOf(true), tablePlan(), missing, (columns, plan, policy) => {
        const before = structuredClone([columns, plan]);
        for (const values of Object.values(mixTable(columns, plan, schemaOf(policy)))) values.fill(0 as never);
        expect([columns, plan]).toEqual(before);
      }),
    );
  });
});

describe('a missing value', () => {
  const absent = (value: unknown) => value === null || Number.isNaN(value);

  test("under 'either' is missing where either of the two is, under 'other' where both are", () => {
    fc.assert(
      fc.property(tableOf(true), tablePlan(inside), missing, (columns, plan, policy) => {
        const mixed = mixTable(columns, plan, schemaOf(policy));
        for (const [name, values] of Object.entries(mixed)) {
          const source = columns[name.split('=')[0] as string] as ColumnValues;
          for (const [i, value] of values.entries()) {
            const own = absent(source[plan.index[i] as number]);
            const other = absent(source[plan.partner[i] as number]);
            expect(absent(value), name).toBe(policy === 'either' ? own || other : own && other);
          }
        }
      }),
    );
  });

  test("under 'other' takes the value that is there as it is", () => {
    const plan = {
      index: Int32Array.of(0, 1),
      partner: Int32Array.of(1, 0),
      lambda: Float64Array.of(0.3, 0.3),
      swap: Float64Array.of(0, 0.9),
    };
    const columns = {
      height: [null, 1.7],
      visits: ['', '3'],
      share: [0.4, null],
      size: ['NA', 'L'],
      city: [null, 'Rome'],
      label: ['Oslo', 'NA'],
    };
    const schema = { ...schemaOf('other') };
    delete (schema as Record<string, unknown>).text;
    const marked = Object.fromEntries(
      Object.entries(schema).map(([name, column]) => [name, { ...column, marks: ['NA'] }]),
    );
    expect(mixTable(columns, plan, marked)).toEqual({
      height: Float64Array.of(1.7, 1.7),
      visits: Float64Array.of(3, 3),
      share: Float64Array.of(0.4, 0.4),
      size: ['L', 'L'],
      city: ['Rome', 'Rome'],
      'label=Oslo': Float64Array.of(1, 1),
      'label=Rome': Float64Array.of(0, 0),
    });
  });

  test('is null, undefined, NaN, the empty text and the marks of its column, with spaces around or not', () => {
    const plan = plainPlan(Int32Array.of(0, 1, 2, 3, 4, 5));
    const column = [null, undefined as never, Number.NaN, ' ', ' NA ', '7'];
    const mixed = mixTable({ n: column }, plan, { n: { kind: 'integer', marks: ['NA'] } });
    expect(mixed.n).toEqual(Float64Array.of(Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN, 7));
  });
});

test('whole numbers and levels are rounded to the nearest, a half to the even one', () => {
  const plan = {
    index: new Int32Array(8),
    partner: Int32Array.of(1, 2, 3, 4, 1, 1, 1, 5),
    lambda: Float64Array.of(0.5, 0.5, 0.5, 0.5, 0.51, 0.49, 0.5 + 2 ** -53, 0.5),
  };
  // Blends 0.5, 1.5, 2.5, -0.5, 0.49, 0.51, just below 0.5, -1.5.
  const mixed = mixTable({ n: [0, 1, 3, 5, -1, -3] }, plan, { n: { kind: 'integer' } });
  expect(Array.from(mixed.n as Float64Array, (value) => value + 0)).toEqual([0, 2, 2, 0, 0, 1, 0, -2]);
  const levels = ['a', 'b', 'c', 'd'];
  const ordinal = mixTable(
    { n: levels },
    { index: Int32Array.of(0, 1, 0), partner: Int32Array.of(1, 2, 3), lambda: Float64Array.of(0.5, 0.5, 0.5) },
    { n: { kind: 'ordinal', levels } },
  );
  expect(ordinal.n).toEqual(['a', 'c', 'c']);
});

test('a half goes down between 0 and 1 as often as it goes up between 1 and 2, so rounding has no drift', () => {
  const random = createRandom(5);
  const batch = 1_000_000;
  const n = Float64Array.from({ length: batch }, () => Math.floor(random() * 2));
  // One half for every row: every unequal pair is a tie between 0 and 1, and between 1 and 2 below.
  const plan = { ...sampleMixPlan(random, { batch }), lambda: new Float64Array(batch).fill(0.5) };
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const shifts = [0, 1].map((shift) => {
    const source = n.map((value) => value + shift);
    return mean(mixTable({ n: source }, plan, { n: { kind: 'integer' } }).n as Float64Array) - mean(source);
  });
  // Half of the pairs are ties: 0 and 1 go down by a half each, 1 and 2 up by as much. Standard error 0.5 / sqrt(batch).
  expect(Math.abs((shifts[0] as number) + 0.25)).toBeLessThan((5 * 0.5) / Math.sqrt(batch));
  expect(Math.abs((shifts[1] as number) - 0.25)).toBeLessThan((5 * 0.5) / Math.sqrt(batch));
});

describe('a swapped category', () => {
  const schema = { city: { kind: 'categorical', mix: 'swap' } } as const;

  test('comes from the own row with probability lambda, in the mean what the one-hot blend says', () => {
    const random = createRandom(11);
    const batch = 100_000;
    const city = Array.from({ length: batch }, () => (random() < 0.3 ? 'Oslo' : 'Rome'));
    const plan = sampleTablePlan(random, sampleMixPlan(random, { batch, alpha: 1 }));
    const swapped = mixTable({ city }, plan, schema).city as string[];
    const blended = mixTable({ city }, plan, { city: { kind: 'categorical', mix: 'oneHot', levels: CITIES } });
    const weights = blended['city=Oslo'] as Float64Array;
    let apart = 0;
    let variance = 0;
    for (const [i, weight] of weights.entries()) {
      apart += Number(swapped[i] === 'Oslo') - weight;
      variance += weight * (1 - weight);
    }
    expect(Math.abs(apart)).toBeLessThan(5 * Math.sqrt(variance));
    // And by the draws exactly: the own row's where the draw is below lambda.
    for (let i = 0; i < 1000; i++) {
      const from = (plan.swap[i] as number) < (plan.lambda[i] as number) ? plan.index : plan.partner;
      expect(swapped[i]).toBe(city[from[i] as number]);
    }
  });

  test('stays with the other categories of its row', () => {
    fc.assert(
      fc.property(tablePlan(inside), (plan) => {
        const city = ['Oslo', 'Rome', 'Bern', 'Kyiv', 'Riga', 'Lima'];
        const land = ['NO', 'IT', 'CH', 'UA', 'LV', 'PE'];
        const mixed = mixTable({ city, land }, plan, { ...schema, land: { kind: 'categorical', mix: 'swap' } });
        for (const [i, name] of (mixed.city as string[]).entries()) {
          expect(mixed.land?.[i]).toBe(land[city.indexOf(name)]);
        }
      }),
    );
  });

  test('is drawn by sampleTablePlan, uniform in [0, 1), the rest of the plan as it was', () => {
    const plan = sampleMixPlan(createRandom(1), { batch: 1000 });
    const drawn = sampleTablePlan(createRandom(2), plan);
    const random = createRandom(2);
    expect(drawn).toEqual({ ...plan, swap: Float64Array.from({ length: 1000 }, () => random()) });
    expect(plan).not.toHaveProperty('swap');
  });

  test('keeps the level as the table has it, as the schema has it where that names levels', () => {
    const plan = sampleTablePlan(createRandom(0), plainPlan(Int32Array.of(0, 1)));
    expect(mixTable({ city: ['1', 2] }, plan, schema).city).toEqual(['1', 2]);
    expect(mixTable({ city: ['1', 2] }, plan, { city: { ...schema.city, levels: [1, '2'] } }).city).toEqual([1, '2']);
  });
});

test('a column of any name is mixed', () => {
  const plan = plainPlan(Int32Array.of(0));
  const columns = Object.fromEntries([
    ['__proto__', [1]],
    ['constructor', [2]],
  ]);
  const schema = Object.fromEntries(Object.keys(columns).map((name) => [name, { kind: 'numeric' } as const]));
  expect(Object.entries(mixTable(columns, plan, schema))).toEqual([
    ['__proto__', Float64Array.of(1)],
    ['constructor', Float64Array.of(2)],
  ]);
});

describe('a plan with a weight for labels of their own (Remix)', () => {
  const blend = { index: Int32Array.of(0, 1), partner: Int32Array.of(1, 0), lambda: Float64Array.of(0.25, 0.5) };
  const plan: TablePlan = { ...blend, labelLambda: Float64Array.of(1, 0), swap: Float64Array.of(0.75, 0.25) };
  const columns = { age: [10, 20], city: ['Rome', 'Oslo'], risk: [0, 1], label: ['no', 'yes'] };
  const schema: TableSchema = {
    age: { kind: 'numeric' },
    city: { kind: 'categorical', mix: 'swap' },
    risk: { kind: 'numeric' },
    label: { kind: 'categorical', mix: 'oneHot', levels: ['no', 'yes'] },
  };

  test('mixes the columns that are named as labels by that, and the others by lambda', () => {
    expect(mixTable(columns, plan, schema, { labels: ['label', 'risk'] })).toEqual({
      age: Float64Array.of(17.5, 15),
      city: ['Oslo', 'Oslo'],
      risk: Float64Array.of(0, 0),
      'label=no': Float64Array.of(1, 1),
      'label=yes': Float64Array.of(0, 0),
    });
    expect(mixTable(columns, plan, schema, { labels: ['city'] })).toEqual({
      ...mixTable(columns, plan, schema, { labels: [] }),
      city: ['Rome', 'Rome'],
    });
    expect(mixTable(columns, plan, schema, { labels: [] })).toEqual(
      mixTable(columns, { ...blend, swap: plan.swap as Float64Array }, schema),
    );
  });

  test('without it, columns that are named are mixed as the others are', () => {
    const without = { ...blend, swap: plan.swap as Float64Array };
    expect(mixTable(columns, without, schema, { labels: ['label'] })).toEqual(mixTable(columns, without, schema));
  });

  test.each<[string, unknown, Error]>([
    [
      'no word on the labels',
      undefined,
      new RangeError(
        "mixTable: a plan with labelLambda must come with the columns of labels, such as { labels: ['income'] }, got none",
      ),
    ],
    [
      'another column',
      { labels: ['target'] },
      new RangeError('mixTable: labels must be among age, city, risk, label, got target'),
    ],
    ['one name', { labels: 'label' }, new TypeError('mixTable: labels must be a list of names, got label')],
    ['another option', { target: 'label' }, new RangeError('mixTable: options must be among labels, got target')],
  ])('%s is refused', (_, options, error) => {
    expect(() => mixTable(columns, plan, schema, options as object)).toThrow(error);
  });
});

describe('a refusal says what and where', () => {
  const plan = sampleTablePlan(createRandom(0), plainPlan(Int32Array.of(0)));
  const numeric: ColumnSchema = { kind: 'numeric' };
  const swap: ColumnSchema = { kind: 'categorical', mix: 'swap' };
  const { swap: _, ...undrawn } = plan;
  const refusals: [string, Columns, TablePlan, TableSchema, RangeError | TypeError][] = [
    [
      'a column the schema lacks',
      { a: [1], b: [1] },
      plan,
      { a: numeric },
      new RangeError('mixTable: the schema must have every column, it lacks "b"'),
    ],
    [
      'a column the table lacks',
      {},
      plan,
      { toString: numeric },
      new TypeError('mixTable: column "toString" must be a Float64Array or an array of strings, numbers and nulls'),
    ],
    [
      'lengths',
      { a: [1], b: [1, 2] },
      plan,
      { a: numeric, b: numeric },
      new RangeError('mixTable: columns must have one length, got 1 in "a" and 2 in "b"'),
    ],
    [
      'a plan',
      { a: [1] },
      plainPlan(Int32Array.of(1)),
      { a: numeric },
      new RangeError('mixTable: plan row 0 must name rows in [0, 1), got 1 and 1'),
    ],
    [
      'text',
      { a: ['1', '1e'] },
      plan,
      { a: numeric },
      new RangeError('mixTable: column "a" must hold finite numbers or nothing, got "1e" in row 1'),
    ],
    [
      'hexadecimal',
      { a: ['0x10'] },
      plan,
      { a: numeric },
      new RangeError('mixTable: column "a" must hold finite numbers or nothing, got "0x10" in row 0'),
    ],
    [
      'overflow',
      { a: ['1e999'] },
      plan,
      { a: numeric },
      new RangeError('mixTable: column "a" must hold finite numbers or nothing, got "1e999" in row 0'),
    ],
    [
      'infinity',
      { a: Float64Array.of(Infinity) },
      plan,
      { a: numeric },
      new RangeError('mixTable: column "a" must hold finite numbers or nothing, got Infinity in row 0'),
    ],
    [
      'a fraction',
      { a: [1.5] },
      plan,
      { a: { kind: 'integer' } },
      new RangeError('mixTable: column "a" must hold whole numbers below 2 ** 53 or nothing, got 1.5 in row 0'),
    ],
    [
      'a limit',
      { a: [-0.1] },
      plan,
      { a: { kind: 'bounded', min: 0 } },
      new RangeError('mixTable: column "a" must hold numbers in [0, Infinity] or nothing, got -0.1 in row 0'),
    ],
    [
      'a level',
      { a: ['XS'] },
      plan,
      { a: { kind: 'ordinal', levels: SIZES } },
      new RangeError('mixTable: column "a" must hold the levels of its schema, got "XS" in row 0'),
    ],
    [
      'no draws',
      { a: ['x'] },
      undrawn,
      { a: swap },
      new TypeError('mixTable: column "a" is swapped, so the plan must have swap, [1]: see sampleTablePlan'),
    ],
    [
      'a draw',
      { a: ['x'] },
      { ...plan, swap: Float64Array.of(1) },
      { a: swap },
      new RangeError('mixTable: swap of plan row 0 must be in [0, 1), got 1'),
    ],
    [
      'two columns of a name',
      { a: ['b'], 'a=b': [1] },
      plan,
      { a: { kind: 'categorical', mix: 'oneHot', levels: ['b'] }, 'a=b': numeric },
      new RangeError('mixTable: two columns of the result would be named "a=b"'),
    ],
    [
      'a kind',
      { a: [1] },
      plan,
      { a: { kind: 'number' } as never },
      new TypeError(
        'mixTable: column "a": kind must be one of numeric, integer, bounded, ordinal, categorical, got number',
      ),
    ],
    [
      'no schema of a column',
      { a: [1] },
      plan,
      { a: undefined as never },
      new TypeError(
        'mixTable: column "a": kind must be one of numeric, integer, bounded, ordinal, categorical, got undefined',
      ),
    ],
    [
      'a policy',
      { a: [1] },
      plan,
      { a: { kind: 'numeric', missing: 'mean' as never } },
      new TypeError("mixTable: column \"a\": missing must be 'either' or 'other', got mean"),
    ],
    [
      'marks',
      { a: [1] },
      plan,
      { a: { kind: 'numeric', marks: 'NA' as never } },
      new TypeError('mixTable: column "a": marks must be strings, got "NA"'),
    ],
    [
      'limits',
      { a: [1] },
      plan,
      { a: { kind: 'bounded', min: 2, max: 1 } },
      new RangeError('mixTable: column "a": min must be <= max, got 2 and 1'),
    ],
    [
      'a mix',
      { a: [1] },
      plan,
      { a: { kind: 'categorical' } as never },
      new TypeError("mixTable: column \"a\": mix must be 'oneHot' or 'swap', got undefined"),
    ],
    [
      'levels',
      { a: [1] },
      plan,
      { a: { kind: 'ordinal', levels: [1, '1'] } },
      new RangeError('mixTable: column "a": levels must be distinct and at least one, got [1,"1"]'),
    ],
    [
      'no levels',
      { a: [1] },
      plan,
      { a: { kind: 'categorical', mix: 'oneHot' } as never },
      new RangeError('mixTable: column "a": levels must be distinct and at least one, got undefined'),
    ],
  ];
  test.each(refusals)('%s', (_, columns, given, schema, error) => {
    expect(() => mixTable(columns, given, schema)).toThrow(error);
  });
});
