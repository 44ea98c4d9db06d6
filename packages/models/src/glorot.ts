/** Initial weights. */
import type { RandomSource } from '@mixup/core';
import type { MlpShape, Weights } from './engine.ts';
import { checkMlpShape, unitsOf } from './shape.ts';

/**
 * Draw initial weights: kernels uniform in [-limit, limit) with `limit = sqrt(6 / (inputs + outputs))` of each layer,
 * biases 0. What Keras and TensorFlow.js start dense layers with.
 *
 * Draws are taken layer by layer, input layer first, each kernel row by row.
 *
 * @returns float32 weights, one entry for each layer of `shape`
 * @throws RangeError when the shape is no network
 * @example
 * const weights = sampleGlorotUniform(createRandom(0), { inputs: 4, hidden: [80], outputs: 3 });
 * @see Glorot, Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010, equation (16)
 */
export function sampleGlorotUniform(random: RandomSource, shape: MlpShape): Weights {
  checkMlpShape(shape, 'sampleGlorotUniform');
  const units = unitsOf(shape);
  return units.slice(1).map((outputs, layer) => {
    const inputs = units[layer] as number;
    const limit = Math.sqrt(6 / (inputs + outputs));
    const data = new Float32Array(inputs * outputs);
    for (let i = 0; i < data.length; i++) data[i] = limit * (2 * random() - 1);
    return { kernel: { data, shape: [inputs, outputs] as const }, bias: new Float32Array(outputs) };
  });
}
