/** The engine of this package: multilayer perceptrons in a WebAssembly SIMD kernel. */
import type { Rows } from '@mixup/core';
import type { Data, Engine, NetworkOptions } from '../engine.ts';
import { loadData, type WasmData } from './data.ts';
import { createHeap } from './heap.ts';
import { KERNEL_BASE64 } from './kernel.generated.ts';
import { createWasmNetwork, type WasmNetwork } from './network.ts';
import { instantiate } from './webassembly.ts';
import { createWorkspaces } from './workspace.ts';

/** An engine whose methods answer at once, not by promises. */
export interface WasmEngine extends Engine {
  readonly name: 'wasm';
  createNetwork(options: NetworkOptions): WasmNetwork;
  /** Bytes of its memory now. It grows when data, networks or batches need it, and is reused after `dispose()`. */
  readonly memoryBytes: number;
}

/**
 * Start an engine for multilayer perceptrons: float32, WebAssembly SIMD, one thread.
 *
 * The same weights, data and plans give the same bits in every JavaScript engine: the kernel keeps to the
 * deterministic part of WebAssembly and has its own exp, log and tanh.
 *
 * @returns an engine with a memory of its own; start one for each thread
 * @throws WebAssembly.CompileError where there is no WebAssembly SIMD (browsers before 2023, Node before 16.4)
 * @example
 * const engine = await createWasmEngine();
 * const data = engine.load(x, y);
 * const shape = { inputs: 64, hidden: [80], outputs: 10 };
 * const network = engine.createNetwork({ shape, weights: sampleGlorotUniform(random, shape) });
 * const { loss, accuracy } = network.train(data, sampleMixPlan(random, { batch: data.rows }), { batchSize: 30 });
 */
export async function createWasmEngine(): Promise<WasmEngine> {
  const { kernel, memory } = await instantiate(KERNEL_BASE64);
  const heap = createHeap(memory);
  const reserve = createWorkspaces(heap);
  const owned = new WeakMap<Data, WasmData>();

  const dataOf = (data: Data, name: string): WasmData => {
    const own = owned.get(data);
    if (!own) throw new TypeError(`${name}: data must be what load() of the same engine returned`);
    if (own.disposed) throw new Error(`${name}: the data must not be used after dispose()`);
    return own;
  };

  return {
    name: 'wasm',
    load: (x: Rows, y: Rows, options = {}) => {
      const own = loadData(heap, x, y, options);
      const data: Data = { rows: own.rows, dispose: own.dispose };
      owned.set(data, own);
      return data;
    },
    createNetwork: (options) => createWasmNetwork({ kernel, heap, reserve, dataOf }, options),
    get memoryBytes() {
      return heap.bytes;
    },
  };
}
