/** Schema inference: what the columns of a table are, judged by their values. */
import { checkOptions } from './check-options.ts';
import {
  type ColumnSchema,
  type Columns,
  checkColumnValues,
  missingTest,
  parseNumeral,
  type TableSchema,
} from './column.ts';

export interface SchemaInferenceOptions {
  /** Columns that hold categories whatever they look like (class ids, postcodes), and how these are mixed. */
  readonly categorical?: Readonly<Record<string, 'oneHot' | 'swap'>>;
  /** Texts that stand for a missing value, beside the empty one. Default NA, N/A, NaN, nan, null, NULL, ?. */
  readonly marks?: readonly string[];
  /** How many levels a column may have for the schema to list them, an integer >= 1, default 1000. */
  readonly maxLevels?: number;
}

/** An inference under way: give it a table block by block, in memory that does not grow with the rows. */
export interface SchemaInference {
  /**
   * Look at more rows.
   *
   * @throws RangeError when a block has other columns than the first; TypeError when there are none, or one is no list of values
   */
  add(columns: Columns): void;
  /** @returns the schema of all rows so far */
  schema(): TableSchema;
}

/**
 * Infer what each column of a table is.
 *
 * - **integer**: every value is a whole number below 2 ** 53, written without needless zeros (`007` is a code)
 * - **numeric**: every value is a finite number
 * - **categorical**, swapped: all else, also a column with no value at all
 *
 * Limits and orders can't be seen in values: to have a bounded or an ordinal column, or codes that look like numbers,
 * write it over: `{ ...inferSchema(columns), size: { kind: 'ordinal', levels: ['S', 'M', 'L'] } }`.
 *
 * @param columns by name, each [rows]: texts, numbers, or both
 * @throws RangeError when an option names a column that is not there, or a one-hot column has more than `maxLevels` levels;
 *   TypeError when a column is no list of values
 * @example
 * inferSchema({ age: ['30', '', '41'], city: ['Rome', 'Oslo', 'Rome'] });
 * // { age: { kind: 'integer' }, city: { kind: 'categorical', mix: 'swap', levels: ['Oslo', 'Rome'] } }
 */
export function inferSchema(columns: Columns, options: SchemaInferenceOptions = {}): TableSchema {
  const inference = createSchemaInference(options);
  inference.add(columns);
  return inference.schema();
}

/** What is known of one column so far. */
interface Known {
  values: number;
  numeric: boolean;
  integer: boolean;
  /** Undefined once there are more than `maxLevels`. */
  levels: Map<string, string | number> | undefined;
  readonly marks: Set<string>;
}

const defaultMarks = ['NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', '?'];

/**
 * Start an inference that sees a table in blocks; `inferSchema` is this with one block.
 *
 * @throws RangeError when `maxLevels` is no integer >= 1
 */
export function createSchemaInference(options: SchemaInferenceOptions = {}): SchemaInference {
  checkOptions(options, ['categorical', 'marks', 'maxLevels'], 'inferSchema');
  const { categorical = {}, marks = defaultMarks, maxLevels = 1000 } = options;
  if (!(Number.isInteger(maxLevels) && maxLevels >= 1)) {
    throw new RangeError(`inferSchema: maxLevels must be an integer >= 1, got ${maxLevels}`);
  }
  const isMissing = missingTest({ marks });
  let all: Map<string, Known> | undefined;

  const look = (known: Known, value: string | number | null) => {
    if (isMissing(value)) {
      // The empty text needs no mark.
      const mark = typeof value === 'string' ? value.trim() : '';
      if (mark !== '') known.marks.add(mark);
      return;
    }
    known.values++;
    const text = String(value);
    if (known.numeric) {
      const number = typeof value === 'number' ? value : isCode(text) ? undefined : parseNumeral(text);
      known.numeric = Number.isFinite(number);
      known.integer &&= Number.isSafeInteger(number);
      // Beyond 2 ** 53 whole numbers are names: two of them may be one double.
      if (typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value)) known.numeric &&= Number.isSafeInteger(number);
    }
    if (!known.levels?.has(text)) known.levels?.set(text, value as string | number);
    if (known.levels && known.levels.size > maxLevels) known.levels = undefined;
  };

  return {
    add(columns) {
      if (typeof columns !== 'object' || columns === null) {
        throw new TypeError(`inferSchema: columns must be arrays by name, got ${String(columns)}`);
      }
      const names = Object.keys(columns);
      const absent = Object.keys(categorical).find((name) => !Object.hasOwn(columns, name));
      if (absent !== undefined) {
        throw new RangeError(`inferSchema: there must be a column "${absent}", got ${names.join(', ')}`);
      }
      all ??= new Map(names.map((name) => [name, createKnown()]));
      if (names.length !== all.size || names.some((name) => !all?.has(name))) {
        throw new RangeError(
          `inferSchema: every block must have the columns ${[...all.keys()].join(', ')}, got ${names.join(', ')}`,
        );
      }
      // Before any is counted, so that a block is taken as a whole or not at all.
      for (const name of names) checkColumnValues(columns[name], `inferSchema: column "${name}"`);
      for (const [name, known] of all) {
        for (const value of columns[name] as Columns[string]) look(known, value);
      }
    },
    schema() {
      const named = (name: string) => (Object.hasOwn(categorical, name) ? categorical[name] : undefined);
      return Object.fromEntries(
        Array.from(all ?? [], ([name, known]) => [name, conclude(name, known, named(name), maxLevels)]),
      );
    },
  };
}

function createKnown(): Known {
  return { values: 0, numeric: true, integer: true, levels: new Map(), marks: new Set() };
}

/** A whole number with zeros before it is a code: as a number it would lose them. */
function isCode(text: string): boolean {
  return /^\s*[+-]?0\d/.test(text);
}

function conclude(name: string, known: Known, mix: 'oneHot' | 'swap' | undefined, maxLevels: number): ColumnSchema {
  const marks = known.marks.size > 0 ? { marks: [...known.marks].sort() } : {};
  const levels = known.levels && known.levels.size > 0 ? { levels: sortLevels([...known.levels.values()]) } : {};
  if (mix === 'oneHot') {
    if (!levels.levels) {
      const got = known.levels ? 'none' : 'more';
      throw new RangeError(`inferSchema: one-hot column "${name}" must have 1 to ${maxLevels} levels, got ${got}`);
    }
    return { kind: 'categorical', mix, levels: levels.levels, ...marks };
  }
  if (mix === 'swap' || !known.numeric || known.values === 0) {
    return { kind: 'categorical', mix: 'swap', ...levels, ...marks };
  }
  return { kind: known.integer ? 'integer' : 'numeric', ...marks };
}

/** Numbers by size, all else as texts, so that the order of the rows does not matter. */
function sortLevels(levels: (string | number)[]): (string | number)[] {
  const numbers = levels.every((level) => parseNumeral(String(level)) !== undefined);
  return levels.sort((a, b) => (numbers ? Number(a) - Number(b) : 0) || (String(a) < String(b) ? -1 : 1));
}
