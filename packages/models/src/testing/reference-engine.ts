/** An engine that is slow and plain: float64, the formulas as they are published. The one that other engines are compared with. */
import { checkPlan, itemSize, joinPlans, mixRows, plainPlan, type Rows, takePlan, toRows } from '@mixup/core';
import { mixImages } from '@mixup/core/methods';
import { checkOptions } from '../check-options.ts';
import type { Data, Engine, Head, NetworkOptions } from '../engine.ts';
import { imageShapeOf } from '../image.ts';
import { checkLabels, checkSampleWeights } from '../labels.ts';
import { mixTargets } from '../mix-targets.ts';
import { completeOptimizer } from '../optimizer.ts';
import { checkMlpShape, checkWeights } from '../shape.ts';
import { completeTraining } from '../training.ts';
import { type Dense64, type Pass, runPass } from './reference-pass.ts';

interface OwnData {
  readonly x: Rows<Float64Array>;
  readonly y: Rows<Float64Array>;
  readonly weights: Rows<Float64Array>;
  readonly head: Head;
}

/**
 * Start an engine for multilayer perceptrons in plain TypeScript and float64.
 *
 * Features, labels, sample weights and initial weights are rounded to float32 first, as other engines keep them; all that follows
 * is not. It does everything that the contract of `Engine` asks for, hundreds of times slower than the kernel.
 *
 * @example
 * const network = createReferenceEngine().createNetwork({ shape, weights });
 */
export function createReferenceEngine(): Engine {
  const owned = new WeakMap<Data, OwnData>();
  return {
    name: 'reference',
    load: (x, y, options = {}) => {
      checkOptions(options, ['head', 'weights'], 'load');
      const { head = 'softmax', weights } = options;
      const features = toRows(x, 'load: x');
      const labels = checkLabels(y, head, 'load');
      const rows = features.shape[0];
      if (labels.shape[0] !== rows) {
        throw new RangeError(`load: x and y must have as many rows, got ${rows} and ${labels.shape[0]}`);
      }
      checkFloat32(features, 'x');
      checkFloat32(labels, 'y');
      if (weights) checkSampleWeights(weights, rows, 'load');
      const data: Data = { rows, dispose: () => owned.delete(data) };
      owned.set(data, {
        x: { data: round(features.data), shape: [rows, ...(imageShapeOf(features) ?? [itemSize(features)])] },
        y: { data: round(labels.data), shape: labels.shape },
        weights: { data: weights ? round(weights) : new Float64Array(rows).fill(1), shape: [rows] },
        head,
      });
      return data;
    },
    createNetwork: (options) => createReferenceNetwork(options, owned),
  };
}

function checkFloat32(rows: Rows, name: string): void {
  const at = rows.data.findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (at < 0) return;
  const row = Math.floor(at / itemSize(rows));
  throw new RangeError(`load: ${name} must be within the range of float32, got more in row ${row}; scale it first`);
}

function round(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values, Math.fround);
}

function createReferenceNetwork(
  options: NetworkOptions,
  owned: WeakMap<Data, OwnData>,
): ReturnType<Engine['createNetwork']> {
  const { shape, optimizer: given = { name: 'adam' }, l2 = 0 } = options;
  checkOptions(options, ['shape', 'weights', 'optimizer', 'l2'], 'createNetwork');
  const { activation = 'relu', head = 'softmax', outputs, inputs } = shape;
  checkMlpShape(shape, 'createNetwork');
  checkWeights(options.weights, shape, 'createNetwork');
  const optimizer = completeOptimizer(given, 'createNetwork');
  const network: Dense64[] = options.weights.map(({ kernel, bias }) => {
    const [inputs, outputs] = kernel.shape as readonly [number, number];
    return { inputs, outputs, kernel: round(kernel.data), bias: round(bias) };
  });
  const parameters = network.flatMap(({ kernel, bias }) => [kernel, bias]);
  const first = parameters.map((values) => new Float64Array(values.length));
  const second = parameters.map((values) => new Float64Array(values.length));
  let steps = 0;
  let disposed = false;

  const checkAlive = (name: string) => {
    if (disposed) throw new Error(`${name}: the network must not be used after dispose()`);
  };
  const ownData = (data: Data, name: string): OwnData => {
    checkAlive(name);
    const own = owned.get(data);
    if (!own) throw new TypeError(`${name}: data must be what load() of the same engine returned`);
    const got = [itemSize(own.x), itemSize(own.y)];
    if (got[0] !== inputs || got[1] !== outputs) {
      throw new RangeError(
        `${name}: data must have ${inputs} features and ${outputs} outputs, got ${got[0]} and ${got[1]}`,
      );
    }
    if (own.head !== head)
      throw new RangeError(`${name}: data must be loaded for the head '${head}', got '${own.head}'`);
    return own;
  };

  const pass = (data: Data, index: Int32Array | undefined, name: string): Pass & { rows: number } => {
    const own = ownData(data, name);
    const plan = plainPlan(index ?? Int32Array.from({ length: data.rows }, (_, row) => row));
    const wrong = plan.index.find((row) => !(row >= 0 && row < data.rows));
    if (wrong !== undefined) throw new RangeError(`${name}: index must name rows in [0, ${data.rows}), got ${wrong}`);
    const batch = {
      x: mixRows(own.x, plan).data,
      y: mixRows(own.y, plan).data,
      weights: mixRows(own.weights, plan).data,
      lambda: plan.lambda,
    };
    return { ...runPass(network, activation, head, { ...batch, layer: 0, masks: [] }), rows: plan.index.length };
  };

  const update = (gradients: readonly Float64Array[], rate: number) => {
    steps++;
    for (const [i, values] of parameters.entries()) {
      const [m, v, g] = [first[i], second[i], gradients[i]] as [Float64Array, Float64Array, Float64Array];
      for (let k = 0; k < values.length; k++) {
        const gradient = g[k] as number;
        const value = values[k] as number;
        if (optimizer.name === 'sgd') {
          m[k] = optimizer.momentum * (m[k] as number) - rate * gradient;
          values[k] = value + (m[k] as number);
          continue;
        }
        const { beta1, beta2, epsilon } = optimizer;
        const decayed = optimizer.name === 'adamw' ? value * (1 - rate * optimizer.weightDecay) : value;
        m[k] = beta1 * (m[k] as number) + (1 - beta1) * gradient;
        v[k] = beta2 * (v[k] as number) + (1 - beta2) * gradient * gradient;
        const corrected = (rate * Math.sqrt(1 - beta2 ** steps)) / (1 - beta1 ** steps);
        values[k] = decayed - (corrected * (m[k] as number)) / (Math.sqrt(v[k] as number) + epsilon);
      }
    }
  };

  return {
    train: (data, plan, options) => {
      const own = ownData(data, 'train');
      checkPlan(plan, data.rows, 'train');
      const count = plan.index.length;
      const training = completeTraining(options, plan, shape, { taken: steps, image: imageShapeOf(own.x) });
      options.signal?.throwIfAborted();
      let [loss, accuracy] = [0, 0];
      for (let i = 0; i < training.steps; i++) {
        const start = i * training.batch;
        const rows = Math.min(training.batch, count - start);
        const batch = takePlan(
          plan,
          Int32Array.from({ length: rows }, (_, row) => start + row),
        );
        const layer = training.layers?.[i] ?? 0;
        const source = layer === 0 ? batch : joinPlans(plainPlan(batch.index), plainPlan(batch.partner));
        const targets = mixTargets(own.y, own.weights, batch);
        const result = runPass(network, activation, head, {
          x: (batch.box ? mixImages(own.x, batch) : mixRows(own.x, source)).data,
          y: targets.y.data,
          weights: Float64Array.from(targets.weights?.data ?? []),
          lambda: batch.lambda,
          layer,
          masks: training.masks.map((mask) => mask && rowsOf(mask, start, rows)),
        });
        loss += sum(result.losses);
        accuracy += sum(result.accuracies);
        const gradients = result.gradients.flatMap(({ kernel, bias }, l) => [
          kernel.map((g, k) => g / rows + 2 * l2 * ((network[l] as Dense64).kernel[k] as number)),
          bias.map((g) => g / rows),
        ]);
        update(gradients, training.learningRates?.[i] ?? optimizer.learningRate);
      }
      if (!Number.isFinite(loss)) throw new RangeError(`train: the loss is no longer finite after ${steps} steps`);
      return { loss: loss / count, accuracy: accuracy / count };
    },
    evaluate: (data, index) => {
      if (index?.length === 0) throw new RangeError('evaluate: index must name at least one row, got 0');
      const { losses, accuracies, rows } = pass(data, index, 'evaluate');
      return { loss: sum(losses) / rows, accuracy: sum(accuracies) / rows };
    },
    predict: (data, index) => {
      const { predictions, rows } = pass(data, index, 'predict');
      return { data: Float32Array.from(predictions), shape: [rows, outputs] };
    },
    inputGradients: (data, index) => {
      const { inputGradients, rows } = pass(data, index, 'inputGradients');
      return { data: Float32Array.from(inputGradients), shape: [rows, inputs] };
    },
    weights: () => {
      checkAlive('weights');
      return network.map(({ kernel, bias, inputs, outputs }) => ({
        kernel: { data: Float32Array.from(kernel), shape: [inputs, outputs] },
        bias: Float32Array.from(bias),
      }));
    },
    get steps() {
      return steps;
    },
    hiddenLayers: shape.hidden.length,
    dispose: () => {
      disposed = true;
    },
  };
}

function rowsOf({ data, shape }: Rows, start: number, rows: number): Rows {
  const width = shape[1] as number;
  return { data: data.slice(start * width, (start + rows) * width), shape: [rows, width] };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
