/** TensorFlow.js as an argument: the running module, whichever package and backend it came from. */
import type * as tfCore from '@tensorflow/tfjs-core';
import type * as tfLayers from '@tensorflow/tfjs-layers';

/**
 * What the functions here need of TensorFlow.js: `@tensorflow/tfjs`, `@tensorflow/tfjs-node`, or `{ ...core, ...layers }` of the
 * two small packages. Only functions are called (`tf.add(x, y)`, never `x.add(y)`), so that the small packages do.
 */
export type TensorFlow = typeof tfCore & typeof tfLayers;

export type { LayersModel } from '@tensorflow/tfjs-layers';

/** @throws TypeError when `tf` is no such module: nothing, a promise of one, or the core without its layers */
export function checkTensorFlow(tf: TensorFlow, name: string): void {
  const { ready, sequential } = Object(tf) as Partial<TensorFlow>;
  if (typeof ready === 'function' && typeof sequential === 'function') return;
  const got = typeof ready === 'function' ? 'one without layers' : tf === null ? 'null' : typeof tf;
  throw new TypeError(`${name}: tf must be the running TensorFlow.js module, with its layers, got ${got}`);
}
