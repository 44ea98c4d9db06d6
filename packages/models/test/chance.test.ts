import { createRandom, sampleMixPlan } from '@mixup/core';
import type { layers } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleGlorotUniform } from '../src/index.ts';
import { loadTensorFlow } from '../src/node.ts';
import { createTfjsEngine, type TensorFlow } from '../src/tfjs.ts';
import { sampleBlobs } from './blobs.ts';

type Layer = layers.Layer;

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow({ backend: 'cpu' }));
});

const shape = { inputs: 4, hidden: [], outputs: 3 };
const dense = (units: number, config: object = {}) => tf.layers.dense({ units, kernelInitializer: 'ones', ...config });
const between = (...inner: Layer[]) =>
  tf.sequential({ layers: [dense(4, { inputShape: [4] }), ...inner, dense(3, { activation: 'softmax' })] });
/** A recurrent layer on two steps of two numbers, all its initializers constant. */
const recurrent = (make: (config: object) => Layer, config: object) =>
  between(
    tf.layers.reshape({ targetShape: [2, 2] }),
    make({ units: 3, kernelInitializer: 'ones', recurrentInitializer: 'ones', ...config }),
  );
const lstm = (config: object) => tf.layers.lstm(config as never);

describe('a layer that draws chance in training', () => {
  it.each<[string, () => ReturnType<typeof between>, string]>([
    ['dropout', () => between(tf.layers.dropout({ rate: 0.5 })), 'Dropout in the layer dropout_Dropout'],
    [
      'dropout with a seed that tfjs takes for none',
      () => between(tf.layers.dropout({ rate: 0.5, seed: 0 })),
      'Dropout in',
    ],
    [
      'dropout in a nested model',
      () => between(tf.sequential({ layers: [tf.layers.dropout({ rate: 0.5, inputShape: [4] })] })),
      'Dropout in',
    ],
    [
      'dropout in a wrapper',
      () =>
        between(
          tf.layers.reshape({ targetShape: [2, 2] }),
          tf.layers.timeDistributed({ layer: tf.layers.dropout({ rate: 0.5 }) }),
          tf.layers.flatten(),
        ),
      'TimeDistributed in the layer',
    ],
    ['noise', () => between(tf.layers.gaussianNoise({ stddev: 0.1 })), 'GaussianNoise in'],
    ['Gaussian dropout', () => between(tf.layers.gaussianDropout({ rate: 0.1 })), 'GaussianDropout in'],
    ['alpha dropout', () => between(tf.layers.alphaDropout({ rate: 0.1 })), 'AlphaDropout in'],
    ['dropout of a recurrent layer', () => recurrent(lstm, { dropout: 0.1 }), 'LSTM in'],
    ['dropout of its state', () => recurrent(lstm, { recurrentDropout: 0.1 }), 'LSTM in'],
    [
      'dropout of a cell',
      () =>
        recurrent((config) => tf.layers.rnn({ cell: tf.layers.gruCell(config as never) }) as Layer, { dropout: 0.1 }),
      'RNN in',
    ],
  ])('is refused by its name, and leaves no tensor: %s', async (_, model, named) => {
    const before = tf.memory().numTensors;
    const engine = await createTfjsEngine(tf, { model });
    const create = () => engine.createNetwork({ shape, seed: 5 });
    expect(create).toThrow(RangeError);
    expect(create).toThrow(
      /^createNetwork: model must draw no chance in training, got [^\n]+; [^\n]*masks of train\(\)/,
    );
    expect(create).toThrow(named);
    expect(() => engine.createNetwork({ shape, weights: sampleGlorotUniform(createRandom(0), shape) })).toThrow(named);
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each<[string, () => ReturnType<typeof between>]>([
    ['dropout with a seed', () => between(tf.layers.dropout({ rate: 0.5, seed: 7 }))],
    ['dropout of nothing', () => between(tf.layers.dropout({ rate: 0 }), tf.layers.gaussianNoise({ stddev: 0 }))],
    ['a recurrent layer without dropout', () => recurrent(lstm, {})],
  ])('is taken where it draws the same again, and trains the same twice: %s', async (_, model) => {
    const engine = await createTfjsEngine(tf, { model });
    const { x, y } = sampleBlobs(createRandom(1), 12, 4, 3);
    const data = engine.load(x, y);
    const train = async () => {
      const network = engine.createNetwork({ shape, seed: 5 });
      const random = createRandom(2);
      const losses = [];
      for (let epoch = 0; epoch < 3; epoch++) {
        losses.push((await network.train(data, sampleMixPlan(random, { batch: 12 }), { batchSize: 4 })).loss);
      }
      network.dispose();
      return losses;
    };
    expect(await train()).toEqual(await train());
  });
});
