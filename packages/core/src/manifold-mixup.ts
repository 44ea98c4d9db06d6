/** Manifold mixup: the same blend at a hidden layer, which is drawn too. */
import { checkOptions } from './check-options.ts';
import type { MixMethod } from './method.ts';
import { type MixupOptions, mixup, mixupOptionNames } from './mixup.ts';
import { withSource } from './source-rows.ts';

/**
 * Create the method of manifold mixup: a plan to be applied to the output of one layer, drawn from several.
 *
 * Run a plain batch up to `plan.layer`, give its output [batch, ...units] to `mixRows`, run on from there; labels are mixed by
 * the same plan. Layer 0 is the input. As rows of the output are those of the batch, take `identity(batch)` for `index`.
 *
 * @param options.layers the layers that may be mixed, integers >= 0, each equally likely
 * @param options.alpha default 2; @param options.lambdaPer default 'batch', both as in the authors' code
 * @throws RangeError when there is no layer, or an option is out of range
 * @see Verma et al., "Manifold Mixup: Better Representations by Interpolating Hidden States", 2019, section 2 and equation (1)
 */
export function manifoldMixup(options: MixupOptions & { readonly layers: readonly number[] }): MixMethod {
  checkOptions(options, ['layers', ...mixupOptionNames], 'manifoldMixup');
  const { layers, alpha = 2, lambdaPer = 'batch', ...blending } = options ?? {};
  if (!(layers?.length > 0)) throw new RangeError('manifoldMixup: layers must name a layer, got none');
  for (const layer of layers) {
    if (!(Number.isInteger(layer) && layer >= 0)) {
      throw new RangeError(`manifoldMixup: layers must be integers >= 0, got ${layer}`);
    }
  }
  const blend = mixup({ ...blending, alpha, lambdaPer });
  const method: MixMethod = (random, index) => {
    const layer = layers[Math.floor(random() * layers.length)] as number;
    return { ...blend(random, index), layer };
  };
  return withSource(method, [blend], 'manifoldMixup');
}
