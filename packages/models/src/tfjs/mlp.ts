/** Multilayer perceptrons as TensorFlow.js models. */
import { checkMlpShape } from '../shape.ts';
import { denseStack } from './dense-stack.ts';
import type { ModelFactory, ModelOptions } from './model-factory.ts';
import { createSeeds } from './seeds.ts';
import { checkTensorFlow } from './tensorflow.ts';

/**
 * Create the multilayer perceptron that a shape describes: dense layers with Glorot uniform kernels, and the head's activation in
 * a layer of its own.
 *
 * @returns a `tf.sequential` of input shape [inputs] and output shape [outputs]
 * @throws TypeError when `tf` is no such module, or there is no shape
 * @throws RangeError when the shape is no network, or the seed no integer >= 0
 * @example
 * const model = createMlp(tf, { shape: { inputs: 4, hidden: [80], outputs: 3 }, seed: 0 });
 */
export const createMlp: ModelFactory = (tf, options) => {
  checkTensorFlow(tf, 'createMlp');
  const { shape, seed } = Object(options) as ModelOptions;
  checkMlpShape(shape, 'createMlp');
  const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [shape.inputs] })] });
  for (const layer of denseStack(tf, shape, createSeeds(seed, 'createMlp'))) model.add(layer);
  return model;
};
