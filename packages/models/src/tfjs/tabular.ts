/** Networks for tables: numbers as they are, categories through embeddings. */
import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { checkMlpShape } from '../shape.ts';
import { denseStack } from './dense-stack.ts';
import type { ModelOptions } from './model-factory.ts';
import { createSeeds } from './seeds.ts';
import { checkTensorFlow, type LayersModel, type TensorFlow } from './tensorflow.ts';

export interface TabularOptions extends ModelOptions {
  /** How many numbers a row begins with, >= 0. */
  readonly numeric: number;
  /** How many values each categorical column has, each >= 2: after the numbers, each column is a one-hot block of so many entries. */
  readonly categories: readonly number[];
  /** Numbers that a category becomes, by how many there are. Default fastai's `min(600, round(1.6 n^0.56))`. */
  readonly embeddingSize?: (categories: number) => number;
}

/**
 * Create a network for tables: each one-hot block times an embedding matrix, beside the numbers, into the dense layers of
 * `shape.hidden` and the head.
 *
 * Categories come in as one-hot blocks, not as ids, for mixing: a mixed block is a mix of embeddings, a mixed id is another
 * category.
 *
 * @returns a functional model of input shape [inputs]; it is mixed at the input alone
 * @throws RangeError when `numeric` and the blocks do not make up `shape.inputs`, or a size or the seed is out of range
 * @throws TypeError when `tf` is no such module, or there is no shape or list of categories
 * @example
 * const model = (tf, options) => createTabularNet(tf, { ...options, numeric: 4, categories: [7, 3] });
 * const engine = await createTfjsEngine(tf, { model });
 * @see Guo, Berkhahn, "Entity Embeddings of Categorical Variables", 2016
 */
export function createTabularNet(tf: TensorFlow, options: TabularOptions): LayersModel {
  checkTensorFlow(tf, 'createTabularNet');
  const { shape, seed, numeric, categories, embeddingSize = fastaiSize } = Object(options) as TabularOptions;
  checkMlpShape(shape, 'createTabularNet');
  if (!(Number.isInteger(numeric) && numeric >= 0)) {
    throw new RangeError(`createTabularNet: numeric must be an integer >= 0, got ${numeric}`);
  }
  if (!Array.isArray(categories)) {
    throw new TypeError(`createTabularNet: categories must be a list of integers >= 2, got ${typeof categories}`);
  }
  const wrong = categories.find((count) => !(Number.isInteger(count) && count >= 2));
  if (wrong !== undefined) {
    throw new RangeError(`createTabularNet: categories must be integers >= 2, got ${wrong}`);
  }
  const width = categories.reduce((sum, count) => sum + count, numeric);
  if (width !== shape.inputs) {
    throw new RangeError(`createTabularNet: numeric and categories must make up ${shape.inputs} inputs, got ${width}`);
  }
  const nextSeed = createSeeds(seed, 'createTabularNet');
  const input = tf.input({ shape: [width] });
  // A row as a picture of one line: the layer that cuts columns out cuts pictures.
  const line = tf.layers.reshape({ targetShape: [1, width, 1] }).apply(input) as SymbolicTensor;
  const columns = (start: number, count: number): SymbolicTensor => {
    const cut = tf.layers.cropping2D({
      cropping: [
        [0, 0],
        [start, width - start - count],
      ],
    });
    return tf.layers.flatten().apply(cut.apply(line)) as SymbolicTensor;
  };

  const parts: SymbolicTensor[] = numeric > 0 ? [columns(0, numeric)] : [];
  let start = numeric;
  for (const count of categories) {
    const units = embeddingSize(count);
    if (!(Number.isInteger(units) && units >= 1)) {
      throw new RangeError(`createTabularNet: embeddingSize must give integers >= 1, got ${units}`);
    }
    const embedding = tf.layers.dense({
      units,
      useBias: false,
      // As Keras starts embeddings.
      kernelInitializer: tf.initializers.randomUniform({ minval: -0.05, maxval: 0.05, seed: nextSeed() }),
    });
    parts.push(embedding.apply(columns(start, count)) as SymbolicTensor);
    start += count;
  }
  let values =
    parts.length > 1 ? (tf.layers.concatenate().apply(parts) as SymbolicTensor) : (parts[0] as SymbolicTensor);
  for (const layer of denseStack(tf, shape, nextSeed)) values = layer.apply(values) as SymbolicTensor;
  return tf.model({ inputs: input, outputs: values });
}

/** @see fastai, `emb_sz_rule` in fastai/tabular/model.py */
function fastaiSize(categories: number): number {
  return Math.min(600, Math.round(1.6 * categories ** 0.56));
}
