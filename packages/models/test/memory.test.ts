import { createRandom, identity, sampleMixPlan } from '@mixup/core';
import { cutMix } from '@mixup/core/methods';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWasmEngine, sampleDropoutMasks, sampleGlorotUniform } from '../src/index.ts';
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
