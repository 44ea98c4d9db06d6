/** A network in the kernel's memory. */
import { boxArea, checkPlan, type MixPlan, type Rows } from '@mixup/core';
import { checkOptions } from '../check-options.ts';
import type { Data, Network, NetworkOptions, Score, TrainOptions } from '../engine.ts';
import { completeOptimizer } from '../optimizer.ts';
import { findNotFinite } from '../scan.ts';
import { checkMlpShape, checkWeights, unitsOf } from '../shape.ts';
import { completeTraining } from '../training.ts';
import type { WasmData } from './data.ts';
import { ALL_FINITE, MOMENTS_NOT_FINITE } from './descriptor.ts';
import type { Heap } from './heap.ts';
import { createLayout } from './layout.ts';
import { padded } from './panels.ts';
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
  const { shape, weights, optimizer: given = { name: 'adam' }, l2 = 0 } = Object(options) as NetworkOptions;
  checkMlpShape(shape, 'createNetwork');
  checkOptions(options, ['shape', 'weights', 'optimizer', 'l2'], 'createNetwork');
  checkWeights(weights, shape, 'createNetwork');
  const optimizer = completeOptimizer(given, 'createNetwork');
  if (!(l2 >= 0 && l2 < Infinity)) throw new RangeError(`createNetwork: l2 must be >= 0 and finite, got ${l2}`);

  const units = unitsOf(shape);
  const { head = 'softmax' } = shape;
  const remedy = `lower the learning rate, or scale the features${head === 'linear' ? ' and targets' : ''}`;
  const layout = createLayout(heap, shape, weights, optimizer, l2);
  let steps = 0;
  let disposed = false;
  const checkAlive = (name: string) => {
    if (disposed) throw new Error(`${name}: the network must not be used after dispose()`);
  };
  const fittingData = (data: Data, name: string) => {
    checkAlive(name);
    const fitting = dataOf(data, name);
    if (fitting.head !== head) {
      throw new RangeError(`${name}: data must be loaded for the head '${head}', got '${fitting.head}'`);
    }
    if (fitting.inputs !== shape.inputs || fitting.outputs !== shape.outputs) {
      const kind = head === 'softmax' ? 'classes' : 'outputs';
      const got = `${fitting.inputs} and ${fitting.outputs}`;
      throw new RangeError(`${name}: data must have ${shape.inputs} features and ${shape.outputs} ${kind}, got ${got}`);
    }
    return fitting;
  };

  const scoreOf = (rows: number): Score => {
    const { loss, accuracy } = layout.sums();
    return { loss: loss / rows, accuracy: accuracy / rows };
  };

  /** Run `call` over rows as they lie or as `index` names them, with room for `width` numbers a row. */
  const pass = (
    name: string,
    call: KernelExports['evaluate'],
    data: Data,
    index: Int32Array | undefined,
    width: number,
  ) => {
    const { rows, x, y, weights: sampleWeights } = fittingData(data, name);
    const count = index ? index.length : rows;
    if (index) checkIndex(index, rows, name);
    const out = width > 0 && count > 0 ? heap.allocate(count * width * 4) : undefined;
    try {
      const workspace = reserve(units, { batch: 1, rows: count, steps: 0, branches: 1, masked: [] });
      layout.prepare(workspace, { sampleWeights, hasRates: false, hasLayers: false });
      if (index) heap.int32(workspace.index, count).set(index);
      call(layout.start, x, y, index ? workspace.index : 0, count, out?.start ?? 0);
      const score = scoreOf(count);
      if (count > 0 && !Number.isFinite(score.loss)) {
        throw new RangeError(`${name}: the loss must be finite, got ${score.loss}; ${remedy}`);
      }
      return { score, data: out ? heap.float32(out.start, count * width).slice() : new Float32Array(0), count };
    } finally {
      if (out) heap.free(out);
    }
  };

  return {
    train: (data, plan, options) => {
      const { rows, x, y, weights: sampleWeights, image } = fittingData(data, 'train');
      checkPlan(plan, rows, 'train');
      const count = plan.index.length;
      const training = completeTraining(options, plan, shape, { taken: steps, image });
      const { batch, layers, learningRates, masks } = training;
      options.signal?.throwIfAborted();
      const workspace = reserve(units, {
        batch,
        rows: count,
        steps: layers || learningRates ? training.steps : 0,
        branches: layers ? 2 : 1,
        masked: masks.map(Boolean),
        // Rows with a box are not blended, but their labels are.
        hasLabelLambda: !!(plan.labelLambda || plan.box),
        hasPlanWeights: !!plan.weight,
        hasBoxes: !!plan.box,
      });
      layout.prepare(workspace, {
        sampleWeights,
        hasRates: !!learningRates,
        hasLayers: !!layers,
        image,
        fill: plan.fill,
      });
      heap.int32(workspace.index, count).set(plan.index);
      heap.int32(workspace.partner, count).set(plan.partner);
      heap.float64(workspace.lambda, count).set(plan.lambda);
      const labelLambda = plan.labelLambda ?? (plan.box && plan.lambda);
      if (labelLambda) heap.float64(workspace.labelLambda, count).set(labelLambda);
      if (plan.box) storeBoxes(heap, plan.box, workspace, count);
      if (plan.weight) heap.float64(workspace.planWeights, count).set(plan.weight);
      if (learningRates) heap.float64(workspace.rates, training.steps).set(learningRates);
      if (layers) heap.int32(workspace.mixLayers, training.steps).set(layers);
      for (const [layer, mask] of masks.entries()) {
        if (mask) storeMask(heap, mask, workspace.layers[layer]?.mask as number);
      }
      const { index, partner, lambda } = workspace;
      const finiteness = kernel.train(layout.start, x, y, index, partner, lambda, count, batch);
      steps += training.steps;
      const score = scoreOf(count);
      if (!Number.isFinite(score.loss)) {
        throw new RangeError(`train: the loss is no longer finite after ${steps} steps; ${remedy}`);
      }
      if (finiteness !== ALL_FINITE) {
        const what = finiteness === MOMENTS_NOT_FINITE ? "optimizer's moments" : 'weights';
        throw new RangeError(`train: the ${what} are no longer finite after ${steps} steps; ${remedy}`);
      }
      return score;
    },
    evaluate: (data, index) => {
      if (index?.length === 0) throw new RangeError('evaluate: index must name at least one row, got 0');
      return pass('evaluate', kernel.evaluate, data, index, 0).score;
    },
    predict: (data, index) => {
      const { data: predicted, count } = pass('predict', kernel.evaluate, data, index, shape.outputs);
      return { data: predicted, shape: [count, shape.outputs] };
    },
    inputGradients: (data, index) => {
      const name = 'inputGradients';
      const { data: gradients, count } = pass(name, kernel.inputGradients, data, index, shape.inputs);
      const wrong = findNotFinite(gradients);
      if (wrong >= 0) throw new RangeError(`${name}: gradients must be finite, got ${gradients[wrong]}; ${remedy}`);
      return { data: gradients, shape: [count, shape.inputs] };
    },
    weights: () => {
      checkAlive('weights');
      return layout.weights();
    },
    get steps() {
      return steps;
    },
    hiddenLayers: shape.hidden.length,
    dispose: () => {
      if (disposed) return;
      disposed = true;
      layout.free();
    },
  };
}

function storeMask(heap: Heap, { data, shape: [rows, units = 0] }: Rows<Float32Array>, start: number): void {
  const stride = padded(units);
  const target = heap.float32(start, rows * stride);
  // What lay there before may be NaN, which would be NaN in the padding too.
  if (stride !== units) target.fill(0);
  for (let row = 0; row < rows; row++) target.set(data.subarray(row * units, (row + 1) * units), row * stride);
}

/** What a box is filled into is the row's own image, whole. */
function storeBoxes(heap: Heap, box: Int32Array, { boxes, lambda }: Workspace, count: number): void {
  heap.int32(boxes, 4 * count).set(box);
  const weights = heap.float64(lambda, count);
  for (let i = 0; i < count; i++) if (boxArea(box, i) > 0) weights[i] = 1;
}

function checkIndex(index: Int32Array, rows: number, name: string): void {
  for (let i = 0; i < index.length; i++) {
    const row = index[i] as number;
    if (!(row >= 0 && row < rows)) throw new RangeError(`${name}: index must name rows in [0, ${rows}), got ${row}`);
  }
}
