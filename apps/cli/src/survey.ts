/** The survey: a first pass through a file that says what its columns are and keeps a fair sample of its rows. */
import { createRandom } from '@mixup/core';
import { type ColumnSchema, createSchemaInference, type TableSchema } from '@mixup/core/table';
import type { AugmentRequest } from './augment-options.ts';
import { type Classes, createClassCollection } from './classes.ts';
import type { CsvBlock } from './csv.ts';
import { failure, usageError } from './errors.ts';
import { createOverflows } from './overflows.ts';
import { createReservoir } from './reservoir.ts';
import { levelCells, partnerCells, rowsWithin } from './room.ts';
import { suggest } from './suggestion.ts';

export interface Survey {
  readonly header: readonly string[];
  readonly rows: number;
  /** Of every column, the target as it is to be mixed. */
  readonly schema: TableSchema;
  /** The classes of the target, or nothing where it is a number to be blended. */
  readonly classes: Classes | undefined;
  /** The rows that partners are drawn from. */
  readonly partners: readonly (readonly string[])[];
}

/** Whole numbers of so few values are classes, unless --task says otherwise. */
const mostClassIds = 20;

/** So many columns of weights are still a table. */
const mostClasses = 1000;

/** What a text takes beside its characters: a pointer to it and its own head, in V8. */
const cellBytes = 32;

/** Of the heap for partners: all else needs some, and the limit counts the young generation, where nothing stays. */
const heapShare = 0.4;

/** Partners of a row, where there is room for so many and nobody says else. */
const usualPartners = 10_000;

/** The most levels of a category that are counted. */
const mostLevels = 1000;

export interface SurveyOptions {
  /** What errors call the file. */
  readonly name: string;
  /** The most that may be held. */
  readonly heapBytes: number;
}

/**
 * @throws a failure for values that can't be mixed and for partners that memory can't hold, a usage error for columns
 * that are not there
 */
export async function survey(
  blocks: AsyncIterable<CsvBlock>,
  request: AugmentRequest,
  { name, heapBytes }: SurveyOptions,
): Promise<Survey> {
  const { target, marks } = request;
  const values = createClassCollection(mostClasses);
  let begun: ReturnType<typeof begin> | undefined;
  let rows = 0;
  for await (const block of blocks) {
    begun ??= begin(block.header, request, name);
    const { header, inference, reservoir, overflows } = begun;
    const at = header.indexOf(target);
    const seen: (readonly string[])[] = [];
    for (const row of block.rows) {
      rows++;
      checkValues(row, header, marks, `${name}, row ${rows}`);
      const value = row[at] as string;
      if (value.trim() === '' || marks.includes(value.trim())) {
        throw failure(`${name}, row ${rows}: the target "${target}" is missing; leave such rows out`);
      }
      values.add(value);
      reservoir.add(row);
      seen.push(overflows.withhold(row, rows));
    }
    inference.add(columnsOf(header, seen));
    checkRoom(reservoir.items.length, header.length * cellBytes + block.bytes / Math.max(1, rows), heapBytes, name);
  }
  if (!begun || rows < 2) throw failure(`${name} must have at least 2 rows to mix, got ${rows}`);
  const { header, inference, reservoir, overflows } = begun;
  overflows.giveBack(inference);
  const inferred = withinPairs(inference.schema());
  const classes = values.classes(inferred[target]?.kind);
  if (!isClassification(request, inferred, classes.names.length)) {
    const schema = { ...inferred, [target]: asNumber(inferred[target] as ColumnSchema) };
    return { header, rows, schema, classes: undefined, partners: reservoir.items };
  }
  if (classes.names.length > mostClasses) {
    throw failure(`${name}: the target "${target}" has more than ${mostClasses} classes; if it is a number, mend it`);
  }
  const mix = request.labels === 'soft' ? 'oneHot' : 'swap';
  if (mix === 'oneHot') checkWeightNames(target, classes.names, header, name);
  const schema: TableSchema = { ...inferred, [target]: { kind: 'categorical', mix, levels: classes.names } };
  return { header, rows, schema, classes, partners: reservoir.items };
}

/** What a header is enough for. */
function begin(header: readonly string[], request: AugmentRequest, name: string) {
  const { target, categorical, marks, seed } = request;
  for (const column of [target, ...categorical]) checkColumn(column, header, name);
  const swapped = Object.fromEntries(categorical.map((column) => [column, 'swap' as const]));
  const maxLevels = rowsWithin(levelCells, header.length, mostLevels);
  const size = request.reservoir ?? rowsWithin(partnerCells, header.length, usualPartners);
  return {
    header,
    inference: createSchemaInference({ marks, categorical: swapped, maxLevels }),
    reservoir: createReservoir<readonly string[]>(createRandom(seed).fork('reservoir'), size),
    // One more than a schema lists shows that there are too many.
    overflows: createOverflows(header, { name, marks, most: maxLevels + 1 }),
  };
}

/** Blends of 1.7 and 1.7 are 1.7, and not 1.7000000000000002: no rounding leaves the pair. */
function withinPairs(schema: TableSchema): TableSchema {
  return Object.fromEntries(
    Object.entries(schema).map(([name, column]) => [name, column.kind === 'numeric' ? asNumber(column) : column]),
  );
}

/** A rounded target would have the label of one row under features of two. */
function asNumber(column: ColumnSchema): ColumnSchema {
  return column.kind === 'numeric' || column.kind === 'integer' ? { ...column, kind: 'bounded' } : column;
}

/** Rows as the columns that `mixTable` and the inference take. */
export function columnsOf(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): Record<string, readonly string[]> {
  return Object.fromEntries(header.map((name, at) => [name, rows.map((row) => row[at] as string)]));
}

/** The column of the weights of a class, as `mixTable` names it. */
export function weightName(target: string, level: string): string {
  return `${target}=${level}`;
}

function isClassification({ task, target }: AugmentRequest, schema: TableSchema, values: number): boolean {
  const kind = schema[target]?.kind;
  if (task === 'regression' && kind === 'categorical') {
    throw usageError(`--task regression needs numbers, and the target "${target}" holds texts`);
  }
  if (task !== 'auto') return task === 'classification';
  return kind === 'categorical' || (kind === 'integer' && values <= mostClassIds);
}

function checkColumn(column: string, header: readonly string[], name: string): void {
  if (!header.includes(column)) throw usageError(`${name} has no column "${column}"; ${suggest(column, header)}`);
}

/** What a heap can't hold ends the process without a word of ours. */
function checkRoom(partners: number, rowBytes: number, heapBytes: number, name: string): void {
  if (partners * rowBytes <= heapShare * heapBytes) return;
  const rule = `${partners} rows to draw partners from take too much memory`;
  throw failure(`${name}: ${rule}; set a smaller --reservoir, or NODE_OPTIONS=--max-old-space-size=<megabytes>`);
}

/** Two columns of one name would be one to whoever reads the result. */
function checkWeightNames(target: string, classes: readonly string[], header: readonly string[], name: string): void {
  for (const level of classes) {
    const column = weightName(target, level);
    if (!header.includes(column)) continue;
    const rule = `the weights of the class "${level}" are to be in a column "${column}", and there is one`;
    throw failure(`${name}: ${rule}; rename it, or say --labels hard`);
  }
}

/** A NaN in a file is a mistake or a gap: only who wrote it knows. */
function checkValues(row: readonly string[], header: readonly string[], marks: readonly string[], place: string): void {
  for (const [at, value] of row.entries()) {
    if (notNumber.test(value) && !marks.includes(value.trim())) {
      const advice = `if it stands for a missing value, say --missing ${value.trim()}`;
      throw failure(`${place}: column "${header[at]}" must hold no ${value.trim()}; ${advice}`);
    }
  }
}

const notNumber = /^\s*[+-]?(nan|inf|infinity)\s*$/i;
