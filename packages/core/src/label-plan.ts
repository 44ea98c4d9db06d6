/** What mixes labels: the plan of their rows, with the weight that is their own; and the names that tell them. */
import type { MixPlan } from './plan.ts';

/** @returns the plan for the labels of the rows: its own weights where a method gives some (Remix), else `plan` itself */
export function labelPlan(plan: MixPlan): MixPlan {
  return plan.labelLambda ? { ...plan, lambda: plan.labelLambda } : plan;
}

/**
 * Check the names of labels.
 *
 * @param labels undefined where none were given
 * @param parts what they are names in
 * @param name what the error calls the caller
 * @throws TypeError for what is no list; RangeError for a name that `parts` does not have
 */
export function checkLabelNames(labels: readonly string[] | undefined, parts: object, name: string): void {
  if (labels === undefined) return;
  if (!Array.isArray(labels)) throw new TypeError(`${name}: labels must be a list of names, got ${String(labels)}`);
  const unknown = labels.find((label) => !Object.hasOwn(parts, label));
  if (unknown !== undefined) {
    const known = Object.keys(parts).join(', ') || 'no names';
    throw new RangeError(`${name}: labels must be among ${known}, got ${String(unknown)}`);
  }
}
