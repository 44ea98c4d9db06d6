/** Multilayer perceptrons as TensorFlow.js models. */
import type { MlpShape, Weights } from '../engine.ts';
import { checkMlpShape, checkWeights } from '../shape.ts';
import { denseStack } from './dense-stack.ts';
import { readDense, writeDense } from './dense-weights.ts';
import { endingOf } from './forward.ts';
import type { ModelFactory } from './model-factory.ts';
import { createSeeds } from './seeds.ts';
import type { LayersModel, TensorFlow } from './tensorflow.ts';

/**
 * Create the multilayer perceptron that a shape describes: dense layers with Glorot uniform kernels, and the head's activation in
 * a layer of its own.
 *
 * @returns a `tf.sequential` of input shape [inputs] and output shape [outputs]
 * @throws RangeError when the shape is no network, or the seed no integer >= 0
 * @example
 * const model = createMlp(tf, { shape: { inputs: 4, hidden: [80], outputs: 3 }, seed: 0 });
 */
export const createMlp: ModelFactory = (tf, { shape, seed }) => {
  checkMlpShape(shape, 'createMlp');
  const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [shape.inputs] })] });
  for (const layer of denseStack(tf, shape, createSeeds(seed, 'createMlp'))) model.add(layer);
  return model;
};

/**
 * Turn a network trained anywhere, in the kernel for instance, into a TensorFlow.js model: to be saved in its format and
 * served anywhere.
 *
 * @param options.weights copied
 * @throws RangeError when the weights don't fit the shape
 * @example
 * await toLayersModel(tf, { shape, weights: network.weights() }).save('file:///tmp/model');
 */
export function toLayersModel(
  tf: TensorFlow,
  { shape, weights }: { readonly shape: MlpShape; readonly weights: Weights },
): LayersModel {
  checkMlpShape(shape, 'toLayersModel');
  checkWeights(weights, shape, 'toLayersModel');
  const model = createMlp(tf, { shape, seed: 0 });
  writeDense(tf, model, weights, 'toLayersModel');
  return model;
}

/**
 * Read a TensorFlow.js model as a network of the kernel.
 *
 * @param model dense layers with biases and one hidden activation, in a chain
 * @returns shape and a copy of the weights, as `createNetwork` of any engine takes them
 * @throws RangeError when the model has another kind of layer, or activations that the kernel has not
 */
export function fromLayersModel(model: LayersModel): { readonly shape: MlpShape; readonly weights: Weights } {
  const weights = readDense(model, 'fromLayersModel');
  const last = model.layers.at(-1);
  const activations = model.layers.flatMap((layer) => {
    if (layer.getClassName() === 'InputLayer' || layer.getClassName() === 'Flatten') return [];
    const isEnd = layer === last;
    return isEnd || endingOf(layer) === 'linear' ? [] : [endingOf(layer)];
  });
  const units = weights.map(({ kernel }) => kernel.shape[1] as number);
  const hidden = units.slice(0, -1);
  const [activation = 'linear', ...others] = [...new Set(activations)];
  if (others.length > 0 || (activations.length > 0 && activations.length !== hidden.length)) {
    const got = activations.join(', ');
    throw new RangeError(`fromLayersModel: model must have the same activation after each hidden layer, got ${got}`);
  }
  const shape = {
    inputs: weights[0]?.kernel.shape[0] as number,
    hidden,
    outputs: units.at(-1) as number,
    activation,
    head: last ? endingOf(last) : 'linear',
  } as MlpShape;
  checkMlpShape(shape, 'fromLayersModel');
  return { shape, weights };
}
