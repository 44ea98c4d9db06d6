/** The plan of labels: that of their rows, with the weight that is their own. */
import type { MixPlan } from './plan.ts';

/** @returns the plan for the labels of the rows: its own weights where a method gives some (Remix), else `plan` itself */
export function labelPlan(plan: MixPlan): MixPlan {
  return plan.labelLambda ? { ...plan, lambda: plan.labelLambda } : plan;
}
