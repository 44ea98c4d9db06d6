/** Mix plans: all the chance of a mix as plain data, drawn once and applied to anything. */
import { sampleBetas } from './beta.ts';
import { identity, samplePermutation } from './permutation.ts';
import type { RandomSource } from './random.ts';

/**
 * Who is mixed with whom, and how much of each.
 *
 * Row i of the result is `lambda[i] * x[index[i]] + (1 - lambda[i]) * x[partner[i]]`. A plain row is a row with
 * `lambda` 1; an epoch of plain training is a plan too.
 *
 * @see Zhang, Cisse, Dauphin, Lopez-Paz, "mixup: Beyond Empirical Risk Minimization", 2017, equation (1)
 */
export interface MixPlan {
  /** [batch], each a row number of the source */
  readonly index: Int32Array;
  /** [batch], each a row number of the source */
  readonly partner: Int32Array;
  /** [batch], each in [0, 1]: the weight of `index` */
  readonly lambda: Float64Array;
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
 * @throws RangeError when `batch` or `alpha` is out of range
 * @example
 * const plan = sampleMixPlan(random, { batch: 30, alpha: 0.2 });
 * const x = mixRows(features, plan);
 * const y = mixRows(labels, plan);
 * @see Zhang, Cisse, Dauphin, Lopez-Paz, "mixup: Beyond Empirical Risk Minimization", 2017, section 2
 */
export function sampleMixPlan(random: RandomSource, options: MixPlanOptions): MixPlan {
  const { batch, alpha = 0.2, lambdaPer = 'row' } = options;
  if (!(Number.isInteger(batch) && batch >= 1)) {
    throw new RangeError(`sampleMixPlan: batch must be an integer >= 1, got ${batch}`);
  }
  if (lambdaPer !== 'row' && lambdaPer !== 'batch') {
    throw new RangeError(`sampleMixPlan: lambdaPer must be 'row' or 'batch', got ${String(lambdaPer)}`);
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
  checkAlpha(alpha, 'sampleLambda');
  if (!(Number.isInteger(size) && size >= 0)) {
    throw new RangeError(`sampleLambda: size must be an integer >= 0, got ${size}`);
  }
  return alpha > 0 ? sampleBetas(random, alpha, alpha, size) : new Float64Array(size).fill(1);
}

function checkAlpha(alpha: number, name: string): void {
  if (!(alpha >= 0 && alpha < Infinity)) {
    throw new RangeError(`${name}: alpha must be >= 0 and finite, got ${alpha}`);
  }
}

/**
 * Make the plan that mixes nothing: row i of the result is row `index[i]` of the source.
 *
 * @param index [batch] row numbers
 */
export function plainPlan(index: Int32Array): MixPlan {
  return { index, partner: index, lambda: new Float64Array(index.length).fill(1) };
}

/**
 * Choose rows of a plan, in the order given.
 *
 * @param rows [n], each a row number of the plan; a row may come more than once
 * @returns a plan of n rows
 */
export function takePlan(plan: MixPlan, rows: Int32Array): MixPlan {
  const index = new Int32Array(rows.length);
  const partner = new Int32Array(rows.length);
  const lambda = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    if (!(row >= 0 && row < plan.index.length)) {
      throw new RangeError(`takePlan: rows must be in [0, ${plan.index.length}), got ${row}`);
    }
    index[i] = plan.index[row] as number;
    partner[i] = plan.partner[row] as number;
    lambda[i] = plan.lambda[row] as number;
  }
  return { index, partner, lambda };
}

/**
 * Put plans end to end.
 *
 * @returns a plan with all their rows, in order
 */
export function joinPlans(...plans: readonly MixPlan[]): MixPlan {
  const batch = plans.reduce((sum, plan) => sum + plan.index.length, 0);
  const joined = { index: new Int32Array(batch), partner: new Int32Array(batch), lambda: new Float64Array(batch) };
  let at = 0;
  for (const plan of plans) {
    joined.index.set(plan.index, at);
    joined.partner.set(plan.partner, at);
    joined.lambda.set(plan.lambda, at);
    at += plan.index.length;
  }
  return joined;
}

/**
 * Check that a plan fits a source.
 *
 * @param rows how many rows the source has
 * @param name what the error calls the caller
 * @throws RangeError when the arrays differ in length, a row is not there, or a lambda is not in [0, 1]
 */
export function checkPlan(plan: MixPlan, rows: number, name: string): void {
  const { index, partner, lambda } = plan;
  if (index.length !== partner.length || index.length !== lambda.length) {
    const lengths = `${index.length}, ${partner.length} and ${lambda.length}`;
    throw new RangeError(`${name}: index, partner and lambda of a plan must have one length, got ${lengths}`);
  }
  for (let i = 0; i < index.length; i++) {
    const first = index[i] as number;
    const second = partner[i] as number;
    const weight = lambda[i] as number;
    if (!(first >= 0 && first < rows && second >= 0 && second < rows)) {
      throw new RangeError(`${name}: plan row ${i} must name rows in [0, ${rows}), got ${first} and ${second}`);
    }
    if (!(weight >= 0 && weight <= 1)) {
      throw new RangeError(`${name}: lambda of plan row ${i} must be in [0, 1], got ${weight}`);
    }
  }
}
