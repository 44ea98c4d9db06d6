/** Weights of samples and of classes, carried through a mix. */

import { toLabelRows } from './labels.ts';
import { mixRows } from './mix.ts';
import { checkPlanForm, type MixPlan } from './plan.ts';
import { itemSize, type Rows, type RowsLike } from './rows.ts';
import { mixLabels } from './targets.ts';

/** Labels and how much each row of them counts. */
export interface WeightedLabels {
  /** Rows of shape [rows, classes]. */
  readonly labels: Rows;
  /** [rows], each >= 0. */
  readonly weights: Float64Array;
}

/**
 * Mix labels whose rows count differently.
 *
 * With a loss that is linear in the label (cross-entropy of any kind), weight times loss of the mixed row is exactly
 * `lambda w_i loss(y_i) + (1 - lambda) w_j loss(y_j)`: the weight is `lambda w_i + (1 - lambda) w_j`, the label the mean
 * of both with these two shares. The plan's own `weight` multiplies it. Where both weights are 0 the label is the plain mix.
 *
 * @param y rows of shape [rows, classes]; never changed
 * @param weights [rows], each >= 0 and finite
 * @returns rows and weights of the batch
 * @throws RangeError when a weight is out of range, there are not as many as rows, or the plan does not fit
 */
export function mixWeightedLabels(y: RowsLike, weights: ArrayLike<number>, plan: MixPlan): WeightedLabels {
  const source = toLabelRows(y, 'mixWeightedLabels: y');
  const rows = source.shape[0];
  const data = checkWeights(weights, 'mixWeightedLabels: weights');
  if (data.length !== rows) {
    throw new RangeError(`mixWeightedLabels: weights must be one for each of ${rows} rows, got ${data.length}`);
  }
  checkPlanForm(plan, 'mixWeightedLabels');
  const { index, partner } = plan;
  const share = plan.labelLambda ?? plan.lambda;
  const mixed = mixRows({ data, shape: [rows] }, { index, partner, lambda: share }).data;
  const lambda = share.map((own, i) => {
    const total = mixed[i] as number;
    return total > 0 ? Math.min(1, (own * (data[index[i] as number] as number)) / total) : own;
  });
  return {
    labels: mixLabels(source, { index, partner, lambda }),
    weights: mixed.map((weight, i) => weight * (plan.weight?.[i] ?? 1)),
  };
}

/**
 * Weigh label rows by the weights of their classes, mixed rows too.
 *
 * With cross-entropy, weight times loss of a row is `-sum_c classWeights_c y_c log p_c`: the weight is `sum_c classWeights_c y_c`
 * and the label `classWeights_c y_c` over it. As this is linear it may be done before or after a mix. A row of weight 0
 * keeps its label.
 *
 * @param y rows of shape [rows, classes]; never changed
 * @param classWeights [classes], each >= 0 and finite
 * @throws RangeError when a weight is out of range, or there are not as many as classes
 */
export function weighClasses(y: RowsLike, classWeights: ArrayLike<number>): WeightedLabels {
  const rows = toLabelRows(y, 'weighClasses: y');
  const classes = itemSize(rows);
  const scale = checkWeights(classWeights, 'weighClasses: classWeights');
  if (scale.length !== classes) {
    throw new RangeError(`weighClasses: classWeights must be one for each of ${classes} classes, got ${scale.length}`);
  }
  const weights = new Float64Array(rows.shape[0]);
  rows.data.forEach((value, i) => {
    const row = Math.floor(i / classes);
    weights[row] = (weights[row] as number) + value * (scale[i % classes] as number);
  });
  const data = rows.data.map((value: number, i: number) => {
    const weight = weights[Math.floor(i / classes)] as number;
    return weight > 0 ? (value * (scale[i % classes] as number)) / weight : value;
  });
  return { labels: { data, shape: rows.shape }, weights };
}

function checkWeights(weights: ArrayLike<number>, name: string): Float64Array {
  if (!(weights?.length >= 0)) throw new TypeError(`${name} must be numbers, got ${String(weights)}`);
  return Float64Array.from(weights, (weight, at) => {
    if (!(Number.isFinite(weight) && weight >= 0)) {
      throw new RangeError(`${name} must be >= 0 and finite, got ${String(weight)} at ${at}`);
    }
    return weight;
  });
}
