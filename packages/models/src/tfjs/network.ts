/** A TensorFlow.js model in training: any LayersModel, batches from plans. */
import { checkPlan, itemSize, joinPlans, type MixPlan, mixRows, plainPlan, type Rows, takePlan } from '@mixup/core';
import { mixImages } from '@mixup/core/methods';
import type { Scalar, Tensor, Optimizer as TfOptimizer, Variable } from '@tensorflow/tfjs-core';
import type { Data, Head, MlpShape, Network, Optimizer, Score, TrainOptions } from '../engine.ts';
import { imageShapeOf } from '../image.ts';
import { mixTargets } from '../mix-targets.ts';
import { completeOptimizer } from '../optimizer.ts';
import { completeTraining, type Training, trainOptionNames } from '../training.ts';
import { readDense } from './dense-weights.ts';
import { createForward } from './forward.ts';
import { type Outputs, predictions, rowAccuracies, rowLosses } from './heads.ts';
import { createPauses } from './pause.ts';
import type { TfjsData } from './rows-data.ts';
import type { LayersModel, TensorFlow } from './tensorflow.ts';
import { adoptOptimizer, createUpdates } from './updates.ts';

/** A network that answers by promises. */
export interface TfjsNetwork extends Network {
  /** The model itself, trained in place: save it, inspect it, convert it. `dispose()` disposes of it. */
  readonly model: LayersModel;
  train(data: Data, plan: MixPlan, options: TfjsTrainOptions): Promise<Score>;
  evaluate(data: Data, index?: Int32Array): Promise<Score>;
  predict(data: Data, index?: Int32Array): Promise<Rows<Float32Array>>;
  inputGradients(data: Data, index?: Int32Array): Promise<Rows<Float32Array>>;
}

export interface TfjsTrainOptions extends TrainOptions {
  /** Told before each step. @param step of this call, 0 first */
  readonly onStepBegin?: (step: number, batch: { readonly rows: number }) => void | Promise<void>;
  /** Told after each step, its mean loss read back from the device; steps are slower for it. @param step of this call, 0 first */
  readonly onStep?: (step: number, score: Score & { readonly rows: number }) => void | Promise<void>;
}

/** How a model is trained. */
export interface ModelSettings {
  readonly head: Head;
  readonly optimizer: Optimizer | TfOptimizer;
  readonly l2: number;
  /** @throws TypeError or Error when `data` is not of this engine, or disposed */
  readonly dataOf: (data: Data, name: string) => TfjsData;
}

/** Rows of one forward pass, so that the activations of a convolutional net fit into memory. */
const CHUNK = 1024;
const optionNames = [...trainOptionNames, 'onStepBegin', 'onStep'];
const REMEDY = 'lower the learning rate, or scale the features';

/** @param name what errors of the making call the caller */
export function createModelNetwork(
  tf: TensorFlow,
  model: LayersModel,
  { head, optimizer, l2, dataOf }: ModelSettings,
  name: string,
): TfjsNetwork & { /** Give back all but the model. */ release(): void } {
  if (!(l2 >= 0 && l2 < Infinity)) throw new RangeError(`${name}: l2 must be >= 0 and finite, got ${l2}`);
  const forward = createForward(tf, model, head, name);
  const { inputs, hidden, outputs } = forward;
  const shape: MlpShape = { inputs, hidden, outputs };
  const variables = model.trainableWeights.map((weight) => weight.read() as Variable);
  const penalised = model.trainableWeights.map((weight) => l2 > 0 && /kernel/.test(weight.originalName));
  const updates =
    'applyGradients' in Object(optimizer)
      ? adoptOptimizer(optimizer as TfOptimizer, variables)
      : createUpdates(tf, completeOptimizer(optimizer as Optimizer, name), variables);

  let steps = 0;
  let disposed = false;
  const checkAlive = (what: string) => {
    if (disposed) throw new Error(`${what}: the network must not be used after dispose()`);
  };
  const fittingData = (data: Data, what: string): TfjsData => {
    checkAlive(what);
    const own = dataOf(data, what);
    const got = [itemSize(own.x), itemSize(own.y)] as const;
    if (got[0] !== inputs || got[1] !== outputs) {
      const units = head === 'softmax' ? 'classes' : 'outputs';
      throw new RangeError(
        `${what}: data must have ${inputs} features and ${outputs} ${units}, got ${got[0]} and ${got[1]}`,
      );
    }
    if (own.head !== head) {
      throw new RangeError(`${what}: data must be loaded for the head '${head}', got '${own.head}'`);
    }
    return own;
  };

  /** Losses and accuracies of rows as two sums. Inside a tidy. */
  const sumsOf = (out: Outputs, y: Tensor, weights: Tensor | undefined) => {
    const losses = rowLosses(tf, head, out, y);
    const loss = tf.sum(weights ? tf.mul(losses, weights) : losses);
    return { loss, accuracy: tf.sum(rowAccuracies(tf, head, out, y)) };
  };

  /** @returns loss sum and accuracy sum of the batch, on the device */
  const step = (own: TfjsData, plan: MixPlan, training: Training, i: number): Tensor => {
    const first = i * training.batch;
    const rows = Math.min(training.batch, plan.index.length - first);
    const batch = takePlan(plan, rangeOf(first, rows));
    const layer = training.layers?.[i] ?? 0;
    let sums: Tensor | undefined;
    const take = () => {
      const source = layer === 0 ? batch : joinPlans(plainPlan(batch.index), plainPlan(batch.partner));
      const x = tensorOf(tf, batch.box ? mixImages(own.x, batch) : mixRows(own.x, source));
      const targets = mixTargets(own.y, own.weights, batch);
      const y = tensorOf(tf, targets.y);
      const weights = targets.weights && tf.tensor1d(Float32Array.from(targets.weights.data));
      const masks = training.masks.map((mask) => mask && tensorOf(tf, rowsFrom(mask, first, rows)));
      const mix = layer === 0 ? undefined : { layer, lambda: tf.tensor1d(Float32Array.from(batch.lambda)) };
      const objective = () => {
        const out = forward.run(x, { training: true, masks, ...(mix && { mix }) });
        const { loss, accuracy } = sumsOf(out, y, weights);
        sums = tf.keep(tf.stack([loss, accuracy]));
        const penalties = penaltiesOf(model);
        return penalties.reduce((total, next) => tf.add(total, next), tf.div(loss, rows) as Scalar);
      };
      const { grads } = tf.variableGrads(objective, variables);
      const gradients = variables.map((variable, k) => {
        const gradient = grads[variable.name] as Tensor;
        // Of the sum of squares, at its known price.
        return penalised[k] ? tf.add(gradient, tf.mul(variable, 2 * l2)) : gradient;
      });
      updates.apply(gradients, training.learningRates?.[i], steps + 1);
      return sums as Tensor;
    };
    try {
      return tf.tidy(take);
    } catch (error) {
      // Kept, so no tidy takes it.
      if (sums) tf.dispose(sums);
      throw error;
    }
  };

  const checkFinite = async (loss: number) => {
    if (!Number.isFinite(loss)) {
      throw new RangeError(`train: the loss is no longer finite after ${steps} steps; ${REMEDY}`);
    }
    const { moments } = updates;
    for (const [what, numbers] of Object.entries({ "optimizer's moments": moments, weights: variables })) {
      if (numbers.length === 0) continue;
      // 0 x Infinity and 0 x NaN are NaN.
      const zero = tf.tidy(() => tf.addN(numbers.map((variable) => tf.sum(tf.mul(variable, 0)))));
      const [value = 0] = await read(tf, zero);
      if (!Number.isFinite(value)) {
        throw new RangeError(`train: the ${what} are no longer finite after ${steps} steps; ${REMEDY}`);
      }
    }
  };

  /** Chunks of rows, one after the other; what is computed of each is read back. */
  const pass = async (
    own: TfjsData,
    index: Int32Array | undefined,
    name: string,
    compute: (x: Tensor, y: Tensor, weights: Tensor | undefined) => Tensor,
  ): Promise<Float32Array[]> => {
    const rows = index ?? rangeOf(0, own.rows);
    const wrong = rows.find((row) => !(row >= 0 && row < own.rows));
    if (wrong !== undefined) throw new RangeError(`${name}: index must name rows in [0, ${own.rows}), got ${wrong}`);
    const results: Float32Array[] = [];
    for (let first = 0; first < rows.length; first += CHUNK) {
      checkAlive(name);
      const plan = plainPlan(rows.subarray(first, first + CHUNK));
      const result = tf.tidy(() => {
        const weights = own.weights && tensorOf(tf, mixRows(own.weights, plan));
        return compute(tensorOf(tf, mixRows(own.x, plan)), tensorOf(tf, mixRows(own.y, plan)), weights);
      });
      results.push(await read(tf, result));
    }
    return results;
  };

  const release = () => {
    if (disposed) return;
    disposed = true;
    updates.dispose();
  };

  return {
    model,
    train: async (data, plan, options) => {
      const own = fittingData(data, 'train');
      checkPlan(plan, own.rows, 'train');
      const count = plan.index.length;
      const from = { taken: steps, image: imageShapeOf(own.x), known: optionNames };
      const training = completeTraining(options, plan, shape, from);
      if (variables.length === 0) {
        throw new RangeError('train: model must have weights to train, got none: all of its layers are frozen');
      }
      options.signal?.throwIfAborted();
      const pauses = createPauses();
      let total: Tensor | undefined;
      let sums: Tensor | undefined;
      try {
        for (let i = 0; i < training.steps; i++) {
          const rows = Math.min(training.batch, count - i * training.batch);
          if (options.onStepBegin) {
            await options.onStepBegin(i, { rows });
            checkAlive('train');
          }
          sums = step(own, plan, training, i);
          steps++;
          if (options.onStep) {
            const [loss = 0, accuracy = 0] = await sums.data();
            await options.onStep(i, { loss: loss / rows, accuracy: accuracy / rows, rows });
          }
          const before = total;
          total = before ? tf.add(before, sums) : sums;
          if (before) tf.dispose([before, sums]);
          sums = undefined;
          await pauses.pause();
          checkAlive('train');
          if (i < training.steps - 1) options.signal?.throwIfAborted();
        }
        const [loss = 0, accuracy = 0] = await (total as Tensor).data();
        await checkFinite(loss);
        return { loss: loss / count, accuracy: accuracy / count };
      } finally {
        // A step or a callback may have thrown between the two.
        for (const left of [total, sums]) if (left) tf.dispose(left);
        pauses.close();
      }
    },
    evaluate: async (data, index) => {
      const own = fittingData(data, 'evaluate');
      if (index?.length === 0) throw new RangeError('evaluate: index must name at least one row, got 0');
      const sums = await pass(own, index, 'evaluate', (x, y, weights) => {
        const { loss, accuracy } = sumsOf(forward.run(x, { training: false }), y, weights);
        return tf.stack([loss, accuracy]);
      });
      const rows = index?.length ?? own.rows;
      const mean = (k: number) => sums.reduce((sum, chunk) => sum + (chunk[k] as number), 0) / rows;
      const loss = mean(0);
      if (!Number.isFinite(loss)) {
        throw new RangeError(`evaluate: the loss must be finite, got ${loss}; ${REMEDY}`);
      }
      return { loss, accuracy: mean(1) };
    },
    predict: async (data, index) => {
      const own = fittingData(data, 'predict');
      const chunks = await pass(own, index, 'predict', (x) =>
        predictions(tf, head, forward.run(x, { training: false })),
      );
      const predicted = joinRows(chunks, outputs);
      if (predicted.data.some((value) => !Number.isFinite(value))) {
        throw new RangeError(`predict: the predictions must be finite; ${REMEDY}`);
      }
      return predicted;
    },
    inputGradients: async (data, index) => {
      const own = fittingData(data, 'inputGradients');
      const chunks = await pass(own, index, 'inputGradients', (x, y, weights) =>
        tf.grad((rows) => sumsOf(forward.run(rows as Tensor, { training: false }), y, weights).loss)(x),
      );
      const gradients = joinRows(chunks, inputs);
      const wrong = gradients.data.find((value) => !Number.isFinite(value));
      if (wrong !== undefined) {
        throw new RangeError(`inputGradients: gradients must be finite, got ${wrong}; ${REMEDY}`);
      }
      return gradients;
    },
    weights: () => {
      checkAlive('weights');
      return readDense(model, 'weights');
    },
    get steps() {
      return steps;
    },
    hiddenLayers: hidden.length,
    release,
    dispose: () => {
      if (disposed) return;
      release();
      model.dispose();
    },
  };
}

/** The regularizers of all layers: a `tf.sequential` does not give those of its own. */
function penaltiesOf(model: LayersModel): Scalar[] {
  return model.layers.flatMap((layer) =>
    'layers' in layer ? penaltiesOf(layer as unknown as LayersModel) : layer.calculateLosses(),
  );
}

async function read(tf: TensorFlow, tensor: Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tf.dispose(tensor);
  }
}

function tensorOf(tf: TensorFlow, { data, shape }: Rows<Float32Array>): Tensor {
  return tf.tensor(data, [...shape]);
}

function rowsFrom({ data, shape }: Rows<Float32Array>, first: number, rows: number): Rows<Float32Array> {
  const width = shape[1] as number;
  return { data: data.slice(first * width, (first + rows) * width), shape: [rows, width] };
}

function joinRows(chunks: readonly Float32Array[], width: number): Rows<Float32Array> {
  const data = new Float32Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    data.set(chunk, at);
    at += chunk.length;
  }
  return { data, shape: [data.length / width, width] };
}

function rangeOf(first: number, count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => first + i);
}
