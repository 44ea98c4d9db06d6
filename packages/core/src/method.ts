/** Mixing methods: each draws plans, and they can be chosen among by chance. */
import { checkOptions } from './check-options.ts';
import { checkChance, pairNumbers } from './lambda.ts';
import { joinPlans, type MixPlan, plainPlan, takePlan } from './plan.ts';
import type { RandomSource } from './random.ts';
import { type SourceRows, withSource } from './source-rows.ts';

/** A way to mix; with `rows` where it looks up rows of a source, as `remix`, `cMixup` and `kMixup` do. */
export interface MixMethod extends SourceRows {
  /**
   * Draw the plan of a batch.
   *
   * @param index [batch] the row numbers of the batch in the source; never changed
   * @returns a plan, of as many rows where nothing else is said
   */
  (random: RandomSource, index: Int32Array): MixPlan;
}

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
 * Two rows that meet each other are a pair, as for `lambdaPer` 'pair' of `mixup`, and a row that meets itself is alone. The
 * methods must pair alike, as with `flipPairing` (timm's mode 'pair').
 *
 * @param choices each with its chance; their sum is at most 1
 * @param options.per whether a batch, each row of it or each pair of rows takes its own; default 'batch'
 * @throws RangeError when a chance is not in [0, 1] or their sum is above 1, or methods look up rows of different sources; when
 *   drawing per row or pair, for methods whose
 *   plans have not as many rows as the batch, or that can't be one plan (boxes of CutMix beside those of ResizeMix, different
 *   layers); per pair, for rows that do not meet each other, or that the methods pair in different ways
 * @throws TypeError when a choice is none
 * @example
 * const method = chooseMethod([{ method: mixup({ alpha: 0.2 }), p: 0.5 }, { method: cutMix({ height: 32, width: 32 }), p: 0.5 }]);
 */
export function chooseMethod(
  choices: readonly MethodChoice[],
  options: { readonly per?: 'batch' | 'row' | 'pair' } = {},
): MixMethod {
  checkOptions(options, ['per'], 'chooseMethod');
  const { per = 'batch' } = options;
  if (per !== 'batch' && per !== 'row' && per !== 'pair') {
    throw new RangeError(`chooseMethod: per must be 'batch', 'row' or 'pair', got ${String(per)}`);
  }
  const full = checkChoices(choices) >= 1 - 1e-9;

  /** @returns the number of a choice, or how many there are for none */
  const choose = (random: RandomSource) => {
    let left = random();
    for (const [i, { p }] of choices.entries()) {
      if (left < p || (full && i === choices.length - 1)) return i;
      left -= p;
    }
    return choices.length;
  };
  const draw: MixMethod = (random, index) => {
    if (per === 'batch') return (choices[choose(random)]?.method ?? plainMethod)(random, index);
    // Per pair the plans come first: they say who is one.
    const chosen = per === 'row' ? index.map(() => choose(random)) : undefined;
    const plans = choices.map(({ method }) => method(random, index));
    const all = [...plans, plainPlan(index)];
    checkAlike(all, index.length, per);
    const rows = chosen ?? choosePairs(plans, () => choose(random));
    return takePlan(
      joinPlans(...all),
      rows.map((choice, row) => choice * index.length + row),
    );
  };
  const methods = choices.map(({ method }) => method);
  return withSource(draw, methods, 'chooseMethod');
}

/** @returns the sum of the chances */
function checkChoices(choices: readonly MethodChoice[]): number {
  if (!(choices?.length > 0)) throw new RangeError('chooseMethod: there must be a choice, got none');
  let sum = 0;
  for (const choice of choices) {
    if (typeof choice?.method !== 'function') {
      const rule = 'a choice must have a method and its chance, such as { method: mixup(), p: 0.5 }';
      throw new TypeError(`chooseMethod: ${rule}, got ${choice && typeof choice}`);
    }
    const { p } = choice;
    checkChance(p, 'chooseMethod');
    sum += p;
  }
  // Ten times 0.1 is a little off 1.
  if (!(sum <= 1 + 1e-9)) throw new RangeError(`chooseMethod: the sum of p must be at most 1, got ${sum}`);
  return sum;
}

/** @throws RangeError when plans can't be stacked to choose each row from one of them */
function checkAlike(plans: readonly MixPlan[], batch: number, per: string): void {
  const wrong = plans.find((plan) => plan.index.length !== batch);
  if (wrong) {
    throw new RangeError(
      `chooseMethod: per '${per}' needs plans of ${batch} rows, as the batch has, got ${wrong.index.length}`,
    );
  }
  for (const key of ['fill', 'layer'] as const) {
    const said = new Set(plans.filter((plan) => plan.box || key === 'layer').map((plan) => String(plan[key])));
    if (said.size > 1) {
      const got = [...said].join(' and ');
      throw new RangeError(`chooseMethod: per '${per}' needs plans of one ${key}, got ${got}: choose per 'batch'`);
    }
  }
}

/** One choice for two rows that meet each other. */
function choosePairs(plans: readonly MixPlan[], choose: () => number): Int32Array {
  const [pairs = new Int32Array(0), ...others] = plans.map(({ index, partner }) =>
    pairNumbers(index, partner, "chooseMethod: per 'pair'"),
  );
  for (const other of others) {
    const row = pairs.findIndex((pair, i) => pair !== other[i]);
    if (row >= 0) {
      const rule = "per 'pair' needs methods that pair rows alike, as with flipPairing";
      throw new RangeError(`chooseMethod: ${rule}, got two partners for row ${row} of the batch`);
    }
  }
  const chosen: number[] = [];
  return pairs.map((pair) => (chosen[pair] ??= choose()));
}

function plainMethod(_random: RandomSource, index: Int32Array): MixPlan {
  return plainPlan(index);
}
