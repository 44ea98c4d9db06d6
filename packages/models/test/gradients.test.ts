import { createRandom, mixRows, sampleMixPlan } from '@mixup/core';
import { describe, expect, it } from 'vitest';
import { type Activation, createWasmEngine, type MlpShape, sampleGlorotUniform, type Weights } from '../src/index.ts';
import { sampleBlobs } from './blobs.ts';

const ROWS = 9;

/**
 * The gradient as the kernel has it: one SGD step of rate 1 moves each weight by it. The difference of two float32 near 1
 * is exact to 6e-8.
 */
async function kernelGradient(shape: MlpShape, weights: Weights, l2: number) {
  const engine = await createWasmEngine();
  const { x, y } = sampleBlobs(createRandom(1), 20, shape.inputs, shape.outputs);
  const plan = sampleMixPlan(createRandom(2), { batch: ROWS, alpha: 1 });
  const network = engine.createNetwork({ shape, weights, l2, optimizer: { name: 'sgd', learningRate: 1 } });
  network.train(engine.load(x, y), plan, { batchSize: ROWS });
  const mixed = engine.load(mixRows(x, plan), mixRows(y, plan));
  const gradient = entriesOf(weights).map((w, i) => w - (entriesOf(network.weights())[i] as number));

  const lossAt = (moved: Weights) => {
    const one = engine.createNetwork({ shape, weights: moved });
    const { loss } = one.evaluate(mixed);
    one.dispose();
    const squares = moved.flatMap(({ kernel }) => [...kernel.data]).reduce((sum, w) => sum + w * w, 0);
    return loss + l2 * squares;
  };
  return { gradient, lossAt };
}

function entriesOf(weights: Weights): number[] {
  return weights.flatMap(({ kernel, bias }) => [...kernel.data, ...bias]);
}

/** Weights with entry `at` moved by `by`. */
function move(weights: Weights, at: number, by: number): Weights {
  let rest = at;
  return weights.map(({ kernel, bias }) => {
    const data = kernel.data.slice();
    const moved = bias.slice();
    if (rest >= 0 && rest < data.length) data[rest] = (data[rest] as number) + by;
    else if (rest >= data.length && rest < data.length + moved.length) {
      moved[rest - data.length] = (moved[rest - data.length] as number) + by;
    }
    rest -= data.length + moved.length;
    return { kernel: { data, shape: kernel.shape }, bias: moved };
  });
}

// A power of two, so that float32 weights move by it nearly exactly.
const H = 2 ** -5;
/**
 * Logits of float32 are off by some 3e-7, the mean loss of 9 rows by 1e-7, the stencil divides by 12 H / 16 = 0.023: 4e-6, and
 * five times that is allowed. What the stencil itself leaves is H^4 / 30 = 3e-8 times the fifth derivative.
 */
const TOLERANCE = 2e-5;

const shapes: [string, readonly number[], Activation, number][] = [
  ['no hidden layer', [], 'linear', 0],
  ['no hidden layer and l2', [], 'linear', 0.1],
  ['one tanh layer', [6], 'tanh', 0],
  ['two tanh layers and l2', [9, 5], 'tanh', 0.05],
  ['two linear layers', [3, 13], 'linear', 0],
  ['two ReLU layers', [8, 6], 'relu', 0],
];

describe('gradients of a mixed batch', () => {
  it.each(shapes)('are the finite differences of the loss, for %s', async (_, hidden, activation, l2) => {
    const shape: MlpShape = { inputs: 5, hidden, outputs: 3, activation };
    const random = createRandom(3);
    const weights = sampleGlorotUniform(random, shape).map(({ kernel, bias }, layer) => ({
      kernel,
      // Finite differences know nothing of kinks: ReLU units are far on or far off for every row.
      bias: bias.map((_, unit) =>
        activation === 'relu' && layer < hidden.length ? (unit % 3 ? 6 : -12) : random() - 0.5,
      ),
    }));
    const { gradient, lossAt } = await kernelGradient(shape, weights, l2);
    const differences = gradient.map((_, i) => {
      const near = lossAt(move(weights, i, H)) - lossAt(move(weights, i, -H));
      const far = lossAt(move(weights, i, 2 * H)) - lossAt(move(weights, i, -2 * H));
      return (8 * near - far) / (12 * H);
    });
    const largest = Math.max(...gradient.map(Math.abs));
    expect(largest).toBeGreaterThan(1000 * TOLERANCE);
    const errors = gradient.map((g, i) => Math.abs(g - (differences[i] as number)));
    expect(Math.max(...errors)).toBeLessThan(TOLERANCE * Math.max(1, largest));
  });
});
