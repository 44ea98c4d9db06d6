/** Mixup, with the options that its implementations have. */
import { checkOptions } from './check-options.ts';
import { drawCouples, type LambdaPer } from './lambda.ts';
import type { MixMethod } from './method.ts';
import { type Pairing, permutationPairing } from './pairing.ts';
import { withSource } from './source-rows.ts';

/** What every method that blends has to say. */
export interface MixupOptions {
  /** Both shapes of the Beta distribution, >= 0, default 0.2; at 0 every lambda is 1. */
  readonly alpha?: number;
  /** One draw for each row, for each two rows that meet each other, or for the batch. Default 'row'. */
  readonly lambdaPer?: LambdaPer;
  /** Whether lambda below 0.5 becomes 1 - lambda, so that a row keeps the larger share of itself. Default false. */
  readonly fold?: boolean;
  /** The chance that a row, couple or batch (as `lambdaPer` says) is mixed at all, in [0, 1], default 1. */
  readonly p?: number;
  /** Who meets whom. Default `permutationPairing`. */
  readonly pairing?: Pairing;
}

/** The names of `MixupOptions`. */
export const mixupOptionNames: readonly string[] = ['alpha', 'lambdaPer', 'fold', 'p', 'pairing'];

/**
 * Create the method of mixup: rows and labels are blended alike, with lambda from Beta(alpha, alpha).
 *
 * As `sampleMixPlan`, which it equals draw for draw where no other option is given, and with every option.
 *
 * @throws RangeError when an option is out of range; when drawing, for `lambdaPer` 'pair' with a pairing in which rows do
 *   not meet each other
 * @throws TypeError when `fold` is no boolean, `p` no number or `pairing` no function
 * @example
 * const method = mixup({ alpha: 0.4, lambdaPer: 'batch', pairing: derangementPairing });
 * const plan = method(random, identity(30));
 * @see Zhang, Cisse, Dauphin, Lopez-Paz, "mixup: Beyond Empirical Risk Minimization", 2017
 */
export function mixup(options: MixupOptions = {}): MixMethod {
  checkOptions(options, mixupOptionNames, 'mixup');
  const { alpha = 0.2, lambdaPer = 'row', fold = false, p = 1, pairing = permutationPairing } = options;
  const draw = drawCouples('mixup', { alpha, lambdaPer, fold, p, pairing });
  const method: MixMethod = (random, index) => {
    const { partner, lambda } = draw(random, index);
    return { index, partner, lambda };
  };
  return withSource(method, [options.pairing], 'mixup');
}
