/** Remix: features are mixed as ever, labels lean to the rarer class. */

import { checkOptions } from './check-options.ts';
import { checkClassIds } from './class-ids.ts';
import type { MixMethod } from './method.ts';
import { type MixupOptions, mixup, mixupOptionNames } from './mixup.ts';
import { checkIndex } from './pairing.ts';
import { withSource } from './source-rows.ts';

/** What Remix has to know. */
export interface RemixOptions extends MixupOptions {
  /** [rows] the class of every row of the source, an integer >= 0. */
  readonly classes: ArrayLike<number>;
  /** How many times as frequent a class must be to count as the larger, >= 1, default 3. */
  readonly kappa?: number;
  /** The largest share that a label gives up wholly, in [0, 1], default 0.5. */
  readonly tau?: number;
}

/**
 * Create the method of Remix, for data in which some classes are rare.
 *
 * Where a class is at least kappa times as frequent as the one it meets and its lambda is below tau, the label is that of the
 * rarer class alone: `labelLambda` is 0 when the rarer is the partner's, 1 when it is the row's own, else it is lambda. Give
 * the plan to `mixLabels` for the labels.
 *
 * @throws RangeError when an option is out of range; when drawing, for a row that has no class
 * @see Chou, Chang, Pan, Wei, Juan, "Remix: Rebalanced Mixup", 2020, equation (10)
 */
export function remix(options: RemixOptions): MixMethod {
  checkOptions(options, ['classes', 'kappa', 'tau', ...mixupOptionNames], 'remix');
  const { classes, kappa = 3, tau = 0.5, ...blending } = options ?? {};
  checkClassIds(classes, 'remix', 'classes');
  if (!(kappa >= 1)) throw new RangeError(`remix: kappa must be >= 1, got ${kappa}`);
  if (!(tau >= 0 && tau <= 1)) throw new RangeError(`remix: tau must be in [0, 1], got ${tau}`);
  const counts = new Map<number, number>();
  for (const label of Array.from(classes)) counts.set(label, (counts.get(label) ?? 0) + 1);
  const frequency = (row: number) => counts.get(classes[row] as number) as number;
  const blend = mixup(blending);
  const method: MixMethod = (random, index) => {
    checkIndex(index, classes.length, 'remix');
    const plan = blend(random, index);
    const labelLambda = plan.lambda.map((lambda, i) => {
      const [own, other] = [frequency(index[i] as number), frequency(plan.partner[i] as number)];
      if (own >= kappa * other && lambda < tau) return 0;
      if (other >= kappa * own && 1 - lambda < tau) return 1;
      return lambda;
    });
    return { ...plan, labelLambda };
  };
  return withSource(method, [{ rows: classes.length }, blend], 'remix');
}
