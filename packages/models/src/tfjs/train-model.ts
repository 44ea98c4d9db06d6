/** The training of any LayersModel on plans: what `model.fit` does, with the chance handed in. */
import type { MixPlan, Rows } from '@mixup/core';
import type { Optimizer as TfOptimizer } from '@tensorflow/tfjs-core';
import { checkOptions } from '../check-options.ts';
import type { Head, LoadOptions, Masks, Optimizer, StopSignal } from '../engine.ts';
import { createWatch, type EarlyStopping, type Watch } from './early-stopping.ts';
import { endingOf } from './ending.ts';
import { createModelNetwork, type TfjsTrainOptions } from './network.ts';
import { copyRows, type TfjsData } from './rows-data.ts';
import { checkTensorFlow, type LayersModel, type TensorFlow } from './tensorflow.ts';
import { checkCallbacks, type EpochLogs, type TrainCallbacks } from './train-callbacks.ts';

/** Rows to learn from or to be scored on. */
export interface LabelledRows {
  /** Features of shape [rows, ...item]. */
  readonly x: Rows;
  /** Labels of shape [rows, outputs], one-hot or soft. */
  readonly y: Rows;
  /** [rows], each >= 0; default 1. */
  readonly sampleWeight?: Float32Array | Float64Array;
}

export interface TrainModelOptions extends LabelledRows {
  /** >= 1 */
  readonly epochs: number;
  /** Rows per step, >= 1, default 32. */
  readonly batchSize?: number;
  /** The rows of an epoch in their order, mixed or plain: all chance is drawn here. @param epoch 0 first */
  readonly plan: (epoch: number) => MixPlan;
  /** Dropout masks for the rows of an epoch's plan. @param epoch 0 first */
  readonly masks?: (epoch: number) => Masks;
  /** Where rows are mixed, one number or one for each step of an epoch, see `TrainOptions.layer`. Default the plan's own, else 0. */
  readonly layer?: number | Int32Array;
  /** What the model is scored by. Default what it ends in: softmax or sigmoid; for a model that ends in linear it must be said. */
  readonly head?: Head;
  /** Ours, or one of tfjs's: `tf.train.rmsprop(0.001)`. Default Adam as Keras computes it. */
  readonly optimizer?: Optimizer | TfOptimizer;
  /** See `TrainOptions.learningRate`; not with an optimizer of tfjs's. */
  readonly learningRate?: number | ((step: number) => number);
  /** Weight of the sum of squared kernel entries in the loss that is minimised, >= 0, default 0. */
  readonly l2?: number;
  readonly validation?: LabelledRows;
  readonly earlyStopping?: EarlyStopping;
  readonly callbacks?: TrainCallbacks;
  /** Ends training between two batches; its reason is thrown. An `AbortSignal` is one. */
  readonly signal?: StopSignal;
}

/** As tfjs's History. */
export interface TrainHistory {
  /** The epochs trained, 0 first. */
  readonly epoch: readonly number[];
  /** By figure, one number for each epoch: 'loss', 'acc' and, with validation rows, 'val_loss', 'val_acc'. */
  readonly history: {
    readonly loss: readonly number[];
    readonly acc: readonly number[];
    readonly val_loss?: readonly number[];
    readonly val_acc?: readonly number[];
  };
  /** With early stopping: the epoch with the best figure. */
  readonly bestEpoch?: number;
}

/**
 * Train a model of one's own on plans: mixed, weighted and reproducible, which `model.fit` is not (it shuffles with
 * `Math.random`, and takes no sample weights).
 *
 * The model is trained in place and needs no `compile`. No tensor is left over. Dropout and noise layers draw chance of their own,
 * which no seed repeats: give `masks` instead.
 *
 * @param tf the running module
 * @param model one input, one output of shape [rows, outputs]
 * @returns the figures of each epoch
 * @throws RangeError when an option is unknown or does not fit, or training diverges; the signal's reason when it is aborted
 * @throws TypeError when `tf`, `model`, `plan` or `callbacks` is another thing
 * @example
 * const random = createRandom(0);
 * const { history } = await trainModel(tf, model, {
 *   x, y, epochs: 30, batchSize: 32,
 *   plan: () => sampleMixPlan(random, { batch: x.shape[0], alpha: 0.2 }),
 *   validation: { x: xTest, y: yTest },
 *   earlyStopping: { patience: 5 },
 * });
 */
export async function trainModel(
  tf: TensorFlow,
  model: LayersModel,
  options: TrainModelOptions,
): Promise<TrainHistory> {
  checkDoor(tf, model, options);
  checkNames(options);
  const { epochs, callbacks = {}, optimizer = { name: 'adam' }, l2 = 0 } = options;
  checkCallbacks(callbacks, 'trainModel');
  if (!(Number.isInteger(epochs) && epochs >= 1)) {
    throw new RangeError(`trainModel: epochs must be an integer >= 1, got ${epochs}`);
  }
  const head = options.head ?? headOf(model);
  const data = load(options, head, 'trainModel');
  const validation = options.validation && load(options.validation, head, 'trainModel: validation');
  const { earlyStopping } = options;
  const watch = earlyStopping && createWatch(tf, model, earlyStopping, validation !== undefined);
  const settings = { head, optimizer, l2, dataOf: (own: unknown) => own as TfjsData };
  const network = createModelNetwork(tf, model, settings, 'trainModel');
  const logs: EpochLogs[] = [];
  const trainEpochs = async () => {
    for (let epoch = 0; epoch < epochs; epoch++) {
      await callbacks.onEpochBegin?.(epoch);
      const { loss, accuracy } = await network.train(data, options.plan(epoch), epochOptions(options, epoch));
      const heldOut = validation && (await network.evaluate(validation));
      logs.push({ loss, acc: accuracy, ...(heldOut && { val_loss: heldOut.loss, val_acc: heldOut.accuracy }) });
      const isEnough = watch?.see(epoch, logs[epoch] as EpochLogs);
      await callbacks.onEpochEnd?.(epoch, logs[epoch] as EpochLogs);
      if (isEnough) break;
    }
  };
  try {
    watch?.begin();
    await callbacks.onTrainBegin?.();
    try {
      await trainEpochs();
    } finally {
      watch?.restore();
      await callbacks.onTrainEnd?.();
    }
    return historyOf(logs, watch);
  } finally {
    watch?.dispose();
    network.release();
  }
}

/** What would otherwise fail in a line of tfjs's or of JavaScript's. */
function checkDoor(tf: TensorFlow, model: LayersModel, options: TrainModelOptions): void {
  checkTensorFlow(tf, 'trainModel');
  if (!Array.isArray(Object(model).layers)) {
    throw new TypeError(`trainModel: model must be a tf.LayersModel, got ${typeof model}`);
  }
  const { x, y, plan } = Object(options) as Partial<TrainModelOptions>;
  for (const [name, rows] of Object.entries({ x, y })) {
    if (typeof rows !== 'object') throw new TypeError(`trainModel: ${name} must be rows, got ${typeof rows}`);
  }
  if (typeof plan !== 'function') {
    const how = 'all chance is drawn in it, as in plan: () => sampleMixPlan(random, { batch: x.shape[0] })';
    throw new TypeError(`trainModel: plan must be a function (${how}), got ${typeof plan}`);
  }
}

const rowNames = ['x', 'y', 'sampleWeight'];
const optionNames = [
  ...rowNames,
  ...['epochs', 'batchSize', 'plan', 'masks', 'layer', 'head', 'optimizer', 'learningRate', 'l2'],
  ...['validation', 'earlyStopping', 'callbacks', 'signal'],
];

/** @throws RangeError for an option that is not there, as `model.fit`'s validationData and shuffle */
function checkNames(options: TrainModelOptions): void {
  checkOptions(options, optionNames, 'trainModel');
  const { validation, earlyStopping } = options;
  if (validation !== undefined) checkOptions(validation, rowNames, 'trainModel: validation');
  if (earlyStopping !== undefined) {
    checkOptions(earlyStopping, ['monitor', 'patience', 'minDelta', 'restoreBest'], 'trainModel: earlyStopping');
  }
}

function epochOptions(options: TrainModelOptions, epoch: number): TfjsTrainOptions {
  const { batchSize = 32, layer, masks, learningRate, signal, callbacks } = options;
  return {
    batchSize,
    ...(layer !== undefined && { layer }),
    ...(masks && { masks: masks(epoch) }),
    ...(learningRate !== undefined && { learningRate }),
    ...(signal && { signal }),
    ...(callbacks?.onBatchBegin && {
      onStepBegin: (batch, { rows }) => callbacks.onBatchBegin?.(batch, { batch, size: rows }),
    }),
    ...(callbacks?.onBatchEnd && {
      onStep: (batch, { rows, loss, accuracy }) =>
        callbacks.onBatchEnd?.(batch, { batch, size: rows, loss, acc: accuracy }),
    }),
  };
}

function load({ x, y, sampleWeight }: LabelledRows, head: Head, name: string): TfjsData {
  const options: LoadOptions = { head, ...(sampleWeight && { weights: sampleWeight }) };
  return copyRows(x, y, options, name);
}

function headOf(model: LayersModel): Head {
  const ending = endingOf(model);
  if (ending === 'softmax' || ending === 'sigmoid') return ending;
  throw new RangeError(
    `trainModel: head must be said for a model that ends in ${ending}: 'softmax', 'sigmoid' or 'linear'`,
  );
}

function historyOf(logs: readonly EpochLogs[], watch: Watch | undefined): TrainHistory {
  const column = (key: keyof EpochLogs) => logs.map((log) => log[key] as number);
  const hasValidation = logs[0]?.val_loss !== undefined;
  return {
    epoch: logs.map((_, epoch) => epoch),
    history: {
      loss: column('loss'),
      acc: column('acc'),
      ...(hasValidation && { val_loss: column('val_loss'), val_acc: column('val_acc') }),
    },
    ...(watch?.bestEpoch !== undefined && { bestEpoch: watch.bestEpoch }),
  };
}
