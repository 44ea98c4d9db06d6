import { createRandom, type Random, sampleMixPlan } from '@mixup/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWasmEngine, type MlpShape, sampleGlorotUniform, type WasmEngine, type Weights } from '../src/index.ts';
import { sampleBlobs } from './blobs.ts';

let engine: WasmEngine;
beforeAll(async () => {
  engine = await createWasmEngine();
});

/** The same matrix with rows and columns of zeros around it. */
function embed({ data, shape: [rows, columns = 1] }: Weights[number]['kernel'], to: readonly [number, number]) {
  const wide = new Float32Array(to[0] * to[1]);
  for (let row = 0; row < rows; row++) wide.set(data.subarray(row * columns, (row + 1) * columns), row * to[1]);
  return { data: wide, shape: to };
}

function train(
  shape: MlpShape,
  weights: Weights,
  x: Parameters<WasmEngine['load']>[0],
  seed: Random,
  batchSize: number,
) {
  const random = seed.fork('plans');
  const y = sampleBlobs(seed.fork('data'), x.shape[0], 3, shape.outputs).y;
  const data = engine.load(x, y);
  const network = engine.createNetwork({ shape, weights });
  const losses = Array.from({ length: 4 }, () => {
    const plan = sampleMixPlan(random, { batch: x.shape[0], alpha: 0.4 });
    return network.train(data, plan, { batchSize }).loss;
  });
  const trained = network.weights();
  network.dispose();
  data.dispose();
  return { losses, trained };
}

describe('a gradient that passes over the errors a ReLU has set to 0', () => {
  // 28 inputs are too few for it. Inputs and units that are 0 bring a network there, and change nothing else.
  it.each([1, 30, 32, 33, 70, 150])('has the bits of one that does not, in batches of %i', (batchSize) => {
    const seed = createRandom(batchSize);
    const narrow: MlpShape = { inputs: 28, hidden: [28, 23], outputs: 5 };
    const x = sampleBlobs(seed.fork('data'), 150, narrow.inputs, narrow.outputs).x;
    const weights = sampleGlorotUniform(seed.fork('init'), narrow);
    const expected = train(narrow, weights, x, seed, batchSize);

    for (const inputs of [32, 33, 64, 71]) {
      const wide: MlpShape = { ...narrow, inputs, hidden: [inputs + 4, 23] };
      const [first, second, last] = weights as unknown as readonly [Weights[number], Weights[number], Weights[number]];
      const bias = new Float32Array(inputs + 4);
      bias.set(first.bias);
      const start = [
        { kernel: embed(first.kernel, [inputs, inputs + 4]), bias },
        { kernel: embed(second.kernel, [inputs + 4, 23]), bias: second.bias },
        last,
      ];
      const padded = embed({ data: Float32Array.from(x.data), shape: [150, 28] }, [150, inputs]);
      const { losses, trained } = train(wide, start, padded, seed, batchSize);
      expect(losses).toEqual(expected.losses);
      const corners = weights.map(({ kernel }, i) => corner(trained[i] as Weights[number], kernel.shape));
      expect(corners).toEqual(expected.trained.map(({ kernel }) => kernel.data));
    }
  });
});

/** The upper left corner of a layer's kernel. */
function corner({ kernel: { data, shape } }: Weights[number], [rows, width = 1]: readonly [number, ...number[]]) {
  const [, columns = 1] = shape;
  const cut = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    cut.set(data.subarray(row * columns, row * columns + width), row * width);
  }
  return cut;
}
