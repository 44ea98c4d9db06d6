/** Streams of batches, each mixed within itself by a plan of its own. */
import { checkImages, drawPassing, type PassingMixOptions, toMethodOf } from './batch-method.ts';
import { checkRandom } from './check-random.ts';
import { mixImages } from './images.ts';
import { labelPlan } from './label-plan.ts';
import { toLabelRows } from './labels.ts';
import { mixRows } from './mix.ts';
import type { MixPlan } from './plan.ts';
import type { RandomSource } from './random.ts';
import { type Rows, type RowsLike, toRows } from './rows.ts';

/**
 * A batch: rows by name, as many in each, all mixed by one plan.
 *
 * What is named `y` holds labels: rows of shape [rows, classes]. The others are of any shape [rows, ...item]; where the plan has
 * boxes (CutMix, ResizeMix), those of shape [rows, height, width, channels] have them filled, and the rest is blended.
 */
export type RowsBatch = { readonly [name: string]: RowsLike };

/** A batch as it was read: rows under its names, nested arrays turned into them. */
export type BatchRows<B> = { readonly [K in keyof B]: Rows };

/** A mixed batch: rows under the names of the batch, and the plan that mixed them. */
export type MixedRows<B> = BatchRows<B> & { readonly plan: MixPlan };

/** How the batches of a stream are mixed; `methodOf` is given each with its rows read. */
export type StreamMixOptions<B> = PassingMixOptions<BatchRows<B>>;

/**
 * Mix a stream of batches, each within itself.
 *
 * An iterable gives an iterator and an async iterable an async one: a Node stream in object mode, a web
 * `ReadableStream`. One batch is read for each that is asked for, none ahead, so the pace is the reader's; leaving the loop
 * closes the source. Batches may differ in size: a short last one is mixed within itself too, and a batch of one row,
 * which can only meet itself, comes out as it went in. An empty batch is refused.
 *
 * @param batches each `{ x, y }`, or rows under other names; never changed
 * @param options.alpha both shapes of the Beta distribution, >= 0, default 0.2
 * @param options.lambdaPer 'row' (the default) or 'batch'
 * @param options.method instead of these two, draws the plan of a batch; its position has epoch 0 and counts the steps
 * @param options.methodOf instead, makes the method of each batch from the batch: for those that look up labels or features
 * @returns an iterator of `{ x, y, plan }`
 * @throws RangeError at once when an option is out of range; while reading, TypeError or RangeError for a batch that can't be mixed
 * @example
 * for await (const { x, y } of mixBatches(createRandom(0), stream, { alpha: 0.2 })) { … }
 * @example
 * mixBatches(createRandom(0), batches, { methodOf: ({ y }) => remix({ classes: toClassIds(y) }) });
 */
export function mixBatches<B extends RowsBatch>(
  random: RandomSource,
  batches: Iterable<B>,
  options?: StreamMixOptions<B>,
): Generator<MixedRows<B>, void, void>;
export function mixBatches<B extends RowsBatch>(
  random: RandomSource,
  batches: AsyncIterable<B>,
  options?: StreamMixOptions<B>,
): AsyncGenerator<MixedRows<B>, void, void>;
export function mixBatches<B extends RowsBatch>(
  random: RandomSource,
  batches: Iterable<B> | AsyncIterable<B>,
  options: StreamMixOptions<B> = {},
): Generator<MixedRows<B>, void, void> | AsyncGenerator<MixedRows<B>, void, void> {
  const mix = createMixer<B>(random, options, 'mixBatches');
  if (Symbol.asyncIterator in Object(batches)) return mixAsync(batches as AsyncIterable<B>, mix);
  if (Symbol.iterator in Object(batches)) return mixSync(batches as Iterable<B>, mix);
  throw new TypeError(`mixBatches: batches must be iterable or async iterable, got ${String(batches)}`);
}

function* mixSync<B, M>(batches: Iterable<B>, mix: (batch: B) => M): Generator<M, void, void> {
  for (const batch of batches) yield mix(batch);
}

async function* mixAsync<B, M>(batches: AsyncIterable<B>, mix: (batch: B) => M): AsyncGenerator<M, void, void> {
  for await (const batch of batches) yield mix(batch);
}

/** What `new TransformStream` takes. */
export interface MixTransformer<B> {
  transform(batch: B, controller: { enqueue(mixed: MixedRows<B>): void }): void;
}

/**
 * Create the transformer of a web stream that mixes each batch within itself.
 *
 * It is for `new TransformStream`, which is left to the caller, as not every engine has one. A batch that can't be mixed
 * fails the stream.
 *
 * @param options as for `mixBatches`
 * @throws RangeError when an option is out of range
 * @example
 * stream.pipeThrough(new TransformStream(createMixTransformer(createRandom(0), { alpha: 0.2 })));
 */
export function createMixTransformer<B extends RowsBatch = RowsBatch>(
  random: RandomSource,
  options: StreamMixOptions<B> = {},
): MixTransformer<B> {
  const mix = createMixer<B>(random, options, 'createMixTransformer');
  return {
    transform(batch, controller) {
      controller.enqueue(mix(batch));
    },
  };
}

function createMixer<B extends RowsBatch>(
  random: RandomSource,
  options: StreamMixOptions<B>,
  name: string,
): (batch: B) => MixedRows<B> {
  checkRandom(random, name);
  const methodOf = toMethodOf(options, name);
  let step = 0;
  return (batch) => {
    const parts = readBatch(batch, name);
    const rows = parts[0]?.[1].shape[0] as number;
    const position = { epoch: 0, step: step++ };
    const plan = drawPassing(
      random,
      methodOf(Object.fromEntries(parts) as BatchRows<B>, position),
      rows,
      position,
      name,
    );
    checkImages(
      plan,
      parts.map(([, part]) => part),
      'a part',
      name,
    );
    const mix = ([key, part]: Part) => {
      if (key === 'y') return mixRows(part, labelPlan(plan));
      return part.shape.length === 4 ? mixImages(part, plan) : mixRows(part, plan);
    };
    const mixed = parts.map((part) => [part[0], mix(part)]);
    return Object.fromEntries([...mixed, ['plan', plan]]) as MixedRows<B>;
  };
}

type Part = readonly [name: string, rows: Rows];

function readBatch(batch: RowsBatch, name: string): Part[] {
  if (typeof batch !== 'object' || batch === null || Array.isArray(batch)) {
    throw new TypeError(`${name}: batches must be objects of rows, such as { x, y }, got ${String(batch)}`);
  }
  const parts = Object.entries(batch).map(([key, rows]) => {
    if (key === 'plan') throw new RangeError(`${name}: rows must have another name than "plan", which the result has`);
    const place = `${name}: ${key}`;
    return [key, key === 'y' ? toLabelRows(rows, place) : toRows(rows, place)] as const;
  });
  const counts = parts.map(([, { shape }]) => shape[0]);
  if (!((counts[0] as number) >= 1) || counts.some((count) => count !== counts[0])) {
    throw new RangeError(
      `${name}: a batch must have as many rows in each part, at least 1, got ${counts.join(', ') || 'none'}`,
    );
  }
  return parts;
}
