import { createRandom, identity, type MixPlan, sampleMixPlan } from '@mixup/core';
import { cutMix } from '@mixup/core/methods';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createWasmEngine,
  type Data,
  sampleDropoutMasks,
  sampleGlorotUniform,
  type TrainOptions,
  type WasmNetwork,
} from '../src/index.ts';
import { RESERVED_BYTES } from '../src/wasm/descriptor.ts';
import { createHeap } from '../src/wasm/heap.ts';
import { sampleBlobs } from './blobs.ts';

const shape = { inputs: 20, hidden: [33], outputs: 4 };

describe('the memory of an engine', () => {
  it('does not grow over 1,000 cycles of create, train and dispose', async () => {
    const engine = await createWasmEngine();
    const random = createRandom(0);
    const { x, y } = sampleBlobs(random, 50, 20, 4);
    const weights = sampleGlorotUniform(random, shape);
    const plan = sampleMixPlan(random, { batch: 50 });
    const images = { data: x.data, shape: [50, 5, 4, 1] as const };
    const boxed = cutMix({ height: 5, width: 4 })(random, identity(50));
    const masks = sampleDropoutMasks(random, shape, { rows: 50, rate: 0.5 });
    const cycle = () => {
      const data = engine.load(images, y, { weights: new Float64Array(50).fill(1) });
      const network = engine.createNetwork({ shape, weights });
      network.train(data, plan, { batchSize: 10 });
      network.train(data, plan, { batchSize: 10, layer: 1, masks, learningRate: 0.01 });
      network.train(data, boxed, { batchSize: 10 });
      network.predict(data);
      network.inputGradients(data);
      network.dispose();
      data.dispose();
    };
    cycle();
    const after = engine.memoryBytes;
    for (let i = 0; i < 1000; i++) cycle();
    expect(engine.memoryBytes).toBe(after);
  });

  it('may grow between two epochs of a network, which goes on as if nothing had happened', async () => {
    const train = async (disturb: boolean) => {
      const engine = await createWasmEngine();
      const random = createRandom(0);
      const { x, y } = sampleBlobs(random, 50, 20, 4);
      const network = engine.createNetwork({ shape, weights: sampleGlorotUniform(random, shape) });
      const data = engine.load(x, y);
      const plan = sampleMixPlan(random, { batch: 50 });
      network.train(data, plan, { batchSize: 10 });
      const before = engine.memoryBytes;
      if (disturb) {
        engine.load(
          { data: new Float32Array(1e6), shape: [2e4, 50] },
          { data: new Float32Array(4e4).fill(0.5), shape: [2e4, 2] },
        );
        expect(engine.memoryBytes).toBeGreaterThan(before + 4e6);
      }
      return { score: network.train(data, plan, { batchSize: 25 }), weights: network.weights() };
    };
    expect(await train(true)).toEqual(await train(false));
  });

  it('is given back once, however often dispose() is called', async () => {
    const engine = await createWasmEngine();
    const random = createRandom(0);
    const { x, y } = sampleBlobs(random, 50, 20, 4);
    const one = engine.load(x, y);
    one.dispose();
    const other = engine.load(x, y);
    one.dispose();
    // Would lie where `other` lies, had its memory been given back with the second call.
    engine.load({ data: x.data.map(() => 9), shape: x.shape }, y);
    const network = engine.createNetwork({ shape, weights: sampleGlorotUniform(createRandom(1), shape) });
    const fresh = await createWasmEngine();
    const freshNetwork = fresh.createNetwork({ shape, weights: sampleGlorotUniform(createRandom(1), shape) });
    expect(network.predict(other)).toEqual(freshNetwork.predict(fresh.load(x, y)));
  });
});

describe('the workspace that calls share', () => {
  const random = createRandom(0);
  const rows = 50;
  const { x, y } = sampleBlobs(random, rows, 20, 4);
  const plan = sampleMixPlan(random, { batch: rows });
  // Six pixels of the twenty that images of 5 x 4 have, and of 4 x 5.
  const box = Int32Array.from({ length: 4 * rows }, (_, i) => [1, 0, 4, 2][i % 4] as number);
  const boxed = { ...plan, box, lambda: new Float64Array(rows).fill(1 - 6 / 20) };
  const masks = sampleDropoutMasks(random, shape, { rows, rate: 0.5 });
  const some = Int32Array.of(3, 1, 4, 1, 5);
  const rates = (step: number) => 0.01 / (1 + step);
  const train = (plan: MixPlan, options: TrainOptions) => (network: WasmNetwork, data: Data) =>
    network.train(data, plan, options);
  const calls = {
    plain: train(plan, { batchSize: 10 }),
    'fewer rows': train(sampleMixPlan(random, { batch: 25 }), { batchSize: 10 }),
    'larger batches': train(plan, { batchSize: 50 }),
    'a schedule': train(plan, { batchSize: 7, learningRate: rates }),
    'a longer schedule': train(plan, { batchSize: 2, learningRate: rates }),
    'a hidden layer': train(plan, { batchSize: 10, layer: 1 }),
    'a hidden layer on schedule': train(plan, { batchSize: 10, layer: 1, learningRate: rates }),
    masks: train(plan, { batchSize: 10, masks }),
    boxes: train(boxed, { batchSize: 10 }),
    'boxes for all of the partner': train({ ...boxed, fill: 'resize' }, { batchSize: 10 }),
    weights: train({ ...plan, weight: plan.lambda }, { batchSize: 10 }),
    'lambdas for labels': train({ ...plan, labelLambda: plan.lambda.map(Math.sqrt) }, { batchSize: 10 }),
    evaluate: (network: WasmNetwork, data: Data) => network.evaluate(data),
    'evaluate some': (network: WasmNetwork, data: Data) => network.evaluate(data, some),
    predict: (network: WasmNetwork, data: Data) => network.predict(data),
    inputGradients: (network: WasmNetwork, data: Data) => network.inputGradients(data, some),
  };

  it('makes no call depend on the one before it', async () => {
    const engine = await createWasmEngine();
    const images = (height: number, width: number) => ({ data: x.data, shape: [rows, height, width, 1] as const });
    const weights = Float64Array.from({ length: rows }, (_, row) => 1 + (row % 3));
    const datasets = [
      engine.load(images(5, 4), y),
      engine.load(images(4, 5), y),
      engine.load(images(5, 4), y, { weights }),
    ];
    const create = (hidden: number) => {
      const own = { ...shape, hidden: [hidden] };
      return engine.createNetwork({ shape: own, weights: sampleGlorotUniform(createRandom(1), own) });
    };
    const other = create(70);
    const [data] = datasets as [Data];
    for (const [name, call] of Object.entries(calls)) {
      for (const [nextName, nextCall] of Object.entries(calls)) {
        for (const next of datasets) {
          const [network, apart] = [create(33), create(33)];
          call(network, data);
          const together = nextCall(network, next);
          // Another network comes between, so that nothing is as it was left.
          call(apart, data);
          other.evaluate(data);
          expect(nextCall(apart, next), `${name}, then ${nextName}`).toEqual(together);
          expect(apart.weights()).toEqual(network.weights());
          network.dispose();
          apart.dispose();
        }
      }
    }
  });
});

describe('createHeap', () => {
  it('hands out blocks that never overlap, all 0, and is whole again when all are freed', () => {
    // @ts-expect-error Node has it; neither the ES library nor Node's types say so.
    const create = () => new WebAssembly.Memory({ initial: 1 });
    const sizes = fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(sizes, fc.array(fc.nat(29), { maxLength: 20 }), (wanted, freed) => {
        const heap = createHeap(create());
        const held = new Map(wanted.map((bytes, i) => [i, heap.allocate(bytes)]));
        for (const i of freed) {
          const block = held.get(i % wanted.length);
          if (block) heap.free(block);
          held.delete(i % wanted.length);
        }
        for (const [i, bytes] of wanted.entries()) if (!held.has(i)) held.set(i, heap.allocate(bytes));
        const blocks = [...held.values()].sort((a, b) => a.start - b.start);
        for (const [i, block] of blocks.entries()) {
          expect(block.start % 64).toBe(0);
          expect(block.start).toBeGreaterThanOrEqual(
            i === 0 ? RESERVED_BYTES : (blocks[i - 1]?.start ?? 0) + (blocks[i - 1]?.bytes ?? 0),
          );
          const values = heap.int32(block.start, block.bytes / 4);
          expect(values.every((value) => value === 0)).toBe(true);
          values.fill(-1);
        }
        for (const block of blocks) heap.free(block);
        const size = heap.bytes;
        heap.allocate(size - RESERVED_BYTES);
        expect(heap.bytes).toBe(size);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it('says what it has when the memory can not grow', () => {
    // @ts-expect-error Node has it; neither the ES library nor Node's types say so.
    const heap = createHeap(new WebAssembly.Memory({ initial: 1, maximum: 2 }));
    expect(() => heap.allocate(3 * 65536)).toThrow(/must hold \d+ bytes, got 65536/);
    expect(heap.allocate(65536).bytes).toBe(65536);
  });
});
