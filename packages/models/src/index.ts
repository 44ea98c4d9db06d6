export { type DropoutOptions, sampleDropoutMasks } from './dropout.ts';
export type {
  Activation,
  Adam,
  AdamW,
  Data,
  DenseWeights,
  Engine,
  Head,
  LearningRateSchedule,
  LoadOptions,
  Masks,
  MlpShape,
  Network,
  NetworkOptions,
  Optimizer,
  Score,
  Sgd,
  StopSignal,
  TrainOptions,
  Weights,
} from './engine.ts';
export { sampleGlorotUniform } from './glorot.ts';
export { createWasmEngine, type WasmEngine } from './wasm/engine.ts';
export type { WasmNetwork } from './wasm/network.ts';
