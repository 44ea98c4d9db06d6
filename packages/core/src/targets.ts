/** Targets of every kind as rows, and mixing them: one-hot, multi-label, binary, regression. */
import { toLabelRows } from './labels.ts';
import { mixRows } from './mix.ts';
import { checkPlanForm, type MixPlan } from './plan.ts';
import type { FloatArray, Rows, RowsLike, UncheckedRows } from './rows.ts';

/**
 * Mix labels as a plan says, by its `labelLambda` where it has one.
 *
 * @param y rows of shape [rows, classes] or [rows, targets]; never changed
 * @returns rows of shape [batch, classes]
 * @throws RangeError for class ids (labels of rank 1), and when the plan does not fit
 */
export function mixLabels<T extends FloatArray>(y: UncheckedRows<T>, plan: MixPlan): Rows<T>;
export function mixLabels(y: RowsLike, plan: MixPlan): Rows;
export function mixLabels(y: RowsLike, plan: MixPlan): Rows {
  checkPlanForm(plan, 'mixLabels');
  const { index, partner, lambda, labelLambda } = plan;
  // Rows of rank 2 are taken as they are; all else is turned into them, or refused with what to do.
  const rows = !Array.isArray(y) && (y as Rows)?.shape?.length === 2 ? (y as Rows) : toLabelRows(y, 'mixLabels: y');
  return mixRows(rows, { index, partner, lambda: labelLambda ?? lambda });
}

/**
 * Turn numbers into a column: targets of a regression, or probabilities of a yes.
 *
 * @param values [rows], each finite; for a binary target 0, 1 or between
 * @returns rows of shape [rows, 1]
 * @throws RangeError when a value is no finite number; TypeError when there are none
 */
export function toColumn(values: ArrayLike<number>): Rows<Float64Array> {
  if (!(values?.length >= 0)) throw new TypeError(`toColumn: values must be numbers, got ${String(values)}`);
  const data = Float64Array.from(values, (value, row) => {
    if (!Number.isFinite(value)) {
      throw new RangeError(`toColumn: every value must be finite, got ${String(value)} in row ${row}`);
    }
    return value;
  });
  return { data, shape: [data.length, 1] };
}

/**
 * Turn sets of class ids into rows with a 1 for each class of the set.
 *
 * @param labels [rows], each a set of integers in [0, classes), maybe empty
 * @param classes an integer >= 1
 * @returns rows of shape [rows, classes]
 * @throws RangeError when a label is no class, or there is no class; TypeError where there is no set of them
 */
export function multiHot(labels: readonly ArrayLike<number>[], classes: number): Rows<Float64Array> {
  if (!(Number.isInteger(classes) && classes >= 1)) {
    throw new RangeError(`multiHot: classes must be an integer >= 1, got ${classes}`);
  }
  const rule = 'multiHot: labels must be an array of class ids for each row, such as [[0, 2], []], got';
  if (!(labels?.length >= 0)) throw new TypeError(`${rule} ${String(labels)}`);
  const data = new Float64Array(labels.length * classes);
  for (let row = 0; row < labels.length; row++) {
    const set = labels[row] as ArrayLike<number>;
    if (!(set?.length >= 0)) throw new TypeError(`${rule} ${String(set)} in row ${row}`);
    for (const label of Array.from(set)) {
      if (!(Number.isInteger(label) && label >= 0 && label < classes)) {
        throw new RangeError(`multiHot: labels must be integers in [0, ${classes}), got ${label} in row ${row}`);
      }
      data[row * classes + label] = 1;
    }
  }
  return { data, shape: [labels.length, classes] };
}
