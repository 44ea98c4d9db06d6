/** Audits of a plan: what its draws came to, before any training. */

import { betaCdf } from './beta-cdf.ts';
import { checkOptions } from './check-options.ts';
import { checkClassIds } from './class-ids.ts';
import { checkFold } from './lambda.ts';
import { checkPlan, type MixPlan } from './plan.ts';

/** Drawn weights counted in bins of equal width. */
export interface LambdaHistogram {
  /** [bins + 1], from 0 to 1; a bin holds its lower edge, the last its upper one too */
  readonly edges: Float64Array;
  /** [bins] */
  readonly counts: Int32Array;
  /** [bins], the counts that Beta(alpha, alpha), folded or not, leads to expect, in the same sum */
  readonly expected: Float64Array;
  /** The mean of the weights; expected: 1/2, of folded ones 1/2 + 4 ** -alpha / (alpha B(alpha, alpha)). */
  readonly mean: number;
  /** Their variance about 1/2; expected: 1 / (4 (2 alpha + 1)), folded or not. */
  readonly variance: number;
}

/**
 * Count the weights of a plan beside what their distribution leads to expect.
 *
 * @param lambda [n], each in [0, 1], at least one: those that were drawn, without rows that were meant to stay plain
 * @param options.alpha both shapes of the Beta distribution, in [1e-4, 1e4]
 * @param options.bins an integer >= 1, default 20
 * @param options.fold whether the draws were folded, so that max(lambda, 1 - lambda) is expected; default false
 * @throws RangeError when a weight or an option is out of range; TypeError when `fold` is no boolean
 * @example
 * const { counts, expected } = lambdaHistogram(plan.lambda, { alpha: 0.2 });
 */
export function lambdaHistogram(
  lambda: ArrayLike<number>,
  options: { readonly alpha: number; readonly bins?: number; readonly fold?: boolean },
): LambdaHistogram {
  const name = 'lambdaHistogram';
  checkOptions(options, ['alpha', 'bins', 'fold'], name);
  const { alpha, bins = 20, fold = false } = options ?? {};
  if (!(typeof alpha === 'number' && alpha >= 1e-4 && alpha <= 1e4)) {
    throw new RangeError(`${name}: alpha must be in [1e-4, 1e4], got ${alpha}`);
  }
  checkFold(fold, name);
  if (!(Number.isInteger(bins) && bins >= 1)) {
    throw new RangeError(`${name}: bins must be an integer >= 1, got ${bins}`);
  }
  if (!(lambda?.length >= 1))
    throw new RangeError(`${name}: there must be at least 1 weight, got ${lambda?.length ?? 'none'}`);
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => i / bins);
  const counts = new Int32Array(bins);
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < lambda.length; i++) {
    const weight = lambda[i] as number;
    if (!(typeof weight === 'number' && weight >= 0 && weight <= 1)) {
      throw new RangeError(`${name}: lambda must be in [0, 1], got ${weight} at ${i}`);
    }
    let bin = Math.min(bins - 1, Math.floor(weight * bins));
    // The product may round across an edge.
    if (weight < (edges[bin] as number)) bin--;
    else if (bin < bins - 1 && weight >= (edges[bin + 1] as number)) bin++;
    counts[bin] = (counts[bin] as number) + 1;
    sum += weight;
    squares += (weight - 0.5) ** 2;
  }
  const cdf = edges.map((edge) => {
    const share = betaCdf(edge, alpha, alpha);
    if (!fold) return share;
    // A folded weight is at most x where the drawn one is in [1 - x, x]: F(x) - F(1 - x), and F(1 - x) is 1 - F(x).
    return edge > 0.5 ? 2 * share - 1 : 0;
  });
  const expected = Float64Array.from(counts, (_, i) => lambda.length * ((cdf[i + 1] as number) - (cdf[i] as number)));
  return { edges, counts, expected, mean: sum / lambda.length, variance: squares / lambda.length };
}

/** What a plan does to labels: shares of its rows, and means over them. */
export interface PlanAudit {
  readonly rows: number;
  /** Share of rows that meet themselves: not mixed, whatever their lambda. */
  readonly selfPairs: number;
  /** Share of rows whose partner is another row of the same class: mixed in the features alone. */
  readonly sameClass: number;
  /** Share of rows whose partner is of another class. */
  readonly otherClass: number;
  /** Mean label weight moved off the class of `index`; label smoothing moves epsilon (classes - 1) / classes. */
  readonly moved: number;
  /** Mean label weight moved off the heavier of the two classes: what stays if one below 1/2 is read as a swapped pair. */
  readonly smoothing: number;
}

/**
 * Audit the pairs of a plan.
 *
 * Weights are those of the labels: `labelLambda` where the plan has it, as `mixLabels` takes them.
 *
 * @param labels [rows] class ids of the source
 * @param plan [batch], at least one row; `joinPlans` makes one of an epoch's
 * @throws RangeError when the plan does not fit, or a label is no integer >= 0
 * @example
 * auditPlan(Int32Array.of(0, 0, 1), sampleMixPlan(random, { batch: 3, alpha: 0.2 })).sameClass;
 */
export function auditPlan(labels: ArrayLike<number>, plan: MixPlan): PlanAudit {
  checkClassIds(labels, 'auditPlan');
  checkPlan(plan, labels.length, 'auditPlan');
  const rows = plan.index.length;
  if (rows === 0) throw new RangeError('auditPlan: the plan must have at least 1 row, got 0');
  const { index, partner, lambda, labelLambda = lambda } = plan;
  let selfPairs = 0;
  let sameClass = 0;
  let moved = 0;
  let smoothing = 0;
  for (let i = 0; i < rows; i++) {
    const own = index[i] as number;
    const other = partner[i] as number;
    if (own === other) selfPairs++;
    else if (labels[own] === labels[other]) sameClass++;
    else {
      const rest = 1 - (labelLambda[i] as number);
      moved += rest;
      smoothing += Math.min(rest, 1 - rest);
    }
  }
  return {
    rows,
    selfPairs: selfPairs / rows,
    sameClass: sameClass / rows,
    otherClass: (rows - selfPairs - sameClass) / rows,
    moved: moved / rows,
    smoothing: smoothing / rows,
  };
}
