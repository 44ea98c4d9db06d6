/** Weights of dense layers, between TensorFlow.js models and the kernel's form. */
import type { layers } from '@tensorflow/tfjs-layers';
import type { DenseWeights, Weights } from '../engine.ts';
import type { LayersModel, TensorFlow } from './tensorflow.ts';

/**
 * @returns a copy of the weights of a model's dense layers, input layer first
 * @throws RangeError when a layer with weights is no dense layer with a bias
 */
export function readDense(model: LayersModel, name: string): Weights {
  return denseLayers(model, name).map((layer): DenseWeights => {
    const [kernel, bias] = layer.getWeights();
    return {
      kernel: { data: kernel?.dataSync().slice() as Float32Array, shape: kernel?.shape as [number, number] },
      bias: bias?.dataSync().slice() as Float32Array,
    };
  });
}

/** @throws RangeError when the weights don't fit the model's dense layers */
export function writeDense(tf: TensorFlow, model: LayersModel, weights: Weights, name: string): void {
  const dense = denseLayers(model, name);
  if (dense.length !== weights.length) {
    throw new RangeError(`${name}: weights must have ${dense.length} layers, got ${weights.length}`);
  }
  for (const [i, { kernel, bias }] of weights.entries()) {
    const layer = dense[i] as layers.Layer;
    const [want, got] = [layer.getWeights()[0]?.shape.join(', '), kernel.shape.join(', ')];
    if (want !== got) throw new RangeError(`${name}: kernel of layer ${i} must have shape [${want}], got [${got}]`);
    tf.tidy(() => layer.setWeights([tf.tensor(kernel.data, [...kernel.shape]), tf.tensor(bias)]));
  }
}

function denseLayers(model: LayersModel, name: string): layers.Layer[] {
  const weighted = model.layers.filter((layer) => layer.weights.length > 0);
  const other = weighted.find((layer) => layer.getClassName() !== 'Dense' || layer.weights.length !== 2);
  if (other) {
    throw new RangeError(
      `${name}: model must have dense layers with biases only, got a ${other.getClassName()} layer named ${other.name}`,
    );
  }
  return weighted;
}
