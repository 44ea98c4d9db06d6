/** A network in the kernel's memory. */
import { checkPlan, type MixPlan, type Rows } from '@mixup/core';
import type { Adam, Data, MlpShape, Network, NetworkOptions, Score, Sgd, TrainOptions } from '../engine.ts';
import { completeOptimizer } from '../optimizer.ts';
import { checkMlpShape, checkWeights, unitsOf } from '../shape.ts';
import type { WasmData } from './data.ts';
import * as at from './descriptor.ts';
import type { Heap } from './heap.ts';
import { layerSize, packLayer, padded, unpackLayer } from './panels.ts';
import type { KernelExports } from './webassembly.ts';
import type { ReserveWorkspace, Workspace } from './workspace.ts';

/** A network that answers at once, not by promises. */
export interface WasmNetwork extends Network {
  train(data: Data, plan: MixPlan, options: TrainOptions): Score;
  evaluate(data: Data, index?: Int32Array): Score;
  predict(data: Data, index?: Int32Array): Rows<Float32Array>;
  inputGradients(data: Data, index?: Int32Array): Rows<Float32Array>;
}

/** What an engine lends its networks. */
export interface WasmContext {
  readonly kernel: KernelExports;
  readonly heap: Heap;
  readonly reserve: ReserveWorkspace;
  /** @throws TypeError or Error when `data` is not of this engine, or disposed */
  readonly dataOf: (data: Data, name: string) => WasmData;
}

export function createWasmNetwork(
  { kernel, heap, reserve, dataOf }: WasmContext,
  options: NetworkOptions,
): WasmNetwork {
  const { shape, weights, l2 = 0 } = options;
  checkMlpShape(shape, 'createNetwork');
  checkWeights(weights, shape, 'createNetwork');
  const optimizer = completeOptimizer(options.optimizer ?? { name: 'adam' }, 'createNetwork');
  const { head = 'softmax' } = shape;
  if (head !== 'softmax')
    throw new RangeError(`createNetwork: the wasm engine has the head 'softmax' only, got ${head}`);
  if (optimizer.name === 'adamw') throw new RangeError('createNetwork: the wasm engine has no AdamW yet, got adamw');
  if (!(l2 >= 0 && l2 < Infinity)) throw new RangeError(`createNetwork: l2 must be >= 0 and finite, got ${l2}`);

  const units = unitsOf(shape);
  const sizes = weights.map((_, layer) => layerSize(units[layer] as number, units[layer + 1] as number));
  const size = sizes.reduce((sum, next) => sum + next, 0);
  const descriptorBytes = at.HEADER_BYTES + units.length * at.RECORD_BYTES;
  // Descriptor, parameters, first moments, second moments.
  const block = heap.allocate(descriptorBytes + 3 * size * 4);
  const network = block.start;
  const parameters = network + descriptorBytes;
  const starts = sizes.map((_, layer) => parameters + 4 * sizes.slice(0, layer).reduce((sum, next) => sum + next, 0));
  for (const [layer, dense] of weights.entries()) {
    packLayer(dense, heap.float32(starts[layer] as number, sizes[layer] as number));
  }
  writeSettings(heap, network, optimizer, l2);

  let steps = 0;
  let disposed = false;
  const checkAlive = (name: string) => {
    if (disposed) throw new Error(`${name}: the network must not be used after dispose()`);
  };
  const fittingData = (data: Data, name: string) => {
    checkAlive(name);
    const fitting = dataOf(data, name);
    if (fitting.inputs !== shape.inputs || fitting.outputs !== shape.outputs) {
      const got = `${fitting.inputs} and ${fitting.outputs}`;
      throw new RangeError(`${name}: data must have ${shape.inputs} features and ${shape.outputs} classes, got ${got}`);
    }
    return fitting;
  };

  /** Buffers for one call, written into the descriptor. */
  const prepare = (batch: number, planRows: number): Workspace => {
    const workspace = reserve(units, batch, planRows);
    const header = heap.int32(network, at.HEADER_BYTES / 4);
    header[at.LAYERS / 4] = sizes.length;
    header[at.FIRST_MOMENT / 4] = size * 4;
    header[at.SECOND_MOMENT / 4] = size * 8;
    header[at.OPTIMIZER / 4] = optimizer.name === 'adam' ? at.OPTIMIZER_ADAM : at.OPTIMIZER_SGD;
    header[at.LABELS / 4] = workspace.labels;
    header[at.ERROR_PANEL / 4] = workspace.errorPanel;
    header[at.GRADIENT_PANEL / 4] = workspace.gradientPanel;
    header[at.TRANSPOSED_PANEL / 4] = workspace.transposedPanel;
    header[at.ZEROS / 4] = workspace.zeros;
    header[at.PARAMETERS / 4] = parameters;
    header[at.PARAMETER_BYTES / 4] = size * 4;
    for (const [layer, { output, errors, stride }] of workspace.layers.entries()) {
      const record = heap.int32(network + at.HEADER_BYTES + layer * at.RECORD_BYTES, at.RECORD_BYTES / 4);
      const isHidden = layer > 0 && layer < units.length - 1;
      record[at.UNITS / 4] = units[layer] as number;
      record[at.ACTIVATION / 4] = isHidden ? activationCode(shape) : at.ACTIVATION_LINEAR;
      record[at.OUTPUT / 4] = output;
      record[at.ERRORS / 4] = errors;
      record[at.STRIDE / 4] = stride;
      if (layer === 0) continue;
      const start = starts[layer - 1] as number;
      record[at.KERNEL / 4] = start;
      // The bias is the last thing of a layer.
      record[at.BIAS / 4] = start + 4 * ((sizes[layer - 1] as number) - padded(units[layer] as number));
    }
    return workspace;
  };

  const scoreOf = (rows: number): Score => {
    const [loss = 0, accuracy = 0] = heap.float64(network + at.LOSS_SUM, 2);
    return { loss: loss / rows, accuracy: accuracy / rows };
  };

  const pass = (name: string, data: Data, index: Int32Array | undefined, outputs: number) => {
    const { rows, x, y } = fittingData(data, name);
    const count = index ? index.length : rows;
    if (index) checkIndex(index, rows, name);
    const out = outputs > 0 && count > 0 ? heap.allocate(count * outputs * 4) : undefined;
    try {
      const workspace = prepare(1, count);
      if (index) heap.int32(workspace.index, count).set(index);
      kernel.evaluate(network, x, y, index ? workspace.index : 0, count, out?.start ?? 0);
      const score = scoreOf(count);
      if (count > 0 && !Number.isFinite(score.loss)) {
        throw new RangeError(`${name}: the loss must be finite, got ${score.loss}; ${REMEDY}`);
      }
      return { score, data: out ? heap.float32(out.start, count * outputs).slice() : new Float32Array(0), count };
    } finally {
      if (out) heap.free(out);
    }
  };

  return {
    train: (data, plan, { batchSize, layer = 0, masks, learningRate, signal }) => {
      if (layer !== 0 || masks || learningRate !== undefined) {
        throw new RangeError('train: the wasm engine has no layer, masks or learningRate yet, got one');
      }
      signal?.throwIfAborted();
      const { rows, x, y } = fittingData(data, 'train');
      checkPlan(plan, rows, 'train');
      const count = plan.index.length;
      if (!(count >= 1)) throw new RangeError(`train: plan must have at least one row, got ${count}`);
      if (!(Number.isInteger(batchSize) && batchSize >= 1)) {
        throw new RangeError(`train: batchSize must be an integer >= 1, got ${batchSize}`);
      }
      const batch = Math.min(batchSize, count);
      const workspace = prepare(batch, count);
      heap.int32(workspace.index, count).set(plan.index);
      heap.int32(workspace.partner, count).set(plan.partner);
      heap.float64(workspace.lambda, count).set(plan.lambda);
      const { index, partner, lambda } = workspace;
      const finiteness = kernel.train(network, x, y, index, partner, lambda, count, batch);
      steps += Math.ceil(count / batch);
      const score = scoreOf(count);
      if (!Number.isFinite(score.loss)) {
        throw new RangeError(`train: the loss is no longer finite after ${steps} steps; ${REMEDY}`);
      }
      if (finiteness !== 0) {
        throw new RangeError(`train: the weights are no longer finite after ${steps} steps; ${REMEDY}`);
      }
      return score;
    },
    evaluate: (data, index) => {
      if (index?.length === 0) throw new RangeError('evaluate: index must name at least one row, got 0');
      return pass('evaluate', data, index, 0).score;
    },
    predict: (data, index) => {
      const { data: probabilities, count } = pass('predict', data, index, shape.outputs);
      return { data: probabilities, shape: [count, shape.outputs] };
    },
    inputGradients: () => {
      throw new RangeError('inputGradients: the wasm engine has none yet');
    },
    weights: () => {
      checkAlive('weights');
      return sizes.map((length, layer) =>
        unpackLayer(heap.float32(starts[layer] as number, length), units[layer] as number, units[layer + 1] as number),
      );
    },
    get steps() {
      return steps;
    },
    dispose: () => {
      if (disposed) return;
      disposed = true;
      heap.free(block);
    },
  };
}

const REMEDY = 'lower the learning rate, or scale the features';

function writeSettings(heap: Heap, network: number, optimizer: Required<Adam> | Required<Sgd>, l2: number): void {
  const settings = heap.float64(network, at.HEADER_BYTES / 8);
  settings[at.LEARNING_RATE / 8] = optimizer.learningRate;
  settings[at.L2 / 8] = l2;
  settings[at.BETA1_POWER / 8] = 1;
  settings[at.BETA2_POWER / 8] = 1;
  if (optimizer.name === 'adam') {
    settings[at.BETA1 / 8] = optimizer.beta1;
    settings[at.BETA2 / 8] = optimizer.beta2;
    settings[at.EPSILON / 8] = optimizer.epsilon;
  } else {
    settings[at.BETA1 / 8] = optimizer.momentum;
  }
}

function activationCode({ activation = 'relu' }: MlpShape): number {
  return { linear: at.ACTIVATION_LINEAR, relu: at.ACTIVATION_RELU, tanh: at.ACTIVATION_TANH }[activation];
}

function checkIndex(index: Int32Array, rows: number, name: string): void {
  const wrong = index.find((row) => !(row >= 0 && row < rows));
  if (wrong !== undefined) throw new RangeError(`${name}: index must name rows in [0, ${rows}), got ${wrong}`);
}
