/** Mixing tensors: the same plans in TensorFlow.js, which is handed in. */
import { checkOptions } from './check-options.ts';
import { checkLabelNames, labelPlan } from './label-plan.ts';
import { pixelSources } from './pixel-sources.ts';
import { checkPlan, checkPlanForm, type MixPlan } from './plan.ts';

/** A tensor, as far as mixing looks at it. */
export interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  dispose(): void;
}

/**
 * The operations mixing needs, all of them functional: `@tensorflow/tfjs-core` has them, and what builds on it.
 *
 * Tensors that go in are `never` here, which the types of every version of tfjs agree with; none of them is imported.
 */
export interface TensorOps {
  tidy(run: () => void): unknown;
  dispose(tensors: never): void;
  tensor(values: Float32Array | Int32Array, shape: number[], dtype: 'float32' | 'int32'): TensorLike;
  gather(x: never, indices: never): TensorLike;
  reshape(x: never, shape: number[]): TensorLike;
  cast(x: never, dtype: 'float32'): TensorLike;
  mul(a: never, b: never): TensorLike;
  add(a: never, b: never): TensorLike;
}

/** A tensor, or arrays and objects of them, as tfjs returns from `tidy`: several inputs, or features and labels. */
export type TensorTree = TensorLike | readonly TensorTree[] | { readonly [name: string]: TensorTree };

/**
 * Mix tensors as a plan says: row i of each result is `lambda[i] * x[index[i]] + (1 - lambda[i]) * x[partner[i]]`.
 *
 * Several inputs, or features and labels, are mixed by the one plan. Where it has boxes (CutMix, ResizeMix), tensors of
 * shape [rows, height, width, channels] have them filled as by `mixImages`, and the others are blended. Gradients pass through, so a hidden layer may be
 * mixed inside a training step. The arithmetic is the backend's: on float32 ones within 3 roundings (2 ** -22 of the
 * larger of the two values) of `mixRows`. A lambda of 1 or 0 copies the row, whatever finite or infinite or NaN value the
 * other holds.
 *
 * Where the plan has a `labelLambda` (Remix), what `x` names `y` or `ys` is mixed by that, as `mixLabels` does it; else all are
 * mixed by lambda. Labels alone are to be named too: `mixTensors(tf, { ys }, plan)`.
 *
 * Nothing but the name says what is a label. A tensor of shape [rows] is mixed where it is float32, as weights and targets of a
 * regression are, and refused where it is int32 or bool, which are class ids: tfjs makes float32 ones of a plain array,
 * and these no one can tell. `createTensorDataset` and `mixDataset` know their `ys`, and refuse all that are of rank 1.
 *
 * @param tf the running TensorFlow.js: the module of `@tensorflow/tfjs-core`, or of what builds on it
 * @param x a tensor of shape [rows, ...item], or arrays and objects of such; kept as they are
 * @param plan [batch], the same for all
 * @param options.labels the names in `x` of what holds labels, default `y` and `ys`, where they are there
 * @returns new float32 tensors of shape [batch, ...item], built as `x` is; dispose of them as of any other
 * @throws RangeError when the plan does not fit, or for int32 or bool of rank 1, which are class ids, or when `x` has no part of a
 *   name in `labels`; TypeError for what is no tensor
 * @example
 * const { xs, ys } = mixTensors(tf, { xs: images, ys: tf.oneHot(ids, 10) }, sampleMixPlan(random, { batch: 32 }));
 * @see Zhang, Cisse, Dauphin, Lopez-Paz, "mixup: Beyond Empirical Risk Minimization", 2017
 */
export function mixTensors<T extends TensorTree>(
  tf: TensorOps,
  x: T,
  plan: MixPlan,
  options: { readonly labels?: readonly string[] } = {},
): T {
  checkOptions(options, ['labels'], 'mixTensors');
  checkTensorOps(tf, 'mixTensors');
  checkPlanForm(plan, 'mixTensors');
  const { labels } = options;
  checkLabelNames(labels, isNamed(x) ? x : {}, 'mixTensors');
  return tf.tidy(() => {
    const mix = tensorMixer(tf, plan);
    if (!plan.labelLambda || !isNamed(x)) return mapTree(x, mix);
    const mixLabel = tensorMixer(tf, labelPlan(plan));
    const isLabel = (name: string) => (labels ?? ['y', 'ys']).includes(name);
    return mapNamed(x, (part, name) => mapTree(part, isLabel(name) ? mixLabel : mix));
  }) as T;
}

/**
 * Check that TensorFlow.js was handed in.
 *
 * @param name what the error calls the caller
 * @throws TypeError for what has no `tidy`
 */
export function checkTensorOps(tf: TensorOps, name: string): void {
  if (typeof tf?.tidy === 'function') return;
  throw new TypeError(`${name}: tf must be the running TensorFlow.js, say of @tensorflow/tfjs-core, got ${typeof tf}`);
}

/** @returns what mixes one tensor as a plan says */
function tensorMixer(tf: TensorOps, plan: MixPlan): (tensor: TensorLike) => TensorLike {
  // A row of weight 0 is not read: 0 times NaN is NaN.
  const batch = plan.index.length;
  const index = plan.index.map((row, i) => (plan.lambda[i] === 0 ? (plan.partner[i] as number) : row));
  const partner = plan.partner.map((row, i) => (plan.lambda[i] === 1 ? (plan.index[i] as number) : row));
  const mixes = index.some((row, i) => row !== partner[i]);
  const own = tf.tensor(index, [batch], 'int32');
  const other = tf.tensor(partner, [batch], 'int32');
  const weight = Float32Array.from(plan.lambda);
  const rest = Float32Array.from(plan.lambda, (value) => 1 - value);

  return (tensor) => {
    checkTensor(tensor, plan);
    const source = tensor.dtype === 'float32' ? tensor : tf.cast(tensor as never, 'float32');
    if (plan.box && tensor.shape.length === 4) return fillBoxes(tf, source, plan);
    const rows = tf.gather(source as never, own as never);
    if (!mixes) return rows;
    const shape = [batch, ...tensor.shape.slice(1).map(() => 1)];
    const share = tf.mul(rows as never, tf.tensor(weight, shape, 'float32') as never);
    const others = tf.gather(source as never, other as never);
    return tf.add(share as never, tf.mul(others as never, tf.tensor(rest, shape, 'float32') as never) as never);
  };
}

/** @param x images of shape [rows, height, width, channels] */
function fillBoxes(tf: TensorOps, x: TensorLike, plan: MixPlan): TensorLike {
  const [rows, height, width, channels] = x.shape as readonly number[] as readonly [number, number, number, number];
  const batch = plan.index.length;
  const count = batch * height * width;
  const pixels = tf.reshape(x as never, [rows * height * width, channels]);
  const terms = pixelSources(plan, { height, width }, 'mixTensors').map(({ pixel, weight }, _, { length }) => {
    const gathered = tf.gather(pixels as never, tf.tensor(pixel, [count], 'int32') as never);
    return length === 1 ? gathered : tf.mul(gathered as never, tf.tensor(weight, [count, 1], 'float32') as never);
  });
  const mixed = terms.reduce((sum, term) => tf.add(sum as never, term as never));
  return tf.reshape(mixed as never, [batch, height, width, channels]);
}

function checkTensor({ shape, dtype }: TensorLike, plan: MixPlan): void {
  const [rows] = shape;
  if (rows === undefined) throw new RangeError('mixTensors: x must have shape [rows, ...item], got a scalar');
  if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
    throw new TypeError(`mixTensors: x must be float32, int32 or bool, got ${dtype}`);
  }
  if (dtype !== 'float32' && shape.length === 1) {
    throw new RangeError(
      `mixTensors: labels must be rows of shape [rows, classes], got ${dtype} of shape [${rows}]; turn class ids into rows with tf.oneHot(labels, classes)`,
    );
  }
  checkPlan(plan, rows, 'mixTensors');
}

/** @returns a tree of the same form, each tensor replaced */
function mapTree(tree: TensorTree, value: (tensor: TensorLike) => TensorLike): TensorTree {
  if (isTensor(tree)) return value(tree);
  if (Array.isArray(tree)) return tree.map((part) => mapTree(part, value));
  if (!isNamed(tree)) {
    throw new TypeError(`mixTensors: x must be a tensor, or arrays and objects of tensors, got ${String(tree)}`);
  }
  return mapNamed(tree, (part) => mapTree(part, value));
}

type NamedTrees = { readonly [name: string]: TensorTree };

function mapNamed(trees: NamedTrees, value: (part: TensorTree, name: string) => TensorTree): NamedTrees {
  return Object.fromEntries(Object.entries(trees).map(([name, part]) => [name, value(part, name)]));
}

function isNamed(tree: TensorTree): tree is NamedTrees {
  return typeof tree === 'object' && tree !== null && !Array.isArray(tree) && !isTensor(tree);
}

function isTensor(tree: unknown): tree is TensorLike {
  return typeof (tree as TensorLike)?.dispose === 'function' && Array.isArray((tree as TensorLike).shape);
}

/** @returns the tensors of a tree, in order */
export function tensorsOf(tree: TensorTree): TensorLike[] {
  const tensors: TensorLike[] = [];
  mapTree(tree, (tensor) => {
    tensors.push(tensor);
    return tensor;
  });
  return tensors;
}
