import { createRandom, joinPlans, type MixPlan, mixRows, plainPlan, sampleMixPlan, takePlan } from '@mixup/core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWasmEngine, type MlpShape, sampleGlorotUniform, type WasmEngine } from '../src/index.ts';
import { sampleBlobs } from './blobs.ts';

let engine: WasmEngine;
beforeAll(async () => {
  engine = await createWasmEngine();
});

const ROWS = 40;

/** A network with data of its size; every call with the same seed gives the same. */
function start(shape: MlpShape, seed: number) {
  const random = createRandom(seed);
  const { x, y } = sampleBlobs(random.fork('data'), ROWS, shape.inputs, shape.outputs);
  const weights = sampleGlorotUniform(random.fork('init'), shape);
  return { x, y, weights, data: engine.load(x, y), network: engine.createNetwork({ shape, weights }) };
}

const shapes = fc.record({
  inputs: fc.integer({ min: 1, max: 21 }),
  hidden: fc.array(fc.integer({ min: 1, max: 21 }), { maxLength: 3 }),
  outputs: fc.integer({ min: 2, max: 13 }),
  activation: fc.constantFrom('relu' as const, 'tanh' as const, 'linear' as const),
});
const seeds = fc.nat(2 ** 31);
const options = { numRuns: 60, seed: 1 };

/** A float32 sum over 21 inputs and three layers is off by some 1e-6 of its size. */
const ROUNDING = 1e-5;

/** softmax(... activation(x W + b)) in float64, written as it is defined. */
function probabilities(
  { activation = 'relu' }: MlpShape,
  weights: ReturnType<typeof sampleGlorotUniform>,
  row: number[],
) {
  const act = { relu: (z: number) => Math.max(0, z), tanh: Math.tanh, linear: (z: number) => z }[activation];
  const logits = weights.reduce((input, { kernel, bias }, layer) => {
    const outputs = bias.length;
    return [...bias].map((b, j) => {
      const z = input.reduce((sum, v, i) => sum + v * (kernel.data[i * outputs + j] as number), b);
      return layer < weights.length - 1 ? act(z) : z;
    });
  }, row);
  const top = Math.max(...logits);
  const total = logits.reduce((sum, z) => sum + Math.exp(z - top), 0);
  return logits.map((z) => Math.exp(z - top) / total);
}

describe('predict', () => {
  it('is the network as it is defined, and its rows sum to 1, for any shape and any choice of rows', () => {
    fc.assert(
      fc.property(shapes, seeds, fc.array(fc.nat(ROWS - 1), { minLength: 1, maxLength: 60 }), (shape, seed, chosen) => {
        const { x, weights, data, network } = start(shape, seed);
        const { data: p, shape: form } = network.predict(data, Int32Array.from(chosen));
        expect(form).toEqual([chosen.length, shape.outputs]);
        for (const [i, row] of chosen.entries()) {
          const got = [...p.subarray(i * shape.outputs, (i + 1) * shape.outputs)];
          const wanted = probabilities(shape, weights, [
            ...x.data.subarray(row * shape.inputs, (row + 1) * shape.inputs),
          ]);
          for (const [c, value] of got.entries())
            expect(Math.abs(value - (wanted[c] as number))).toBeLessThan(ROUNDING);
          expect(Math.abs(got.reduce((sum, value) => sum + value, 0) - 1)).toBeLessThan(1e-6); // 13 roundings of 2 ** -24
        }
        network.dispose();
        data.dispose();
      }),
      options,
    );
  });

  it('gives no rows for no rows', () => {
    const { data, network } = start({ inputs: 3, hidden: [2], outputs: 2 }, 0);
    expect(network.predict(data, new Int32Array(0))).toEqual({ data: new Float32Array(0), shape: [0, 2] });
  });
});

describe('evaluate', () => {
  it('is the mean cross-entropy and the mass on the predicted class, as predict has them', () => {
    fc.assert(
      fc.property(shapes, seeds, (shape, seed) => {
        const { x, y, network } = start(shape, seed);
        const soft = mixRows(y, sampleMixPlan(createRandom(seed), { batch: ROWS, alpha: 1 }));
        const data = engine.load(x, soft);
        const { data: p } = network.predict(data);
        let loss = 0;
        let accuracy = 0;
        for (let row = 0; row < ROWS; row++) {
          const own = p.subarray(row * shape.outputs, (row + 1) * shape.outputs);
          accuracy += soft.data[row * shape.outputs + own.indexOf(Math.max(...own))] as number;
          for (const [c, value] of own.entries())
            loss -= (soft.data[row * shape.outputs + c] as number) * Math.log(value);
        }
        const score = network.evaluate(data);
        expect(Math.abs(score.loss - loss / ROWS)).toBeLessThan(ROUNDING);
        // Labels are stored in float32.
        expect(Math.abs(score.accuracy - accuracy / ROWS)).toBeLessThan(1e-7);
        network.dispose();
        data.dispose();
      }),
      options,
    );
  });

  it('counts the first class of equals as the predicted one', () => {
    const shape = { inputs: 1, hidden: [], outputs: 6 };
    const weights = [
      { kernel: { data: new Float32Array(6), shape: [1, 6] as const }, bias: Float32Array.of(0, 1, 0, 1, 1, 0) },
    ];
    const network = engine.createNetwork({ shape, weights });
    const x = { data: Float32Array.of(1), shape: [1, 1] as const };
    const accuracyFor = (label: number) => {
      const y = { data: Float64Array.from({ length: 6 }, (_, i) => (i === label ? 1 : 0)), shape: [1, 6] as const };
      return network.evaluate(engine.load(x, y)).accuracy;
    };
    expect([0, 1, 2, 3, 4, 5].map(accuracyFor)).toEqual([0, 1, 0, 0, 0, 0]);
  });

  it('stays exact for logits of a thousand, where a probability is 0', () => {
    const shape = { inputs: 1, hidden: [], outputs: 2 };
    const weights = [
      { kernel: { data: Float32Array.of(1000, -1000), shape: [1, 2] as const }, bias: new Float32Array(2) },
    ];
    const network = engine.createNetwork({ shape, weights });
    const x = { data: Float32Array.of(1), shape: [1, 1] as const };
    expect(network.evaluate(engine.load(x, { data: Float32Array.of(0, 1), shape: [1, 2] })).loss).toBe(2000);
    expect(network.evaluate(engine.load(x, { data: Float32Array.of(1, 0), shape: [1, 2] })).loss).toBe(0);
  });
});

describe('train', () => {
  it('takes a plan with lambda 1 as plain rows, whoever the partner is', () => {
    fc.assert(
      fc.property(shapes, seeds, fc.integer({ min: 1, max: 45 }), (shape, seed, batchSize) => {
        const { partner, index, lambda } = { ...sampleMixPlan(createRandom(seed), { batch: ROWS, alpha: 0 }) };
        const plain = start(shape, seed);
        const mixed = start(shape, seed);
        const plainScore = plain.network.train(plain.data, plainPlan(index), { batchSize });
        expect(mixed.network.train(mixed.data, { index, partner, lambda }, { batchSize })).toEqual(plainScore);
        expect(mixed.network.weights()).toEqual(plain.network.weights());
        expect(plain.network.steps).toBe(Math.ceil(ROWS / batchSize));
        for (const one of [plain.network, plain.data, mixed.network, mixed.data]) one.dispose();
      }),
      options,
    );
  });

  it('trains on the rows that mixRows makes of the plan', () => {
    fc.assert(
      fc.property(shapes, seeds, fc.integer({ min: 1, max: 45 }), (shape, seed, batchSize) => {
        const plan = sampleMixPlan(createRandom(seed), { batch: ROWS, alpha: 1 });
        const inside = start(shape, seed);
        const outside = start(shape, seed);
        const mixed = engine.load(mixRows(outside.x, plan), mixRows(outside.y, plan));
        const { index } = plan;
        const one = inside.network.train(inside.data, plan, { batchSize });
        const other = outside.network.train(mixed, plainPlan(index), { batchSize });
        // A step of Adam is as long as the learning rate, 0.001, whatever the size of the gradient: what rounds to the
        // other side of 0 parts by twice that a step, which moves the next losses a little.
        expect(Math.abs(one.loss - other.loss)).toBeLessThan(1e-3);
        if (batchSize >= ROWS) expect(Math.abs(one.loss - other.loss)).toBeLessThan(ROUNDING);
        for (const each of [inside.network, inside.data, outside.network, outside.data, mixed]) each.dispose();
      }),
      options,
    );
  });

  it('has the same loss, but for rounding, in whatever order the rows of one batch come', () => {
    fc.assert(
      fc.property(shapes, seeds, (shape, seed) => {
        const plan = sampleMixPlan(createRandom(seed), { batch: ROWS, alpha: 1 });
        const turned = takePlan(
          plan,
          Int32Array.from({ length: ROWS }, (_, i) => ROWS - 1 - i),
        );
        const one = start(shape, seed);
        const other = start(shape, seed);
        const score = one.network.train(one.data, plan, { batchSize: ROWS });
        const turnedScore = other.network.train(other.data, turned, { batchSize: ROWS });
        // The sums over rows are float64.
        expect(Math.abs(score.loss - turnedScore.loss)).toBeLessThan(1e-12);
        expect(Math.abs(score.accuracy - turnedScore.accuracy)).toBeLessThan(1e-12);
        for (const each of [one.network, one.data, other.network, other.data]) each.dispose();
      }),
      options,
    );
  });

  it('of a joined plan is training on its parts, when batches end where the parts end', () => {
    const shape = { inputs: 9, hidden: [14], outputs: 4 };
    const parts: MixPlan[] = [1, 2, 3].map((seed) => sampleMixPlan(createRandom(seed), { batch: 20 }));
    const whole = start(shape, 5);
    const apart = start(shape, 5);
    whole.network.train(whole.data, joinPlans(...parts), { batchSize: 10 });
    for (const part of parts) apart.network.train(apart.data, part, { batchSize: 10 });
    expect(apart.network.weights()).toEqual(whole.network.weights());
    expect(apart.network.steps).toBe(6);
  });

  it('repeats to the bit, whatever else the engine did before', async () => {
    const shape: MlpShape = { inputs: 11, hidden: [23, 6], outputs: 3, activation: 'tanh' };
    const plan = sampleMixPlan(createRandom(1), { batch: ROWS, alpha: 0.4 });
    const train = () => {
      const { network, data } = start(shape, 9);
      const scores = [1, 2, 3].map(() => network.train(data, plan, { batchSize: 7 }));
      return { scores, weights: network.weights(), predicted: network.predict(data) };
    };
    const first = train();
    // Larger batches and networks leave their numbers in the workspace.
    const large = start({ inputs: 60, hidden: [90], outputs: 12 }, 2);
    large.network.train(large.data, plan, { batchSize: 33 });
    expect(train()).toEqual(first);
    engine = await createWasmEngine();
    expect(train()).toEqual(first);
  });

  it('keeps networks apart that are trained in turns', () => {
    const shape = { inputs: 6, hidden: [10], outputs: 3 };
    const plan = sampleMixPlan(createRandom(1), { batch: ROWS });
    const alone = start(shape, 4);
    for (let epoch = 0; epoch < 3; epoch++) alone.network.train(alone.data, plan, { batchSize: 8 });
    const one = start(shape, 4);
    const other = start({ inputs: 5, hidden: [31, 2], outputs: 7 }, 6);
    for (let epoch = 0; epoch < 3; epoch++) {
      one.network.train(one.data, plan, { batchSize: 8 });
      other.network.train(other.data, plan, { batchSize: 40 });
    }
    expect(one.network.weights()).toEqual(alone.network.weights());
  });
});

describe('weights', () => {
  it('come back as they went in, as copies', () => {
    fc.assert(
      fc.property(shapes, seeds, (shape, seed) => {
        const { weights, network, data } = start(shape, seed);
        expect(network.weights()).toEqual(weights);
        network.weights()[0]?.kernel.data.fill(7);
        weights[0]?.bias.fill(7);
        expect(network.weights()[0]?.bias.every((b) => b === 0)).toBe(true);
        expect(network.weights()[0]?.kernel.data).toEqual(weights[0]?.kernel.data);
        network.dispose();
        data.dispose();
      }),
      options,
    );
  });
});
