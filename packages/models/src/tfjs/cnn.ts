/** Small convolutional networks as TensorFlow.js models. */
import type { ImageShape } from '../image.ts';
import { checkMlpShape } from '../shape.ts';
import { denseStack } from './dense-stack.ts';
import type { ModelOptions } from './model-factory.ts';
import { createSeeds } from './seeds.ts';
import { checkTensorFlow, type LayersModel, type TensorFlow } from './tensorflow.ts';

export interface CnnOptions extends ModelOptions {
  /** The form of one row. Default by `shape.inputs`: 64 is 8 x 8 x 1 (Digits), 784 is 28 x 28 x 1 (MNIST), 3072 is 32 x 32 x 3 (CIFAR). */
  readonly image?: ImageShape;
}

const IMAGES: Readonly<Record<number, ImageShape>> = { 64: [8, 8, 1], 784: [28, 28, 1], 3072: [32, 32, 3] };
const FIRST_FILTERS = 16;

/**
 * Create a small convolutional network: blocks of a 3 x 3 convolution, ReLU and 2 x 2 max pooling with 16, 32, … filters (two
 * blocks, three from 32 pixels on), then the dense layers of `shape.hidden`, if any, and the head. Glorot uniform kernels.
 *
 * @returns a `tf.sequential` whose hidden layers, for masks and manifold mixup, are its blocks and dense layers
 * @throws TypeError when `tf` is no such module, or there is no shape
 * @throws RangeError when the shape is no network, the image does not fit it, or the seed is no integer >= 0
 * @example
 * const engine = await createTfjsEngine(tf, { model: createCnn });
 * engine.createNetwork({ shape: { inputs: 64, hidden: [], outputs: 10 }, seed: 0 });
 */
export function createCnn(tf: TensorFlow, options: CnnOptions): LayersModel {
  checkTensorFlow(tf, 'createCnn');
  const { shape, seed, image } = Object(options) as CnnOptions;
  checkMlpShape(shape, 'createCnn');
  const form = image ?? IMAGES[shape.inputs];
  if (!form) {
    throw new RangeError(
      `createCnn: image must be given unless inputs are 64, 784 or 3072, got ${shape.inputs} inputs`,
    );
  }
  const [height, width, channels] = form;
  if (!(form.every((size) => Number.isInteger(size) && size >= 1) && height * width * channels === shape.inputs)) {
    throw new RangeError(`createCnn: image must hold ${shape.inputs} numbers, got [${form.join(', ')}]`);
  }
  const least = Math.min(height, width);
  if (!(least >= 4)) throw new RangeError(`createCnn: image must have at least 4 x 4 pixels, got ${height} x ${width}`);
  const nextSeed = createSeeds(seed, 'createCnn');
  const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [...form] })] });
  for (let block = 0; block < (least >= 32 ? 3 : 2); block++) {
    model.add(
      tf.layers.conv2d({
        filters: FIRST_FILTERS * 2 ** block,
        kernelSize: 3,
        padding: 'same',
        activation: 'relu',
        kernelInitializer: tf.initializers.glorotUniform({ seed: nextSeed() }),
      }),
    );
    model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
  }
  model.add(tf.layers.flatten());
  for (const layer of denseStack(tf, shape, nextSeed)) model.add(layer);
  return model;
}
