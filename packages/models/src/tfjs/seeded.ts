/** Whether a model takes all its chance from the seed: else two arms of a trial start from different weights. */
import type { LayersModel } from './tensorflow.ts';

/**
 * Check that a factory makes the same weights again from the same seed, bit for bit. Only the first model is left.
 *
 * @param make calls the factory once more, with the same seed
 * @param built what it made before
 * @throws RangeError that names the first weight that differs
 */
export function checkSeeded(make: () => LayersModel, built: LayersModel, name: string): void {
  const again = make();
  try {
    const others = again.getWeights();
    const differs = built.getWeights().findIndex((weight, i) => {
      const [values, other] = [weight.dataSync(), others[i]?.dataSync()];
      return values.length !== other?.length || values.some((value, k) => !Object.is(value, other[k]));
    });
    if (differs < 0) return;
    // Layers are numbered on from model to model; the first one's names are those of the network.
    const weight = built.weights[differs]?.originalName;
    throw new RangeError(
      `${name}: model must take every initializer's seed from \`seed\` (see createSeeds; tfjs takes a seed of 0 for none), got another ${weight} from the same seed`,
    );
  } finally {
    again.dispose();
  }
}
