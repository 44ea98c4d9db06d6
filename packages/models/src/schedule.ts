/** Learning-rate schedules. */
import type { LearningRateSchedule } from './engine.ts';

/** What a cosine decay goes through. Rates >= 0 and finite, steps integers. */
export interface CosineDecayOptions {
  /** The highest rate, where the decay starts. */
  readonly learningRate: number;
  /** Steps of the decay, >= 1; from then on the rate stays at `end`. */
  readonly steps: number;
  /** Where it ends, default 0. */
  readonly end?: number;
  /** Steps before the decay, in which the rate rises in a line from 0, >= 0, default 0. */
  readonly warmupSteps?: number;
}

/**
 * Create a schedule that falls along half a cosine: `end + (learningRate - end) (1 + cos(pi t / steps)) / 2`, t steps after
 * the warm-up. As Keras's CosineDecay, with the same bits in every JavaScript engine.
 *
 * @returns the rate of a step, for `train`'s `learningRate`
 * @throws RangeError when a rate or a number of steps is out of range
 * @example
 * const learningRate = cosineDecay({ learningRate: 0.01, steps: 1000, warmupSteps: 50 });
 * network.train(data, plan, { batchSize: 30, learningRate });
 * @see Loshchilov, Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017
 */
export function cosineDecay(options: CosineDecayOptions): LearningRateSchedule {
  const { learningRate, steps, end = 0, warmupSteps = 0 } = options;
  for (const rate of [learningRate, end]) {
    if (!(rate >= 0 && rate < Infinity)) {
      throw new RangeError(`cosineDecay: learningRate and end must be >= 0 and finite, got ${rate}`);
    }
  }
  if (!(Number.isInteger(steps) && steps >= 1)) {
    throw new RangeError(`cosineDecay: steps must be an integer >= 1, got ${steps}`);
  }
  if (!(Number.isInteger(warmupSteps) && warmupSteps >= 0)) {
    throw new RangeError(`cosineDecay: warmupSteps must be an integer >= 0, got ${warmupSteps}`);
  }
  return (step) => {
    if (step < warmupSteps) return (learningRate * step) / warmupSteps;
    const turn = Math.min(1, (step - warmupSteps) / steps);
    return end + ((learningRate - end) * (1 + cosineOfHalfTurns(turn))) / 2;
  };
}

/**
 * cos(pi t) for t in [0, 1], within 4e-16: engines may give another last bit to Math.cos. It is sin(pi (1/2 - t)), whose Taylor
 * series is broken off after the 21st power: what is left is below 2e-18.
 */
function cosineOfHalfTurns(t: number): number {
  const x = Math.PI * (0.5 - t);
  let sum = 0;
  for (let power = 21; power >= 3; power -= 2) sum = ((sum + 1) * -x * x) / (power * (power - 1));
  return x * (1 + sum);
}
