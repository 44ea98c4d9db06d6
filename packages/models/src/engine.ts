/** Engines: what every one of them does. An engine gets typed arrays and plans and does arithmetic; it draws nothing. */
import type { MixPlan, Rows } from '@mixup/core';

/** The form of a multilayer perceptron. */
export interface MlpShape {
  /** Features of one row, >= 1. */
  readonly inputs: number;
  /** Units of each hidden layer, >= 1; none for softmax regression. */
  readonly hidden: readonly number[];
  /** Classes or targets: >= 2 for a softmax head, >= 1 for the others. */
  readonly outputs: number;
  /** What follows each hidden layer. Default 'relu'. */
  readonly activation?: Activation;
  /** What follows the output layer, and the loss that goes with it. Default 'softmax'. */
  readonly head?: Head;
}

export type Activation = 'relu' | 'tanh' | 'linear';

/**
 * What a network gives for a row, and what it is scored by. With z the numbers of the output layer, p what is predicted
 * and y the label row, the loss of one row is
 *
 * - 'softmax', one class of many: `p = e^z / sum e^z`, `-sum y log p`, for label rows >= 0 with sum 1;
 * - 'sigmoid', many yes-or-no labels: `p = 1 / (1 + e^-z)`, the mean over outputs of `-(y log p + (1 - y) log(1 - p))`,
 *   for labels in [0, 1];
 * - 'linear', regression: `p = z`, the mean over outputs of `(p - y)^2`, for any finite targets.
 *
 * The loss of a batch is `sum weight * loss / rows`: divided by its rows, not by the sum of their weights. All as Keras's
 * categorical_crossentropy, binary_crossentropy and mean_squared_error.
 */
export type Head = 'softmax' | 'sigmoid' | 'linear';

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

/**
 * Adam with decoupled weight decay, as Keras computes it: before each step of Adam, every kernel and bias loses
 * `learningRate * weightDecay` of itself, at the learning rate of that step.
 *
 * @see Loshchilov, Hutter, "Decoupled Weight Decay Regularization", 2019
 */
export interface AdamW extends Omit<Adam, 'name'> {
  readonly name: 'adamw';
  /** >= 0, default 0.004 */
  readonly weightDecay?: number;
}

/** Stochastic gradient descent as Keras computes it: `velocity = momentum * velocity - learningRate * gradient`. */
export interface Sgd {
  readonly name: 'sgd';
  /** > 0, default 0.01 */
  readonly learningRate?: number;
  /** [0, 1), default 0 */
  readonly momentum?: number;
}

export type Optimizer = Adam | AdamW | Sgd;

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

/** How rows are taken in. */
export interface LoadOptions {
  /** What the labels are checked for; networks with another head refuse the data. Default 'softmax'. */
  readonly head?: Head;
  /**
   * Sample weights of shape [rows], each >= 0 and finite; 1 for every row when absent. They weigh the loss, and are mixed by
   * a plan as the labels are: `lambda * weight[index] + (1 - lambda) * weight[partner]`, times the plan's own `weight`.
   */
  readonly weights?: Float32Array | Float64Array;
}

/** Rows that an engine holds in its own memory. */
export interface Data {
  readonly rows: number;
  /** Give the memory back. */
  dispose(): void;
}

/** Means over the rows of one pass. */
export interface Score {
  /** The loss that the head names, each row by its weight, without the l2 term; cross-entropies in nats. */
  readonly loss: number;
  /**
   * In [0, 1], whatever the sample weights.
   *
   * - 'softmax': the label mass on the predicted class: plain accuracy for one-hot labels, lambda-weighted accuracy for
   *   mixed ones;
   * - 'sigmoid': the same for each output (y where p > 0.5, else 1 - y), the mean over outputs;
   * - 'linear': 0, as there are no classes to be right about.
   */
  readonly accuracy: number;
}

/**
 * What the outputs of layers are multiplied by in training: entry h holds one number for each plan row and each unit of layer
 * h, shape [plan rows, units], >= 0 and finite. Layer 0 is the input, after mixing; layer h the h-th hidden layer, after its
 * activation. Layers without an entry are left as they are.
 *
 * Dropout draws 0 or 1 / (1 - rate), see `sampleDropoutMasks`. With manifold mixup, row i of a mask serves both rows that
 * are mixed into row i.
 */
export type Masks = readonly (Rows<Float32Array> | undefined)[];

/** The learning rate of a step, >= 0 and finite. @param step counted from the network's start, 0 first */
export type LearningRateSchedule = (step: number) => number;

/** What engines need of an `AbortSignal`. */
export interface StopSignal {
  /** Throw the reason when the work is to be stopped. */
  throwIfAborted(): void;
}

/** How an epoch is trained. */
export interface TrainOptions {
  /** Rows per step, >= 1. */
  readonly batchSize: number;
  /**
   * Where rows are mixed (manifold mixup): 0 is the input, h after the h-th hidden layer and its activation; one number, or
   * one for each step. Both rows of a pair go through the layers below, and gradients flow back through both. Default: the
   * plan's own, else 0.
   *
   * @see Verma et al., "Manifold Mixup: Better Representations by Interpolating Hidden States", 2019
   */
  readonly layer?: number | Int32Array;
  /** Dropout, drawn beforehand. */
  readonly masks?: Masks;
  /** In place of the optimizer's: one, one for each step of this call, or a schedule. Each >= 0 and finite. */
  readonly learningRate?: number | Float64Array | LearningRateSchedule;
  /** Asked before the first step, and between steps by engines that answer by promises. */
  readonly signal?: StopSignal;
}

/** One network in training. */
export interface Network {
  /**
   * Take one optimizer step per batch of the plan, in its order; the last batch may be smaller.
   *
   * @param data what the plan's row numbers mean
   * @param plan [rows] an epoch, mostly: row i is mixed as the plan says, features by `lambda`, labels and sample weights by
   * `labelLambda` where it has one (Remix); its `weight` multiplies that of the row (RegMixup), and a `box` is filled from the
   * partner, as `mixImages` does (CutMix, ResizeMix)
   * @returns the means over the batches as they passed, each scored before its step, as Keras does
   * @throws RangeError when the plan names a row that is not there or has boxes that do not fit the data, an option does not fit, the engine has no such option,
   * or the loss or a weight is no longer finite
   */
  train(data: Data, plan: MixPlan, options: TrainOptions): Score | Promise<Score>;
  /**
   * Score rows in one forward pass.
   *
   * @param index [n] which rows of `data`; all of them when absent
   */
  evaluate(data: Data, index?: Int32Array): Score | Promise<Score>;
  /** @returns what the head gives, of shape [rows, outputs]: probabilities, or numbers for a linear head */
  predict(data: Data, index?: Int32Array): Rows<Float32Array> | Promise<Rows<Float32Array>>;
  /**
   * Differentiate the loss by the features: the direction in which FGSM and PGD move a row.
   *
   * Row i is the gradient of the loss of row `index[i]` alone, as `evaluate(data, [index[i]])` has it (no mean over rows, no
   * dropout, no l2).
   *
   * @param index [n] which rows of `data`; all of them when absent
   * @returns gradients of shape [rows, inputs]
   * @see Goodfellow, Shlens, Szegedy, "Explaining and Harnessing Adversarial Examples", 2015
   */
  inputGradients(data: Data, index?: Int32Array): Rows<Float32Array> | Promise<Rows<Float32Array>>;
  /** @returns a copy of the weights as they are now */
  weights(): Weights;
  /** Steps taken since the start. */
  readonly steps: number;
  /** How many hidden layers rows can be mixed after: the most that `TrainOptions.layer` takes. */
  readonly hiddenLayers: number;
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
   * @param x features of shape [rows, inputs]; images of shape [rows, height, width, channels] where plans are to have boxes
   * @param y labels of shape [rows, outputs], as the head wants them: for 'softmax' each row >= 0 with sum 1 (one-hot or soft)
   * @throws RangeError when a value is not finite in float32, the labels or weights do not fit, or an option is unknown
   */
  load(x: Rows, y: Rows, options?: LoadOptions): Data;
  /**
   * Start a network from weights.
   *
   * @throws RangeError when the weights don't fit the shape, a setting is out of range, or an option is unknown
   * @throws TypeError when there is no shape, or there are no weights
   */
  createNetwork(options: NetworkOptions): Network;
}
