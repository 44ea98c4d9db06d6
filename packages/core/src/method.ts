/** Mixing methods: each draws plans, and they can be chosen among by chance. */
import { checkOptions } from './check-options.ts';
import { joinPlans, type MixPlan, plainPlan, takePlan } from './plan.ts';
import type { RandomSource } from './random.ts';

/**
 * Draw the plan of a batch.
 *
 * @param index [batch] the row numbers of the batch in the source; never changed
 * @returns a plan, of as many rows where nothing else is said
 */
export type MixMethod = (random: RandomSource, index: Int32Array) => MixPlan;

/** A method, and how likely it is. */
export interface MethodChoice {
  readonly method: MixMethod;
  /** In [0, 1]. */
  readonly p: number;
}

/**
 * Create the method that takes one of several by chance; what their chances leave of 1 is left unmixed.
 *
 * Each chance is applied once, here: give the methods themselves no `p`, or the two multiply.
 *
 * @param choices each with its chance; their sum is at most 1
 * @param options.per whether a batch or each row of it takes its own; default 'batch'
 * @throws RangeError when a chance is not in [0, 1] or their sum is above 1; when drawing per row, for a method whose
 *   plans have not as many rows as the batch
 * @example
 * const method = chooseMethod([{ method: mixup({ alpha: 0.2 }), p: 0.5 }, { method: cutMix({ height: 32, width: 32 }), p: 0.5 }]);
 */
export function chooseMethod(
  choices: readonly MethodChoice[],
  options: { readonly per?: 'batch' | 'row' } = {},
): MixMethod {
  checkOptions(options, ['per'], 'chooseMethod');
  const { per = 'batch' } = options;
  if (per !== 'batch' && per !== 'row') {
    throw new RangeError(`chooseMethod: per must be 'batch' or 'row', got ${String(per)}`);
  }
  if (!(choices?.length > 0)) throw new RangeError('chooseMethod: there must be a choice, got none');
  let sum = 0;
  for (const { p } of choices) {
    if (!(p >= 0 && p <= 1)) throw new RangeError(`chooseMethod: p must be in [0, 1], got ${p}`);
    sum += p;
  }
  // Ten times 0.1 is a little off 1.
  if (!(sum <= 1 + 1e-9)) throw new RangeError(`chooseMethod: the sum of p must be at most 1, got ${sum}`);
  const full = sum >= 1 - 1e-9;

  /** @returns the number of a choice, or how many there are for none */
  const choose = (random: RandomSource) => {
    let left = random();
    for (const [i, { p }] of choices.entries()) {
      if (left < p || (full && i === choices.length - 1)) return i;
      left -= p;
    }
    return choices.length;
  };
  if (per === 'batch') return (random, index) => (choices[choose(random)]?.method ?? plainMethod)(random, index);
  return (random, index) => {
    const chosen = index.map(() => choose(random));
    const plans = [...choices.map(({ method }) => method(random, index)), plainPlan(index)];
    const wrong = plans.find((plan) => plan.index.length !== index.length);
    if (wrong) {
      throw new RangeError(
        `chooseMethod: per 'row' needs plans of ${index.length} rows, as the batch has, got ${wrong.index.length}`,
      );
    }
    return takePlan(
      joinPlans(...plans),
      chosen.map((choice, row) => choice * index.length + row),
    );
  };
}

function plainMethod(_random: RandomSource, index: Int32Array): MixPlan {
  return plainPlan(index);
}
