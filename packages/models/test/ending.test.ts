import { createRandom } from '@mixup/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTensorFlow } from '../src/node.ts';
import { createMlp, createTfjsEngine, type LayersModel, type TensorFlow } from '../src/tfjs.ts';
import { sampleBlobs } from './blobs.ts';

type Layer = layers.Layer;

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow({ backend: 'cpu' }));
});

describe('the ending of a model', () => {
  const shape = { inputs: 4, hidden: [], outputs: 3 };
  const dense = (seed: number, units: number, config: object = {}) =>
    tf.layers.dense({ units, kernelInitializer: tf.initializers.glorotUniform({ seed }), ...config });
  const ended = (activation: string) => dense(1, 3, { inputShape: [4], activation });
  const chain = (...layers: Layer[]) => tf.sequential({ layers });
  const apply = (layer: Layer, x: unknown) => layer.apply(x as never) as never;
  const functional = (...ends: ((x: never) => unknown)[]): LayersModel => {
    const inputs = tf.input({ shape: [4] });
    return tf.model({ inputs, outputs: ends.reduce((x, end) => end(x as never), inputs as unknown) as never });
  };
  const softmax = () => tf.layers.softmax();

  it.each<[string, () => LayersModel, 'softmax' | 'sigmoid']>([
    ['in a nested chain', () => chain(dense(2, 4, { inputShape: [4] }), chain(ended('softmax'))), 'softmax'],
    ['in a nested chain of a nested chain', () => chain(chain(chain(ended('sigmoid')))), 'sigmoid'],
    [
      'in a nested functional model',
      () =>
        chain(
          dense(2, 4, { inputShape: [4] }),
          functional((x) => apply(ended('softmax'), x)),
        ),
      'softmax',
    ],
    [
      'in a layer of its own in a nested chain',
      () => functional((x) => apply(createMlp(tf, { shape, seed: 1 }), x)),
      'softmax',
    ],
    ['in a layer of its own in a chain in a chain', () => chain(createMlp(tf, { shape, seed: 1 })), 'softmax'],
    [
      'in a layer of its own',
      () =>
        functional(
          (x) => apply(dense(1, 3), x),
          (x) => apply(softmax(), x),
        ),
      'softmax',
    ],
    ['under dropout', () => chain(ended('softmax'), tf.layers.dropout({ rate: 0.5, seed: 1 })), 'softmax'],
    ['under another form', () => chain(ended('sigmoid'), tf.layers.reshape({ targetShape: [3] })), 'sigmoid'],
    [
      'in the mean of two',
      () =>
        functional((x) =>
          tf.layers.average().apply([1, 2].map((seed) => apply(dense(seed, 3, { activation: 'softmax' }), x))),
        ),
      'softmax',
    ],
    [
      'in two that lie side by side',
      () =>
        functional((x) =>
          tf.layers
            .concatenate()
            .apply([1, 2].map((units) => apply(dense(units, units, { activation: 'sigmoid' }), x))),
        ),
      'sigmoid',
    ],
  ])('is found %s: the engine predicts what the model does', async (_, model, head) => {
    const engine = await createTfjsEngine(tf, { model });
    const { x } = sampleBlobs(createRandom(1), 6, 4, 3);
    const y = { data: new Float32Array(18).map((_, i) => Number(i % 3 === 0)), shape: [6, 3] as const };
    const data = engine.load(x, y, { head });
    const network = engine.createNetwork({ shape: { ...shape, head }, seed: 0 });
    const [got, features] = [await network.predict(data), tf.tensor(x.data, [6, 4])];
    const expected = (network.model.predict(features) as Tensor).dataSync();
    // A softmax in float32, once in tfjs's layer and once here.
    for (const [i, value] of expected.entries()) expect(Math.abs((got.data[i] as number) - value)).toBeLessThan(1e-6);
    tf.dispose(features);
    network.dispose();
  });

  it('is refused where a layer made something else of probabilities', async () => {
    const model = () =>
      functional((x) =>
        tf.layers.add().apply([1, 2].map((seed) => apply(dense(seed, 3, { activation: 'softmax' }), x))),
      );
    const engine = await createTfjsEngine(tf, { model });
    expect(() => engine.createNetwork({ shape, seed: 0 })).toThrow(
      'createNetwork: model must end in softmax or linear for a softmax head, got Add of softmax',
    );
  });
});
