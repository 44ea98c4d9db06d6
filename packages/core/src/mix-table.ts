/** Mixing a table: a plan applied to columns of numbers, of levels, and of both with gaps. */
import { checkOptions } from './check-options.ts';
import { checkRandom } from './check-random.ts';
import {
  type CategoricalColumn,
  type ColumnSchema,
  type Columns,
  type ColumnValues,
  checkColumnSchema,
  checkColumnValues,
  missingTest,
  readLevels,
  readNumbers,
  type TableSchema,
} from './column.ts';
import { checkLabelNames, labelPlan } from './label-plan.ts';
import { checkPlan, checkPlanForm, type MixPlan } from './plan.ts';
import type { RandomSource } from './random.ts';

/** A plan for tables: it says too from which of its two rows a category is taken. */
export interface TablePlan extends MixPlan {
  /** [batch], each in [0, 1): categories come from `index` where it is below `lambda`, else from `partner`. */
  readonly swap?: Float64Array;
}

/** A mixed table by columns, each [batch]: NaN or null where a value is missing. */
export type MixedColumns = Record<string, Float64Array | (string | number | null)[]>;

/**
 * Draw from which row the categories of a mixed table are taken.
 *
 * One number serves all columns of a row, so that categories that belong together (a city and its country) stay
 * together. Draw it last: `takePlan` and `joinPlans` know nothing of it.
 *
 * @param plan [batch]; never changed
 * @returns the plan, and a `swap` of [batch]
 * @throws TypeError when `plan` is no plan
 */
export function sampleTablePlan(random: RandomSource, plan: MixPlan): TablePlan & { readonly swap: Float64Array } {
  checkRandom(random, 'sampleTablePlan');
  checkPlanForm(plan, 'sampleTablePlan');
  return { ...plan, swap: Float64Array.from(plan.lambda, () => random()) };
}

/**
 * Mix a table as a plan says, each column by its kind.
 *
 * Numbers become `lambda[i] * x[index[i]] + (1 - lambda[i]) * x[partner[i]]`, as `mixRows` gives them, and whole numbers
 * are rounded after that. With lambda 1 a row is copied whatever its partner holds or lacks, with lambda 0 the partner is.
 *
 * A plan of Remix weighs labels otherwise than features, by `labelLambda`. Nothing in a schema says what is a label, so such a
 * plan is refused where `labels` does not.
 *
 * @param columns by name, each [rows]; never changed. Numbers may be texts, as a CSV file has them
 * @param plan [batch]; with `swap` (see `sampleTablePlan`) where a categorical column is swapped
 * @param schema of every column, see `inferSchema`
 * @param options.labels the names of the columns that hold labels, none of them if need be; all else is a feature
 * @returns columns in the order of the schema, each [batch]: float64 for numbers and one-hot weights, else levels as the
 *   schema (or, without levels, the table) has them
 * @throws RangeError when the plan, a column or a value does not fit, a label is no column, or a plan with `labelLambda` comes
 *   without `labels`; TypeError when the schema or `swap` does not fit
 * @example
 * const plan = { index: Int32Array.of(0), partner: Int32Array.of(1), lambda: Float64Array.of(0.75), swap: Float64Array.of(0.1) };
 * mixTable({ age: [30, 41], city: ['Rome', 'Oslo'] }, plan, {
 *   age: { kind: 'integer' },
 *   city: { kind: 'categorical', mix: 'swap' },
 * }); // { age: [33], city: ['Rome'] }
 * @see Zhang, Cisse, Dauphin, Lopez-Paz, "mixup: Beyond Empirical Risk Minimization", 2017
 */
export function mixTable(
  columns: Columns,
  plan: TablePlan,
  schema: TableSchema,
  options: { readonly labels?: readonly string[] } = {},
): MixedColumns {
  checkOptions(options, ['labels'], 'mixTable');
  const { labels } = options;
  const rows = checkColumns(columns, schema);
  checkPlan(plan, rows, 'mixTable');
  checkLabelNames(labels, schema, 'mixTable');
  if (plan.labelLambda && !labels) {
    throw new RangeError(
      "mixTable: a plan with labelLambda must come with the columns of labels, such as { labels: ['income'] }, got none",
    );
  }
  const forLabels = labelPlan(plan);
  const mixed = new Map<string, MixedColumns[string]>();
  for (const [name, column] of Object.entries(schema)) {
    for (const [key, values] of mixColumn(
      columns[name] as ColumnValues,
      labels?.includes(name) ? forLabels : plan,
      column,
      name,
    )) {
      if (mixed.has(key)) throw new RangeError(`mixTable: two columns of the result would be named "${key}"`);
      mixed.set(key, values);
    }
  }
  return Object.fromEntries(mixed);
}

/** @returns the number of rows */
function checkColumns(columns: Columns, schema: TableSchema): number {
  if (typeof schema !== 'object' || schema === null) {
    throw new TypeError(
      `mixTable: schema must say what each column is, as inferSchema(columns) does, got ${String(schema)}`,
    );
  }
  const names = Object.keys(schema);
  const unknown = Object.keys(columns).find((name) => !Object.hasOwn(schema, name));
  if (unknown !== undefined) throw new RangeError(`mixTable: the schema must have every column, it lacks "${unknown}"`);
  let rows: number | undefined;
  for (const name of names) {
    checkColumnSchema(schema[name] as ColumnSchema, `mixTable: column "${name}"`);
    const values = Object.hasOwn(columns, name) ? columns[name] : undefined;
    checkColumnValues(values, `mixTable: column "${name}"`);
    rows ??= values.length;
    if (values.length !== rows) {
      throw new RangeError(
        `mixTable: columns must have one length, got ${rows} in "${names[0]}" and ${values.length} in "${name}"`,
      );
    }
  }
  return rows ?? 0;
}

type Named = readonly [name: string, values: MixedColumns[string]];

function mixColumn(values: ColumnValues, plan: TablePlan, schema: ColumnSchema, name: string): readonly Named[] {
  const place = `mixTable: column "${name}"`;
  switch (schema.kind) {
    case 'numeric':
      return [[name, mixNumbers(readNumbers(values, schema, place), plan, schema.missing)]];
    case 'integer':
      return [[name, mixNumbers(readNumbers(values, schema, place), plan, schema.missing, roundWithin)]];
    case 'bounded':
      return [[name, mixNumbers(readNumbers(values, schema, place), plan, schema.missing, within)]];
    case 'ordinal': {
      const places = Float64Array.from(readLevels(values, schema, place), (at) => (at < 0 ? Number.NaN : at));
      const mixed = mixNumbers(places, plan, schema.missing, roundWithin);
      return [[name, Array.from(mixed, (at) => schema.levels[at] ?? null)]];
    }
    case 'categorical':
      return schema.mix === 'oneHot'
        ? blendLevels(values, plan, schema, name)
        : [[name, swapLevels(values, plan, schema, place)]];
    default:
      return schema satisfies never;
  }
}

function mixNumbers(
  numbers: Float64Array,
  plan: MixPlan,
  missing: ColumnSchema['missing'],
  finish?: (blend: number, own: number, other: number) => number,
): Float64Array {
  const mixed = new Float64Array(plan.index.length);
  for (let i = 0; i < mixed.length; i++) {
    const weight = plan.lambda[i] as number;
    const rest = 1 - weight;
    const own = numbers[plan.index[i] as number] as number;
    const other = numbers[plan.partner[i] as number] as number;
    if (rest === 0 || weight === 0) mixed[i] = weight === 0 ? other : own;
    else if (missing === 'other' && Number.isNaN(own)) mixed[i] = other;
    else if (missing === 'other' && Number.isNaN(other)) mixed[i] = own;
    else {
      const blend = weight * own + rest * other;
      mixed[i] = finish ? finish(blend, own, other) : blend;
    }
  }
  return mixed;
}

/** One column of weights for each level, NaN in all of them where the level is missing. */
function blendLevels(
  values: ColumnValues,
  plan: MixPlan,
  schema: Extract<CategoricalColumn, { mix: 'oneHot' }>,
  name: string,
): Named[] {
  const places = readLevels(values, schema, `mixTable: column "${name}"`);
  return schema.levels.map((level, place) => {
    const weights = Float64Array.from(places, (at) => (at < 0 ? Number.NaN : Number(at === place)));
    return [`${name}=${level}`, mixNumbers(weights, plan, schema.missing)];
  });
}

function swapLevels(
  values: ColumnValues,
  plan: TablePlan,
  schema: Extract<CategoricalColumn, { mix: 'swap' }>,
  place: string,
): (string | number | null)[] {
  const { levels, missing } = schema;
  const { swap, lambda } = plan;
  if (!(swap instanceof Float64Array && swap.length === lambda.length)) {
    throw new TypeError(`${place} is swapped, so the plan must have swap, [${lambda.length}]: see sampleTablePlan`);
  }
  const isMissing = missingTest(schema);
  const read = levels
    ? Array.from(readLevels(values, { ...schema, levels }, place), (at) => levels[at] ?? null)
    : Array.from<string | number | null, string | number | null>(values, (value) => (isMissing(value) ? null : value));
  return Array.from(lambda, (weight, i) => {
    const draw = swap[i] as number;
    if (!(draw >= 0 && draw < 1)) {
      throw new RangeError(`mixTable: swap of plan row ${i} must be in [0, 1), got ${draw}`);
    }
    const own = read[plan.index[i] as number] as string | number | null;
    const other = read[plan.partner[i] as number] as string | number | null;
    if (1 - weight === 0 || weight === 0) return weight === 0 ? other : own;
    if (own === null || other === null) return missing === 'other' ? (own ?? other) : null;
    return draw < weight ? own : other;
  });
}

/** Between the two that were blended, which the roundings of the blend can leave by a unit in the last place. */
function within(blend: number, own: number, other: number): number {
  return Math.min(Math.max(own, other), Math.max(Math.min(own, other), blend));
}

/** To the nearest whole number, a half to the even one: no drift upwards, and the same whichever row is called the own. */
function roundWithin(blend: number, own: number, other: number): number {
  const below = Math.floor(blend);
  const rest = blend - below;
  const nearest = rest > 0.5 || (rest === 0.5 && below % 2 !== 0) ? below + 1 : below;
  return within(nearest, own, other);
}
