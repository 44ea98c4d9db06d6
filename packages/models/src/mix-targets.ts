/** Targets of a batch: labels and weights as a plan mixes them. */
import { type FloatArray, type MixPlan, mixRows, type Rows } from '@mixup/core';

/** What the rows of a batch are scored on. */
export interface Targets<T extends FloatArray> {
  /** [batch, outputs] */
  readonly y: Rows<T>;
  /** [batch], or undefined where all are 1 */
  readonly weights: Rows | undefined;
}

/**
 * Mix labels and sample weights by the plan's own lambda for labels, where it has one, and weigh the rows as it says.
 *
 * @param y [rows, outputs]
 * @param weights [rows]
 */
export function mixTargets<T extends FloatArray>(y: Rows<T>, weights: Rows | undefined, plan: MixPlan): Targets<T> {
  const { index, partner, weight } = plan;
  const share: MixPlan = { index, partner, lambda: plan.labelLambda ?? plan.lambda };
  const mixed = weights && mixRows(weights, share);
  if (!weight) return { y: mixRows(y, share), weights: mixed };
  const data = weight.map((own, i) => own * (mixed ? (mixed.data[i] as number) : 1));
  return { y: mixRows(y, share), weights: { data, shape: [data.length] } };
}
