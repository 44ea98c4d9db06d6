/** How the batches of a stream or a training are mixed: a plan for each. */
import { checkOptions } from './check-options.ts';
import { identity } from './permutation.ts';
import { type MixPlan, sampleMixPlan } from './plan.ts';
import type { RandomSource } from './random.ts';
import type { SourceRows } from './source-rows.ts';

/** Where in a training a batch is: both from 0. */
export interface BatchPosition {
  readonly epoch: number;
  readonly step: number;
}

/** A way to mix batches: any method will do; with `rows` where it looks up rows of a source, as `remix` does. */
export interface BatchMethod extends SourceRows {
  /**
   * Draw the plan of a batch.
   *
   * @param index [batch] the row numbers of the batch in its source; never changed
   * @returns a plan for the source; of as many rows as the batch, or of more or fewer
   */
  (random: RandomSource, index: Int32Array, position: BatchPosition): MixPlan;
}

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
 * How batches are mixed that come one by one, each numbered from 0 for itself.
 *
 * A method that looks up rows (`remix`, `cMixup`, `kMixup`, pairings by class, label kernel or transport) is made for
 * one source, so here it has to be made for each batch.
 */
export interface PassingMixOptions<B, M = BatchMethod> extends BatchMixOptions {
  /** Instead of all of the above: make the method of a batch from the batch itself, its labels say. */
  methodOf?(batch: B, position: BatchPosition): M;
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

/**
 * Make what gives the method of each batch that passes.
 *
 * @param others the names of options that the caller has beside these
 * @returns `methodOf`, or what gives the one method that the options ask for
 * @throws RangeError and TypeError at once, as `toBatchMethod`
 */
export function toMethodOf<B, M>(
  options: PassingMixOptions<B, M>,
  name: string,
  others: readonly string[] = [],
): (batch: B, position: BatchPosition) => M | BatchMethod {
  const method = toBatchMethod(options, name, [...others, 'methodOf']);
  const { methodOf } = options;
  if (methodOf === undefined) {
    return (_, { step }) => {
      // What fits the first batch by its number of rows knows nothing of the second.
      if (step > 0 && method.rows !== undefined) throw wrongSource(method, 'every batch', name);
      return method;
    };
  }
  if (
    typeof methodOf !== 'function' ||
    [options.alpha, options.lambdaPer, options.method].some((o) => o !== undefined)
  ) {
    throw new TypeError(`${name}: methodOf must be a function, with neither alpha, lambdaPer nor method beside it`);
  }
  return methodOf;
}

/**
 * Draw the plan of a batch that passes, its rows numbered from 0.
 *
 * @param method of this batch
 * @param rows how many the batch has, an integer >= 1
 * @throws TypeError when `method` is none, or gives no plan; RangeError when it looks up rows of a source of another size,
 *   or its plan says what a batch has no place for
 */
export function drawPassing(
  random: RandomSource,
  method: BatchMethod,
  rows: number,
  position: BatchPosition,
  name: string,
): MixPlan {
  if (typeof method !== 'function') {
    throw new TypeError(`${name}: methodOf must return a method, got ${String(method)}`);
  }
  if (method.rows !== undefined && method.rows !== rows) throw wrongSource(method, `a batch of ${rows}`, name);
  const plan = method(random, identity(rows), position);
  checkBatchPlan(plan, name);
  return plan;
}

function wrongSource({ rows }: BatchMethod, batch: string, name: string): RangeError {
  return new RangeError(
    `${name}: a method that looks up rows must be made for each batch, by methodOf: (batch) => …, got one of ${rows} rows for ${batch}`,
  );
}

/**
 * Check that there are images where a plan has boxes.
 *
 * @param parts of the batch, all of them features
 * @param what the error calls what should be images
 * @throws RangeError where none has shape [rows, height, width, channels]
 */
export function checkImages(
  plan: MixPlan,
  parts: readonly { readonly shape: readonly number[] }[],
  what: string,
  name: string,
): void {
  if (!plan.box || parts.some(({ shape }) => shape.length === 4)) return;
  throw new RangeError(
    `${name}: plans with boxes are for images, so ${what} must have shape [rows, height, width, channels]`,
  );
}

/**
 * Check that a method gave a plan, which says nothing that a batch of features and labels has no place for.
 *
 * @throws TypeError for what is no plan
 * @throws RangeError for layers of manifold mixup, and for weights that are not all 1 (RegMixup with another eta)
 */
export function checkBatchPlan(plan: MixPlan, name: string): void {
  if (!(plan?.index?.length >= 0)) {
    throw new TypeError(`${name}: method must return a plan, got ${String(plan)}`);
  }
  if (plan.layer) throw new RangeError(`${name}: plans must mix inputs, got one for layer ${plan.layer}`);
  const wrong = plan.weight?.find((weight) => weight !== 1);
  if (wrong !== undefined) throw new RangeError(`${name}: plans must weigh all rows alike, got a weight of ${wrong}`);
}
