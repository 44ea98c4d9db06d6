import { createRandom, plainPlan, type Rows } from '@mixup/core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  createWasmEngine,
  type Data,
  type NetworkOptions,
  sampleGlorotUniform,
  type WasmEngine,
  type WasmNetwork,
} from '../src/index.ts';
import { sampleBlobs } from './blobs.ts';

const shape = { inputs: 3, hidden: [5], outputs: 2 };
const weights = sampleGlorotUniform(createRandom(0), shape);
const { x, y } = sampleBlobs(createRandom(1), 6, 3, 2);

let engine: WasmEngine;
let data: Data;
let network: WasmNetwork;
beforeAll(async () => {
  engine = await createWasmEngine();
  data = engine.load(x, y);
  network = engine.createNetwork({ shape, weights });
});

function changed(rows: Rows, at: number, value: number): Rows {
  const copy = rows.data.slice();
  copy[at] = value;
  return { data: copy, shape: rows.shape };
}

describe('load', () => {
  it.each<[string, Rows, Rows, RegExp]>([
    ['NaN', changed(x, 4, Number.NaN), y, /load: x: every value must be finite, got NaN in row 1, value 1/],
    [
      'more than float32 holds',
      changed({ data: Float64Array.from(x.data), shape: [6, 3] }, 7, 1e39),
      y,
      /load: x must be within the range of float32, got more in row 2/,
    ],
    ['a shape that does not fit', { data: x.data, shape: [5, 3] }, y, /load: x: shape \[5, 3\] must hold 18 values/],
    ['no row', { data: new Float32Array(0), shape: [0, 3] }, y, /load: x must have at least one row/],
    ['rows that differ in number', x, { data: y.data.subarray(2), shape: [5, 2] }, /as many rows, got 6 and 5/],
    ['class ids', x, { data: new Float32Array(6), shape: [6] }, /load: y: labels must be rows.*oneHot/],
    [
      'class ids as a column',
      x,
      { data: new Float32Array(6).fill(1), shape: [6, 1] },
      /at least 2 classes, got 1; .*oneHot/,
    ],
    [
      'a label row that does not sum to 1',
      x,
      changed(y, 0, 0.5),
      /must be >= 0 with sum 1 .*got a sum of (0|1)\.5 in row 0/,
    ],
    ['a negative label', x, changed(changed(y, 2, -0.5), 3, 1.5), /got -0\.5 in row 1/],
    ['a label that is NaN', x, changed(y, 3, Number.NaN), /load: y: every value must be finite/],
  ])('refuses %s', (_, features, labels, message) => {
    expect(() => engine.load(features, labels)).toThrow(RangeError);
    expect(() => engine.load(features, labels)).toThrow(message);
  });

  it('takes label sums within 1e-4 of 1, and images as flat rows', () => {
    expect(() => engine.load(x, changed(y, 0, (y.data[0] as number) + 9e-5))).not.toThrow();
    expect(() => engine.load(x, changed(y, 0, (y.data[0] as number) + 2e-4))).toThrow(/sum 1/);
    const images = { data: new Float32Array(18), shape: [6, 1, 3] as const };
    expect(network.predict(engine.load(images, y)).shape).toEqual([6, 2]);
  });
});

describe('createNetwork', () => {
  const bias = new Float32Array(5);
  const kernel = { data: new Float32Array(15), shape: [3, 5] as const };
  const second = weights[1] as (typeof weights)[number];
  it.each<[string, Partial<NetworkOptions>, RegExp]>([
    ['no inputs', { shape: { ...shape, inputs: 0 } }, /inputs and hidden units must be integers >= 1, got 0/],
    ['half a unit', { shape: { ...shape, hidden: [2.5] } }, /got 2\.5/],
    ['one class', { shape: { ...shape, outputs: 1 } }, /outputs must be an integer >= 2, got 1/],
    [
      'an unknown activation',
      { shape: { ...shape, activation: 'gelu' as 'relu' } },
      /must be 'relu', 'tanh' or 'linear', got gelu/,
    ],
    ['a layer too few', { weights: weights.slice(1) }, /weights must have 2 layers, got 1/],
    [
      'a turned kernel',
      { weights: [{ kernel: { data: kernel.data, shape: [5, 3] }, bias }, second] },
      /kernel of layer 0 must have shape \[3, 5\], got \[5, 3\]/,
    ],
    [
      'a short bias',
      { weights: [{ kernel, bias: bias.subarray(1) }, second] },
      /bias of layer 0 must have 5 entries, got 4/,
    ],
    [
      'weights that are NaN',
      { weights: [{ kernel, bias: bias.map(() => Number.NaN) }, second] },
      /weights of layer 0 must be finite, got NaN/,
    ],
    [
      'a learning rate of 0',
      { optimizer: { name: 'adam', learningRate: 0 } },
      /learningRate must be > 0 and finite, got 0/,
    ],
    [
      'a learning rate of NaN',
      { optimizer: { name: 'sgd', learningRate: Number.NaN } },
      /learningRate must be > 0 and finite, got NaN/,
    ],
    ['beta1 of 1', { optimizer: { name: 'adam', beta1: 1 } }, /beta1 must be in \[0, 1\), got 1/],
    ['beta2 below 0', { optimizer: { name: 'adam', beta2: -0.1 } }, /beta2 must be in \[0, 1\), got -0\.1/],
    ['epsilon of 0', { optimizer: { name: 'adam', epsilon: 0 } }, /epsilon must be > 0 and finite, got 0/],
    ['momentum of 1', { optimizer: { name: 'sgd', momentum: 1 } }, /momentum must be in \[0, 1\), got 1/],
    [
      'an unknown optimizer',
      { optimizer: { name: 'lion' } as unknown as { name: 'sgd' } },
      /must be 'adam', 'adamw' or 'sgd', got lion/,
    ],
    ['negative l2', { l2: -1 }, /l2 must be >= 0 and finite, got -1/],
    ['l2 of NaN', { l2: Number.NaN }, /l2 must be >= 0 and finite, got NaN/],
  ])('refuses %s', (_, wrong, message) => {
    expect(() => engine.createNetwork({ shape, weights, ...wrong })).toThrow(RangeError);
    expect(() => engine.createNetwork({ shape, weights, ...wrong })).toThrow(message);
  });
});

describe('train', () => {
  const plan = plainPlan(Int32Array.of(0, 1, 2, 3));
  const batchSize = 2;

  it.each<[string, Partial<typeof plan>, number, RegExp]>([
    [
      'a row that is not there',
      { index: Int32Array.of(0, 1, 2, 6) },
      2,
      /train: plan row 3 must name rows in \[0, 6\), got 6/,
    ],
    ['a partner that is not there', { partner: Int32Array.of(0, -1, 2, 3) }, 2, /plan row 1 must name rows/],
    [
      'a lambda above 1',
      { lambda: Float64Array.of(1, 1, 1.1, 1) },
      2,
      /lambda of plan row 2 must be in \[0, 1\], got 1\.1/,
    ],
    [
      'a lambda that is NaN',
      { lambda: Float64Array.of(1, Number.NaN, 1, 1) },
      2,
      /lambda of plan row 1 must be in \[0, 1\], got NaN/,
    ],
    ['arrays of unlike length', { lambda: new Float64Array(3) }, 2, /must have one length, got 4, 4 and 3/],
    ['an empty plan', plainPlan(new Int32Array(0)), 2, /train: plan must have at least one row, got 0/],
    ['a batch size of 0', {}, 0, /batchSize must be an integer >= 1, got 0/],
    ['a batch size of 2.5', {}, 2.5, /batchSize must be an integer >= 1, got 2\.5/],
    ['a batch size of NaN', {}, Number.NaN, /batchSize must be an integer >= 1, got NaN/],
  ])('refuses %s, and leaves the network as it was', (_, wrong, size, message) => {
    expect(() => network.train(data, { ...plan, ...wrong }, { batchSize: size })).toThrow(message);
    expect(network.weights()).toEqual(weights);
    expect(network.steps).toBe(0);
  });

  it('refuses data of another width, of another engine, and none of any', async () => {
    const wide = engine.load({ data: new Float32Array(24), shape: [6, 4] }, y);
    expect(() => network.train(wide, plan, { batchSize })).toThrow(
      /data must have 3 features and 2 classes, got 4 and 2/,
    );
    const foreign = (await createWasmEngine()).load(x, y);
    expect(() => network.train(foreign, plan, { batchSize })).toThrow(TypeError);
    expect(() => network.evaluate({ rows: 6, dispose: () => {} })).toThrow(
      /data must be what load\(\) of the same engine/,
    );
  });

  it.each([['sgd' as const], ['adam' as const]])(
    'says that a training with %s diverged, never NaN in silence',
    (name) => {
      const wild = engine.createNetwork({
        shape: { ...shape, activation: 'linear' },
        weights,
        optimizer: { name, learningRate: 1e30 },
      });
      const train = () => {
        for (let epoch = 0; epoch < 5; epoch++) wild.train(data, plan, { batchSize });
      };
      expect(train).toThrow(RangeError);
      expect(train).toThrow(
        /train: the (loss is|weights are) no longer finite after \d+ steps; lower the learning rate/,
      );
      expect(() => wild.evaluate(data)).toThrow(
        /evaluate: the loss must be finite, got (NaN|Infinity); lower the learning rate/,
      );
    },
  );

  it('says so when only the last step lost the weights, after the last loss was counted', () => {
    const wild = engine.createNetwork({ shape, weights, optimizer: { name: 'sgd', learningRate: 3e38 }, l2: 3e38 });
    expect(() => wild.train(data, plan, { batchSize: 4 })).toThrow(/the weights are no longer finite after 1 steps/);
  });
});

describe('evaluate and predict', () => {
  it('refuse rows that are not there, and evaluate a mean of nothing', () => {
    expect(() => network.evaluate(data, Int32Array.of(0, 6))).toThrow(
      /evaluate: index must name rows in \[0, 6\), got 6/,
    );
    expect(() => network.predict(data, Int32Array.of(-1))).toThrow(/predict: index must name rows in \[0, 6\), got -1/);
    expect(() => network.evaluate(data, new Int32Array(0))).toThrow(/index must name at least one row/);
  });
});

describe('what was disposed', () => {
  it('is refused by name', () => {
    const gone = engine.createNetwork({ shape, weights });
    gone.dispose();
    for (const use of [
      () => gone.train(data, plainPlan(Int32Array.of(0)), { batchSize: 1 }),
      () => gone.evaluate(data),
      () => gone.predict(data),
      () => gone.weights(),
    ]) {
      expect(use).toThrow(/^(train|evaluate|predict|weights): the network must not be used after dispose\(\)$/);
    }
    const lost = engine.load(x, y);
    lost.dispose();
    expect(() => network.evaluate(lost)).toThrow('evaluate: the data must not be used after dispose()');
  });
});
