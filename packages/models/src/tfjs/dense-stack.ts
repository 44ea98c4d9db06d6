/** The end that most models share: dense layers, then the head. */
import type { layers } from '@tensorflow/tfjs-layers';
import type { MlpShape } from '../engine.ts';
import type { TensorFlow } from './tensorflow.ts';

/**
 * @param nextSeed gives each kernel a seed of its own
 * @returns the hidden layers of a shape, its output layer, and the activation of its head in a layer of its own
 */
export function denseStack(tf: TensorFlow, shape: MlpShape, nextSeed: () => number): layers.Layer[] {
  const { hidden, outputs, activation = 'relu', head = 'softmax' } = shape;
  const dense = (units: number, after: 'relu' | 'tanh' | 'linear') =>
    tf.layers.dense({
      units,
      activation: after,
      kernelInitializer: tf.initializers.glorotUniform({ seed: nextSeed() }),
    });
  const stack = [...hidden.map((units) => dense(units, activation)), dense(outputs, 'linear')];
  return head === 'linear' ? stack : [...stack, tf.layers.activation({ activation: head })];
}
