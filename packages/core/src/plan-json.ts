/** Plans as JSON: to be saved, sent and read back to the bit. */

import type { TablePlan } from './mix-table.ts';
import { checkPlan, checkPlanForm } from './plan.ts';

/** A plan with plain arrays in the place of typed ones. */
export interface PlanJson {
  readonly index: readonly number[];
  readonly partner: readonly number[];
  readonly lambda: readonly number[];
  readonly labelLambda?: readonly number[];
  readonly box?: readonly number[];
  readonly fill?: 'cut' | 'resize';
  readonly weight?: readonly number[];
  readonly layer?: number;
  /** Of a table plan, see `sampleTablePlan`. */
  readonly swap?: readonly number[];
}

const optional = ['labelLambda', 'box', 'weight', 'swap'] as const;

/**
 * Turn a plan, that of a table too, into what `JSON.stringify` keeps to the bit (a typed array it would write as an object).
 *
 * @throws TypeError when it is no plan
 */
export function planToJson(plan: TablePlan): PlanJson {
  checkPlanForm(plan, 'planToJson');
  const { index, partner, lambda, ...rest } = plan;
  const arrays = optional.filter((key) => plan[key]).map((key) => [key, Array.from(plan[key] as ArrayLike<number>)]);
  return {
    ...(rest as object),
    index: Array.from(index),
    partner: Array.from(partner),
    lambda: Array.from(lambda),
    ...Object.fromEntries(arrays),
  };
}

/**
 * Read a plan from what `planToJson` gave, after JSON or not, or from what JSON makes of the plan itself.
 *
 * @param value anything
 * @returns a plan, with `swap` if it is that of a table
 * @throws TypeError when it has not the form of a plan
 * @throws RangeError when its numbers are out of range
 */
export function parsePlan(value: unknown): TablePlan {
  const json = value as PlanJson;
  if (typeof value === 'string')
    throw new TypeError('parsePlan: a plan must be an object: give text to JSON.parse first');
  if (typeof value !== 'object' || value === null) {
    throw new TypeError(`parsePlan: a plan must be an object, got ${value}`);
  }
  const arrays: { -readonly [K in keyof PlanJson]?: readonly number[] } = {};
  for (const key of ['index', 'partner', 'lambda', ...optional] as const) {
    if (json[key] === undefined && (optional as readonly string[]).includes(key)) continue;
    const numbers = listOf(json[key]);
    if (!numbers?.every((number) => typeof number === 'number')) {
      throw new TypeError(`parsePlan: ${key} must be an array of numbers`);
    }
    arrays[key] = numbers;
  }
  const { index = [], partner = [], lambda = [], labelLambda, box, weight, swap } = arrays;
  const { fill, layer } = json;
  for (const [key, numbers] of Object.entries({ index, partner, box: box ?? [] })) {
    const wrong = numbers.find((number) => (number | 0) !== number || number < 0);
    if (wrong !== undefined) throw new RangeError(`parsePlan: ${key} must be integers in [0, 2 ** 31), got ${wrong}`);
  }
  if (fill !== undefined && fill !== 'cut' && fill !== 'resize') {
    throw new RangeError(`parsePlan: fill must be 'cut' or 'resize', got ${String(fill)}`);
  }
  if (layer !== undefined && !(Number.isInteger(layer) && layer >= 0)) {
    throw new RangeError(`parsePlan: layer must be an integer >= 0, got ${String(layer)}`);
  }
  const plan: TablePlan = {
    index: Int32Array.from(index),
    partner: Int32Array.from(partner),
    lambda: Float64Array.from(lambda),
    ...(labelLambda && { labelLambda: Float64Array.from(labelLambda) }),
    ...(box && { box: Int32Array.from(box) }),
    ...(fill && { fill }),
    ...(weight && { weight: Float64Array.from(weight) }),
    ...(layer !== undefined && { layer }),
    ...(swap && { swap: Float64Array.from(swap) }),
  };
  checkPlan(plan, Infinity, 'parsePlan');
  if (swap && !(swap.length === index.length && swap.every((draw) => draw >= 0 && draw < 1))) {
    throw new RangeError(`parsePlan: swap must be a number in [0, 1) for each of ${index.length} rows`);
  }
  return plan;
}

/** @returns the elements of an array, or of what JSON makes of a typed one: an object with the keys "0" … "n - 1", no other */
function listOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
  return entries?.every(([key], i) => key === String(i)) ? entries.map(([, element]) => element) : undefined;
}
