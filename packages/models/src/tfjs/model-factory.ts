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

/** @throws TypeError when the factory gives no model, or a promise of one, which is disposed of when it comes */
export function callFactory(tf: TensorFlow, factory: ModelFactory, options: ModelOptions, name: string): LayersModel {
  const built: unknown = factory(tf, options);
  if (Array.isArray(Object(built).layers)) return built as LayersModel;
  const isPromise = typeof Object(built).then === 'function';
  if (isPromise) {
    const dispose = (late: unknown) => void (late as Partial<LayersModel> | undefined)?.dispose?.();
    // Nobody else has it, and its own error would be one that nobody caught.
    (built as Promise<unknown>).then(dispose, () => {});
  }
  const got = isPromise ? 'a promise: wait for what it needs before, and let it answer at once' : String(built);
  throw new TypeError(`${name}: model must return a tf.LayersModel, got ${got}`);
}
