/** Dropout masks: the chance of dropout as plain data, drawn before training. */
import type { RandomSource, Rows } from '@mixup/core';
import type { Masks, MlpShape } from './engine.ts';
import { checkMlpShape } from './shape.ts';

/** How much is dropped, and for how many rows masks are drawn. */
export interface DropoutOptions {
  /** Rows of the plan that the masks go with, an integer >= 1. */
  readonly rows: number;
  /** Probability that a hidden unit is dropped, in [0, 1); one for all hidden layers, or one for each. */
  readonly rate: number | readonly number[];
  /** Probability that a feature is dropped, in [0, 1), default 0. */
  readonly inputRate?: number;
}

/**
 * Draw dropout masks for the rows of a plan: each unit of each row is dropped with probability `rate`, else multiplied by
 * `1 / (1 - rate)`, so that its expectation stays.
 *
 * One number is drawn for each unit, layer by layer (the input first), row by row; a layer with rate 0 draws nothing and has
 * no mask.
 *
 * @returns masks as `Network.train` takes them: entry h of shape [rows, units of layer h]
 * @throws RangeError when the shape is no network, or `rows` or a rate is out of range
 * @example
 * const masks = sampleDropoutMasks(random, shape, { rows: plan.index.length, rate: 0.5 });
 * network.train(data, plan, { batchSize: 30, masks });
 * @see Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014
 */
export function sampleDropoutMasks(random: RandomSource, shape: MlpShape, options: DropoutOptions): Masks {
  checkMlpShape(shape, 'sampleDropoutMasks');
  const { rows, rate, inputRate = 0 } = options;
  if (!(Number.isInteger(rows) && rows >= 1)) {
    throw new RangeError(`sampleDropoutMasks: rows must be an integer >= 1, got ${rows}`);
  }
  if (typeof rate !== 'number' && rate.length !== shape.hidden.length) {
    throw new RangeError(
      `sampleDropoutMasks: rate must be one number or ${shape.hidden.length}, one for each hidden layer, got ${rate.length}`,
    );
  }
  const rates = [inputRate, ...(typeof rate === 'number' ? shape.hidden.map(() => rate) : rate)];
  for (const each of rates) {
    if (!(each >= 0 && each < 1)) throw new RangeError(`sampleDropoutMasks: rates must be in [0, 1), got ${each}`);
  }
  return [shape.inputs, ...shape.hidden].map((units, layer) => sampleMask(random, rows, units, rates[layer] as number));
}

function sampleMask(random: RandomSource, rows: number, units: number, rate: number): Rows<Float32Array> | undefined {
  if (rate === 0) return undefined;
  const kept = 1 / (1 - rate);
  const data = Float32Array.from({ length: rows * units }, () => (random() < rate ? 0 : kept));
  return { data, shape: [rows, units] };
}
