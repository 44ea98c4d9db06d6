/** How the batches of a stream or a training are mixed: a plan for each. */
import { checkOptions } from './check-options.ts';
import { type MixPlan, sampleMixPlan } from './plan.ts';
import type { RandomSource } from './random.ts';

/** Where in a training a batch is: both from 0. */
export interface BatchPosition {
  readonly epoch: number;
  readonly step: number;
}

/**
 * Draw the plan of a batch.
 *
 * @param index [batch] the row numbers of the batch in its source; never changed
 * @returns a plan for the source; of as many rows as the batch, or of more or fewer
 */
export type BatchMethod = (random: RandomSource, index: Int32Array, position: BatchPosition) => MixPlan;

/** How batches are mixed: by `sampleMixPlan` with these settings, or by a method of one's own. */
export interface BatchMixOptions {
  /** Both shapes of the Beta distribution, >= 0, default 0.2; at 0 there is no mixing. */
  readonly alpha?: number;
  /** One lambda for each row, or one for the whole batch. Default 'row'. */
  readonly lambdaPer?: 'row' | 'batch';
  /** Instead of the two above. It may change with epoch and step, say to warm up. */
  readonly method?: BatchMethod;
}

/**
 * Make the method that the options ask for.
 *
 * @param others the names of options that the caller has beside these
 * @throws RangeError at once when an option is out of range or unknown; TypeError when there is a method and settings beside it
 */
export function toBatchMethod(options: BatchMixOptions, name: string, others: readonly string[] = []): BatchMethod {
  checkOptions(options, [...others, 'alpha', 'lambdaPer', 'method'], name);
  const { alpha, lambdaPer, method } = options;
  if (method !== undefined) {
    if (typeof method !== 'function' || alpha !== undefined || lambdaPer !== undefined) {
      throw new TypeError(`${name}: method must be a function, with neither alpha nor lambdaPer beside it`);
    }
    return method;
  }
  const settings = { ...(alpha !== undefined && { alpha }), ...(lambdaPer !== undefined && { lambdaPer }) };
  if (alpha !== undefined && !(Number.isFinite(alpha) && alpha >= 0)) {
    throw new RangeError(`${name}: alpha must be >= 0 and finite, got ${alpha}`);
  }
  if (lambdaPer !== undefined && lambdaPer !== 'row' && lambdaPer !== 'batch') {
    throw new RangeError(`${name}: lambdaPer must be 'row' or 'batch', got ${String(lambdaPer)}`);
  }
  return (random, index) => {
    const plan = sampleMixPlan(random, { batch: index.length, ...settings });
    return { index, partner: plan.partner.map((row) => index[row] as number), lambda: plan.lambda };
  };
}

/** @returns the plan for the labels of the rows: its own weights where a method gives some (Remix) */
export function labelPlan(plan: MixPlan & { readonly labelLambda?: Float64Array }): MixPlan {
  return plan.labelLambda ? { ...plan, lambda: plan.labelLambda } : plan;
}

/**
 * Check that a plan says nothing that a batch of features and labels has no place for.
 *
 * @throws RangeError for layers of manifold mixup, and for weights that are not all 1 (RegMixup with another eta)
 */
export function checkBatchPlan(plan: MixPlan, name: string): void {
  if (plan.layer) throw new RangeError(`${name}: plans must mix inputs, got one for layer ${plan.layer}`);
  const wrong = plan.weight?.find((weight) => weight !== 1);
  if (wrong !== undefined) throw new RangeError(`${name}: plans must weigh all rows alike, got a weight of ${wrong}`);
}
