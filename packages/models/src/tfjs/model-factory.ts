/** Model factories: functions that make a fresh model, all its chance from one seed. */
import type { MlpShape } from '../engine.ts';
import type { LayersModel, TensorFlow } from './tensorflow.ts';

/** What a factory makes a model for. */
export interface ModelOptions {
  /**
   * What goes in and comes out: `inputs` features, `outputs` classes or targets, and the head to end in. `hidden` and
   * `activation` are what a multilayer perceptron takes of it; other models may leave them aside.
   */
  readonly shape: MlpShape;
  /** An integer >= 0. Thread it through every initializer: see `createSeeds`. */
  readonly seed: number;
}

/**
 * Make a model with one input of `shape.inputs` features (of any form: [8, 8, 1] takes rows of 64) that ends in
 * [rows, shape.outputs], with the activation of `shape.head` or none.
 */
export type ModelFactory = (tf: TensorFlow, options: ModelOptions) => LayersModel;
