/** Mix plans: all the chance of a mix as plain data, drawn once and applied to anything. */

import { sampleBetas } from './beta.ts';
import { checkOptions } from './check-options.ts';
import { checkRandom } from './check-random.ts';
import { identity, samplePermutation } from './permutation.ts';
import type { RandomSource } from './random.ts';

/**
 * Who is mixed with whom, and how much of each.
 *
 * Row i of the result is `lambda[i] * x[index[i]] + (1 - lambda[i]) * x[partner[i]]`. A plain row is a row with
 * `lambda` 1; an epoch of plain training is a plan too.
 *
 * @see Zhang, Cisse, Dauphin, Lopez-Paz, "mixup: Beyond Empirical Risk Minimization", 2017
 */
export interface MixPlan {
  /** [batch], each a row number of the source */
  readonly index: Int32Array;
  /** [batch], each a row number of the source */
  readonly partner: Int32Array;
  /** [batch], each in [0, 1]: the weight of `index`; where there is a box, the share of its pixels that stay */
  readonly lambda: Float64Array;
  /** [batch], each in [0, 1]: the weight of the label of `index`, where it is not `lambda` (Remix); for `mixLabels` */
  readonly labelLambda?: Float64Array;
  /**
   * [batch, 4], in pixels: top, left, bottom and right, the last two outside. The box is filled from the partner and the
   * rest is `index` (CutMix); a row whose box is empty is blended by `lambda`. For `mixImages`.
   */
  readonly box?: Int32Array;
  /** What fills a box: the partner's pixels at that place ('cut', the default), or all of it made smaller ('resize'). */
  readonly fill?: 'cut' | 'resize';
  /** [batch], each >= 0: the weight of the row in the loss, 1 where there is none (RegMixup) */
  readonly weight?: Float64Array;
  /** The layer whose output is mixed, 0 for the input, which is also where nothing is said (manifold mixup). */
  readonly layer?: number;
}

/** What `sampleMixPlan` draws. */
export interface MixPlanOptions {
  /** Rows in the batch, an integer >= 1. */
  readonly batch: number;
  /** Both shapes of the Beta distribution, >= 0, default 0.2; at 0 there is no mixing and every lambda is 1. */
  readonly alpha?: number;
  /** One draw for each row, or one that serves the whole batch, as in the authors' code. Default 'row'. */
  readonly lambdaPer?: 'row' | 'batch';
}

/**
 * Draw a plan that mixes a batch with a random permutation of itself.
 *
 * A row may meet itself, as in the authors' code; a batch of one always does.
 *
 * @returns a plan with `index` 0 … batch - 1
 * @throws RangeError when an option is out of range or unknown; lambda per pair, folding, p and pairings are options of `mixup`
 * @example
 * const plan = sampleMixPlan(random, { batch: 30, alpha: 0.2 });
 * const x = mixRows(features, plan);
 * const y = mixRows(labels, plan);
 * @see Zhang, Cisse, Dauphin, Lopez-Paz, "mixup: Beyond Empirical Risk Minimization", 2017
 */
export function sampleMixPlan(random: RandomSource, options: MixPlanOptions): MixPlan {
  checkRandom(random, 'sampleMixPlan');
  checkOptions(options, ['batch', 'alpha', 'lambdaPer'], 'sampleMixPlan');
  const { batch, alpha = 0.2, lambdaPer = 'row' } = options ?? {};
  if (!(Number.isInteger(batch) && batch >= 1)) {
    throw new RangeError(`sampleMixPlan: batch must be an integer >= 1, got ${batch}`);
  }
  if (lambdaPer !== 'row' && lambdaPer !== 'batch') {
    const advice = lambdaPer === 'pair' ? ', which mixup knows' : '';
    throw new RangeError(`sampleMixPlan: lambdaPer must be 'row' or 'batch', got ${String(lambdaPer)}${advice}`);
  }
  checkAlpha(alpha, 'sampleMixPlan');
  const lambda =
    lambdaPer === 'row'
      ? sampleLambda(random, alpha, batch)
      : new Float64Array(batch).fill(sampleLambda(random, alpha, 1)[0] as number);
  return { index: identity(batch), partner: samplePermutation(random, batch), lambda };
}

/**
 * Draw mixing weights.
 *
 * @param alpha both shapes of the Beta distribution, >= 0; at 0 every weight is 1 and nothing is drawn
 * @param size an integer >= 0
 * @returns [size], each in [0, 1]
 * @throws RangeError when `alpha` is not >= 0 and finite, or `size` is no such integer
 */
export function sampleLambda(random: RandomSource, alpha: number, size: number): Float64Array {
  checkRandom(random, 'sampleLambda');
  checkAlpha(alpha, 'sampleLambda');
  if (!(Number.isInteger(size) && size >= 0)) {
    throw new RangeError(`sampleLambda: size must be an integer >= 0, got ${size}`);
  }
  return alpha > 0 ? sampleBetas(random, alpha, alpha, size) : new Float64Array(size).fill(1);
}

function checkAlpha(alpha: number, name: string): void {
  if (!(Number.isFinite(alpha) && alpha >= 0)) {
    throw new RangeError(`${name}: alpha must be >= 0 and finite, got ${alpha}`);
  }
}

/**
 * Make the plan that mixes nothing: row i of the result is row `index[i]` of the source.
 *
 * @param index [batch] row numbers
 * @throws TypeError when there are none
 */
export function plainPlan(index: Int32Array): MixPlan {
  if (!(index?.length >= 0)) {
    throw new TypeError(`plainPlan: index must be row numbers, such as identity(30), got ${String(index)}`);
  }
  return { index, partner: index, lambda: new Float64Array(index.length).fill(1) };
}

/**
 * Choose rows of a plan, in the order given.
 *
 * @param rows [n], each a row number of the plan; a row may come more than once
 * @returns a plan of n rows
 * @throws RangeError for a row that is not there; TypeError when `plan` is no plan
 */
export function takePlan(plan: MixPlan, rows: Int32Array): MixPlan {
  checkPlanForm(plan, 'takePlan');
  if (!(rows?.length >= 0)) throw new TypeError(`takePlan: rows must be row numbers, got ${String(rows)}`);
  const { index, partner, lambda, labelLambda, box, fill, weight, layer } = plan;
  const at = findOutside(rows, index.length);
  if (at >= 0) throw new RangeError(`takePlan: rows must be in [0, ${index.length}), got ${rows[at]}`);
  return {
    index: takeNumbers(index, rows),
    partner: takeNumbers(partner, rows),
    lambda: takeWeights(lambda, rows),
    ...(labelLambda && { labelLambda: takeWeights(labelLambda, rows) }),
    ...(weight && { weight: takeWeights(weight, rows) }),
    ...(box && { box: takeBoxes(box, rows) }),
    ...(fill && { fill }),
    ...(layer !== undefined && { layer }),
  };
}

/** @returns where a row number is that is not in [0, count), or -1 */
function findOutside(rows: Int32Array, count: number): number {
  for (let i = 0; i < rows.length; i++) if (!((rows[i] as number) >= 0 && (rows[i] as number) < count)) return i;
  return -1;
}

// One function for each type: a loop that has met several takes twice as long.

function takeNumbers(numbers: Int32Array, rows: Int32Array): Int32Array {
  const taken = new Int32Array(rows.length);
  for (let i = 0; i < taken.length; i++) taken[i] = numbers[rows[i] as number] as number;
  return taken;
}

function takeWeights(weights: Float64Array, rows: Int32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < taken.length; i++) taken[i] = weights[rows[i] as number] as number;
  return taken;
}

function takeBoxes(boxes: Int32Array, rows: Int32Array): Int32Array {
  const taken = new Int32Array(4 * rows.length);
  for (let i = 0; i < taken.length; i++) taken[i] = boxes[4 * (rows[i >> 2] as number) + (i & 3)] as number;
  return taken;
}

/**
 * Put plans end to end.
 *
 * @returns a plan with all their rows, in order
 * @throws RangeError when they mix different layers, or fill their boxes in different ways; TypeError when one is no plan
 */
export function joinPlans(...plans: readonly MixPlan[]): MixPlan {
  for (const plan of plans) checkPlanForm(plan, 'joinPlans');
  const batch = plans.reduce((sum, plan) => sum + plan.index.length, 0);
  const some = (key: keyof MixPlan) => plans.some((plan) => plan[key] !== undefined);
  const joined = {
    index: new Int32Array(batch),
    partner: new Int32Array(batch),
    lambda: new Float64Array(batch),
    ...(some('labelLambda') && { labelLambda: new Float64Array(batch) }),
    ...(some('weight') && { weight: new Float64Array(batch).fill(1) }),
    ...(some('box') && { box: new Int32Array(4 * batch) }),
    ...onlyOne(
      'fill',
      plans.filter((plan) => plan.box),
    ),
    ...onlyOne('layer', plans),
  };
  let at = 0;
  for (const plan of plans) {
    joined.index.set(plan.index, at);
    joined.partner.set(plan.partner, at);
    joined.lambda.set(plan.lambda, at);
    joined.labelLambda?.set(plan.labelLambda ?? plan.lambda, at);
    if (plan.weight) joined.weight?.set(plan.weight, at);
    if (plan.box) joined.box?.set(plan.box, 4 * at);
    at += plan.index.length;
  }
  return joined;
}

/** What all plans say alike of the whole batch. */
function onlyOne(key: 'fill' | 'layer', plans: readonly MixPlan[]): Partial<MixPlan> {
  const value = plans[0]?.[key];
  const other = plans.find((plan) => plan[key] !== value);
  if (other) throw new RangeError(`joinPlans: ${key} must be the same in all plans, got ${value} and ${other[key]}`);
  return value === undefined ? {} : { [key]: value };
}

/**
 * Check that a plan fits a source.
 *
 * @param rows how many rows the source has
 * @param name what the error calls the caller
 * @throws RangeError when the arrays differ in length, a row is not there, or a lambda is not in [0, 1]
 * @throws TypeError when they are no arrays, as after plain JSON
 */
export function checkPlan(plan: MixPlan, rows: number, name: string): void {
  checkPlanForm(plan, name);
  const { index, partner, lambda } = plan;
  if (index.length !== partner.length || index.length !== lambda.length) {
    const lengths = `${index.length}, ${partner.length} and ${lambda.length}`;
    throw new RangeError(`${name}: index, partner and lambda of a plan must have one length, got ${lengths}`);
  }
  checkEntries(plan, rows, name);
  checkExtras(plan, name);
}

/** A loop for itself: V8 compiles the function that a loop is in with what it inlines of its calls. */
function checkEntries({ index, partner, lambda }: MixPlan, rows: number, name: string): void {
  for (let i = 0; i < index.length; i++) {
    const first = index[i] as number;
    const second = partner[i] as number;
    const weight = lambda[i] as number;
    // What is no whole number >= 0 is another one as an unsigned one.
    if (!(first >>> 0 === first && first < rows && second >>> 0 === second && second < rows)) {
      throw new RangeError(`${name}: plan row ${i} must name rows in [0, ${rows}), got ${first} and ${second}`);
    }
    if (!(weight >= 0 && weight <= 1)) {
      throw new RangeError(`${name}: lambda of plan row ${i} must be in [0, 1], got ${weight}`);
    }
  }
}

/** @throws TypeError when what should be an array is none: what JSON makes of a typed one has no length, and would mix nothing */
export function checkPlanForm(plan: MixPlan, name: string): void {
  const { index, partner, lambda, labelLambda = lambda, weight = lambda, box = lambda } = plan ?? {};
  if (![index, partner, lambda, labelLambda, weight, box].every((numbers) => numbers?.length >= 0)) {
    const rule = 'plan must have index, partner and lambda, all arrays, as parsePlan reads them from JSON';
    throw new TypeError(`${name}: ${rule}`);
  }
}

function checkExtras(plan: MixPlan, name: string): void {
  const batch = plan.index.length;
  for (const key of ['labelLambda', 'weight', 'box'] as const) {
    const values = plan[key];
    const each = key === 'box' ? 4 : 1;
    if (!values) continue;
    if (values.length !== each * batch) {
      const numbers = each === 1 ? '1 number' : `${each} numbers`;
      throw new RangeError(
        `${name}: ${key} of a plan must have ${numbers} a row, got ${values.length} for ${batch} rows`,
      );
    }
    if (key === 'box') continue;
    const [most, range] = key === 'weight' ? [Number.MAX_VALUE, '>= 0 and finite'] : [1, 'in [0, 1]'];
    const wrong = values.findIndex((value) => !(value >= 0 && value <= most));
    if (wrong >= 0) throw new RangeError(`${name}: ${key} of plan row ${wrong} must be ${range}, got ${values[wrong]}`);
  }
}
