/** Columns of a table: what kind each is, and its values read as numbers or levels. */
import { checkOptions } from './check-options.ts';

/** The values of one column: numbers, NaN where missing; or anything a CSV file gives, null or '' where missing. */
export type ColumnValues = Float64Array | readonly (string | number | null)[];

/** A table by columns, each [rows]. */
export type Columns = Readonly<Record<string, ColumnValues>>;

interface Missing {
  /**
   * What a blend of a missing and a present value is: missing ('either', the default, which invents nothing but makes
   * missing values more frequent), or the value that is there ('other', which makes them rarer).
   */
  readonly missing?: 'either' | 'other';
  /** Strings that stand for a missing value, such as 'NA'; the empty one always does. */
  readonly marks?: readonly string[];
}

/** A column of real numbers: blended. */
export interface NumericColumn extends Missing {
  readonly kind: 'numeric';
}

/** A column of whole numbers: blended, then rounded to the nearest, a half to the even one as NumPy's `rint` does. */
export interface IntegerColumn extends Missing {
  readonly kind: 'integer';
}

/** A column of numbers with limits: blended, and never outside them, not even by a rounding. */
export interface BoundedColumn extends Missing {
  readonly kind: 'bounded';
  /** The least value, by default none. */
  readonly min?: number;
  /** The greatest value, by default none. */
  readonly max?: number;
}

/** A column of levels with an order: their places in it are blended and rounded, as whole numbers are. */
export interface OrdinalColumn extends Missing {
  readonly kind: 'ordinal';
  /** From the lowest to the highest, at least one. */
  readonly levels: readonly (string | number)[];
}

/** A column of levels without an order. */
export type CategoricalColumn = Missing & { readonly kind: 'categorical' } & (
    | {
        /** Blended: the column becomes one column of weights for each level, named `column=level`. */
        readonly mix: 'oneHot';
        readonly levels: readonly (string | number)[];
      }
    | {
        /** Taken whole from one of the two rows, from the own with probability lambda: see `sampleTablePlan`. */
        readonly mix: 'swap';
        /** By default any value is one. */
        readonly levels?: readonly (string | number)[];
      }
  );

/** What a column is, as plain data. */
export type ColumnSchema = NumericColumn | IntegerColumn | BoundedColumn | OrdinalColumn | CategoricalColumn;

/** What each column of a table is. */
export type TableSchema = Readonly<Record<string, ColumnSchema>>;

/** @throws TypeError for what is no list of values: a text would be read letter by letter */
export function checkColumnValues(values: unknown, name: string): asserts values is ColumnValues {
  if (values instanceof Float64Array || Array.isArray(values)) return;
  throw new TypeError(`${name} must be a Float64Array or an array of strings, numbers and nulls`);
}

/** No hexadecimal, no Infinity, no separators of thousands. */
const numeral = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** @returns the number that a text is from end to end, else undefined */
export function parseNumeral(text: string): number | undefined {
  const trimmed = text.trim();
  return numeral.test(trimmed) ? Number(trimmed) : undefined;
}

/**
 * Read a column of numbers.
 *
 * @returns [rows], NaN where a value is missing; the column itself where it is a Float64Array
 * @throws RangeError for what is no number of the kind, with the row
 */
export function readNumbers(
  values: ColumnValues,
  schema: NumericColumn | IntegerColumn | BoundedColumn,
  name: string,
): Float64Array {
  const isMissing = missingTest(schema);
  const rule = numberRule(schema);
  const read = (value: string | number | null, row: number): number => {
    if (isMissing(value)) return Number.NaN;
    const number = typeof value === 'string' ? parseNumeral(value) : value;
    if (typeof number === 'number' && rule.holds(number)) return number;
    throw new RangeError(`${name} must hold ${rule.text} or nothing, got ${shown(value)} in row ${row}`);
  };
  if (!(values instanceof Float64Array)) return Float64Array.from(values, read);
  values.forEach(read);
  return values;
}

/** A value as an error shows it: texts in quotes, and no NaN as null. */
function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

interface Rule {
  readonly text: string;
  readonly holds: (value: number) => boolean;
}

function numberRule(schema: NumericColumn | IntegerColumn | BoundedColumn): Rule {
  if (schema.kind === 'integer') return { text: 'whole numbers below 2 ** 53', holds: Number.isSafeInteger };
  if (schema.kind === 'numeric') return { text: 'finite numbers', holds: Number.isFinite };
  const { min = -Infinity, max = Infinity } = schema;
  return {
    text: `numbers in [${min}, ${max}]`,
    holds: (value) => Number.isFinite(value) && value >= min && value <= max,
  };
}

/**
 * Read a column of levels.
 *
 * A number and the text of it are the same level, so that a schema fits a table of numbers and its CSV file alike.
 *
 * @returns [rows], each the place of a level, -1 where a value is missing
 * @throws RangeError for a value that is no level, with the row
 */
export function readLevels(
  values: ColumnValues,
  schema: { readonly levels: readonly (string | number)[]; readonly marks?: readonly string[] },
  name: string,
): Int32Array {
  const isMissing = missingTest(schema);
  const places = new Map(schema.levels.map((level, place) => [String(level), place]));
  const read = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as string | number | null;
    const place = isMissing(value) ? -1 : places.get(String(value));
    if (place === undefined) {
      throw new RangeError(`${name} must hold the levels of its schema, got ${shown(value)} in row ${row}`);
    }
    read[row] = place;
  }
  return read;
}

/** @returns whether a value is missing in a column with these marks */
export function missingTest(schema: { readonly marks?: readonly string[] }): (value: unknown) => boolean {
  const marks = new Set(['', ...(schema.marks ?? [])]);
  return (value) =>
    value === null ||
    value === undefined ||
    (typeof value === 'string' ? marks.has(value.trim()) : Number.isNaN(value));
}

/**
 * Check what a schema says of one column.
 *
 * @throws TypeError for a kind or a policy that is none
 * @throws RangeError for limits and levels that can't be, and for what is not said of its kind
 */
export function checkColumnSchema(schema: ColumnSchema, name: string): void {
  const { kind, missing = 'either', marks = [] } = schema ?? {};
  if (!Object.hasOwn(kinds, kind)) {
    throw new TypeError(`${name}: kind must be one of ${Object.keys(kinds).join(', ')}, got ${kind}`);
  }
  checkOptions(schema, ['kind', 'missing', 'marks', ...kinds[kind]], name);
  if (missing !== 'either' && missing !== 'other') {
    throw new TypeError(`${name}: missing must be 'either' or 'other', got ${missing}`);
  }
  if (!(Array.isArray(marks) && marks.every((mark) => typeof mark === 'string'))) {
    throw new TypeError(`${name}: marks must be strings, got ${JSON.stringify(marks)}`);
  }
  if (schema.kind === 'bounded') {
    const { min = -Infinity, max = Infinity } = schema;
    if (!(min <= max)) throw new RangeError(`${name}: min must be <= max, got ${min} and ${max}`);
  }
  if (schema.kind === 'categorical' && schema.mix !== 'oneHot' && schema.mix !== 'swap') {
    throw new TypeError(`${name}: mix must be 'oneHot' or 'swap', got ${(schema as { mix: unknown }).mix}`);
  }
  if (schema.kind === 'ordinal' || (schema.kind === 'categorical' && (schema.mix === 'oneHot' || schema.levels))) {
    const { levels } = schema;
    const texts = new Set(Array.isArray(levels) ? levels.map(String) : []);
    if (!(Array.isArray(levels) && levels.length > 0 && texts.size === levels.length)) {
      throw new RangeError(`${name}: levels must be distinct and at least one, got ${JSON.stringify(levels)}`);
    }
  }
}

/** What each kind may say beside what all may. */
const kinds: Readonly<Record<ColumnSchema['kind'], readonly string[]>> = {
  numeric: [],
  integer: [],
  bounded: ['min', 'max'],
  ordinal: ['levels'],
  categorical: ['mix', 'levels'],
};
