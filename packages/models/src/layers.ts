/**
 * Weights to and from TensorFlow.js: a network trained in the kernel as a LayersModel, which tfjs saves in its own format and
 * anything that reads it serves; and a LayersModel of dense layers as a network. The running `tf` module is an argument.
 */
import type { Activation, DenseWeights, Head, MlpShape, Weights } from './engine.ts';
import { checkMlpShape, checkWeights, unitsOf } from './shape.ts';

/** A network at rest: all that predicting with it takes. */
export interface MlpWeights {
  readonly shape: MlpShape;
  readonly weights: Weights;
}

/** What is used of the `tf` module: of @tensorflow/tfjs, of tfjs-node, or of tfjs-core and tfjs-layers spread into one object. */
export interface LayersModule<Model extends SequentialModel> {
  sequential(): Model;
  tensor(values: Float32Array, shape: number[]): { dispose(): void };
  readonly layers: {
    dense(config: {
      readonly name: string;
      readonly units: number;
      readonly activation: Activation | Head;
      readonly inputShape?: number[];
      readonly kernelInitializer: 'glorotUniform';
    }): unknown;
  };
}

/** What is used of a `tf.Sequential` that is being built. */
export interface SequentialModel {
  // Methods, so that tfjs's narrower parameters fit.
  add(layer: unknown): void;
  setWeights(weights: unknown[]): void;
}

/** What is read of a layer. */
interface ReadLayer {
  readonly name: string;
  getClassName(): string;
  getConfig(): { readonly [key: string]: unknown };
  getWeights(): readonly { readonly shape: readonly number[]; data(): Promise<ArrayLike<number>> }[];
}

/** What is read of a `tf.SymbolicTensor`: what a layer gives, and what it was given for it. */
interface ReadTensor {
  readonly shape: readonly (number | null)[];
  readonly sourceLayer: ReadLayer;
  readonly inputs: readonly ReadTensor[];
}

/** What is read of a `tf.LayersModel`. */
export interface DenseModel {
  readonly outputs: readonly ReadTensor[];
}

/**
 * Build the tfjs model of a network: dense layers with its weights, the last one with the head as its activation.
 *
 * @param tf the running module
 * @param network its shape, and weights as `network.weights()` gives them
 * @returns a `tf.Sequential`: it is the caller's to save, compile, and dispose
 * @throws RangeError when the weights don't fit the shape
 * @example
 * const model = toLayersModel(tf, { shape, weights: network.weights() });
 * await model.save('file://digits');
 */
export function toLayersModel<Model extends SequentialModel>(
  tf: LayersModule<Model>,
  { shape, weights }: MlpWeights,
): Model {
  checkMlpShape(shape, 'toLayersModel');
  checkWeights(weights, shape, 'toLayersModel');
  const { activation = 'relu', head = 'softmax' } = shape;
  const [inputs, ...units] = unitsOf(shape) as [number, ...number[]];
  const model = tf.sequential();
  for (const [layer, width] of units.entries()) {
    const isLast = layer === units.length - 1;
    model.add(
      tf.layers.dense({
        // Not tfjs's own: those count on with each model, and are saved.
        name: isLast ? 'output' : `hidden_${layer + 1}`,
        units: width,
        activation: isLast ? head : activation,
        kernelInitializer: 'glorotUniform',
        ...(layer === 0 && { inputShape: [inputs] }),
      }),
    );
  }
  const tensors = weights.flatMap(({ kernel, bias }) => [
    tf.tensor(kernel.data, [...kernel.shape]),
    tf.tensor(bias, [bias.length]),
  ]);
  model.setWeights(tensors);
  for (const tensor of tensors) tensor.dispose();
  return model;
}

/**
 * Read a tfjs model of dense layers as a network: shape and weights for `createNetwork`.
 *
 * Activations may be layers of their own, as in the models of `createMlp`. Dropout layers do nothing outside of training and are
 * passed over. A model whose softmax is in the loss ("from logits") has a linear last layer, and comes as one with a linear head.
 *
 * @param model a `tf.LayersModel`; never changed
 * @returns shape, and copies of the weights
 * @throws RangeError when the model is no chain from one input of rows to one output, a layer is of another kind, hidden activations
 * differ, or one is unknown here
 */
export async function fromLayersModel(model: DenseModel): Promise<MlpWeights> {
  const dense: { readonly weights: DenseWeights; activation: string }[] = [];
  for (const layer of chainOf(model)) {
    const kind = layer.getClassName();
    if (kind === 'InputLayer' || kind === 'Dropout') continue;
    if (kind === 'Dense') dense.push(await readDense(layer));
    else follow(dense.at(-1), layer);
  }
  const [first, last] = [dense[0], dense.at(-1)];
  if (!first || !last) throw new RangeError('fromLayersModel: the model must have a dense layer, got none');
  const activations = [...new Set(dense.slice(0, -1).map(({ activation }) => activation))];
  if (activations.length > 1) {
    throw new RangeError(`fromLayersModel: hidden activations must be the same, got ${activations.join(' and ')}`);
  }
  const weights = dense.map((layer) => layer.weights);
  const shape: MlpShape = {
    inputs: first.weights.kernel.shape[0],
    hidden: weights.slice(0, -1).map(({ bias }) => bias.length),
    outputs: last.weights.bias.length,
    ...(activations[0] !== undefined && { activation: activations[0] as Activation }),
    head: last.activation as Head,
  };
  checkMlpShape(shape, 'fromLayersModel');
  checkWeights(weights, shape, 'fromLayersModel');
  return { shape, weights };
}

/** @returns the layers from input to output, each of which takes what the one before it gives */
function chainOf({ outputs }: DenseModel): ReadLayer[] {
  const [output] = outputs;
  if (outputs.length !== 1) {
    throw new RangeError(`fromLayersModel: the model must have one output, got ${outputs.length}`);
  }
  const chain: ReadLayer[] = [];
  for (let tensor = output; tensor; tensor = tensor.inputs[0]) {
    const { sourceLayer: layer, shape, inputs } = tensor;
    if (chain.includes(layer))
      throw new RangeError(`fromLayersModel: layers must be used once, got ${layer.name} twice`);
    if (inputs.length > 1) {
      throw new RangeError(`fromLayersModel: layers must take one input, got ${inputs.length} of ${layer.name}`);
    }
    if (shape.length !== 2) {
      const got = `[${['rows', ...shape.slice(1)].join(', ')}] in ${layer.name}`;
      throw new RangeError(`fromLayersModel: ${KINDS}, of rows of numbers, got ${layer.getClassName()} with ${got}`);
    }
    chain.unshift(layer);
  }
  return chain;
}

const KINDS = 'layers must be Dense, Activation, Softmax, Dropout or InputLayer';

async function readDense(layer: ReadLayer): Promise<{ weights: DenseWeights; activation: string }> {
  const [kernel, bias] = layer.getWeights();
  if (!kernel) throw new RangeError(`fromLayersModel: the model must be built, got no weights in ${layer.name}`);
  const [inputs = 0, outputs = 0] = kernel.shape;
  return {
    activation: String(layer.getConfig().activation),
    weights: {
      kernel: { data: Float32Array.from(await kernel.data()), shape: [inputs, outputs] },
      bias: bias ? Float32Array.from(await bias.data()) : new Float32Array(outputs),
    },
  };
}

/** Let an activation in a layer of its own be that of the dense layer before it. */
function follow(before: { activation: string } | undefined, layer: ReadLayer): void {
  const kind = layer.getClassName();
  const config = layer.getConfig();
  const isSoftmax = kind === 'Softmax' && [-1, 1].includes(config.axis as number);
  const activation = kind === 'Activation' ? String(config.activation) : isSoftmax ? 'softmax' : undefined;
  if (activation === undefined) throw new RangeError(`fromLayersModel: ${KINDS}, got ${kind} (${layer.name})`);
  if (activation === 'linear') return;
  if (before?.activation !== 'linear') {
    const got = before ? before.activation : 'none';
    throw new RangeError(`fromLayersModel: ${layer.name} must follow a dense layer without activation, got ${got}`);
  }
  before.activation = activation;
}
