import { createRandom, joinPlans, plainPlan, sampleMixPlan, samplePermutation } from '@mixup/core';
import { describe, expect, it } from 'vitest';
import { createWasmEngine, type MlpShape, type Optimizer, sampleGlorotUniform } from '../src/index.ts';
import { sampleBlobs } from './blobs.ts';
import { trainReference } from './tfjs-reference.ts';

const ROWS = 100;
const EPOCHS = 30;
const MIXED = 15;
// 115 rows an epoch: three batches and one of 19.
const BATCH = 32;
/** Both run in float32 and add up in another order: after 120 steps 1e-7 was seen. Fifty times that, a twentieth of what is promised. */
const TOLERANCE = 5e-6;

const adam: Optimizer = { name: 'adam' };
const cases: [string, MlpShape, Optimizer, number, number][] = [
  ['64-80-10, Adam', { inputs: 64, hidden: [80], outputs: 10 }, adam, 0, BATCH],
  [
    '4-80-3, Adam with other settings',
    { inputs: 4, hidden: [80], outputs: 3 },
    { name: 'adam', learningRate: 0.01, beta1: 0.8, beta2: 0.99, epsilon: 1e-4 },
    0,
    BATCH,
  ],
  [
    '4-80-3, SGD with momentum and l2',
    { inputs: 4, hidden: [80], outputs: 3 },
    { name: 'sgd', learningRate: 0.05, momentum: 0.9 },
    1e-3,
    BATCH,
  ],
  ['13-7, no hidden layer, plain SGD', { inputs: 13, hidden: [], outputs: 7 }, { name: 'sgd' }, 0, BATCH],
  [
    '10-24-17-5, tanh, Adam and l2',
    { inputs: 10, hidden: [24, 17], outputs: 5, activation: 'tanh' },
    adam,
    1e-3,
    BATCH,
  ],
  ['10-9-6-11-5, ReLU, Adam', { inputs: 10, hidden: [9, 6, 11], outputs: 5 }, adam, 0, BATCH],
  [
    '6-5-2, linear, SGD',
    { inputs: 6, hidden: [5], outputs: 2, activation: 'linear' },
    { name: 'sgd', momentum: 0.5 },
    0,
    BATCH,
  ],
  [
    '10-24-5, ReLU, Adam, an epoch in one batch',
    { inputs: 10, hidden: [24], outputs: 5 },
    { name: 'adam', learningRate: 0.01 },
    0,
    115,
  ],
  [
    '10-24-5, tanh, SGD, a row a batch',
    { inputs: 10, hidden: [24], outputs: 5, activation: 'tanh' },
    { name: 'sgd', learningRate: 0.001 },
    0,
    1,
  ],
];

describe('a training of 30 epochs', () => {
  it.each(cases)(
    'has the losses of TensorFlow.js on its CPU backend: %s',
    async (_, shape, optimizer, l2, batchSize) => {
      const random = createRandom(7);
      const blobs = sampleBlobs(random.fork('data'), ROWS, shape.inputs, shape.outputs);
      const weights = sampleGlorotUniform(random.fork('init'), shape);
      // Plain rows in a new order, then mixed ones.
      const mix = random.fork('mix');
      const plans = Array.from({ length: EPOCHS }, () =>
        joinPlans(plainPlan(samplePermutation(mix, ROWS)), sampleMixPlan(mix, { batch: MIXED, alpha: 0.5 })),
      );
      const options = { shape, weights, optimizer, l2 };
      const engine = await createWasmEngine();
      const network = engine.createNetwork(options);
      const data = engine.load(blobs.x, blobs.y);
      const losses = plans.map((plan) => network.train(data, plan, { batchSize }).loss);
      const expected = await trainReference(options, blobs, plans, batchSize);

      expect(network.steps).toBe(EPOCHS * Math.ceil((ROWS + MIXED) / batchSize));
      expect(expected.at(-1)).toBeLessThan(0.95 * (expected[0] as number));
      const apart = losses.map((loss, epoch) => Math.abs(loss / (expected[epoch] as number) - 1));
      expect(Math.max(...apart)).toBeLessThan(TOLERANCE);
    },
  );
});
