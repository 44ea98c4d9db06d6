/** The mixup generator of the article: an endless stream of mixed batches. */
import { checkOptions } from './check-options.ts';
import { checkRandom } from './check-random.ts';
import { toLabelRows } from './labels.ts';
import { mixRows } from './mix.ts';
import { identity, shuffle as shuffleOrder } from './permutation.ts';
import { type MixPlan, sampleLambda } from './plan.ts';
import type { RandomSource } from './random.ts';
import { type Rows, type RowsLike, toRows } from './rows.ts';

export interface MixupGeneratorOptions {
  /** Features of shape [rows, ...item]. */
  readonly x: RowsLike;
  /** Labels of shape [rows, classes], one-hot or soft. */
  readonly y: RowsLike;
  /** Rows in a mixed batch, an integer >= 1, default 30; each takes two rows of the data. */
  readonly batchSize?: number;
  /** Both shapes of the Beta distribution, >= 0, default 0.2. */
  readonly alpha?: number;
  /** Whether each pass through the data has an order of its own; default true. */
  readonly shuffle?: boolean;
}

/** A mixed batch, and the plan that made it. */
export interface MixedBatch {
  /** Features of shape [batchSize, ...item]. */
  readonly x: Rows;
  /** Labels of shape [batchSize, classes]. */
  readonly y: Rows;
  readonly plan: MixPlan;
}

/**
 * Yield mixed batches without end, as the article's `MixupGenerator` does.
 *
 * Each pass shuffles the row numbers and cuts them into runs of 2 * batchSize: the first half is mixed with the second,
 * one lambda a row. What is left at the end of a pass is dropped.
 *
 * With `createRandomState(seed)` of `@mixup/core/numpy` it yields what the Python class yields after
 * `np.random.seed(seed)`.
 *
 * @returns an iterator that never ends: leave the loop, or call `next()`
 * @throws RangeError when there are fewer than 2 * batchSize rows (the original loops for ever), or an option is out of range
 * @throws TypeError when `x` or `y` is not rows
 * @example
 * for (const { x, y, plan } of mixupGenerator(createRandom(0), { x: features, y: labels, batchSize: 30 })) { … }
 * @see Uchida, "mixup-generator", 2017, https://github.com/yu4u/mixup-generator
 */
export function mixupGenerator(
  random: RandomSource,
  options: MixupGeneratorOptions,
): Generator<MixedBatch, never, void> {
  checkRandom(random, 'mixupGenerator');
  checkOptions(options, ['x', 'y', 'batchSize', 'alpha', 'shuffle'], 'mixupGenerator');
  const { batchSize = 30, alpha = 0.2, shuffle = true } = options ?? {};
  const x = toRows(options?.x, 'mixupGenerator: x');
  const y = toLabelRows(options.y, 'mixupGenerator: y');
  const rows = x.shape[0];
  if (y.shape[0] !== rows) {
    throw new RangeError(`mixupGenerator: x and y must have as many rows, got ${rows} and ${y.shape[0]}`);
  }
  return applyPlans(mixupPlans(random, { rows, batchSize, alpha, shuffle }), x, y);
}

function* applyPlans(plans: Generator<MixPlan, never, void>, x: Rows, y: Rows): Generator<MixedBatch, never, void> {
  for (;;) {
    const plan = plans.next().value;
    yield { x: mixRows(x, plan), y: mixRows(y, plan), plan };
  }
}

/** What `mixupPlans` draws. */
export interface MixupPlansOptions {
  /** Rows of the data, an integer >= 2 * batchSize. */
  readonly rows: number;
  /** Rows in a mixed batch, an integer >= 1, default 30. */
  readonly batchSize?: number;
  /** Both shapes of the Beta distribution, >= 0, default 0.2. */
  readonly alpha?: number;
  /** Whether each pass through the data has an order of its own; default true. */
  readonly shuffle?: boolean;
}

/**
 * Yield the plans of `mixupGenerator` without applying them.
 *
 * @returns an iterator that never ends
 * @throws RangeError when there are fewer than 2 * batchSize rows, or an option is out of range
 */
export function mixupPlans(random: RandomSource, options: MixupPlansOptions): Generator<MixPlan, never, void> {
  checkRandom(random, 'mixupGenerator');
  checkOptions(options, ['rows', 'batchSize', 'alpha', 'shuffle'], 'mixupPlans');
  const { rows, batchSize = 30, alpha = 0.2, shuffle = true } = options ?? {};
  if (!(Number.isInteger(batchSize) && batchSize >= 1)) {
    throw new RangeError(`mixupGenerator: batchSize must be an integer >= 1, got ${batchSize}`);
  }
  if (!(Number.isFinite(alpha) && alpha >= 0)) {
    throw new RangeError(`mixupGenerator: alpha must be >= 0 and finite, got ${alpha}`);
  }
  if (!Number.isInteger(rows)) {
    throw new RangeError(`mixupGenerator: rows must be an integer, got ${rows}`);
  }
  if (!(rows >= 2 * batchSize)) {
    const most = Math.floor(rows / 2);
    const advice = most >= 1 ? `; lower batchSize to ${most} or less` : '';
    throw new RangeError(`mixupGenerator: a batch of ${batchSize} takes ${2 * batchSize} rows, got ${rows}${advice}`);
  }
  return drawPlans(random, { rows, batchSize, alpha, shuffle });
}

function* drawPlans(random: RandomSource, options: Required<MixupPlansOptions>): Generator<MixPlan, never, void> {
  const { rows, batchSize, alpha, shuffle } = options;
  for (;;) {
    const order = identity(rows);
    if (shuffle) shuffleOrder(random, order);
    for (let at = 0; at + 2 * batchSize <= rows; at += 2 * batchSize) {
      const lambda = sampleLambda(random, alpha, batchSize);
      const index = order.slice(at, at + batchSize);
      const partner = order.slice(at + batchSize, at + 2 * batchSize);
      yield { index, partner, lambda };
    }
  }
}
