import { plainPlan } from '@mixup/core';
import { describe, expect, it } from 'vitest';
import { createWasmEngine, type Head, type LearningRateSchedule, type Optimizer, type Weights } from '../src/index.ts';
import golden from './golden/keras.golden.json' with { type: 'json' };

const [ROWS, INPUTS, UNITS, OUTPUTS, BATCH, STEPS] = [24, 5, 8, 3, 8, 18];
const { rates } = golden.cosine;

/** `rate / 2 (1 + cos(pi step / steps))` */
const cosine: LearningRateSchedule = (step) => (golden.cosine.from / 2) * (1 + Math.cos((Math.PI * step) / STEPS));

type Case = keyof typeof golden.cases;
const optimizers: [Case, Optimizer, LearningRateSchedule?][] = [
  ['softmax, AdamW on a cosine, sample weights', { name: 'adamw', weightDecay: 0.1 }, cosine],
  ['softmax, AdamW as it comes', { name: 'adamw' }],
  ['sigmoid, Adam, sample weights', { name: 'adam', learningRate: 0.01 }],
  ['sigmoid, SGD', { name: 'sgd', learningRate: 0.5, momentum: 0.5 }],
  ['linear, AdamW', { name: 'adamw', learningRate: 0.01, weightDecay: 0.5 }],
  ['linear, SGD on a cosine, sample weights', { name: 'sgd', momentum: 0.9 }, cosine],
];

/** Both in float32, in another order: after 18 steps 1e-6 was seen. Five times that. */
const TOLERANCE = 5e-6;

describe('18 steps from the same weights, on the same batches', () => {
  it.each(optimizers)("have Keras's losses and weights: %s", async (name, optimizer, schedule) => {
    const { head, x, y, sampleWeights, start, losses, end } = golden.cases[name];
    const engine = await createWasmEngine();
    const data = engine.load(
      { data: Float32Array.from(x), shape: [ROWS, INPUTS] },
      { data: Float32Array.from(y), shape: [ROWS, OUTPUTS] },
      { head: head as Head, ...(sampleWeights && { weights: Float64Array.from(sampleWeights) }) },
    );
    const shape = { inputs: INPUTS, hidden: [UNITS], outputs: OUTPUTS, activation: 'tanh' as const };
    const weights: Weights = [
      {
        kernel: { data: Float32Array.from(start[0] ?? []), shape: [INPUTS, UNITS] },
        bias: Float32Array.from(start[1] ?? []),
      },
      {
        kernel: { data: Float32Array.from(start[2] ?? []), shape: [UNITS, OUTPUTS] },
        bias: Float32Array.from(start[3] ?? []),
      },
    ];
    const network = engine.createNetwork({ shape: { ...shape, head: head as Head }, weights, optimizer });
    for (let step = 0; step < STEPS; step++) {
      const plan = plainPlan(Int32Array.from({ length: BATCH }, (_, i) => ((step * BATCH) % ROWS) + i));
      const { loss } = network.train(data, plan, { batchSize: BATCH, ...(schedule && { learningRate: schedule }) });
      expect(Math.abs(loss / (losses[step] as number) - 1)).toBeLessThan(TOLERANCE);
    }
    const ended = network.weights().flatMap(({ kernel, bias }) => [kernel.data, bias]);
    for (const [i, part] of ended.entries()) {
      for (const [j, value] of part.entries()) {
        expect(Math.abs(value - (end[i]?.[j] as number))).toBeLessThan(TOLERANCE);
      }
    }
  });

  it("decay on Keras's cosine, whether its rates are given as a function, as an array, or one at a time", async () => {
    // Keras computes them in float32.
    for (const [step, rate] of rates.entries()) expect(Math.abs(cosine(step) - rate)).toBeLessThan(1e-8);
    const { x, y, start } = golden.cases['linear, AdamW'];
    const engine = await createWasmEngine();
    const data = engine.load(
      { data: Float32Array.from(x), shape: [ROWS, INPUTS] },
      { data: Float32Array.from(y), shape: [ROWS, OUTPUTS] },
      { head: 'linear' },
    );
    const shape = { inputs: INPUTS, hidden: [], outputs: OUTPUTS, head: 'linear' as const };
    const kernel = { data: Float32Array.from(start[0]?.slice(0, 15) ?? []), shape: [INPUTS, OUTPUTS] as const };
    const begin = () => engine.createNetwork({ shape, weights: [{ kernel, bias: new Float32Array(OUTPUTS) }] });
    const plan = plainPlan(Int32Array.from({ length: ROWS }, (_, i) => i));
    const [called, listed, single, own] = [begin(), begin(), begin(), begin()];
    for (let epoch = 0; epoch < 2; epoch++) {
      called.train(data, plan, { batchSize: BATCH, learningRate: cosine });
      const list = Float64Array.from({ length: 3 }, (_, i) => cosine(3 * epoch + i));
      listed.train(data, plan, { batchSize: BATCH, learningRate: list });
      for (let step = 0; step < 3; step++) {
        const part = plainPlan(plan.index.subarray(step * BATCH, (step + 1) * BATCH));
        single.train(data, part, { batchSize: BATCH, learningRate: cosine(3 * epoch + step) });
      }
      own.train(data, plan, { batchSize: BATCH });
    }
    expect(listed.weights()).toEqual(called.weights());
    expect(single.weights()).toEqual(called.weights());
    expect(own.weights()).not.toEqual(called.weights());
    // A schedule of one call is none of the next.
    const after = begin();
    const before = begin();
    after.train(data, plan, { batchSize: BATCH, learningRate: 0 });
    expect(after.weights()).toEqual(begin().weights());
    after.train(data, plan, { batchSize: BATCH });
    before.train(data, plan, { batchSize: BATCH, learningRate: new Float64Array(3) });
    before.train(data, plan, { batchSize: BATCH, learningRate: 0.001 });
    expect(after.weights()).toEqual(before.weights());
  });
});
