/** Training metrics that mean something while labels are mixed. */

import { toLabelRows } from './labels.ts';
import { checkPlan, type MixPlan } from './plan.ts';
import { type FloatArray, itemSize, type Rows, type RowsLike, toRows } from './rows.ts';
import {
  argMax,
  checkSameShape,
  entropies,
  mapRows,
  type PredictionOptions,
  pairExcess,
  readPair,
  toDistributions,
} from './soft-loss.ts';
import { mixLabels } from './targets.ts';

/** How a model does on a mixed batch, and what the best it could do is: means over the rows. */
export interface MixedMetrics {
  readonly rows: number;
  /** Mean cross-entropy, in nats. */
  readonly loss: number;
  /** Mean entropy of the labels: the least that the loss can be. */
  readonly floor: number;
  /** `loss - floor`, >= 0 but for roundings. */
  readonly excess: number;
  /** Lambda-weighted accuracy, in [0, ceiling]. */
  readonly accuracy: number;
  /** Mean weight of the heaviest class: the most that the accuracy can be. */
  readonly ceiling: number;
}

/**
 * Judge predictions by mixed labels: the loss beside its floor, the accuracy beside its ceiling.
 *
 * @param predictions rows of shape [rows, classes], at least one
 * @param y label rows of shape [rows, classes], each summing to 1: those trained on, as `mixLabels` gives them
 * @throws RangeError when shapes differ, a row is no distribution, or there is no row
 * @example
 * mixedMetrics([[0.7, 0.3]], [[0.7, 0.3]]); // loss 0.61, floor 0.61, excess 0, accuracy 0.7, ceiling 0.7
 */
export function mixedMetrics(predictions: RowsLike, y: RowsLike, options: PredictionOptions = {}): MixedMetrics {
  const name = 'mixedMetrics';
  const pair = readPair(predictions, y, options, name);
  const { labels } = pair;
  const excess = mean(pairExcess(pair), name);
  const floor = mean(entropies(labels), name);
  return {
    rows: labels.shape[0],
    loss: floor + excess,
    floor,
    excess,
    accuracy: mean(weightedHits(pair), name),
    ceiling: mean(
      mapRows(labels, (row) => row[argMax(row)] as number),
      name,
    ),
  };
}

/**
 * Find the lambda-weighted accuracy: the mean weight that the labels give to the predicted class.
 *
 * For mixed one-hot labels it is `lambda [k = a] + (1 - lambda) [k = b]`, what the authors' code reports as training
 * accuracy. It is no share of right answers: even a perfect model stays below 1.
 *
 * @param predictions rows of shape [rows, classes], probabilities or logits; the first of equal greatest ones counts
 * @param y label rows of shape [rows, classes], each summing to 1
 * @returns a number in [0, 1]
 * @throws RangeError when shapes differ, a label is no distribution, or there is no row
 * @see Zhang, Cisse, Dauphin, Lopez-Paz, "mixup: Beyond Empirical Risk Minimization", 2017, its code
 */
export function mixedAccuracy(predictions: RowsLike, y: RowsLike): number {
  const name = 'mixedAccuracy';
  const given = toLabelRows(predictions, `${name}: predictions`);
  const labels = toDistributions(y, `${name}: y`);
  checkSameShape(given, labels, name);
  return mean(weightedHits({ given, labels }), name);
}

function weightedHits({ given, labels }: { readonly given: Rows; readonly labels: Rows }): Float64Array {
  return mapRows(given, (row, at) => labels.data[at + argMax(row)] as number);
}

function mean(values: Float64Array, name: string): number {
  if (values.length === 0) throw new RangeError(`${name}: there must be at least 1 row, got 0`);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The loss of one row: a prediction and a target of shape [classes], and a number. */
export type RowLoss = (prediction: FloatArray, target: FloatArray) => number;

/** A loss under a plan in its two forms, each [batch]. */
export interface LossForms {
  /** `lambda L(p, y_a) + (1 - lambda) L(p, y_b)`, as the authors' code has it. */
  readonly twoLosses: Float64Array;
  /** `L(p, lambda y_a + (1 - lambda) y_b)`, as Keras and timm have it. */
  readonly mixedLabel: Float64Array;
  /** The greatest difference of the two over the rows. */
  readonly gap: number;
  /** Whether the gap is more than roundings make: whether it matters which form a program uses. */
  readonly differ: boolean;
}

/**
 * Compare the two forms of a loss under mixup.
 *
 * They are equal where the loss is linear in the target, as cross-entropy is. For squared error they differ by
 * `lambda (1 - lambda)` times the mean square of `y_a - y_b`. Lambda is the weight of the label: `labelLambda` where the
 * plan has it.
 *
 * @param loss of one row
 * @param predictions [batch, classes], for the mixed rows
 * @param y targets [rows, classes] of the source, before mixing
 * @param plan [batch]
 * @throws RangeError when the plan or the shapes do not fit, or the loss is NaN
 * @example
 * const plan = { index: Int32Array.of(0), partner: Int32Array.of(1), lambda: Float64Array.of(0.7) };
 * compareLossForms(squaredError, [[0.19, 0.3, 0.51]], [[1, 0, 0], [0, 1, 0]], plan).differ; // true: 0.313 and 0.173
 */
export function compareLossForms(loss: RowLoss, predictions: RowsLike, y: RowsLike, plan: MixPlan): LossForms {
  const name = 'compareLossForms';
  const given = toRows(predictions, `${name}: predictions`);
  const targets = toLabelRows(y, `${name}: y`);
  checkPlan(plan, targets.shape[0], name);
  const mixed = mixLabels(targets, plan);
  const { index, partner, lambda, labelLambda = lambda } = plan;
  checkSameShape(given, mixed, name);
  const size = itemSize(targets);
  const row = (data: FloatArray, i: number) => data.subarray(i * size, (i + 1) * size);
  const twoLosses = new Float64Array(lambda.length);
  const mixedLabel = new Float64Array(lambda.length);
  let gap = 0;
  let scale = 0;
  for (let i = 0; i < twoLosses.length; i++) {
    const weight = labelLambda[i] as number;
    const prediction = row(given.data, i);
    const own = loss(prediction, row(targets.data, index[i] as number));
    const other = loss(prediction, row(targets.data, partner[i] as number));
    // An infinite loss of weight 0 is none.
    const two = (weight > 0 ? weight * own : 0) + (weight < 1 ? (1 - weight) * other : 0);
    const one = loss(prediction, row(mixed.data, i));
    if (Number.isNaN(two) || Number.isNaN(one))
      throw new RangeError(`${name}: loss must be a number, got NaN in row ${i}`);
    twoLosses[i] = two;
    mixedLabel[i] = one;
    // Both infinite: equal.
    if (two !== one) gap = Math.max(gap, Math.abs(two - one));
    if (Number.isFinite(two)) scale = Math.max(scale, Math.abs(two));
  }
  // Mixed labels in float32 carry roundings of 6e-8 each, in float64 of 1e-16.
  const rounding = targets.data instanceof Float32Array ? 1e-5 : 1e-12;
  return { twoLosses, mixedLabel, gap, differ: gap > rounding * Math.max(1, scale) };
}

/** The cross-entropy of one row of probabilities, in nats; linear in the target. */
export function crossEntropy(prediction: FloatArray, target: FloatArray): number {
  let sum = 0;
  for (let k = 0; k < target.length; k++) {
    const weight = target[k] as number;
    if (weight > 0) sum -= weight * Math.log(prediction[k] as number);
  }
  return sum;
}

/** The squared error of one row, its mean over the classes; not linear in the target. */
export function squaredError(prediction: FloatArray, target: FloatArray): number {
  let sum = 0;
  for (let k = 0; k < target.length; k++) sum += ((prediction[k] as number) - (target[k] as number)) ** 2;
  return sum / target.length;
}
