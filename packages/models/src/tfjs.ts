/** TensorFlow.js models trained on plans. TensorFlow.js itself is handed in, never imported. */

export type { ImageShape } from './image.ts';
export { type CnnOptions, createCnn } from './tfjs/cnn.ts';
export type { EarlyStopping } from './tfjs/early-stopping.ts';
export { createTfjsEngine, type TfjsEngine, type TfjsEngineOptions, type TfjsNetworkOptions } from './tfjs/engine.ts';
export { createMlp } from './tfjs/mlp.ts';
export type { ModelFactory, ModelOptions } from './tfjs/model-factory.ts';
export type { TfjsNetwork, TfjsTrainOptions } from './tfjs/network.ts';
export { createSeeds } from './tfjs/seeds.ts';
export { createTabularNet, type TabularOptions } from './tfjs/tabular.ts';
export type { LayersModel, TensorFlow } from './tfjs/tensorflow.ts';
export type { BatchBeginLogs, BatchLogs, EpochLogs, TrainCallbacks } from './tfjs/train-callbacks.ts';
export { type LabelledRows, type TrainHistory, type TrainModelOptions, trainModel } from './tfjs/train-model.ts';
