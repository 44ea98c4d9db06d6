/** Mixup of what is near: C-Mixup by labels, k-mixup by features. */
import { checkOptions } from './check-options.ts';
import { kernelPairing } from './kernel-pairing.ts';
import type { MixMethod } from './method.ts';
import { type MixupOptions, mixup } from './mixup.ts';
import type { RowsLike } from './rows.ts';
import { transportPairing } from './transport-pairing.ts';

/** The pairing is their own. */
const nearOptionNames: readonly string[] = ['alpha', 'lambdaPer', 'fold', 'p'];

/**
 * Create the method of C-Mixup, for regression: rows whose labels are near are likelier to meet.
 *
 * @param options.targets [rows, size] or [rows] the labels of every row of the source
 * @param options.bandwidth of the kernel, in the units of the labels, > 0; default from the labels, see `kernelBandwidth`
 * @param options.alpha default 2; @param options.lambdaPer default 'batch', both as in the authors' code
 * @throws RangeError when an option is out of range
 * @see Yao, Wang, Zhang, Zou, Finn, "C-Mixup: Improving Generalization in Regression", 2022
 */
export function cMixup(
  options: Omit<MixupOptions, 'pairing'> & {
    readonly targets: RowsLike | ArrayLike<number>;
    readonly bandwidth?: number;
  },
): MixMethod {
  checkOptions(options, ['targets', 'bandwidth', ...nearOptionNames], 'cMixup');
  const { targets, bandwidth, alpha = 2, lambdaPer = 'batch', ...blending } = options ?? {};
  const pairing = kernelPairing(targets, bandwidth === undefined ? {} : { bandwidth });
  return mixup({ ...blending, alpha, lambdaPer, pairing });
}

/**
 * Create the method of k-mixup: blocks of k rows meet others so that they move as little as possible.
 *
 * @param options.x [rows, ...item] the features of every row of the source
 * @param options.k rows in a block, an integer >= 1; with 1 it is mixup
 * @param options.alpha default 1; @param options.lambdaPer default 'batch'
 * @throws RangeError when an option is out of range
 * @see Greenewald, Gu, Yurochkin, Solomon, Chien, "k-Mixup Regularization for Deep Learning via Optimal Transport", 2021
 */
export function kMixup(
  options: Omit<MixupOptions, 'pairing'> & { readonly x: RowsLike; readonly k: number },
): MixMethod {
  checkOptions(options, ['x', 'k', ...nearOptionNames], 'kMixup');
  const { x, k, alpha = 1, lambdaPer = 'batch', ...blending } = options ?? {};
  return mixup({ ...blending, alpha, lambdaPer, pairing: transportPairing(x, { k }) });
}
