import { createRandom, sampleMixPlan } from '@mixup/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type MlpShape, sampleGlorotUniform } from '../src/index.ts';
import { loadTensorFlow } from '../src/node.ts';
import {
  createCnn,
  createMlp,
  createSeeds,
  createTabularNet,
  createTfjsEngine,
  type LayersModel,
  type ModelFactory,
  type TensorFlow,
} from '../src/tfjs.ts';
import { sampleBlobs } from './blobs.ts';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow({ backend: 'cpu' }));
});

const tabular: ModelFactory = (tf, options) => createTabularNet(tf, { ...options, numeric: 3, categories: [4, 2] });
/** The CPU backend's convolutions take milliseconds a row: few rows of large images. */
const factories: [string, ModelFactory, MlpShape, number, number, number][] = [
  ['createMlp', createMlp, { inputs: 6, hidden: [8, 8], outputs: 3 }, 24, 6, 0.01],
  ['createCnn on 8 x 8 x 1', createCnn, { inputs: 64, hidden: [], outputs: 3 }, 12, 6, 0.01],
  ['createCnn on 28 x 28 x 1', createCnn, { inputs: 784, hidden: [16], outputs: 3 }, 3, 2, 0.001],
  ['createCnn on 32 x 32 x 3', createCnn, { inputs: 3072, hidden: [], outputs: 3 }, 3, 2, 0.001],
  ['createTabularNet', tabular, { inputs: 9, hidden: [8], outputs: 3 }, 24, 6, 0.01],
];

const kernelsOf = (model: LayersModel) =>
  model.getWeights().flatMap((weight) => (weight.shape.length > 1 ? [[...weight.dataSync()]] : []));

describe.each(factories)('%s', (_, factory, shape, rows, epochs, learningRate) => {
  it('gives the same weights for a seed, others for another, and no layer those of another layer', () => {
    const [zero, again, one] = [0, 0, 1].map((seed) => factory(tf, { shape, seed })) as LayersModel[];
    expect(kernelsOf(again as LayersModel)).toEqual(kernelsOf(zero as LayersModel));
    for (const [i, kernel] of kernelsOf(one as LayersModel).entries()) {
      expect(kernel).not.toEqual(kernelsOf(zero as LayersModel)[i]);
    }
    const firsts = kernelsOf(zero as LayersModel).map((kernel) => Math.abs(kernel[0] as number));
    expect(new Set(firsts).size).toBe(firsts.length);
    for (const model of [zero, again, one]) model?.dispose();
  });

  it('learns blobs on mix plans in the engine, the same each time, and leaves no tensor', async () => {
    const before = tf.memory().numTensors;
    const random = createRandom(3);
    const { x, y } = sampleBlobs(random, rows, shape.inputs, shape.outputs);
    const engine = await createTfjsEngine(tf, { model: factory });
    const data = engine.load(x, y);
    const train = async () => {
      const network = engine.createNetwork({ shape, seed: 5, optimizer: { name: 'adam', learningRate } });
      const mix = createRandom(4);
      const first = await network.evaluate(data);
      const losses = [];
      for (let epoch = 0; epoch < epochs; epoch++) {
        losses.push(
          (await network.train(data, sampleMixPlan(mix, { batch: rows }), { batchSize: Math.min(rows, 8) })).loss,
        );
      }
      const last = await network.evaluate(data);
      network.dispose();
      return { first, losses, last };
    };
    const once = await train();
    expect(once.last.loss).toBeLessThan(0.9 * once.first.loss);
    expect(await train()).toEqual(once);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('a model that is no chain, or no perceptron', () => {
  it('is mixed at a hidden layer if it is a chain: with every lambda 1 or 0, as plain rows are', async () => {
    const shape = { inputs: 64, hidden: [5], outputs: 3 };
    const { x, y } = sampleBlobs(createRandom(1), 12, 64, 3);
    const engine = await createTfjsEngine(tf, { model: createCnn });
    const data = engine.load(x, y);
    const plan = sampleMixPlan(createRandom(2), { batch: 12, alpha: 1 });
    const ends = { ...plan, lambda: plan.lambda.map((l) => Math.round(l)) };
    const losses = [];
    // The input, both blocks, and the dense layer.
    for (const layer of [0, 1, 2, 3]) {
      const network = engine.createNetwork({ shape, seed: 0 });
      await network.train(data, ends, { batchSize: 6, layer });
      losses.push((await network.evaluate(data)).loss);
      if (layer === 3) {
        await expect(network.train(data, ends, { batchSize: 6, layer: 4 })).rejects.toThrow(
          'train: layer must be an integer in [0, 3], got 4',
        );
      }
      network.dispose();
    }
    // Each lower row passes twice, summed in another order: float32.
    for (const loss of losses) expect(Math.abs(loss / (losses[0] as number) - 1)).toBeLessThan(1e-5);
  });

  it('has no hidden layer to mix at otherwise, and weights() and weights say that it is no perceptron', async () => {
    const shape = { inputs: 9, hidden: [8], outputs: 3 };
    const { x, y } = sampleBlobs(createRandom(1), 12, 9, 3);
    const engine = await createTfjsEngine(tf, { model: tabular });
    const network = engine.createNetwork({ shape, seed: 0 });
    const plan = sampleMixPlan(createRandom(2), { batch: 12 });
    await expect(network.train(engine.load(x, y), plan, { batchSize: 6, layer: 1 })).rejects.toThrow(
      'train: layer must be an integer in [0, 0], got 1',
    );
    const message = /: model must have dense layers with biases only, got a Dense layer named/;
    expect(() => network.weights()).toThrow(message);
    const weights = sampleGlorotUniform(createRandom(0), shape);
    expect(() => engine.createNetwork({ shape, weights })).toThrow(message);
    network.dispose();
  });
});

describe('factories', () => {
  it.each<[string, () => unknown, string]>([
    ['a seed of -1', () => createSeeds(-1), 'createSeeds: seed must be an integer >= 0, got -1'],
    [
      'a seed of NaN',
      () => createMlp(tf, { shape: { inputs: 2, hidden: [], outputs: 2 }, seed: Number.NaN }),
      'createMlp: seed must be an integer >= 0, got NaN',
    ],
    [
      'inputs that are no known image',
      () => createCnn(tf, { shape: { inputs: 100, hidden: [], outputs: 2 }, seed: 0 }),
      'createCnn: image must be given unless inputs are 64, 784 or 3072, got 100 inputs',
    ],
    [
      'an image of another size',
      () => createCnn(tf, { shape: { inputs: 100, hidden: [], outputs: 2 }, seed: 0, image: [10, 11, 1] }),
      'createCnn: image must hold 100 numbers, got [10, 11, 1]',
    ],
    [
      'columns that do not make up the inputs',
      () =>
        createTabularNet(tf, { shape: { inputs: 9, hidden: [], outputs: 2 }, seed: 0, numeric: 3, categories: [4] }),
      'createTabularNet: numeric and categories must make up 9 inputs, got 7',
    ],
    [
      'a column of one category',
      () =>
        createTabularNet(tf, { shape: { inputs: 4, hidden: [], outputs: 2 }, seed: 0, numeric: 3, categories: [1] }),
      'createTabularNet: categories must be integers >= 2, got 1',
    ],
  ])('refuse %s', (_, make, message) => {
    expect(make).toThrow(RangeError);
    expect(make).toThrow(message);
  });
});
