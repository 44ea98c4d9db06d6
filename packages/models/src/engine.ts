/** Engines: what every one of them does. An engine gets typed arrays and plans and does arithmetic; it draws nothing. */
import type { MixPlan, Rows } from '@mixup/core';

/** The form of a multilayer perceptron. */
export interface MlpShape {
  /** Features of one row, >= 1. */
  readonly inputs: number;
  /** Units of each hidden layer, >= 1; none for softmax regression. */
  readonly hidden: readonly number[];
  /** Classes, >= 2. */
  readonly outputs: number;
  /** What follows each hidden layer; the output layer is followed by softmax. Default 'relu'. */
  readonly activation?: Activation;
}

export type Activation = 'relu' | 'tanh' | 'linear';

/** One dense layer: `activation(x * kernel + bias)`. */
export interface DenseWeights {
  /** [inputs, outputs] */
  readonly kernel: Rows<Float32Array>;
  /** [outputs] */
  readonly bias: Float32Array;
}

/** The weights of a network, input layer first. */
export type Weights = readonly DenseWeights[];

/** Adam as Keras computes it (Kingma and Ba 2015, the form before section 2.1: epsilon outside the correction). */
export interface Adam {
  readonly name: 'adam';
  /** > 0, default 0.001 */
  readonly learningRate?: number;
  /** [0, 1), default 0.9 */
  readonly beta1?: number;
  /** [0, 1), default 0.999 */
  readonly beta2?: number;
  /** > 0, default 1e-7 */
  readonly epsilon?: number;
}

/** Stochastic gradient descent as Keras computes it: `velocity = momentum * velocity - learningRate * gradient`. */
export interface Sgd {
  readonly name: 'sgd';
  /** > 0, default 0.01 */
  readonly learningRate?: number;
  /** [0, 1), default 0 */
  readonly momentum?: number;
}

export type Optimizer = Adam | Sgd;

/** What a network starts from. */
export interface NetworkOptions {
  readonly shape: MlpShape;
  /** Initial weights; copied. See `sampleGlorotUniform`. */
  readonly weights: Weights;
  /** Default Adam with Keras's defaults. */
  readonly optimizer?: Optimizer;
  /** Weight of the sum of squared kernel entries (no biases) in the loss that is minimised, >= 0, default 0. */
  readonly l2?: number;
}

/** Rows that an engine holds in its own memory. */
export interface Data {
  readonly rows: number;
  /** Give the memory back. */
  dispose(): void;
}

/** Means over the rows of one pass. */
export interface Score {
  /** Cross-entropy in nats, without the l2 term. */
  readonly loss: number;
  /**
   * The label mass on the predicted class, in [0, 1]: plain accuracy for one-hot labels, lambda-weighted accuracy for
   * mixed ones.
   */
  readonly accuracy: number;
}

/** One network in training. */
export interface Network {
  /**
   * Take one optimizer step per batch of the plan, in its order; the last batch may be smaller.
   *
   * @param data what the plan's row numbers mean
   * @param plan [rows] an epoch, mostly: row i is mixed as the plan says, features and labels alike
   * @param options.batchSize rows per step, >= 1
   * @returns the means over the batches as they passed, each scored before its step, as Keras does
   * @throws RangeError when the plan names a row that is not there, or the loss is no longer finite
   */
  train(data: Data, plan: MixPlan, options: { readonly batchSize: number }): Score | Promise<Score>;
  /**
   * Score rows in one forward pass.
   *
   * @param index [n] which rows of `data`; all of them when absent
   */
  evaluate(data: Data, index?: Int32Array): Score | Promise<Score>;
  /** @returns class probabilities of shape [rows, outputs] */
  predict(data: Data, index?: Int32Array): Rows<Float32Array> | Promise<Rows<Float32Array>>;
  /** @returns a copy of the weights as they are now */
  weights(): Weights;
  /** Steps taken since the start. */
  readonly steps: number;
  /** Give the memory back. */
  dispose(): void;
}

/** A backend: a function returned this object. */
export interface Engine {
  /** How results name it, for instance 'wasm'. */
  readonly name: string;
  /**
   * Copy rows into the engine's memory, once for any number of networks.
   *
   * @param x features of shape [rows, inputs]
   * @param y labels of shape [rows, outputs], each row >= 0 with sum 1 (one-hot or soft)
   */
  load(x: Rows, y: Rows): Data;
  createNetwork(options: NetworkOptions): Network;
}
