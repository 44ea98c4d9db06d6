/** Arms: the ways of training that a trial compares. Each turns chance into one plan an epoch over the training rows. */
import {
  identity,
  joinPlans,
  type MixPlan,
  mixupPlans,
  plainPlan,
  type Random,
  sampleLambda,
  samplePermutation,
  takePlan,
} from '@mixup/core';

/** The arms by name, in the order in which reports show them. */
export const armNames = ['baseline', 'append', 'duplicate', 'batch'] as const;

/**
 * - `baseline`: the training rows as they are.
 * - `append`: the article. One mixed batch, drawn once, stacked under the training rows.
 * - `duplicate`: the control of `append`. As many plain rows stacked, so as many gradient steps.
 * - `batch`: the paper. Every batch mixed with a permutation of itself, one lambda a batch, as in the authors' code.
 */
export type ArmName = (typeof armNames)[number];

/** The streams of one trial that arms draw from. */
export interface ArmStreams {
  /** Order of the rows in each epoch. */
  readonly order: Random;
  /** Partners and lambdas. */
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
}

/** One epoch of an arm, as a plan whose row numbers are those of the training rows. */
export type EpochPlan = (epoch: number) => MixPlan;

/**
 * Create the plans of an arm.
 *
 * The plan of an epoch is a function of the streams and the epoch alone, so it can be asked for in any order. All arms
 * of one trial see the plain rows in one order: `append` and `duplicate` only put more rows between them.
 *
 * @param streams of the trial; the arms of one trial share them
 * @returns the plan of epoch 0, 1, …
 * @throws RangeError when the data has fewer than 2 * mixSize rows
 */
export function createArm(name: ArmName, streams: ArmStreams, options: ArmOptions): EpochPlan {
  switch (name) {
    case 'baseline':
      return (epoch) => plainPlan(sampleOrder(streams.order, epoch, options.rows));
    case 'append':
      return createStacked(streams.order, options.rows, sampleStack(streams.mix, options));
    case 'duplicate':
      return createStacked(streams.order, options.rows, plainPlan(sampleStack(streams.mix, options).index));
    case 'batch':
      return (epoch) => sampleMixedEpoch(streams, epoch, options);
    default:
      return name satisfies never;
  }
}

function sampleOrder(order: Random, epoch: number, rows: number): Int32Array {
  return samplePermutation(order.fork(`epoch ${epoch}`), rows);
}

/** The article's one mixed batch: the first that its generator yields. */
function sampleStack(mix: Random, { rows, mixSize, alpha }: ArmOptions): MixPlan {
  return mixupPlans(mix.fork('stack'), { rows, batchSize: mixSize, alpha }).next().value;
}

/** The training rows with a stack under them, shuffled together each epoch. */
function createStacked(order: Random, rows: number, stack: MixPlan): EpochPlan {
  const whole = joinPlans(plainPlan(identity(rows)), stack);
  const places = order.fork('stack');
  return (epoch) => {
    // A permutation of all rows, in which the training rows then take the order that the baseline gives them.
    const mixed = sampleOrder(places, epoch, whole.index.length);
    const plain = sampleOrder(order, epoch, rows);
    let next = 0;
    return takePlan(
      whole,
      mixed.map((row) => (row < rows ? (plain[next++] as number) : row)),
    );
  };
}

function sampleMixedEpoch({ order, mix }: ArmStreams, epoch: number, options: ArmOptions): MixPlan {
  const { rows, batchSize, alpha } = options;
  const index = sampleOrder(order, epoch, rows);
  const partner = new Int32Array(rows);
  const lambda = new Float64Array(rows);
  const random = mix.fork(`epoch ${epoch}`);
  for (let at = 0; at < rows; at += batchSize) {
    const batch = index.subarray(at, at + batchSize);
    lambda.fill(sampleLambda(random, alpha, 1)[0] as number, at, at + batch.length);
    partner.set(
      samplePermutation(random, batch.length).map((row) => batch[row] as number),
      at,
    );
  }
  return { index, partner, lambda };
}
