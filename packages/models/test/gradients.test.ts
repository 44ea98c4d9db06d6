import { createRandom, type Random, type Rows, sampleMixPlan } from '@mixup/core';
import { describe, expect, it } from 'vitest';
import {
  type Activation,
  createWasmEngine,
  type Head,
  type MlpShape,
  sampleDropoutMasks,
  sampleGlorotUniform,
  type Weights,
} from '../src/index.ts';
import { sampleBlobs } from './blobs.ts';
import { type Batch, lossByDefinition, predictByDefinition } from './definition.ts';

const ROWS = 9;

/**
 * The gradient as the kernel has it: one SGD step of rate 1 moves each weight by it. The difference of two float32 of at most
 * some units is exact to 2e-7.
 */
async function kernelGradient(shape: MlpShape, weights: Weights, batch: Batch, l2: number) {
  const { x, y, plan, layer = 0, masks = [], weights: sampleWeights } = batch;
  const engine = await createWasmEngine();
  const network = engine.createNetwork({ shape, weights, l2, optimizer: { name: 'sgd', learningRate: 1 } });
  const data = engine.load(x, y, {
    ...(shape.head && { head: shape.head }),
    ...(sampleWeights && { weights: sampleWeights }),
  });
  const { loss } = network.train(data, plan, { batchSize: ROWS, layer, masks });
  const moved = entriesOf(network.weights());
  return { loss, gradient: entriesOf(weights).map((w, i) => w - (moved[i] as number)) };
}

function entriesOf(weights: Weights): number[] {
  return weights.flatMap(({ kernel, bias }) => [...kernel.data, ...bias]);
}

/** Weights in float64 with entry `at` moved by `by`. The definition reads them so; an engine would not. */
function move(weights: Weights, at: number, by: number): Weights {
  let rest = at;
  return weights.map(({ kernel, bias }) => {
    const parts = [Float64Array.from(kernel.data), Float64Array.from(bias)].map((part) => {
      if (rest >= 0 && rest < part.length) part[rest] = (part[rest] as number) + by;
      rest -= part.length;
      return part as unknown as Float32Array<ArrayBuffer>;
    });
    const [data, moved] = parts as [Float32Array<ArrayBuffer>, Float32Array<ArrayBuffer>];
    return { kernel: { data, shape: kernel.shape }, bias: moved };
  });
}

function sampleTargets(random: Random, head: Head, rows: number, outputs: number): Rows {
  const draw = { softmax: () => 0, sigmoid: () => Math.floor(2 * random()), linear: () => 4 * random() - 2 }[head];
  return { data: Float64Array.from({ length: rows * outputs }, draw), shape: [rows, outputs] };
}

function sampleProblem(shape: MlpShape): { weights: Weights; batch: Batch } {
  const random = createRandom(3);
  const { head = 'softmax' } = shape;
  const blobs = sampleBlobs(random.fork('data'), 20, shape.inputs, shape.outputs);
  const y = head === 'softmax' ? blobs.y : sampleTargets(random.fork('targets'), head, 20, shape.outputs);
  const plan = sampleMixPlan(random.fork('mix'), { batch: ROWS, alpha: 1 });
  const biases = random.fork('bias');
  const weights = sampleGlorotUniform(random.fork('init'), shape).map(({ kernel, bias }) => ({
    kernel,
    bias: bias.map(() => biases() - 0.5),
  }));
  return { weights, batch: { x: blobs.x, y, plan } };
}

/** In float64 the central difference is off by H^2 / 6 of the third derivative and 1e-16 / H of the loss: some 1e-10 here. */
const H = 1e-5;
/** Sums of some ten float32 of the size of 1, three layers deep, and the difference of weights of that size. */
const TOLERANCE = 2e-6;

async function expectDifferences(shape: MlpShape, weights: Weights, batch: Batch, l2 = 0) {
  const { loss, gradient } = await kernelGradient(shape, weights, batch, l2);
  expect(Math.abs(loss - lossByDefinition(shape, weights, batch))).toBeLessThan(TOLERANCE * Math.max(1, loss));
  const penalised = (moved: Weights) => {
    const squares = moved.flatMap(({ kernel }) => [...kernel.data]).reduce((sum, w) => sum + w * w, 0);
    return lossByDefinition(shape, moved, batch) + l2 * squares;
  };
  const differences = gradient.map(
    (_, i) => (penalised(move(weights, i, H)) - penalised(move(weights, i, -H))) / (2 * H),
  );
  const largest = Math.max(...differences.map(Math.abs));
  expect(largest).toBeGreaterThan(1000 * TOLERANCE);
  const errors = gradient.map((g, i) => Math.abs(g - (differences[i] as number)));
  expect(Math.max(...errors)).toBeLessThan(TOLERANCE * Math.max(1, largest));
}

const shapes: [string, readonly number[], Activation, number][] = [
  ['no hidden layer', [], 'linear', 0],
  ['no hidden layer and l2', [], 'linear', 0.1],
  ['one tanh layer', [6], 'tanh', 0],
  ['two tanh layers and l2', [9, 5], 'tanh', 0.05],
  ['two linear layers', [3, 13], 'linear', 0],
  ['two ReLU layers', [8, 6], 'relu', 0],
];

describe.each<[Head, number]>([
  ['softmax', 3],
  ['sigmoid', 6],
  ['linear', 1],
  ['linear', 9],
])('gradients of a mixed batch under a %s head of %i outputs', (head, outputs) => {
  it.each(shapes)('are the finite differences of the loss, for %s', async (_, hidden, activation, l2) => {
    const shape: MlpShape = { inputs: 5, hidden, outputs, activation, head };
    const { weights, batch } = sampleProblem(shape);
    await expectDifferences(shape, weights, batch, l2);
  });

  it('are, with sample weights, mixed as the labels are', async () => {
    const shape: MlpShape = { inputs: 5, hidden: [7], outputs, activation: 'tanh', head };
    const { weights, batch } = sampleProblem(shape);
    const random = createRandom(8);
    const sampleWeights = Float64Array.from({ length: 20 }, (_, row) => (row % 5 ? 3 * random() : 0));
    await expectDifferences(shape, weights, { ...batch, weights: sampleWeights });
  });

  it.each<[Activation]>([['relu'], ['tanh'], ['linear']])('are, with dropout and %s units', async (activation) => {
    const shape: MlpShape = { inputs: 6, hidden: [7, 10], outputs, activation, head };
    const { weights, batch } = sampleProblem(shape);
    const masks = sampleDropoutMasks(createRandom(9), shape, { rows: ROWS, rate: [0.4, 0.25], inputRate: 0.1 });
    await expectDifferences(shape, weights, { ...batch, masks });
  });

  it.each<[number, Activation]>([
    [1, 'relu'],
    [1, 'tanh'],
    [2, 'tanh'],
    [2, 'relu'],
    [3, 'tanh'],
  ])('are, mixed after hidden layer %i with %s units: through both branches', async (layer, activation) => {
    const shape: MlpShape = { inputs: 6, hidden: [7, 10, 4], outputs, activation, head };
    const { weights, batch } = sampleProblem(shape);
    await expectDifferences(shape, weights, { ...batch, layer });
  });

  it('are, with everything at once', async () => {
    const shape: MlpShape = { inputs: 6, hidden: [7, 10, 4], outputs, activation: 'tanh', head };
    const { weights, batch } = sampleProblem(shape);
    const masks = sampleDropoutMasks(createRandom(9), shape, { rows: ROWS, rate: 0.3, inputRate: 0.2 });
    const sampleWeights = Float64Array.from({ length: 20 }, (_, row) => (row % 4) / 2);
    await expectDifferences(shape, weights, { ...batch, layer: 2, masks, weights: sampleWeights }, 0.02);
  });
});

describe.each<[Head, number]>([
  ['softmax', 4],
  ['sigmoid', 5],
  ['linear', 3],
])('inputGradients under a %s head', (head, outputs) => {
  it('are the finite differences of the loss of each row alone, for any choice of rows', async () => {
    const shape: MlpShape = { inputs: 7, hidden: [9, 6], outputs, activation: 'tanh', head };
    const { weights, batch } = sampleProblem(shape);
    const sampleWeights = Float64Array.from({ length: 20 }, (_, row) => 1 + (row % 3));
    const engine = await createWasmEngine();
    const data = engine.load(batch.x, batch.y, { head, weights: sampleWeights });
    const network = engine.createNetwork({ shape, weights });
    // More than the kernel takes at a time.
    const index = Int32Array.from({ length: 61 }, (_, i) => (7 * i) % 20);
    const { data: gradients, shape: form } = network.inputGradients(data, index);
    expect(form).toEqual([61, 7]);
    const lossAt = (row: number, feature: number, by: number) => {
      const x = Float64Array.from(batch.x.data);
      x[row * 7 + feature] = (x[row * 7 + feature] as number) + by;
      const plan = { index: Int32Array.of(row), partner: Int32Array.of(row), lambda: Float64Array.of(1) };
      return lossByDefinition(shape, weights, {
        ...batch,
        x: { data: x, shape: batch.x.shape },
        plan,
        weights: sampleWeights,
      });
    };
    for (const [i, row] of index.entries()) {
      for (let feature = 0; feature < 7; feature++) {
        const difference = (lossAt(row, feature, H) - lossAt(row, feature, -H)) / (2 * H);
        const off = Math.abs((gradients[i * 7 + feature] as number) - difference);
        expect(off).toBeLessThan(TOLERANCE * Math.max(1, Math.abs(difference)));
      }
    }
    const all = network.inputGradients(data);
    expect(all.shape).toEqual([20, 7]);
    expect(all.data.subarray(7, 14)).toEqual(network.inputGradients(data, Int32Array.of(1)).data);
    expect(network.weights()).toEqual(weights);
    expect(network.steps).toBe(0);
  });

  it('point uphill: a step of FGSM raises the loss of every row that it can', async () => {
    const shape: MlpShape = { inputs: 7, hidden: [9], outputs, head };
    const { weights, batch } = sampleProblem(shape);
    const engine = await createWasmEngine();
    const data = engine.load(batch.x, batch.y, { head });
    const network = engine.createNetwork({ shape, weights });
    const { data: gradients } = network.inputGradients(data);
    const x = Float64Array.from(batch.x.data, (value, i) => value + 1e-3 * Math.sign(gradients[i] as number));
    const attacked = engine.load({ data: x, shape: batch.x.shape }, batch.y, { head });
    for (let row = 0; row < 20; row++) {
      const one = Int32Array.of(row);
      expect(network.evaluate(attacked, one).loss).toBeGreaterThan(network.evaluate(data, one).loss);
    }
  });
});

describe.each<[Head, number]>([
  ['sigmoid', 1],
  ['sigmoid', 7],
  ['linear', 1],
  ['linear', 6],
])('a %s head of %i outputs', (head, outputs) => {
  it('predicts and scores as it is defined', async () => {
    const shape: MlpShape = { inputs: 5, hidden: [6], outputs, head };
    const { weights, batch } = sampleProblem(shape);
    const engine = await createWasmEngine();
    const sampleWeights = Float64Array.from({ length: 20 }, (_, row) => row % 3);
    const data = engine.load(batch.x, batch.y, { head, weights: sampleWeights });
    const network = engine.createNetwork({ shape, weights });
    const predicted = network.predict(data);
    expect(predicted.shape).toEqual([20, outputs]);
    const wanted = predictByDefinition(shape, weights, batch.x).flat();
    for (const [i, value] of wanted.entries()) {
      expect(Math.abs((predicted.data[i] as number) - value)).toBeLessThan(TOLERANCE);
    }
    const all = Int32Array.from({ length: 20 }, (_, i) => i);
    const plan = { index: all, partner: all, lambda: new Float64Array(20).fill(1) };
    const loss = lossByDefinition(shape, weights, { ...batch, plan, weights: sampleWeights });
    const score = network.evaluate(data);
    expect(Math.abs(score.loss - loss)).toBeLessThan(TOLERANCE * Math.max(1, loss));
    const right = wanted.map((p, i) => (p > 0.5 ? (batch.y.data[i] as number) : 1 - (batch.y.data[i] as number)));
    const accuracy = head === 'linear' ? 0 : right.reduce((sum, mass) => sum + mass, 0) / right.length;
    expect(Math.abs(score.accuracy - accuracy)).toBeLessThan(1e-12);
  });
});

describe('a sigmoid head', () => {
  it('keeps the digits of a loss near 0, and of one beside 1,000 outputs', async () => {
    const engine = await createWasmEngine();
    const outputs = 1001;
    // The first output is sure and right, e^-40 from certain; the others are at chance.
    const bias = new Float32Array(outputs);
    bias[0] = 40;
    const shape: MlpShape = { inputs: 1, hidden: [], outputs, head: 'sigmoid' };
    const kernel = { data: new Float32Array(outputs), shape: [1, outputs] as const };
    const x = { data: Float32Array.of(1), shape: [1, 1] as const };
    const y = { data: new Float32Array(outputs).fill(1), shape: [1, outputs] as const };
    const wide = engine.createNetwork({ shape, weights: [{ kernel, bias }] });
    const data = engine.load(x, y, { head: 'sigmoid' });
    expect(Math.abs(wide.evaluate(data).loss / ((1000 * Math.LN2) / outputs) - 1)).toBeLessThan(1e-12);
    const one = engine.createNetwork({
      shape: { ...shape, outputs: 1 },
      weights: [{ kernel: { data: Float32Array.of(0), shape: [1, 1] }, bias: Float32Array.of(20) }],
    });
    const sure = engine.load(x, { data: Float32Array.of(1), shape: [1, 1] }, { head: 'sigmoid' });
    // exp is within 2e-7 of e^-20, and 1 + 2e-9 is known to 1e-16.
    expect(Math.abs(one.evaluate(sure).loss / Math.log1p(Math.exp(-20)) - 1)).toBeLessThan(4e-7);
    const wrong = engine.load(x, { data: Float32Array.of(0), shape: [1, 1] }, { head: 'sigmoid' });
    expect(one.evaluate(wrong).loss).toBeCloseTo(20, 8);
  });
});
