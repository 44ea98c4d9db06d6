import { createRandom, joinPlans, plainPlan, sampleMixPlan } from '@mixup/core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  createWasmEngine,
  type Head,
  type LoadOptions,
  type NetworkOptions,
  sampleDropoutMasks,
  sampleGlorotUniform,
  type TrainOptions,
  type WasmEngine,
} from '../src/index.ts';
import { sampleBlobs } from './blobs.ts';

const shape = { inputs: 3, hidden: [5, 4], outputs: 2 };
const weights = sampleGlorotUniform(createRandom(0), shape);
const { x, y } = sampleBlobs(createRandom(1), 6, 3, 2);
const plan = sampleMixPlan(createRandom(2), { batch: 6, alpha: 1 });
const batchSize = 2;

let engine: WasmEngine;
beforeAll(async () => {
  engine = await createWasmEngine();
});

describe('load', () => {
  const one = { data: Float64Array.of(0, 1, 0.5, 1, 2, -1), shape: [6, 1] as const };
  it.each<[string, Float64Array | undefined, LoadOptions, RegExp]>([
    ['a head it does not know', undefined, { head: 'hinge' as Head }, /load: head must be .*, got hinge/],
    ['labels above 1 for a sigmoid', one.data, { head: 'sigmoid' }, /must be in \[0, 1\] .*'sigmoid', got 2 in row 4/],
    [
      'targets that float32 does not hold',
      one.data.map((value) => value * 1e39),
      { head: 'linear' },
      /load: y must be within the range of float32, got more in row 1/,
    ],
    ['a weight too few', undefined, { weights: new Float32Array(5) }, /weights must be 6, one for each row, got 5/],
    [
      'a negative weight',
      undefined,
      { weights: Float64Array.of(1, 1, -1, 1, 1, 1) },
      />= 0 and finite, got -1 in row 2/,
    ],
    ['a weight of NaN', undefined, { weights: new Float64Array(6).fill(Number.NaN) }, /got NaN in row 0/],
  ])('refuses %s, and keeps no memory', (_, targets, options, message) => {
    const labels = targets ? { data: targets, shape: one.shape } : y;
    expect(() => engine.load(x, labels, options)).toThrow(RangeError);
    expect(() => engine.load(x, labels, options)).toThrow(message);
  });

  it('gives all its memory back, when it failed too', () => {
    const before = engine.memoryBytes;
    const large = { data: new Float32Array(3e5), shape: [1e5, 3] as const };
    for (let i = 0; i < 10; i++) {
      const labels = { data: new Float64Array(1e5).fill(i % 2 ? 1e300 : 1), shape: [1e5, 1] as const };
      try {
        engine.load(large, labels, { head: 'linear', weights: new Float64Array(1e5).fill(1) }).dispose();
      } catch {}
    }
    // Features and targets are padded to 4 columns of float32, weights are float64; kept, they would be five times as much.
    expect(engine.memoryBytes - before).toBeLessThan(2 * 1e5 * (16 + 16 + 8));
  });
});

describe('a network', () => {
  it('refuses data for another head', () => {
    const network = engine.createNetwork({ shape: { ...shape, head: 'sigmoid' }, weights });
    const message = "data must be loaded for the head 'sigmoid', got 'softmax'";
    const data = engine.load(x, y);
    expect(() => network.train(data, plan, { batchSize })).toThrow(`train: ${message}`);
    expect(() => network.inputGradients(data)).toThrow(`inputGradients: ${message}`);
  });

  it.each<[string, Partial<NetworkOptions>, RegExp]>([
    ['an unknown head', { shape: { ...shape, head: 'hinge' as Head } }, /createNetwork: head must be .*, got hinge/],
    ['one class', { shape: { ...shape, outputs: 1 } }, /outputs must be an integer >= 2, got 1/],
    ['no target', { shape: { ...shape, outputs: 0, head: 'linear' } }, /outputs must be an integer >= 1, got 0/],
    [
      'a negative weight decay',
      { optimizer: { name: 'adamw', weightDecay: -1 } },
      /weightDecay must be >= 0 and finite, got -1/,
    ],
  ])('is not created with %s', (_, wrong, message) => {
    expect(() => engine.createNetwork({ shape, weights, ...wrong })).toThrow(RangeError);
    expect(() => engine.createNetwork({ shape, weights, ...wrong })).toThrow(message);
  });
});

describe('train', () => {
  const mask = { data: new Float32Array(30).fill(1), shape: [6, 5] as const };
  it.each<[string, Partial<TrainOptions>, RegExp]>([
    ['a layer beyond the last hidden one', { layer: 3 }, /train: layer must be an integer in \[0, 2\], got 3/],
    ['half a layer', { layer: 0.5 }, /layer must be an integer in \[0, 2\], got 0\.5/],
    ['a layer below 0', { layer: Int32Array.of(0, 1, -1) }, /layer must be .*, got -1/],
    [
      'layers for other steps',
      { layer: Int32Array.of(0, 1) },
      /layer must be one number or 3, one for each step, got 2/,
    ],
    ['a mask too many', { masks: [undefined, mask, undefined, mask] }, /masks must be at most 3: .*, got 4/],
    ['a mask of another layer', { masks: [mask] }, /mask of layer 0 must have shape \[6, 3\], got \[6, 5\]/],
    [
      'a mask with NaN',
      { masks: [undefined, { data: mask.data.map(() => Number.NaN), shape: mask.shape }] },
      /mask of layer 1 must be >= 0 and finite, got NaN/,
    ],
    ['a negative rate', { learningRate: -1 }, /learningRate of step 0 must be >= 0 and finite, got -1/],
    ['rates for other steps', { learningRate: new Float64Array(2) }, /learningRate must have 3 entries.*, got 2/],
    [
      'a schedule that ends in NaN',
      { learningRate: (step) => (step < 2 ? 0.1 : Number.NaN) },
      /learningRate of step 2 must be >= 0 and finite, got NaN/,
    ],
    ['to begin when it is to stop', { signal: AbortSignal.abort(new Error('enough')) }, /^enough$/],
  ])('refuses %s, and leaves the network as it was', (_, wrong, message) => {
    const network = engine.createNetwork({ shape, weights });
    expect(() => network.train(engine.load(x, y), plan, { batchSize, ...wrong })).toThrow(message);
    expect(network.weights()).toEqual(weights);
    expect(network.steps).toBe(0);
  });

  it('mixes at the layer of the plan, where the options name none', () => {
    const train = (own: object, options: object) => {
      const network = engine.createNetwork({ shape, weights });
      network.train(engine.load(x, y), { ...plan, ...own }, { batchSize, ...options });
      return network.weights();
    };
    expect(train({ layer: 1 }, {})).toEqual(train({}, { layer: 1 }));
    expect(train({ layer: 1 }, { layer: 0 })).toEqual(train({}, {}));
    expect(train({ layer: 1 }, {})).not.toEqual(train({}, {}));
  });

  it('gives schedules the number of the step since the start of the network', () => {
    const network = engine.createNetwork({ shape, weights });
    const data = engine.load(x, y);
    const asked: number[] = [];
    const learningRate = (step: number) => {
      asked.push(step);
      return 0.1;
    };
    network.train(data, plan, { batchSize: 4 });
    network.train(data, plan, { batchSize: 4, learningRate });
    network.train(data, plan, { batchSize: 6, learningRate });
    expect(asked).toEqual([2, 3, 4]);
  });

  it('takes a layer, a rate and the rows of a mask for each step as if it had been called for each', () => {
    const whole = engine.createNetwork({ shape, weights });
    const apart = engine.createNetwork({ shape, weights });
    const data = engine.load(x, y, { weights: Float64Array.of(1, 2, 0, 1, 3, 0.5) });
    const rows = 6;
    const masks = sampleDropoutMasks(createRandom(3), shape, { rows, rate: 0.3, inputRate: 0.2 });
    const layer = Int32Array.of(2, 0, 1);
    const learningRate = Float64Array.of(0.1, 0.01, 0.2);
    whole.train(data, plan, { batchSize, masks, layer, learningRate });
    for (let step = 0; step < 3; step++) {
      const [from, to] = [step * batchSize, (step + 1) * batchSize];
      const part = {
        index: plan.index.subarray(from, to),
        partner: plan.partner.subarray(from, to),
        lambda: plan.lambda.subarray(from, to),
      };
      const cut = masks.map(
        (each) =>
          each && {
            data: each.data.subarray((from * each.data.length) / rows, (to * each.data.length) / rows),
            shape: [batchSize, each.data.length / rows] as const,
          },
      );
      apart.train(data, part, {
        batchSize,
        masks: cut,
        layer: layer[step] as number,
        learningRate: learningRate[step] as number,
      });
    }
    expect(apart.weights()).toEqual(whole.weights());
  });

  it('is plain training with masks of ones, weights of 1, the layer 0 and the optimizer’s own rate', () => {
    const train = (options: Partial<TrainOptions>, loading: LoadOptions) => {
      const network = engine.createNetwork({ shape, weights });
      const score = network.train(engine.load(x, y, loading), plan, { batchSize: 4, ...options });
      return { score, weights: network.weights() };
    };
    const ones = [3, 5, 4].map((width) => ({
      data: new Float32Array(6 * width).fill(1),
      shape: [6, width] as const,
    }));
    const plain = train({}, {});
    expect(train({ masks: ones, layer: new Int32Array(2), learningRate: 0.001 }, {})).toEqual(plain);
    expect(train({}, { weights: new Float32Array(6).fill(1) })).toEqual(plain);
  });

  it('mixes nothing at any layer where lambda is 1', () => {
    const rows = plainPlan(Int32Array.of(5, 0, 3, 3, 1, 2));
    const trained = [0, 1, 2].map((layer) => {
      const network = engine.createNetwork({ shape, weights, optimizer: { name: 'sgd', learningRate: 0.1 } });
      const { loss } = network.train(engine.load(x, y), rows, { batchSize: 3, layer });
      return { loss, weights: network.weights() };
    });
    for (const { loss, weights } of trained) {
      expect(Math.abs(loss - (trained[0]?.loss as number))).toBeLessThan(1e-12);
      // Gradients of 6 rows, three of them with factor 0, add up in the same order: zeros change no sum.
      expect(weights).toEqual(trained[0]?.weights);
    }
  });

  it('with rows of weight 0 is training without them, at the rate of the batch', () => {
    const sgd = (learningRate: number) =>
      engine.createNetwork({ shape, weights, optimizer: { name: 'sgd', learningRate } });
    const [weighted, fewer] = [sgd(0.1), sgd(0.05)];
    const data = engine.load(x, y, { weights: Float64Array.of(1, 0, 1, 0, 1, 0) });
    weighted.train(data, plainPlan(Int32Array.of(0, 1, 2, 3, 4, 5)), { batchSize: 6 });
    fewer.train(engine.load(x, y), plainPlan(Int32Array.of(0, 2, 4)), { batchSize: 3 });
    const [one, other] = [weighted, fewer].map((network) =>
      network.weights().flatMap(({ kernel, bias }) => [...kernel.data, ...bias]),
    ) as [number[], number[]];
    // One division by 6 or 3 and one product by 0.1 or 0.05: float32 rounding of weights below 1.
    for (const [i, value] of one.entries()) expect(Math.abs(value - (other[i] as number))).toBeLessThan(2e-7);
  });

  it.each<[string, number, number, NetworkOptions['optimizer'], RegExp]>([
    [
      'by SGD at far too large a rate',
      1e6,
      60,
      { name: 'sgd', learningRate: 10 },
      /train: the (loss is|weights are) no longer finite after 60 steps; lower the learning rate, or scale the features and targets/,
    ],
    [
      "by Adam when the squares of its gradients don't fit into float32, where its step would be 0",
      1e21,
      1,
      { name: 'adam' },
      /train: the optimizer's moments are no longer finite after 1 steps; lower .* scale the features and targets/,
    ],
  ])('says that regression diverged %s', (_, size, epochs, optimizer, message) => {
    const network = engine.createNetwork({
      shape: { ...shape, head: 'linear' },
      weights,
      ...(optimizer && { optimizer }),
    });
    const targets = { data: Float64Array.from(y.data, (value) => (value - 0.5) * size), shape: y.shape };
    const data = engine.load(x, targets, { head: 'linear' });
    const long = joinPlans(...Array.from({ length: epochs }, () => plan));
    expect(() => network.train(data, long, { batchSize: 6 })).toThrow(RangeError);
    const again = engine.createNetwork({
      shape: { ...shape, head: 'linear' },
      weights,
      ...(optimizer && { optimizer }),
    });
    expect(() => again.train(data, long, { batchSize: 6 })).toThrow(message);
  });

  it('says so when predictions or gradients do not fit into float32', () => {
    const huge = weights.map(({ kernel, bias }) => ({
      kernel: { data: kernel.data.map((value) => value * 1e20), shape: kernel.shape },
      bias,
    }));
    const network = engine.createNetwork({ shape: { ...shape, activation: 'linear', head: 'linear' }, weights: huge });
    const data = engine.load(x, y, { head: 'linear' });
    expect(() => network.predict(data)).toThrow(/predict: the loss must be finite, got (NaN|Infinity)/);
    expect(() => network.inputGradients(data)).toThrow(/inputGradients: the loss must be finite/);
    const steep = weights.map(({ kernel, bias }) => ({
      kernel: { data: kernel.data.map((value) => value * 1e18), shape: kernel.shape },
      bias,
    }));
    const near = engine.createNetwork({
      shape: { ...shape, activation: 'linear', head: 'linear' },
      weights: steep,
    });
    const zeros = engine.load({ data: x.data.map((value) => value * 1e-18), shape: x.shape }, y, { head: 'linear' });
    expect(Number.isFinite(near.evaluate(zeros).loss)).toBe(true);
    expect(() => near.inputGradients(zeros)).toThrow(/inputGradients: gradients must be finite, got (NaN|-?Infinity)/);
  });
});
