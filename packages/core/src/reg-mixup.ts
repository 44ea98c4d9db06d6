/** RegMixup: the clean batch and a mixed one, in one loss. */
import { checkOptions } from './check-options.ts';
import type { MixMethod } from './method.ts';
import { type MixupOptions, mixup, mixupOptionNames } from './mixup.ts';
import { joinPlans, plainPlan } from './plan.ts';
import { withSource } from './source-rows.ts';

/**
 * Create the method of RegMixup: the batch as it is, then the batch mixed, so plans have twice as many rows.
 *
 * The loss is the sum of both: a plan's `weight` is 1 for clean rows and eta for mixed ones. The mean over all rows is half
 * of the paper's sum, as in the authors' code.
 *
 * @param options.alpha default 20, so that lambda stays near 0.5; the paper takes 10 to 20
 * @param options.lambdaPer default 'batch'
 * @param options.eta the weight of the mixed batch, >= 0, default 1
 * @throws RangeError when an option is out of range
 * @see Pinto, Yang, Lim, Torr, Dokania, "Using Mixup as a Regularizer Can Surprisingly Improve Accuracy and Out-of-Distribution Robustness", 2022
 */
export function regMixup(options: MixupOptions & { readonly eta?: number } = {}): MixMethod {
  checkOptions(options, ['eta', ...mixupOptionNames], 'regMixup');
  const { eta = 1, alpha = 20, lambdaPer = 'batch', ...blending } = options;
  if (!(Number.isFinite(eta) && eta >= 0)) throw new RangeError(`regMixup: eta must be >= 0 and finite, got ${eta}`);
  const blend = mixup({ ...blending, alpha, lambdaPer });
  const method: MixMethod = (random, index) => {
    const joined = joinPlans(plainPlan(index), blend(random, index));
    return { ...joined, weight: new Float64Array(2 * index.length).fill(1, 0, index.length).fill(eta, index.length) };
  };
  return withSource(method, [blend], 'regMixup');
}
