export type {
  Activation,
  Adam,
  Data,
  DenseWeights,
  Engine,
  MlpShape,
  Network,
  NetworkOptions,
  Optimizer,
  Score,
  Sgd,
  Weights,
} from './engine.ts';
export { sampleGlorotUniform } from './glorot.ts';
export { createWasmEngine, type WasmEngine } from './wasm/engine.ts';
export type { WasmNetwork } from './wasm/network.ts';
