/** Mixing weights for the rows of a batch: who shares a draw, folding, and the chance to be mixed at all. */
import { checkRandom } from './check-random.ts';
import type { Pairing } from './pairing.ts';
import { sampleLambda } from './plan.ts';
import type { RandomSource } from './random.ts';

/** Which rows share a lambda: none, two that meet each other, or all. */
export type LambdaPer = 'row' | 'pair' | 'batch';

/**
 * Fold weights to 0.5 or more: `max(lambda, 1 - lambda)`.
 *
 * fastai does so. composer takes min(lambda, 1 - lambda) of the partner, which is the same.
 *
 * @param lambda [batch], each in [0, 1]; never changed
 */
export function foldLambda(lambda: Float64Array): Float64Array {
  return lambda.map((weight) => Math.max(weight, 1 - weight));
}

/** Partners, weights, and the number of the draw that each row takes. */
export interface Couples {
  readonly partner: Int32Array;
  readonly lambda: Float64Array;
  /** [batch], 0 … draws - 1 */
  readonly draw: Int32Array;
}

/** What `drawCouples` needs to know. */
export interface CouplesOptions {
  readonly alpha: number;
  readonly lambdaPer: LambdaPer;
  readonly fold: boolean;
  readonly p: number;
  readonly pairing: Pairing;
}

/**
 * Check options, and return what draws partners and weights by them.
 *
 * Weights are drawn before partners, except per pair, where the partners say who shares.
 *
 * @param name what the errors call the caller
 */
export function drawCouples(
  name: string,
  options: CouplesOptions,
): (random: RandomSource, index: Int32Array) => Couples {
  const { alpha, lambdaPer, fold, p, pairing } = options;
  if (!(Number.isFinite(alpha) && alpha >= 0))
    throw new RangeError(`${name}: alpha must be >= 0 and finite, got ${alpha}`);
  checkChance(p, name);
  checkFold(fold, name);
  if (lambdaPer !== 'row' && lambdaPer !== 'pair' && lambdaPer !== 'batch') {
    throw new RangeError(`${name}: lambdaPer must be 'row', 'pair' or 'batch', got ${String(lambdaPer)}`);
  }
  if (typeof pairing !== 'function') {
    throw new TypeError(`${name}: pairing must be a function, such as rollPairing, got ${String(pairing)}`);
  }
  return (random, index) => {
    checkRandom(random, name);
    if (!(index?.length >= 0)) {
      throw new TypeError(`${name}: index must be row numbers, such as identity(30), got ${String(index)}`);
    }
    if (index.length === 0) throw new RangeError(`${name}: a batch must have a row, got none`);
    const met = lambdaPer === 'pair' ? pairing(random, index) : undefined;
    const draw = met
      ? pairNumbers(index, met, `${name}: lambdaPer 'pair'`)
      : index.map((_, i) => (lambdaPer === 'row' ? i : 0));
    const weights = drawWeights(random, { alpha, fold, p }, 1 + draw.reduce((most, i) => Math.max(most, i), 0));
    const lambda = Float64Array.from(draw, (i) => weights[i] as number);
    return { partner: met ?? pairing(random, index), lambda, draw };
  };
}

/** @throws TypeError when the chance `p` is no number; RangeError when it is not in [0, 1] */
export function checkChance(p: number, name: string): void {
  if (typeof p !== 'number') throw new TypeError(`${name}: p must be a number in [0, 1], got ${p && typeof p}`);
  if (!(p >= 0 && p <= 1)) throw new RangeError(`${name}: p must be in [0, 1], got ${p}`);
}

/** @throws TypeError when `fold` is no boolean */
export function checkFold(fold: boolean, name: string): void {
  if (typeof fold !== 'boolean') throw new TypeError(`${name}: fold must be true or false, got ${String(fold)}`);
}

/** One weight a draw; then one coin a draw, where there is a choice. */
function drawWeights(
  random: RandomSource,
  { alpha, fold, p }: { alpha: number; fold: boolean; p: number },
  size: number,
): Float64Array {
  const drawn = sampleLambda(random, alpha, size);
  const weights = fold ? foldLambda(drawn) : drawn;
  return p === 1 ? weights : weights.map((weight) => (random() < p ? weight : 1));
}

/**
 * Number the couples of rows that meet each other, from 0 in the order of the batch; a row that meets itself is alone.
 *
 * @param index [batch]
 * @param partner [batch]
 * @param name what the error calls the caller, and its option
 * @returns [batch], the number of the couple of each row
 * @throws RangeError when rows do not meet each other
 */
export function pairNumbers(index: Int32Array, partner: Int32Array, name: string): Int32Array {
  const waiting = new Map<string, number[]>();
  const numbers = new Int32Array(index.length);
  let count = 0;
  for (const [i, row] of index.entries()) {
    const other = partner[i] as number;
    const twin = waiting.get(`${other} ${row}`)?.pop();
    numbers[i] = twin === undefined ? count++ : (numbers[twin] as number);
    if (twin !== undefined || row === other) continue;
    const key = `${row} ${other}`;
    waiting.set(key, [...(waiting.get(key) ?? []), i]);
  }
  for (const rows of waiting.values()) {
    const i = rows[0];
    if (i === undefined) continue;
    throw new RangeError(
      `${name} needs rows that meet each other, as flipPairing and halvesPairing give: ` +
        `row ${index[i]} meets ${partner[i]}, which meets another`,
    );
  }
  return numbers;
}
