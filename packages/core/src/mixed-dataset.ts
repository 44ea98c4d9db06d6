/** Mixed datasets of tensors: what `model.fitDataset` takes, epoch by epoch from a seed. */
import {
  type BatchMethod,
  type BatchMixOptions,
  type BatchPosition,
  checkBatchPlan,
  checkImages,
  drawPassing,
  type PassingMixOptions,
  toBatchMethod,
  toMethodOf,
} from './batch-method.ts';
import { checkRandom } from './check-random.ts';
import { checkTensorOps, mixTensors, type TensorOps, type TensorTree, tensorsOf } from './mix-tensors.ts';
import { identity, samplePermutation } from './permutation.ts';
import type { MixPlan } from './plan.ts';
import type { Random, RandomSource } from './random.ts';

/** Features and labels, each a tensor or arrays and objects of tensors, as `model.fitDataset` has them. */
export interface TensorBatch {
  /** Of shape [rows, ...item]. */
  readonly xs: TensorTree;
  /** Of shape [rows, classes], or [rows, ...] for a regression; class ids, of shape [rows], are refused. */
  readonly ys: TensorTree;
}

/** Batches that can be gone through again and again: a `tf.data.Dataset`, as far as this reads it. */
export interface BatchSource<B> {
  /** Batches in an epoch, where that is known. */
  readonly size?: number | null;
  iterator(): Promise<{ next(): Promise<IteratorResult<B>> }>;
}

/** A dataset for `model.fitDataset`, each of its iterators one epoch. */
export interface MixedDataset<B> {
  /** Batches in an epoch, NaN where that is not known. */
  readonly size: number;
  /** Start the next epoch. Who reads a batch disposes of it, as `fitDataset` does. */
  iterator(): Promise<AsyncGenerator<B, void, void>>;
  /**
   * Make the dataset whose iterators each run through so many epochs of this one.
   *
   * `fitDataset` takes one iterator for all of its epochs where it is given `batchesPerEpoch`, and stops when that ends.
   *
   * @param times an integer >= 1; by default there is no end
   * @throws RangeError when `times` is no such integer
   * @example
   * await model.fitDataset(dataset.repeat(), { epochs: 30, batchesPerEpoch: 100 });
   */
  repeat(times?: number): MixedDataset<B>;
}

/** Where the epochs of a dataset start. */
export interface EpochOptions {
  /**
   * The epoch that is read first, an integer >= 0, default 0: what `fitDataset` is given as its own `initialEpoch`.
   *
   * A source with `fork` draws for it what an uninterrupted run does; one without goes on where it stands.
   */
  readonly initialEpoch?: number;
}

/** How tensors become an epoch of batches. */
export interface TensorDatasetOptions extends BatchMixOptions, EpochOptions {
  /** Rows in a batch, an integer >= 1, default 32; the last batch of an epoch is as short as it comes. */
  readonly batchSize?: number;
  /** Whether each epoch has an order of its own; default true. */
  readonly shuffle?: boolean;
}

/** How the batches of a dataset are mixed; `methodOf` may wait for the values of its tensors, which it leaves as they are. */
export type DatasetMixOptions<B> = PassingMixOptions<B, BatchMethod | Promise<BatchMethod>> & EpochOptions;

/**
 * Create a dataset of mixed batches from tensors: shuffled, cut and mixed anew in each epoch, all from `random`.
 *
 * A batch is mixed within itself, so a last batch of one row stays as it is. A source with `fork`, such as
 * `createRandom(seed)`, gives each epoch a stream of its own: epoch 7 is the same however much of the others was read.
 * Give two datasets two forks. An epoch is one pass through the data, whatever `batchesPerEpoch` calls one.
 *
 * Epochs are counted as they are read, from `initialEpoch`, and the method is told which it is. To look at batches before
 * training, take a dataset of its own: what is read of this one counts.
 *
 * @param tf the running TensorFlow.js
 * @param data tensors of as many rows each; read, never disposed of
 * @returns what `model.fitDataset` takes; each batch is new tensors
 * @throws RangeError when rows differ in number, labels are of rank 1 or an option is out of range
 * @example
 * const dataset = createTensorDataset(createRandom(0), tf, { xs, ys }, { batchSize: 32, alpha: 0.2 });
 * await model.fitDataset(dataset, { epochs: 30 });
 * @example
 * const rest = createTensorDataset(createRandom(0), tf, { xs, ys }, { alpha: 0.2, initialEpoch: 20 });
 * await model.fitDataset(rest, { epochs: 30, initialEpoch: 20 }); // the last 10 epochs of those above
 */
export function createTensorDataset<B extends TensorBatch>(
  random: RandomSource | Random,
  tf: TensorOps,
  data: B,
  options: TensorDatasetOptions = {},
): MixedDataset<B> {
  const name = 'createTensorDataset';
  checkRandom(random, name);
  const method = toBatchMethod(options, name, ['batchSize', 'shuffle', 'initialEpoch']);
  const { batchSize = 32, shuffle = true } = options;
  checkTensorOps(tf, name);
  if (!(Number.isInteger(batchSize) && batchSize >= 1)) {
    throw new RangeError(`${name}: batchSize must be an integer >= 1, got ${batchSize}`);
  }
  const rows = checkBatch(data, 'data', name);

  async function* readEpoch(stream: RandomSource, epoch: number): AsyncGenerator<B, void, void> {
    const order = shuffle ? samplePermutation(stream, rows) : identity(rows);
    for (let step = 0; step * batchSize < rows; step++) {
      const index = order.subarray(step * batchSize, (step + 1) * batchSize);
      const plan = method(stream, index, { epoch, step });
      checkBatchPlan(plan, name);
      yield mixBatch(tf, data, plan, name);
    }
  }
  return toDataset(random, options, Math.ceil(rows / batchSize), readEpoch, name);
}

/**
 * Mix the batches of a dataset, each within itself: `tf.data`'s own, say, after `batch()`.
 *
 * Each batch of the source is disposed of once it is mixed, as `dataset.map` does, and nothing is read ahead.
 *
 * @param tf the running TensorFlow.js
 * @param dataset its elements are batches `{ xs, ys }`
 * @param options.methodOf makes the method of each batch from the batch: for those that look up labels or features
 * @returns what `model.fitDataset` takes, of as many batches
 * @throws RangeError when an option is out of range; while reading, when a batch can't be mixed
 * @example
 * await model.fitDataset(mixDataset(random, tf, tf.data.csv(url, config).map(toRow).batch(32), { alpha: 0.2 }), { epochs: 30 });
 * @example
 * mixDataset(random, tf, dataset, {
 *   methodOf: ({ ys }: { ys: tf.Tensor }) => remix({ classes: tf.tidy(() => tf.argMax(ys, 1).dataSync()) }),
 * });
 */
export function mixDataset<B>(
  random: RandomSource | Random,
  tf: TensorOps,
  dataset: BatchSource<B>,
  options: DatasetMixOptions<B> = {},
): MixedDataset<B> {
  const name = 'mixDataset';
  checkRandom(random, name);
  const methodOf = toMethodOf(options, name, ['initialEpoch']);
  checkTensorOps(tf, name);
  if (typeof dataset?.iterator !== 'function') {
    throw new TypeError(`${name}: dataset must have iterator(), as a tf.data.Dataset has, got ${String(dataset)}`);
  }

  async function* mixAll(stream: RandomSource, epoch: number): AsyncGenerator<B, void, void> {
    const batches = await dataset.iterator();
    for (let step = 0; ; step++) {
      const { done, value } = await batches.next();
      if (done) return;
      yield (await takeBatch(tf, value, methodOf, stream, { epoch, step })) as B;
    }
  }
  return toDataset(random, options, dataset.size ?? Number.NaN, mixAll, name);
}

/** Mix a batch and dispose of it, also where it can't be mixed. */
async function takeBatch<B>(
  tf: TensorOps,
  batch: B,
  methodOf: (batch: B, position: BatchPosition) => BatchMethod | Promise<BatchMethod>,
  random: RandomSource,
  position: BatchPosition,
): Promise<TensorBatch> {
  const name = 'mixDataset';
  try {
    const tensors = batch as TensorBatch;
    const rows = checkBatch(tensors, 'batches', name);
    const plan = drawPassing(random, await methodOf(batch, position), rows, position, name);
    return mixBatch(tf, tensors, plan, name);
  } finally {
    tf.dispose(batch as never);
  }
}

/**
 * Check that features and labels belong together, and that labels can be blended.
 *
 * @param what the errors call them
 * @returns how many rows they have
 * @throws TypeError where one of the two is missing
 * @throws RangeError when their rows differ in number, or there is none; for labels of rank 1, whatever their dtype
 */
function checkBatch(batch: TensorBatch, what: string, name: string): number {
  const { xs, ys } = batch ?? {};
  if (!(xs && ys)) throw new TypeError(`${name}: ${what} must be { xs, ys }`);
  const counts = tensorsOf([xs, ys]).map(({ shape }) => shape[0]);
  const [rows] = counts;
  if (rows === undefined || counts.some((count) => count !== rows)) {
    throw new RangeError(`${name}: all tensors must have as many rows, got ${counts.join(', ') || 'no tensor'}`);
  }
  const ids = tensorsOf(ys).find(({ shape }) => shape.length === 1);
  if (ids) {
    throw new RangeError(
      `${name}: ys must have shape [rows, classes], or [rows, 1] for a regression, got ${ids.dtype} of shape [${rows}]; turn class ids into rows with tf.oneHot(tf.cast(ys, 'int32'), classes), numbers into a column with tf.expandDims(ys, 1)`,
    );
  }
  return rows;
}

function mixBatch<B extends TensorBatch>(tf: TensorOps, data: B, plan: MixPlan, name: string): B {
  checkImages(plan, tensorsOf(data.xs), 'xs', name);
  return mixTensors(tf, { xs: data.xs, ys: data.ys }, plan) as object as B;
}

function toDataset<B>(
  random: RandomSource | Random,
  { initialEpoch = 0 }: EpochOptions,
  size: number,
  read: (stream: RandomSource, epoch: number) => AsyncGenerator<B, void, void>,
  name: string,
): MixedDataset<B> {
  if (!(Number.isInteger(initialEpoch) && initialEpoch >= 0)) {
    throw new RangeError(`${name}: initialEpoch must be an integer >= 0, got ${initialEpoch}`);
  }
  let epochs = initialEpoch;
  // Counted when it is first read: fitDataset asks for one iterator more than it reads.
  async function* readNext(): AsyncGenerator<B, void, void> {
    const epoch = epochs++;
    yield* read('fork' in random ? random.fork(`epoch ${epoch}`) : random, epoch);
  }
  return repeatable(size, readNext);
}

function repeatable<B>(size: number, read: () => AsyncGenerator<B, void, void>): MixedDataset<B> {
  return {
    size,
    iterator: async () => read(),
    repeat(times = Infinity) {
      if (!(times === Infinity || (Number.isInteger(times) && times >= 1))) {
        throw new RangeError(`repeat: times must be an integer >= 1, or nothing for no end, got ${times}`);
      }
      return repeatable(times * size, async function* () {
        for (let i = 0, some = true; i < times && some; i++) {
          some = false;
          for await (const batch of read()) {
            // What has no batch would be gone through for ever.
            some = true;
            yield batch;
          }
        }
      });
    },
  };
}
