/**
 * WebGPU in software loses its device when it is read without waiting, as `weights()` must: TensorFlow.js draws the numbers to a
 * canvas then. Here they are read after each training instead, in waiting, and kept.
 */

import type { Engine, Weights } from '../src/index.ts';
import type { TfjsEngine } from '../src/tfjs.ts';

export function readWeightsLate(engine: TfjsEngine): Engine {
  return {
    name: engine.name,
    load: engine.load,
    createNetwork: (options) => {
      const network = engine.createNetwork(options);
      let kept = copy(options.weights);
      let disposed = false;
      const read = async (): Promise<Weights> => {
        const tensors = network.model.getWeights();
        const numbers = (await Promise.all(tensors.map((tensor) => tensor.data()))) as Float32Array[];
        return kept.map(({ kernel }, i) => ({
          kernel: { data: numbers[2 * i] as Float32Array, shape: kernel.shape },
          bias: numbers[2 * i + 1] as Float32Array,
        }));
      };
      return {
        hiddenLayers: network.hiddenLayers,
        train: async (data, plan, training) => {
          try {
            return await network.train(data, plan, training);
          } finally {
            if (!disposed) kept = await read();
          }
        },
        evaluate: network.evaluate,
        predict: network.predict,
        inputGradients: network.inputGradients,
        weights: () => (disposed ? network.weights() : copy(kept)),
        get steps() {
          return network.steps;
        },
        dispose: () => {
          disposed = true;
          network.dispose();
        },
      };
    },
  };
}

function copy(weights: Weights): Weights {
  return weights.map(({ kernel, bias }) => ({
    kernel: { data: Float32Array.from(kernel.data), shape: kernel.shape },
    bias: Float32Array.from(bias),
  }));
}
