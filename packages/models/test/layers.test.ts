import { createRandom, sampleMixPlan } from '@mixup/core';
import type * as TfCore from '@tensorflow/tfjs-core';
import type * as TfLayers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWasmEngine, type MlpShape, sampleGlorotUniform } from '../src/index.ts';
import { fromLayersModel, toLayersModel } from '../src/layers.ts';
import { createMlp, createTfjsEngine } from '../src/tfjs.ts';
import { sampleBlobs } from './blobs.ts';
import { tf as core, layers as tfLayers } from './tfjs.ts';

const tf: typeof TfCore & typeof TfLayers = { ...core, ...tfLayers };

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Through what tfjs would write: the JSON of `model.json`, and the bytes of its weights. */
async function saveAndLoad(model: TfLayers.LayersModel): Promise<TfLayers.LayersModel> {
  let json = '';
  let bytes = new ArrayBuffer(0);
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      const { weightData, ...rest } = artifacts;
      json = JSON.stringify(rest);
      bytes = tf.io.CompositeArrayBuffer.join(weightData);
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  const artifacts = JSON.parse(json) as TfCore.io.ModelArtifacts;
  return tf.loadLayersModel(tf.io.fromMemory({ ...artifacts, weightData: bytes.slice(0) }));
}

const shapes: MlpShape[] = [
  { inputs: 64, hidden: [80], outputs: 10 },
  { inputs: 5, hidden: [9, 6], outputs: 3, activation: 'tanh', head: 'sigmoid' },
  { inputs: 7, hidden: [4], outputs: 1, activation: 'linear', head: 'linear' },
  { inputs: 6, hidden: [], outputs: 4 },
];

describe('a network trained in the kernel', () => {
  it.each(shapes)(
    'predicts the same after tfjs has saved and loaded it, and comes back bit for bit: %j',
    async (shape) => {
      const random = createRandom(1);
      const engine = await createWasmEngine();
      const { head = 'softmax' } = shape;
      const blobs = sampleBlobs(random, 40, shape.inputs, Math.max(2, shape.outputs));
      const y =
        head === 'softmax'
          ? blobs.y
          : { data: new Float64Array(40 * shape.outputs).fill(1), shape: [40, shape.outputs] as const };
      const data = engine.load(blobs.x, y, { head });
      const network = engine.createNetwork({ shape, weights: sampleGlorotUniform(random, shape) });
      for (let epoch = 0; epoch < 5; epoch++)
        network.train(data, sampleMixPlan(random, { batch: 40 }), { batchSize: 8 });

      const before = tf.memory().numTensors;
      const weights = network.weights();
      const built = toLayersModel(tf, { shape, weights });
      const loaded = await saveAndLoad(built);
      const features = tf.tensor(blobs.x.data, [40, shape.inputs]);
      const predicted = loaded.predict(features) as TfCore.Tensor;
      expect(predicted.shape).toEqual([40, shape.outputs]);
      const own = network.predict(data).data;
      // Both in float32; sums of at most 80 terms of the size of 1.
      for (const [i, value] of (await predicted.data()).entries()) {
        expect(Math.abs(value - (own[i] as number))).toBeLessThan(1e-5);
      }
      const back = await fromLayersModel(loaded);
      expect(back.weights).toEqual(weights);
      const activation = shape.hidden.length > 0 ? { activation: shape.activation ?? 'relu' } : {};
      expect(back.shape).toEqual({ ...shape, ...activation, head });
      const again = engine.createNetwork(back);
      expect(again.predict(data)).toEqual(network.predict(data));
      for (const one of [features, predicted, built, loaded]) one.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  it('is refused when its weights do not fit its shape', () => {
    const shape = { inputs: 3, hidden: [2], outputs: 2 };
    const weights = sampleGlorotUniform(createRandom(0), { ...shape, hidden: [4] });
    expect(() => toLayersModel(tf, { shape, weights })).toThrow(
      /toLayersModel: kernel of layer 0 must have shape \[3, 2\], got \[3, 4\]/,
    );
  });
});

describe('fromLayersModel', () => {
  const { dense, dropout, conv1d } = tf.layers;

  it.each<[string, (shape: MlpShape) => TfLayers.LayersModel]>([
    ['createMlp', (shape) => createMlp(tf, { shape, seed: 3 })],
    [
      'layers of softmax, of activations and of dropout between them',
      ({ inputs, hidden: [units = 1], outputs, activation = 'relu', head }) =>
        tf.sequential({
          layers: [
            dense({ units, inputShape: [inputs] }),
            dropout({ rate: 0.5 }),
            tf.layers.activation({ activation }),
            dense({ units: outputs }),
            head === 'softmax' ? tf.layers.softmax() : tf.layers.activation({ activation: head ?? 'linear' }),
          ],
        }),
    ],
  ])('reads the models of %s, with each head: the kernel predicts what they do', async (_, create) => {
    const engine = await createWasmEngine();
    for (const head of ['softmax', 'sigmoid', 'linear'] as const) {
      const shape = { inputs: 4, hidden: [6], outputs: 3, activation: 'tanh', head } as const;
      const { x, y } = sampleBlobs(createRandom(1), 10, 4, 3);
      const model = create(shape);
      const read = await fromLayersModel(model);
      expect(read.shape).toEqual(shape);
      const { data } = engine.createNetwork(read).predict(engine.load(x, y, { head }));
      const expected = tf.tidy(() => (model.predict(tf.tensor(x.data, [10, 4])) as TfCore.Tensor).dataSync());
      // Both in float32; sums of at most 6 terms of the size of 1.
      for (const [i, value] of data.entries()) expect(Math.abs(value - (expected[i] as number))).toBeLessThan(1e-5);
      model.dispose();
    }
  });

  it('reads the model of a network of the default TensorFlow.js engine', async () => {
    const engine = await createTfjsEngine(tf);
    const shape = { inputs: 4, hidden: [6], outputs: 3 };
    const network = engine.createNetwork({ shape, seed: 0 });
    const read = await fromLayersModel(network.model);
    expect(read.shape).toEqual({ ...shape, activation: 'relu', head: 'softmax' });
    expect(read.weights).toEqual(network.weights());
    network.dispose();
  });

  it.each<[string, (input: TfLayers.SymbolicTensor) => TfLayers.SymbolicTensor[], RegExp]>([
    [
      'a layer that is used twice',
      (input) => {
        const twice = dense({ units: 4, activation: 'relu', name: 'twice' });
        return [twice.apply(twice.apply(input))].flat() as TfLayers.SymbolicTensor[];
      },
      /layers must be used once, got twice twice$/,
    ],
    [
      'two outputs',
      (input) => [1, 2].map((units) => dense({ units }).apply(input) as TfLayers.SymbolicTensor),
      /must have one output, got 2$/,
    ],
    [
      'two ways through it',
      (input) =>
        [
          tf.layers.add().apply([1, 2].map(() => dense({ units: 4 }).apply(input) as TfLayers.SymbolicTensor)),
        ].flat() as TfLayers.SymbolicTensor[],
      /must take one input, got 2 of add_/,
    ],
  ])('refuses a functional model with %s', async (_, connect, message) => {
    const inputs = tf.input({ shape: [4] });
    const model = tf.model({ inputs, outputs: connect(inputs) });
    await expect(fromLayersModel(model)).rejects.toThrow(RangeError);
    await expect(fromLayersModel(model)).rejects.toThrow(message);
    model.dispose();
  });

  it('reads a functional chain, whose layers another model may use too', async () => {
    const inputs = tf.input({ shape: [4] });
    const hidden = dense({ units: 5, activation: 'tanh' });
    const ending = dense({ units: 3 });
    const model = tf.model({ inputs, outputs: ending.apply(hidden.apply(inputs)) as TfLayers.SymbolicTensor });
    tf.model({ inputs, outputs: ending.apply(dense({ units: 5 }).apply(inputs)) as TfLayers.SymbolicTensor });
    const { shape, weights } = await fromLayersModel(model);
    expect(shape).toEqual({ inputs: 4, hidden: [5], outputs: 3, activation: 'tanh', head: 'linear' });
    expect(weights[0]?.kernel.data).toEqual(await hidden.getWeights()[0]?.data());
  });

  it('passes over dropout, and reads a layer without bias as one with zeros', async () => {
    const model = tf.sequential({
      layers: [
        dense({ units: 3, inputShape: [2], activation: 'relu', useBias: false }),
        dropout({ rate: 0.5 }),
        dense({ units: 2, activation: 'softmax' }),
      ],
    });
    const { shape, weights } = await fromLayersModel(model);
    expect(shape).toEqual({ inputs: 2, hidden: [3], outputs: 2, activation: 'relu', head: 'softmax' });
    expect(weights[0]?.bias).toEqual(new Float32Array(3));
    expect(weights[0]?.kernel.data).toEqual(await model.layers[0]?.getWeights()[0]?.data());
    model.dispose();
  });

  it.each<[string, () => TfLayers.layers.Layer[], RegExp]>([
    [
      'a convolution',
      () => [conv1d({ filters: 1, kernelSize: 1, inputShape: [3, 2] })],
      /got Conv1D with \[rows, 3, 1\] in/,
    ],
    [
      'activations that differ',
      () =>
        ['relu', 'tanh', 'linear'].map((activation) =>
          dense({ units: 2, inputShape: [2], activation: activation as 'relu' }),
        ),
      /hidden activations must be the same, got relu and tanh/,
    ],
    [
      'an activation that is unknown here',
      () => [dense({ units: 2, inputShape: [2], activation: 'elu' }), dense({ units: 2, activation: 'softmax' })],
      /activation must be 'relu', 'tanh' or 'linear', got elu/,
    ],
    [
      'rows of rows',
      () => [dense({ units: 2, inputShape: [3, 4] })],
      /of rows of numbers, got Dense with \[rows, 3, 2\] in dense_/,
    ],
    [
      'an activation after an activation',
      () => [dense({ units: 2, inputShape: [2], activation: 'relu' }), tf.layers.softmax()],
      /must follow a dense layer without activation, got relu$/,
    ],
    [
      'a layer of another kind',
      () => [dense({ units: 2, inputShape: [2] }), tf.layers.batchNormalization()],
      /layers must be Dense, Activation, Softmax, Dropout or InputLayer, got BatchNormalization \(/,
    ],
    ['no layer', () => [], /the model must have one output, got 0$/],
    [
      'a softmax over the batch',
      () => [dense({ units: 2, inputShape: [2] }), tf.layers.softmax({ axis: 0 })],
      /, got Softmax \(/,
    ],
    ['no dense layer', () => [dropout({ rate: 0.5, inputShape: [2] })], /must have a dense layer, got none/],
    ['an unknown head', () => [dense({ units: 2, inputShape: [2], activation: 'relu' })], /head must be .*, got relu/],
  ])('refuses %s', async (_, layers, message) => {
    const model = tf.sequential({ layers: layers() });
    await expect(fromLayersModel(model)).rejects.toThrow(RangeError);
    await expect(fromLayersModel(model)).rejects.toThrow(message);
    model.dispose();
  });
});
