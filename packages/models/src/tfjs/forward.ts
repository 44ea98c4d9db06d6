/** The way through a model, layer by layer where it is a chain: where masks multiply and hidden rows are mixed. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import type { Head } from '../engine.ts';
import { endingOf } from './ending.ts';
import type { Outputs } from './heads.ts';
import type { LayersModel, TensorFlow } from './tensorflow.ts';

type Layer = layers.Layer;
type Part = Pick<Layer, 'apply'>;

/** What happens on the way. */
interface Passage {
  /** Whether layers behave as in training. */
  readonly training: boolean;
  /** By layer, 0 the input: what its outputs are multiplied by, shape [rows, units]. */
  readonly masks?: readonly (Tensor | undefined)[];
  /**
   * Mix at this hidden layer. The rows given are 2 x batch: each plan row's first, then each one's partner.
   */
  readonly mix?: { readonly layer: number; readonly lambda: Tensor };
}

export interface Forward {
  /** Units of the hidden layers that can be masked and mixed: those of a `tf.sequential`, none of other models. */
  readonly hidden: readonly number[];
  /** Features of one row. */
  readonly inputs: number;
  readonly outputs: number;
  /** @param x [rows, inputs] or [2 rows, inputs] with a mix; call it inside a `tf.tidy` */
  run(x: Tensor, passage: Passage): Outputs;
}

/** Layers with weights that belong to the layer before them. */
const NORMALIZATIONS = ['BatchNormalization', 'LayerNormalization'];

/** @throws RangeError when the model has several inputs or outputs, or ends in what the head does not follow */
export function createForward(tf: TensorFlow, model: LayersModel, head: Head, name: string): Forward {
  const [inputShape, outputShape] = [shapeOf(model.inputs, 'input', name), shapeOf(model.outputs, 'output', name)];
  if (outputShape.length !== 1) {
    throw new RangeError(`${name}: model must end in [rows, outputs], got [rows, ${outputShape.join(', ')}]`);
  }
  const ending = endingOf(model);
  if (ending !== head && ending !== 'linear') {
    throw new RangeError(`${name}: model must end in ${head} or linear for a ${head} head, got ${ending}`);
  }
  // An activation in a layer of its own is left away: losses from logits lose nothing to rounding.
  const last = model.outputs[0]?.sourceLayer as Layer;
  const separate =
    ending !== 'linear' && ['Activation', 'Softmax'].includes(last.getClassName()) && model.layers.includes(last);
  const form = ending === 'linear' || separate ? 'logits' : 'probabilities';
  const parts = split(tf, model, separate ? last : undefined);
  const hidden = parts.slice(0, -1).map((part) => unitsOf(part.at(-1) as Layer));

  return {
    hidden,
    inputs: inputShape.reduce((product, size) => product * size, 1),
    outputs: outputShape[0] as number,
    run: (x, { training, masks = [], mix }) => {
      let values = tf.reshape(x, [-1, ...inputShape]);
      for (let layer = 0; layer < parts.length; layer++) {
        const mask = masks[layer];
        if (mask) values = tf.mul(values, fitting(tf, mask, values));
        if (mix && mix.layer === layer) values = mixHalves(tf, values, mix.lambda);
        for (const part of parts[layer] as Part[]) values = part.apply(values, { training }) as Tensor;
      }
      return { values, form };
    },
  };
}

/** A mask as wide as the rows are, and as high: where both rows of a pair pass, it serves both. */
function fitting(tf: TensorFlow, mask: Tensor, values: Tensor): Tensor {
  const [rows = 0, ...item] = values.shape;
  const whole = rows === mask.shape[0] ? mask : tf.concat([mask, mask], 0);
  return tf.reshape(whole, [rows, ...item]);
}

function mixHalves(tf: TensorFlow, values: Tensor, lambda: Tensor): Tensor {
  const [first, second] = tf.split(values, 2, 0) as [Tensor, Tensor];
  const weight = tf.reshape(lambda, [-1, ...first.shape.slice(1).map(() => 1)]);
  return tf.add(tf.mul(first, weight), tf.mul(second, tf.sub(1, weight)));
}

/** @returns the layers between mixing points; part h ends after hidden layer h + 1, the last one with the outputs */
function split(tf: TensorFlow, model: LayersModel, leaveAway: Layer | undefined): Part[][] {
  if (model.getClassName() !== 'Sequential') {
    return [[leaveAway ? tf.model({ inputs: model.inputs, outputs: model.outputs[0]?.inputs as never }) : model]];
  }
  const parts: Layer[][] = [[]];
  let weighted = 0;
  for (const layer of model.layers) {
    if (layer === leaveAway || layer.getClassName() === 'InputLayer') continue;
    const starts = layer.weights.length > 0 && !NORMALIZATIONS.includes(layer.getClassName());
    if (starts) weighted++;
    if (starts && weighted > 1) parts.push([]);
    parts.at(-1)?.push(layer);
  }
  return parts;
}

function unitsOf(layer: Layer): number {
  const [, ...item] = layer.outputShape as number[];
  return item.reduce((product, size) => product * size, 1);
}

function shapeOf(tensors: LayersModel['inputs'], what: string, name: string): number[] {
  if (tensors.length !== 1) throw new RangeError(`${name}: model must have one ${what}, got ${tensors.length}`);
  const [, ...item] = (tensors[0] as (typeof tensors)[number]).shape;
  if (item.some((size) => size === null)) {
    throw new RangeError(`${name}: the model's ${what} must have a fixed size, got [${item.join(', ')}]`);
  }
  return item as number[];
}
