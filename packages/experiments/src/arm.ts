/** Arms: the ways of training that a trial compares. Each turns chance into one plan an epoch over the training rows. */
import {
  identity,
  joinPlans,
  type MixPlan,
  mixupPlans,
  plainPlan,
  type Random,
  sampleBeta,
  samplePermutation,
  takePlan,
} from '@mixup/core';
import { cutMix, type ImageSize, type MixMethod, regMixup, remix } from '@mixup/core/methods';

/** The arms by name, in the order in which reports show them. */
export const armNames = [
  'baseline',
  'append',
  'duplicate',
  'batch',
  'cutmix',
  'manifold',
  'regmixup',
  'remix',
] as const;

/**
 * - `baseline`: the training rows as they are.
 * - `append`: the article. One mixed batch, drawn once, stacked under the training rows.
 * - `duplicate`: the control of `append`. As many plain rows stacked, so as many gradient steps.
 * - `batch`: the paper. Every batch mixed with a permutation of itself, one lambda a batch, as in the authors' code.
 * - `cutmix`: a box of each image filled from its partner, one box a batch; each label weighs its share of the pixels.
 * - `manifold`: `batch`, mixed after a hidden layer, drawn for each step, in place of the input.
 * - `regmixup`: every batch as it is and mixed as in `batch`, in one loss; a step passes twice as many rows.
 * - `remix`: `batch`, with labels that lean to the rarer class where one is three times as frequent as the other.
 */
export type ArmName = (typeof armNames)[number];

/** The arms of a config that names none: the article's, its control, and the paper's. */
export const defaultArmNames = ['baseline', 'append', 'duplicate', 'batch'] as const satisfies readonly ArmName[];

/**
 * Count the rows that a step of an arm passes for each row of a batch.
 *
 * @returns 2 for `regmixup`, whose steps so are no cheaper than two of the baseline's, else 1
 */
export function rowsPerBatchRow(name: ArmName): 1 | 2 {
  return name === 'regmixup' ? 2 : 1;
}

/** The streams of one trial that arms draw from. */
export interface ArmStreams {
  /** Order of the rows in each epoch. */
  readonly order: Random;
  /** Partners, lambdas, boxes and layers. */
  readonly mix: Random;
}

export interface ArmOptions {
  /** Training rows, >= 1. */
  readonly rows: number;
  /** Rows per step, >= 1. */
  readonly batchSize: number;
  /** Rows that `append` and `duplicate` stack, in [1, rows / 2]. */
  readonly mixSize: number;
  /** Both shapes of the Beta distribution, >= 0. */
  readonly alpha: number;
  /** What `cutmix` cuts from: the form of the rows, where they are images. */
  readonly image?: ImageSize | undefined;
  /** [rows] What `remix` counts: the class of each training row. */
  readonly classes?: ArrayLike<number>;
  /** What `manifold` draws from: how many hidden layers the network has that rows can be mixed after. */
  readonly hiddenLayers?: number;
}

/** One epoch of an arm. */
export interface ArmEpoch {
  /** Its row numbers are those of the training rows. */
  readonly plan: MixPlan;
  /** Rows of the plan in one step. */
  readonly batchSize: number;
  /** [steps] where each step mixes; at the input where nothing is said. */
  readonly layer?: Int32Array;
}

/**
 * The epochs of an arm, 0 first. Each call gives arrays of its own, to be written over by who asked; `index` and `partner` are one
 * array, or have no memory in common.
 */
export type EpochPlan = (epoch: number) => ArmEpoch;

/**
 * Create the plans of an arm.
 *
 * The plan of an epoch is a function of the streams and the epoch alone, so it can be asked for in any order. All arms
 * of one trial see the plain rows in one order: `append` and `duplicate` only put more rows between them. `manifold`,
 * `regmixup` and `remix` have the partners and lambdas of `batch`.
 *
 * @param streams of the trial; the arms of one trial share them
 * @returns the plan of epoch 0, 1, …
 * @throws RangeError when `alpha` is not >= 0 and finite, or the data has fewer than 2 * mixSize rows, or not what the arm needs: images, classes, hidden layers
 */
export function createArm(name: ArmName, streams: ArmStreams, options: ArmOptions): EpochPlan {
  const { rows, batchSize, alpha, image, classes, hiddenLayers = 0 } = options;
  if (!(alpha >= 0 && alpha < Infinity)) {
    throw new RangeError(`createArm: alpha must be >= 0 and finite, got ${alpha}`);
  }
  const inBatches = (plan: MixPlan): ArmEpoch => ({ plan, batchSize });
  const byMethod = (method: MixMethod) => (epoch: number) =>
    inBatches(sampleMethodEpoch(streams, epoch, options, method));
  switch (name) {
    case 'baseline':
      return (epoch) => inBatches(plainPlan(sampleOrder(streams.order, epoch, rows)));
    case 'append':
      return createStacked(streams, options, sampleStack(streams.mix, options));
    case 'duplicate':
      return createStacked(streams, options, plainPlan(sampleStack(streams.mix, options).index));
    case 'batch':
      return (epoch) => inBatches(sampleMixedEpoch(streams, epoch, options));
    case 'cutmix':
      if (!image) throw new RangeError('createArm: cutmix must have images, got rows of another form');
      return byMethod(cutMix({ ...image, alpha, lambdaPer: 'batch' }));
    case 'manifold':
      if (!(hiddenLayers >= 1)) {
        throw new RangeError(
          `createArm: manifold must have a network with hidden layers that rows can be mixed after, got ${hiddenLayers}`,
        );
      }
      return (epoch) => ({
        ...inBatches(sampleMixedEpoch(streams, epoch, options)),
        layer: sampleLayers(streams.mix, epoch, Math.ceil(rows / batchSize), hiddenLayers),
      });
    case 'regmixup': {
      const mixed = byMethod(regMixup({ alpha, lambdaPer: 'batch' }));
      return (epoch) => ({ ...mixed(epoch), batchSize: rowsPerBatchRow(name) * batchSize });
    }
    case 'remix':
      if (!classes) throw new RangeError('createArm: remix must have the classes of the training rows, got none');
      return byMethod(remix({ classes, alpha, lambdaPer: 'batch' }));
    default:
      return name satisfies never;
  }
}

/** Orders that were drawn already: the arms of a trial have them in common. */
const drawn = new WeakMap<Random, Int32Array[]>();

/** The order of so many rows in an epoch, for the caller to keep. */
function sampleOrder(order: Random, epoch: number, rows: number): Int32Array {
  const orders = drawn.get(order) ?? [];
  drawn.set(order, orders);
  const known = orders[epoch];
  const own = known?.length === rows ? known : samplePermutation(order.fork(`epoch ${epoch}`), rows);
  orders[epoch] = own;
  return own.slice();
}

/** The streams of places that were forked already: what is drawn from one is found again by it. */
const forked = new WeakMap<Random, Random>();

/** Where `append` and `duplicate`, which have as many rows, put them: a stream that they have in common. */
function placesOf({ order }: ArmStreams): Random {
  const known = forked.get(order) ?? order.fork('stack');
  forked.set(order, known);
  return known;
}

/** The article's one mixed batch: the first that its generator yields. */
function sampleStack(mix: Random, { rows, mixSize, alpha }: ArmOptions): MixPlan {
  return mixupPlans(mix.fork('stack'), { rows, batchSize: mixSize, alpha }).next().value;
}

/** The training rows with a stack under them, shuffled together each epoch. */
function createStacked(streams: ArmStreams, { rows, batchSize }: ArmOptions, stack: MixPlan): EpochPlan {
  const whole = joinPlans(plainPlan(identity(rows)), stack);
  const places = placesOf(streams);
  return (epoch) => {
    // A permutation of all rows, in which the training rows then take the order that the baseline gives them.
    const order = sampleOrder(places, epoch, whole.index.length);
    reorder(order, sampleOrder(streams.order, epoch, rows));
    return { plan: takePlan(whole, order), batchSize };
  };
}

/** Put the numbers of `plain`, which are those below its length, in its own order at the places where they are in `order`. */
function reorder(order: Int32Array, plain: Int32Array): void {
  let next = 0;
  for (let i = 0; i < order.length; i++) {
    if ((order[i] as number) < plain.length) order[i] = plain[next++] as number;
  }
}

function sampleMixedEpoch(streams: ArmStreams, epoch: number, options: ArmOptions): MixPlan {
  const { rows, batchSize, alpha } = options;
  const index = sampleOrder(streams.order, epoch, rows);
  const partner = new Int32Array(rows);
  const lambda = new Float64Array(rows);
  const random = streams.mix.fork(`epoch ${epoch}`);
  for (let at = 0; at < rows; at += batchSize) {
    const batch = index.subarray(at, at + batchSize);
    lambda.fill(alpha > 0 ? sampleBeta(random, alpha, alpha) : 1, at, at + batch.length);
    const order = samplePermutation(random, batch.length);
    for (let i = 0; i < order.length; i++) partner[at + i] = batch[order[i] as number] as number;
  }
  return { index, partner, lambda };
}

/** Every batch by a method, from the stream that `batch` draws from, so that what both draw is the same. */
function sampleMethodEpoch(
  streams: ArmStreams,
  epoch: number,
  { rows, batchSize }: ArmOptions,
  method: MixMethod,
): MixPlan {
  const index = sampleOrder(streams.order, epoch, rows);
  const random = streams.mix.fork(`epoch ${epoch}`);
  const plans: MixPlan[] = [];
  for (let at = 0; at < rows; at += batchSize) plans.push(method(random, index.subarray(at, at + batchSize)));
  return joinPlans(...plans);
}

/** One of the hidden layers for each step, all alike. */
function sampleLayers(mix: Random, epoch: number, steps: number, hiddenLayers: number): Int32Array {
  const random = mix.fork('layer').fork(`epoch ${epoch}`);
  return Int32Array.from({ length: steps }, () => 1 + Math.floor(random() * hiddenLayers));
}
