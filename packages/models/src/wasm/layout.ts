/** A network's block of memory: its descriptor, its parameters and their moments, written for the kernel. */
import type { MixPlan } from '@mixup/core';
import type { Activation, Head, MlpShape, Weights } from '../engine.ts';
import type { ImageShape } from '../image.ts';
import type { CompleteOptimizer } from '../optimizer.ts';
import { unitsOf } from '../shape.ts';
import * as at from './descriptor.ts';
import type { Heap } from './heap.ts';
import { layerSize, packLayer, padded, unpackLayer } from './panels.ts';
import type { Workspace } from './workspace.ts';

/** What a call uses of the workspace and the data, beside the buffers. */
interface CallOptions {
  /** Byte offset of the data's sample weights, 0 for none. */
  readonly sampleWeights: number;
  readonly hasRates: boolean;
  readonly hasLayers: boolean;
  /** What boxes are cut from, and how they are filled. */
  readonly image?: ImageShape | undefined;
  readonly fill?: MixPlan['fill'];
}

export interface Layout {
  /** Byte offset of the descriptor. */
  readonly start: number;
  /** Write settings and buffers for one call into the descriptor. */
  prepare(workspace: Workspace, options: CallOptions): void;
  /** The sums that the last call left. */
  sums(): { readonly loss: number; readonly accuracy: number };
  weights(): Weights;
  free(): void;
}

export function createLayout(
  heap: Heap,
  shape: MlpShape,
  weights: Weights,
  optimizer: CompleteOptimizer,
  l2: number,
): Layout {
  const units = unitsOf(shape);
  const { activation = 'relu', head = 'softmax' } = shape;
  const sizes = weights.map((_, layer) => layerSize(units[layer] as number, units[layer + 1] as number));
  const size = sizes.reduce((sum, next) => sum + next, 0);
  const descriptorBytes = at.HEADER_BYTES + units.length * at.RECORD_BYTES;
  // Descriptor, parameters, first moments, second moments.
  const block = heap.allocate(descriptorBytes + 3 * size * 4);
  const { start } = block;
  const parameters = start + descriptorBytes;
  const starts = sizes.map((_, layer) => parameters + 4 * sizes.slice(0, layer).reduce((sum, next) => sum + next, 0));
  for (const [layer, dense] of weights.entries()) {
    packLayer(dense, heap.float32(starts[layer] as number, sizes[layer] as number));
  }
  const settings = heap.float64(start, at.HEADER_BYTES / 8);
  settings[at.L2 / 8] = l2;
  settings[at.BETA1_POWER / 8] = 1;
  settings[at.BETA2_POWER / 8] = 1;
  settings[at.BETA1 / 8] = optimizer.name === 'sgd' ? optimizer.momentum : optimizer.beta1;
  settings[at.BETA2 / 8] = optimizer.name === 'sgd' ? 0 : optimizer.beta2;
  settings[at.EPSILON / 8] = optimizer.name === 'sgd' ? 0 : optimizer.epsilon;
  settings[at.WEIGHT_DECAY / 8] = optimizer.name === 'adamw' ? optimizer.weightDecay : 0;

  let written: { readonly workspace: Workspace; readonly options: CallOptions } | undefined;

  return {
    start,
    prepare: (workspace, options) => {
      // A schedule of the call before has left its last one.
      heap.float64(start, at.HEADER_BYTES / 8)[at.LEARNING_RATE / 8] = optimizer.learningRate;
      if (written?.workspace === workspace && isSame(written.options, options)) return;
      written = { workspace, options };
      const { sampleWeights, hasRates, hasLayers, image, fill = 'cut' } = options;
      const header = heap.int32(start, at.HEADER_BYTES / 4);
      header[at.LAYERS / 4] = sizes.length;
      header[at.FIRST_MOMENT / 4] = size * 4;
      header[at.SECOND_MOMENT / 4] = size * 8;
      header[at.OPTIMIZER / 4] = optimizer.name === 'sgd' ? at.OPTIMIZER_SGD : at.OPTIMIZER_ADAM;
      header[at.HEAD / 4] = HEADS[head];
      header[at.LABELS / 4] = workspace.labels;
      header[at.SAMPLE_WEIGHTS / 4] = sampleWeights;
      header[at.ROW_WEIGHTS / 4] = workspace.rowWeights;
      header[at.RATES / 4] = hasRates ? workspace.rates : 0;
      header[at.MIX_LAYERS / 4] = hasLayers ? workspace.mixLayers : 0;
      header[at.LABEL_LAMBDA / 4] = workspace.labelLambda;
      header[at.PLAN_WEIGHTS / 4] = workspace.planWeights;
      header[at.BOXES / 4] = workspace.boxes;
      header.set(image ?? [0, 0, 0], at.IMAGE_HEIGHT / 4);
      header[at.FILL / 4] = FILLS[fill];
      header[at.MIXED_OUTPUT / 4] = workspace.mixedOutput;
      header[at.MIXED_ERRORS / 4] = workspace.mixedErrors;
      header[at.ERROR_PANEL / 4] = workspace.errorPanel;
      header[at.ERROR_BITS / 4] = workspace.errorBits;
      header[at.GRADIENT_PANEL / 4] = workspace.gradientPanel;
      header[at.TRANSPOSED_PANEL / 4] = workspace.transposedPanel;
      header[at.ZEROS / 4] = workspace.zeros;
      header[at.PARAMETERS / 4] = parameters;
      header[at.PARAMETER_BYTES / 4] = size * 4;
      for (const [layer, { output, errors, stride, mask }] of workspace.layers.entries()) {
        const record = heap.int32(start + at.HEADER_BYTES + layer * at.RECORD_BYTES, at.RECORD_BYTES / 4);
        const isHidden = layer > 0 && layer < units.length - 1;
        record[at.UNITS / 4] = units[layer] as number;
        record[at.ACTIVATION / 4] = ACTIVATIONS[isHidden ? activation : 'linear'];
        record[at.OUTPUT / 4] = output;
        record[at.ERRORS / 4] = errors;
        record[at.STRIDE / 4] = stride;
        record[at.MASK / 4] = mask;
        if (layer === 0) continue;
        const first = starts[layer - 1] as number;
        record[at.KERNEL / 4] = first;
        // The bias is the last thing of a layer.
        record[at.BIAS / 4] = first + 4 * ((sizes[layer - 1] as number) - padded(units[layer] as number));
      }
    },
    sums: () => {
      const [loss = 0, accuracy = 0] = heap.float64(start + at.LOSS_SUM, 2);
      return { loss, accuracy };
    },
    weights: () =>
      sizes.map((length, layer) =>
        unpackLayer(heap.float32(starts[layer] as number, length), units[layer] as number, units[layer + 1] as number),
      ),
    free: () => heap.free(block),
  };
}

function isSame(a: CallOptions, b: CallOptions): boolean {
  return optionNames.every((name) => a[name] === b[name]);
}

/** All of them: one that is forgotten would be that of another call. */
const optionNames = Object.keys({
  sampleWeights: true,
  hasRates: true,
  hasLayers: true,
  image: true,
  fill: true,
} satisfies Record<keyof CallOptions, true>) as (keyof CallOptions)[];

const ACTIVATIONS: Record<Activation, number> = {
  linear: at.ACTIVATION_LINEAR,
  relu: at.ACTIVATION_RELU,
  tanh: at.ACTIVATION_TANH,
};

const FILLS: Record<NonNullable<MixPlan['fill']>, number> = { cut: at.FILL_CUT, resize: at.FILL_RESIZE };

const HEADS: Record<Head, number> = {
  softmax: at.HEAD_SOFTMAX,
  sigmoid: at.HEAD_SIGMOID,
  linear: at.HEAD_LINEAR,
};
