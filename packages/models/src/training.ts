/** The options of a training, checked and written out: one entry for each step. */
import { checkShape, type MixPlan, type Rows } from '@mixup/core';
import { checkOptions } from './check-options.ts';
import type { Masks, MlpShape, TrainOptions } from './engine.ts';
import { checkBoxedPlan, type ImageShape } from './image.ts';
import { findNotFactor } from './scan.ts';
import { unitsOf } from './shape.ts';

/** What the steps of one call do. */
export interface Training {
  /** Rows of every step but the last, which may have fewer. */
  readonly batch: number;
  /** How many steps. */
  readonly steps: number;
  /** [steps], where each step mixes; absent when all do at the input. */
  readonly layers: Int32Array | undefined;
  /** [steps], absent when the optimizer's own is to be used. */
  readonly learningRates: Float64Array | undefined;
  /** Entry h for layer h, h from 0 to the number of hidden layers. */
  readonly masks: readonly (Rows<Float32Array> | undefined)[];
}

/** The names of `TrainOptions`. */
export const trainOptionNames: readonly string[] = ['batchSize', 'layer', 'masks', 'learningRate', 'signal'];

/**
 * Check the options of `train`.
 *
 * @param plan whose own layer, if it has one, is the default of `options.layer`
 * @param from.taken steps that the network has taken before
 * @param from.image the form of one row, where the data are images
 * @param from.known names of options that the engine has
 * @throws RangeError when an option does not fit the plan or the shape or is unknown, or the plan has boxes that do not fit the data
 */
export function completeTraining(
  options: TrainOptions,
  plan: MixPlan,
  shape: MlpShape,
  {
    taken,
    image,
    known = trainOptionNames,
  }: { readonly taken: number; readonly image: ImageShape | undefined; readonly known?: readonly string[] },
): Training {
  checkOptions(options, known, 'train');
  const { batchSize, layer = plan.layer ?? 0, masks = [], learningRate } = options;
  const rows = plan.index.length;
  if (!(rows >= 1)) throw new RangeError(`train: plan must have at least one row, got ${rows}`);
  if (!(Number.isInteger(batchSize) && batchSize >= 1)) {
    throw new RangeError(`train: batchSize must be an integer >= 1, got ${batchSize}`);
  }
  const batch = Math.min(batchSize, rows);
  const steps = Math.ceil(rows / batch);
  checkMasks(masks, rows, shape);
  const layers = completeLayers(layer, steps, shape.hidden.length);
  checkBoxedPlan(plan, image, layers);
  return {
    batch,
    steps,
    layers,
    learningRates: learningRate === undefined ? undefined : completeRates(learningRate, steps, taken),
    masks: [shape.inputs, ...shape.hidden].map((_, h) => masks[h]),
  };
}

function completeLayers(layer: number | Int32Array, steps: number, hidden: number): Int32Array | undefined {
  const layers = typeof layer === 'number' ? [layer] : layer;
  if (typeof layer !== 'number' && layers.length !== steps) {
    throw new RangeError(`train: layer must be one number or ${steps}, one for each step, got ${layers.length}`);
  }
  for (const each of layers) {
    if (!(Number.isInteger(each) && each >= 0 && each <= hidden)) {
      throw new RangeError(`train: layer must be an integer in [0, ${hidden}], got ${each}`);
    }
  }
  if (layers.every((each) => each === 0)) return undefined;
  return typeof layer === 'number' ? new Int32Array(steps).fill(layer) : layer;
}

function completeRates(
  rate: NonNullable<TrainOptions['learningRate']>,
  steps: number,
  taken: number,
): Float64Array<ArrayBuffer> {
  if (rate === null || !['number', 'object', 'function'].includes(typeof rate)) {
    throw new TypeError(`train: learningRate must be a number, one for each step or a function, got ${rate}`);
  }
  if (typeof rate === 'object' && rate.length !== steps) {
    throw new RangeError(`train: learningRate must have ${steps} entries, one for each step, got ${rate.length}`);
  }
  return Float64Array.from({ length: steps }, (_, i) => {
    const each = typeof rate === 'function' ? rate(taken + i) : typeof rate === 'number' ? rate : rate[i];
    if (!(typeof each === 'number' && each >= 0 && each < Infinity)) {
      throw new RangeError(`train: learningRate of step ${taken + i} must be >= 0 and finite, got ${each}`);
    }
    return each;
  });
}

function checkMasks(masks: Masks, rows: number, shape: MlpShape): void {
  const units = unitsOf(shape).slice(0, -1);
  if (masks.length > units.length) {
    const most = `${units.length}: the input's and one for each hidden layer`;
    throw new RangeError(`train: masks must be at most ${most}, got ${masks.length}`);
  }
  for (const [layer, mask] of masks.entries()) {
    if (!mask) continue;
    const name = `train: mask of layer ${layer}`;
    checkShape(mask, name);
    const width = units[layer] as number;
    if (mask.shape.length !== 2 || mask.shape[0] !== rows || mask.shape[1] !== width) {
      throw new RangeError(`${name} must have shape [${rows}, ${width}], got [${mask.shape.join(', ')}]`);
    }
    const wrong = findNotFactor(mask.data);
    if (wrong >= 0) throw new RangeError(`${name} must be >= 0 and finite, got ${mask.data[wrong]}`);
  }
}
