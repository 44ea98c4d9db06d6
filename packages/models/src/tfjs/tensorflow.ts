/** TensorFlow.js as an argument: the running module, whichever package and backend it came from. */
import type * as tfCore from '@tensorflow/tfjs-core';
import type * as tfLayers from '@tensorflow/tfjs-layers';

/**
 * What the functions here need of TensorFlow.js: `@tensorflow/tfjs`, `@tensorflow/tfjs-node`, or `{ ...core, ...layers }` of the
 * two small packages. Only functions are called (`tf.add(x, y)`, never `x.add(y)`), so that the small packages do.
 */
export type TensorFlow = typeof tfCore & typeof tfLayers;

export type { LayersModel } from '@tensorflow/tfjs-layers';
