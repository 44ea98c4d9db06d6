import { createRandom, joinPlans, type MixPlan, plainPlan, sampleMixPlan, samplePermutation } from '@mixup/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWasmEngine, sampleGlorotUniform } from '../src/index.ts';
import { toLayersModel } from '../src/layers.ts';
import { loadTensorFlow } from '../src/node.ts';
import { createMlp, type EpochLogs, type LayersModel, type TensorFlow, trainModel } from '../src/tfjs.ts';
import { sampleBlobs } from './blobs.ts';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await loadTensorFlow({ backend: 'cpu' }));
});

const ROWS = 30;
const shape = { inputs: 4, hidden: [6], outputs: 3 };
const { x, y } = sampleBlobs(createRandom(1), ROWS, 4, 3);
const validation = sampleBlobs(createRandom(2), 20, 4, 3);
const inOrder = plainPlan(Int32Array.from({ length: ROWS }, (_, i) => i));

function startModel(): LayersModel {
  return createMlp(tf, { shape, seed: 0 });
}

const weightsOf = (model: LayersModel) => model.getWeights().map((weight) => [...weight.dataSync()]);

describe('trainModel', () => {
  it('has the losses of the kernel within 1e-4 over a training of the size of Iris, from the same weights and plans', async () => {
    const iris = { inputs: 4, hidden: [80], outputs: 3 };
    const random = createRandom(7);
    const blobs = sampleBlobs(random.fork('data'), 120, 4, 3);
    const weights = sampleGlorotUniform(random.fork('init'), iris);
    const plans = Array.from({ length: 30 }, () =>
      joinPlans(plainPlan(samplePermutation(random, 120)), sampleMixPlan(random, { batch: 30 })),
    );
    const engine = await createWasmEngine();
    const network = engine.createNetwork({ shape: iris, weights });
    const data = engine.load(blobs.x, blobs.y);
    const expected = plans.map((plan) => network.train(data, plan, { batchSize: 30 }));
    const model = toLayersModel(tf, { shape: iris, weights });
    const plan = (epoch: number) => plans[epoch] as MixPlan;
    const { history } = await trainModel(tf, model, { ...blobs, epochs: 30, batchSize: 30, plan });
    for (const [epoch, { loss, accuracy }] of expected.entries()) {
      expect(Math.abs((history.loss[epoch] as number) / loss - 1)).toBeLessThan(1e-4);
      expect(history.acc[epoch]).toBeCloseTo(accuracy, 5);
    }
    model.dispose();
  });

  it('has the history of model.fit without shuffling: losses and accuracies, of validation rows too, and the weights', async () => {
    // SGD, as tfjs's Adam is another one. The softmax is part of the dense layer here, as it mostly is.
    const build = () =>
      tf.sequential({
        layers: [
          tf.layers.dense({
            units: 6,
            inputShape: [4],
            activation: 'relu',
            kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }),
            kernelRegularizer: tf.regularizers.l2({ l2: 0.01 }),
          }),
          tf.layers.batchNormalization(),
          tf.layers.dense({
            units: 3,
            activation: 'softmax',
            kernelInitializer: tf.initializers.glorotUniform({ seed: 4 }),
          }),
        ],
      });
    const [fitted, trained] = [build(), build()];
    fitted.compile({ optimizer: tf.train.sgd(0.1), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
    const tensors = [x, y, validation.x, validation.y].map(({ data, shape }) =>
      tf.tensor(Float32Array.from(data), [...shape]),
    );
    const [tx, ty, vx, vy] = tensors as [Tensor, Tensor, Tensor, Tensor];
    const { history: expected } = await fitted.fit(tx, ty, {
      epochs: 8,
      batchSize: 7,
      shuffle: false,
      verbose: 0,
      validationData: [vx, vy],
    });
    const { history, epoch } = await trainModel(tf, trained, {
      x,
      y,
      epochs: 8,
      batchSize: 7,
      plan: () => inOrder,
      optimizer: { name: 'sgd', learningRate: 0.1 },
      validation,
    });
    expect(epoch).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(Object.keys(history)).toEqual(['loss', 'acc', 'val_loss', 'val_acc']);
    // float32, added up in another order.
    for (const key of ['acc', 'val_acc'] as const) {
      for (const i of epoch) expect(history[key]?.[i]).toBeCloseTo(expected[key]?.[i] as number, 5);
    }
    // tfjs adds the penalty to its losses, ours are the losses alone: the weights tell that it was minimised.
    for (const [i, values] of weightsOf(trained).entries()) {
      for (const [k, value] of values.entries()) expect(value).toBeCloseTo(weightsOf(fitted)[i]?.[k] as number, 5);
    }
    tf.dispose(tensors);
    fitted.dispose();
    trained.dispose();
  });

  it('mixes where the plan says, unless the options say another layer, one or one for each step', async () => {
    const draw = createRandom(3);
    const plans = Array.from({ length: 3 }, () => sampleMixPlan(draw, { batch: ROWS, alpha: 1 }));
    const train = async (own: { layer?: number }, option: { layer?: number | Int32Array }) => {
      const model = startModel();
      const plan = (epoch: number): MixPlan => ({ ...(plans[epoch] as MixPlan), ...own });
      const { history } = await trainModel(tf, model, { x, y, epochs: 3, batchSize: 15, plan, ...option });
      model.dispose();
      return history.loss;
    };
    const [input, hidden] = [await train({}, { layer: 0 }), await train({}, { layer: 1 })];
    expect(hidden).not.toEqual(input);
    expect(await train({}, {})).toEqual(input);
    expect(await train({ layer: 1 }, {})).toEqual(hidden);
    expect(await train({ layer: 1 }, { layer: 0 })).toEqual(input);
    expect(await train({}, { layer: Int32Array.of(1, 1) })).toEqual(hidden);
    expect(await train({}, { layer: Int32Array.of(0, 1) })).not.toEqual(hidden);
    await expect(train({}, { layer: Int32Array.of(1) })).rejects.toThrow(
      'layer must be one number or 2, one for each step',
    );
  });

  it('leaves no tensor but the model, whatever it was asked for', async () => {
    const model = startModel();
    const before = tf.memory().numTensors;
    const random = createRandom(0);
    await trainModel(tf, model, {
      x,
      y,
      sampleWeight: Float32Array.from({ length: ROWS }, () => random()),
      epochs: 3,
      plan: () => sampleMixPlan(random, { batch: ROWS }),
      layer: 1,
      masks: () => [undefined, { data: new Float32Array(ROWS * 6).fill(1), shape: [ROWS, 6] }],
      validation,
      earlyStopping: { patience: 1 },
      callbacks: { onBatchEnd: () => {} },
    });
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  it.each<[string, () => object, string]>([
    ...[0, 2].flatMap((at): [string, () => object, string][] => {
      const fail = (batch: number) => {
        if (batch === at) throw new Error('the disk is full');
      };
      return [
        [`onBatchEnd throws at batch ${at}`, () => ({ callbacks: { onBatchEnd: fail } }), 'the disk is full'],
        [`onBatchBegin throws at batch ${at}`, () => ({ callbacks: { onBatchBegin: fail } }), 'the disk is full'],
      ];
    }),
    [
      'an optimizer of tfjs is given a learning rate',
      () => ({ optimizer: tf.train.sgd(0.1), learningRate: 0.1 }),
      'learningRate must be that of the tfjs optimizer',
    ],
  ])('leaves no tensor where %s', async (_, options, message) => {
    const model = startModel();
    const own = options();
    const before = tf.memory().numTensors;
    const training = trainModel(tf, model, { x, y, epochs: 1, batchSize: 8, plan: () => inOrder, ...own });
    await expect(training).rejects.toThrow(message);
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  it('stops when the figure has not improved for as many epochs as it has patience, and puts the best weights back', async () => {
    const train = async (restoreBest: boolean) => {
      const model = startModel();
      const seen: { logs: EpochLogs; weights: number[][] }[] = [];
      const result = await trainModel(tf, model, {
        x,
        y,
        epochs: 60,
        batchSize: 5,
        plan: () => inOrder,
        // So large that the loss soon goes up.
        optimizer: { name: 'sgd', learningRate: 2 },
        validation,
        earlyStopping: { patience: 3, restoreBest },
        callbacks: {
          onEpochEnd: (_, logs) => {
            seen.push({ logs, weights: weightsOf(model) });
          },
        },
      });
      const weights = weightsOf(model);
      model.dispose();
      return { ...result, seen, weights };
    };
    const { history, bestEpoch, epoch, seen, weights } = await train(true);
    const losses = history.val_loss as number[];
    expect(bestEpoch).toBe(losses.indexOf(Math.min(...losses)));
    expect(epoch).toHaveLength((bestEpoch as number) + 1 + 3);
    expect(epoch.length).toBeLessThan(60);
    expect(weights).toEqual(seen[bestEpoch as number]?.weights);
    expect(weights).not.toEqual(seen.at(-1)?.weights);
    expect(seen.map(({ logs }) => logs.val_loss)).toEqual(losses);
    const last = await train(false);
    expect(last.weights).toEqual(last.seen.at(-1)?.weights);
  });

  it('leaves the best weights when it is aborted, ends by its name, and leaves no tensor', async () => {
    const model = startModel();
    const before = tf.memory().numTensors;
    const controller = new AbortController();
    const seen: number[][][] = [];
    let atEnd: number[][] | undefined;
    const training = trainModel(tf, model, {
      x,
      y,
      epochs: 60,
      batchSize: 5,
      plan: () => inOrder,
      optimizer: { name: 'sgd' },
      // It learns in epoch 0 alone, of 6 steps.
      learningRate: (step) => (step < 6 ? 0.1 : 50),
      validation,
      earlyStopping: { patience: 60 },
      signal: controller.signal,
      callbacks: {
        onEpochEnd: (epoch) => {
          seen.push(weightsOf(model));
          if (epoch === 4) controller.abort(new Error('enough of this'));
        },
        onTrainEnd: () => {
          atEnd = weightsOf(model);
        },
      },
    });
    await expect(training).rejects.toThrow('enough of this');
    expect(seen).toHaveLength(5);
    expect(seen[4]).not.toEqual(seen[0]);
    expect(weightsOf(model)).toEqual(seen[0]);
    expect(atEnd).toEqual(seen[0]);
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  it.each([0, 3])(
    'leaves the best weights when it diverges in epoch %i, in the first those of its start',
    async (last) => {
      const model = startModel();
      const before = tf.memory().numTensors;
      const start = weightsOf(model);
      const seen: { loss: number; weights: number[][] }[] = [];
      const training = trainModel(tf, model, {
        x,
        y,
        epochs: 60,
        batchSize: ROWS / 2,
        plan: () => inOrder,
        optimizer: { name: 'sgd' },
        l2: 1e30,
        // Kernels lose a fiftieth a step, and leave the range of float32 in the last epoch.
        learningRate: (step) => (step < 2 * last ? 1e-32 : 3e38),
        earlyStopping: { monitor: 'loss', patience: 60 },
        callbacks: { onEpochEnd: (_, { loss }) => void seen.push({ loss, weights: weightsOf(model) }) },
      });
      await expect(training).rejects.toThrow(/^train: the (loss is|weights are) no longer finite/);
      expect(seen).toHaveLength(last);
      const [best = { weights: start }] = [...seen].sort((a, b) => a.loss - b.loss);
      expect(weightsOf(model)).toEqual(best.weights);
      expect(weightsOf(model).flat().every(Number.isFinite)).toBe(true);
      expect(tf.memory().numTensors).toBe(before);
      model.dispose();
    },
  );

  it.each<[string, unknown, unknown, string]>([
    ['onYield', { onYield: () => {} }, RangeError, 'onBatchBegin, onBatchEnd, got onYield'],
    ['a name that is misspelt', { onEpochend: () => {} }, RangeError, 'trainModel: callbacks must be onTrainBegin, '],
    ['a list', [{ onEpochEnd: () => {} }], TypeError, 'callbacks must be an object of functions, got a list'],
    ['no function', { onEpochEnd: 1 }, TypeError, 'callbacks.onEpochEnd must be a function, got number'],
    ['null', null, TypeError, 'callbacks must be an object of functions, got null'],
  ])('refuses %s as callbacks', async (_, callbacks, kind, message) => {
    const model = startModel();
    const options = { x, y, epochs: 1, plan: () => inOrder, callbacks: callbacks as object };
    await expect(trainModel(tf, model, options)).rejects.toThrow(kind as typeof RangeError);
    await expect(trainModel(tf, model, options)).rejects.toThrow(message);
    model.dispose();
  });

  it('refuses a callback of tfjs’s own, and says what there is instead', async () => {
    const model = startModel();
    const callbacks = tf.callbacks.earlyStopping() as object;
    await expect(trainModel(tf, model, { x, y, epochs: 1, plan: () => inOrder, callbacks })).rejects.toThrow(
      'trainModel: callbacks must be an object of functions, got a tf.Callback; see earlyStopping',
    );
    model.dispose();
  });

  it.each([
    ['adam', 'adam'],
    [null, 'null'],
  ])('refuses %j as an optimizer, and leaves no tensor', async (optimizer, got) => {
    const model = startModel();
    const before = tf.memory().numTensors;
    const training = trainModel(tf, model, { x, y, epochs: 1, plan: () => inOrder, optimizer: optimizer as never });
    await expect(training).rejects.toThrow(
      new TypeError(`trainModel: optimizer must be an object, as { name: 'adam' }, got ${got}`),
    );
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  it('says in one line which of its arguments is missing', async () => {
    const model = startModel();
    const train = trainModel as (...given: unknown[]) => Promise<unknown>;
    for (const [given, message] of [
      [[], 'trainModel: tf must be the running TensorFlow.js module, with its layers, got undefined'],
      [[tf], 'trainModel: model must be a tf.LayersModel, got undefined'],
      [[tf, model], 'trainModel: x must be rows, got undefined'],
      [[tf, model, { x }], 'trainModel: y must be rows, got undefined'],
      [[tf, model, { x, y, epochs: 1 }], 'trainModel: plan must be a function (all chance is drawn in it, '],
    ] as const) {
      await expect(train(...given)).rejects.toThrow(TypeError);
      await expect(train(...given)).rejects.toThrow(message);
    }
    model.dispose();
  });

  it('calls back by the names of tfjs, in order', async () => {
    const model = startModel();
    const calls: string[] = [];
    const sizes: number[] = [];
    await trainModel(tf, model, {
      x,
      y,
      epochs: 2,
      batchSize: 16,
      plan: () => inOrder,
      callbacks: {
        onTrainBegin: () => void calls.push('begin'),
        onEpochBegin: (epoch) => void calls.push(`epoch ${epoch}`),
        onBatchBegin: async (batch, logs) => {
          await Promise.resolve();
          calls.push(`to batch ${batch} of ${logs.size}`);
          expect(logs.batch).toBe(batch);
        },
        onBatchEnd: (batch, logs) => {
          calls.push(`batch ${batch}`);
          sizes.push(logs.size);
          expect(logs.batch).toBe(batch);
          expect(logs.loss).toBeGreaterThan(0);
        },
        onEpochEnd: async (epoch) => {
          await Promise.resolve();
          calls.push(`end ${epoch}`);
        },
        onTrainEnd: () => void calls.push('end'),
      },
    });
    const batches = ['to batch 0 of 16', 'batch 0', 'to batch 1 of 14', 'batch 1'];
    const one = (epoch: number) => [`epoch ${epoch}`, ...batches, `end ${epoch}`];
    expect(calls).toEqual(['begin', ...one(0), ...one(1), 'end']);
    expect(sizes).toEqual([16, 14, 16, 14]);
    model.dispose();
  });

  it('throws the reason of an AbortSignal that is aborted from outside between two batches, and leaves no tensor', async () => {
    const model = startModel();
    const before = tf.memory().numTensors;
    const controller = new AbortController();
    // A timer of the program's: training lets it in.
    setTimeout(() => controller.abort(new Error('enough of this')), 1);
    const training = trainModel(tf, model, {
      x,
      y,
      epochs: 1e6,
      batchSize: 1,
      plan: () => inOrder,
      signal: controller.signal,
    });
    await expect(training).rejects.toThrow('enough of this');
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  it('takes an optimizer of tfjs: its SGD steps as ours does', async () => {
    const [ours, theirs] = [startModel(), startModel()];
    const common = { x, y, epochs: 3, batchSize: 8, plan: () => inOrder };
    const { history } = await trainModel(tf, ours, { ...common, optimizer: { name: 'sgd', learningRate: 0.1 } });
    const { history: other } = await trainModel(tf, theirs, { ...common, optimizer: tf.train.sgd(0.1) });
    for (const [i, loss] of history.loss.entries()) expect(other.loss[i]).toBeCloseTo(loss, 5);
    await expect(
      trainModel(tf, theirs, { ...common, optimizer: tf.train.sgd(0.1), learningRate: 0.2 }),
    ).rejects.toThrow('learningRate must be that of the tfjs optimizer');
    for (const model of [ours, theirs]) model.dispose();
  });

  it.each<[string, object, string | RegExp]>([
    ['a misspelt option', { batchsize: 3 }, /^trainModel: options must be among x, y, .*, signal, got batchsize$/],
    ['options of model.fit', { validationData: validation, shuffle: true }, /got validationData$/],
    [
      'a misspelt weight',
      { validation: { ...validation, sampleweight: [] } },
      /^trainModel: validation: .*got sampleweight$/,
    ],
    ['misspelt patience', { earlyStopping: { patienc: 3 } }, /^trainModel: earlyStopping: .*got patienc$/],
    ['a misspelt rate', { optimizer: { name: 'adam', learningrate: 3 } }, /^trainModel: adam: .*got learningrate$/],
    ['no epochs', { epochs: 0 }, 'trainModel: epochs must be an integer >= 1, got 0'],
    ['labels that are class ids', { y: { data: new Float32Array(ROWS), shape: [ROWS] } }, 'labels must be rows'],
    [
      'a width that is not the model’s',
      { x: { data: new Float32Array(60), shape: [ROWS, 2] } },
      'must have 4 features',
    ],
    [
      'patience for a figure that is not measured',
      { earlyStopping: {} },
      "monitor must be 'loss' or 'acc' where there is no",
    ],
    ['patience of 0', { validation, earlyStopping: { patience: 0 } }, 'patience must be an integer >= 1, got 0'],
    [
      'another head than the model has',
      { head: 'sigmoid' },
      'model must end in sigmoid or linear for a sigmoid head, got softmax',
    ],
    ['a plan for other rows', { plan: () => plainPlan(Int32Array.of(ROWS)) }, `rows in [0, ${ROWS}), got ${ROWS}`],
  ])('refuses %s, and leaves no tensor', async (_, wrong, message) => {
    const model = startModel();
    const before = tf.memory().numTensors;
    const options = { x, y, epochs: 1, plan: () => inOrder, ...wrong };
    const training = trainModel(tf, model, options);
    await expect(training).rejects.toThrow(RangeError);
    await expect(training).rejects.toThrow(message);
    expect(tf.memory().numTensors).toBe(before);
    model.dispose();
  });

  it('asks for the head of a model that ends in numbers', async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [4] })] });
    const options = { x, y, epochs: 1, plan: () => inOrder };
    await expect(trainModel(tf, model, options)).rejects.toThrow('head must be said for a model that ends in linear');
    const { history } = await trainModel(tf, model, { ...options, head: 'softmax' });
    expect(history.loss[0]).toBeGreaterThan(0);
    model.dispose();
  });
});
