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

describe('createTfjsEngine', () => {
  const shape = { inputs: 4, hidden: [], outputs: 3 };
  const dense = (options: object) => tf.layers.dense({ units: 3, inputShape: [4], ...options });
  const glorot = (seed?: number) => tf.initializers.glorotUniform(seed === undefined ? {} : { seed });

  it.each<[string, ModelFactory, string]>([
    ['a kernel', () => tf.sequential({ layers: [dense({ activation: 'softmax' })] }), '/kernel'],
    [
      'a bias after a kernel that takes it',
      (_, { seed }) =>
        tf.sequential({ layers: [dense({ kernelInitializer: glorot(seed), biasInitializer: 'randomNormal' })] }),
      '/bias',
    ],
  ])(
    'refuses a model that leaves the seed of %s to chance, by its name, and leaves no tensor',
    async (_, model, name) => {
      const before = tf.memory().numTensors;
      const engine = await createTfjsEngine(tf, { model });
      const create = () => engine.createNetwork({ shape, seed: 5 });
      expect(create).toThrow(RangeError);
      expect(create).toThrow(/^createNetwork: model must take every initializer's seed from `seed` [^\n]+$/);
      expect(create).toThrow(new RegExp(`got another dense_Dense\\d+${name} from the same seed$`));
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  it.each([0, 1])('leaves no tensor where onStep throws at step %i, and goes on', async (at) => {
    const engine = await createTfjsEngine(tf);
    const { x, y } = sampleBlobs(createRandom(1), 12, 4, 3);
    const data = engine.load(x, y);
    const network = engine.createNetwork({ shape, seed: 0 });
    const before = tf.memory().numTensors;
    const plan = sampleMixPlan(createRandom(2), { batch: 12 });
    const onStep = (step: number) => {
      if (step === at) throw new Error('the disk is full');
    };
    await expect(network.train(data, plan, { batchSize: 4, onStep })).rejects.toThrow('the disk is full');
    expect(tf.memory().numTensors).toBe(before);
    expect((await network.train(data, plan, { batchSize: 4 })).loss).toBeGreaterThan(0);
    network.dispose();
  });

  it('refuses a factory that gives the same model again, and leaves that model as it is', async () => {
    const model = createMlp(tf, { shape, seed: 0 });
    const [engine, other] = [
      await createTfjsEngine(tf, { model: () => model }),
      await createTfjsEngine(tf, { model: () => model }),
    ];
    const before = tf.memory().numTensors;
    const message = 'createNetwork: model must make another model each time, got the same one again';
    expect(() => engine.createNetwork({ shape, seed: 0 })).toThrow(message);
    const weights = sampleGlorotUniform(createRandom(0), shape);
    const network = other.createNetwork({ shape, weights });
    expect(() => other.createNetwork({ shape, weights })).toThrow(message);
    expect(network.weights()).toEqual(weights);
    expect(model.getWeights()[0]?.dataSync()).toEqual(weights[0]?.kernel.data);
    // The model of a network goes with it.
    network.dispose();
    expect(tf.memory().numTensors).toBe(before - model.weights.length);
  });

  it('says in one line that a factory gives no model, or a promise of one, which it disposes of', async () => {
    const before = tf.memory().numTensors;
    for (const [model, got] of [
      [() => undefined, 'undefined'],
      [() => 7, '7'],
      [
        async () => createMlp(tf, { shape, seed: 0 }),
        'a promise: wait for what it needs before, and let it answer at once',
      ],
      [() => Promise.reject(new Error('no such file')), 'a promise'],
    ] as const) {
      const engine = await createTfjsEngine(tf, { model: model as unknown as ModelFactory });
      const create = () => engine.createNetwork({ shape, seed: 0 });
      expect(create).toThrow(TypeError);
      expect(create).toThrow(`createNetwork: model must return a tf.LayersModel, got ${got}`);
    }
    await new Promise((resolve) => setImmediate(resolve));
    expect(tf.memory().numTensors).toBe(before);
  });

  it('says that a network must be given weights or a seed, and that a frozen one can not be trained', async () => {
    const engine = await createTfjsEngine(tf);
    expect(() => engine.createNetwork({ shape } as never)).toThrow(
      'createNetwork: weights or a seed must be given, got neither',
    );
    const frozen = await createTfjsEngine(tf, {
      model: (tf, options) => {
        const model = createMlp(tf, options);
        model.trainable = false;
        return model;
      },
    });
    const { x, y } = sampleBlobs(createRandom(1), 6, 4, 3);
    const data = frozen.load(x, y);
    const network = frozen.createNetwork({ shape, seed: 0 });
    expect((await network.evaluate(data)).loss).toBeGreaterThan(0);
    await expect(network.train(data, sampleMixPlan(createRandom(2), { batch: 6 }), { batchSize: 3 })).rejects.toThrow(
      'train: model must have weights to train, got none: all of its layers are frozen',
    );
    network.dispose();
  });

  it('makes the model twice for the first network from a seed, and once for each that follows', async () => {
    let made = 0;
    const before = tf.memory().numTensors;
    const model: ModelFactory = (tf, options) => {
      made++;
      return createMlp(tf, options);
    };
    const engine = await createTfjsEngine(tf, { model });
    const weights = sampleGlorotUniform(createRandom(0), shape);
    // Weights that are given are the same whatever the seed.
    for (const [start, count] of [
      [{ weights }, 1],
      [{ seed: 0 }, 3],
      [{ seed: 1 }, 4],
      [{ weights }, 5],
    ] as const) {
      engine.createNetwork({ shape, ...start }).dispose();
      expect(made).toBe(count);
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  it('says in one line what it was not given', async () => {
    const create = createTfjsEngine as (...given: unknown[]) => ReturnType<typeof createTfjsEngine>;
    const module = 'createTfjsEngine: tf must be the running TensorFlow.js module, with its layers, got';
    for (const [given, message] of [
      [[], `${module} undefined`],
      [[Promise.resolve(tf)], `${module} object`],
      [[{ ready: tf.ready }], `${module} one without layers`],
      [
        [tf, { model: createMlp(tf, { shape, seed: 0 }) }],
        'model must be a function, (tf, { shape, seed }) => model, got',
      ],
    ] as const) {
      await expect(create(...given)).rejects.toThrow(TypeError);
      await expect(create(...given)).rejects.toThrow(message);
    }
    const engine = await createTfjsEngine(tf);
    expect(() => engine.createNetwork(undefined as never)).toThrow(
      'createNetwork: shape must be { inputs, hidden: [units, …], outputs }, got undefined',
    );
  });
});

describe('factories', () => {
  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'shape must be { inputs, hidden: [units, …], outputs }, got undefined'],
    ['no shape', {}, 'shape must be { inputs, hidden: [units, …], outputs }, got undefined'],
    ['hidden layers that are a number', { shape: { inputs: 4, hidden: 3, outputs: 2 } }, 'got hidden of number'],
  ])('say in one line that they were given %s', (_, options, message) => {
    for (const create of [createMlp, createCnn, createTabularNet]) {
      expect(() => create(tf, options as never)).toThrow(TypeError);
      expect(() => create(tf, options as never)).toThrow(`${create.name}: `);
      expect(() => create(tf, options as never)).toThrow(message);
      expect(() => create(undefined as never, options as never)).toThrow(`${create.name}: tf must be the running`);
    }
    const shape = { inputs: 4, hidden: [], outputs: 2 };
    expect(() => createTabularNet(tf, { shape, seed: 0, numeric: 4 } as never)).toThrow(
      'createTabularNet: categories must be a list of integers >= 2, got undefined',
    );
  });

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
