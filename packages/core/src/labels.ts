/** Labels: class ids as rows of probabilities, which can be mixed. */

import { checkOptions } from './check-options.ts';
import { itemSize, type Rows, type RowsLike, toRows } from './rows.ts';

/**
 * Turn class ids into one-hot rows.
 *
 * @param labels [rows], each an integer in [0, classes)
 * @param classes an integer >= 1
 * @returns rows of shape [rows, classes], a 1 in each row
 * @throws RangeError when a label is no class, or there is no class; TypeError when there are no labels
 */
export function oneHot(labels: ArrayLike<number>, classes: number): Rows<Float64Array> {
  if (!(Number.isInteger(classes) && classes >= 1)) {
    throw new RangeError(`oneHot: classes must be an integer >= 1, got ${classes}`);
  }
  if (!(labels?.length >= 0)) throw new TypeError(`oneHot: labels must be class ids, got ${String(labels)}`);
  const data = new Float64Array(labels.length * classes);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] as number;
    if (!(Number.isInteger(label) && label >= 0 && label < classes)) {
      throw new RangeError(`oneHot: labels must be integers in [0, ${classes}), got ${label} in row ${row}`);
    }
    data[row * classes + label] = 1;
  }
  return { data, shape: [labels.length, classes] };
}

/**
 * Smooth labels: `(1 - epsilon) * y + epsilon / classes`, or per value `(1 - epsilon) * y + epsilon / 2`.
 *
 * A row of one label is a distribution, and what is taken from it is spread over all classes. Where every value is a yes or no of
 * its own (several labels a row, a binary column), it moves towards 1/2, as in timm from version 1.0 on.
 *
 * It is kept apart from mixing; do it before or after, the result is the same.
 *
 * @param y label rows of shape [rows, classes]; never changed
 * @param epsilon the mass that is spread, in [0, 1]
 * @param options.per 'row' for one label a row, the default; 'value' for rows of `multiHot` and binary columns of `toColumn`
 * @returns rows of shape [rows, classes], of the type of `y`
 * @throws RangeError when an option is out of range, `y` is not of rank 2, or a row of one class is to be a distribution
 * @example
 * smoothLabels(oneHot([2], 3), 0.3); // 0.1, 0.1, 0.8
 * smoothLabels(multiHot([[0, 2]], 3), 0.3, { per: 'value' }); // 0.85, 0.15, 0.85
 * @see Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", 2016, section 7
 */
export function smoothLabels(y: RowsLike, epsilon: number, options: { readonly per?: 'row' | 'value' } = {}): Rows {
  checkOptions(options, ['per'], 'smoothLabels');
  const { per = 'row' } = options;
  if (!(epsilon >= 0 && epsilon <= 1)) {
    throw new RangeError(`smoothLabels: epsilon must be in [0, 1], got ${epsilon}`);
  }
  if (per !== 'row' && per !== 'value') {
    throw new RangeError(`smoothLabels: per must be 'row' or 'value', got ${String(per)}`);
  }
  const rows = toLabelRows(y, 'smoothLabels: y');
  const classes = itemSize(rows);
  if (per === 'row' && classes === 1) {
    throw new RangeError(
      "smoothLabels: one column has no classes to spread over; for a binary label say { per: 'value' }",
    );
  }
  const share = epsilon / (per === 'row' ? classes : 2);
  return { data: rows.data.map((value: number) => (1 - epsilon) * value + share), shape: rows.shape };
}

/**
 * Check label rows: rank 2, so that a blend of two of them means something.
 *
 * @param y label rows of shape [rows, classes]
 * @param name what the errors call them
 * @throws RangeError for class ids: the blend of 2 and 4 is not class 3
 */
export function toLabelRows(y: RowsLike, name: string): Rows {
  const ids = Array.isArray(y) ? typeof y[0] === 'number' : ArrayBuffer.isView(y) || (y as Rows)?.shape?.length === 1;
  if (ids) {
    throw new RangeError(
      `${name}: labels must be rows of shape [rows, classes]; turn class ids into rows with oneHot(labels, classes), numbers into a column with toColumn(values)`,
    );
  }
  const rows = toRows(y, name);
  if (rows.shape.length !== 2) {
    throw new RangeError(`${name}: labels must have shape [rows, classes], got [${rows.shape.join(', ')}]`);
  }
  return rows;
}
