/** Labels: class ids as rows of probabilities, which can be mixed. */
import { itemSize, type Rows, type RowsLike, toRows } from './rows.ts';

/**
 * Turn class ids into one-hot rows.
 *
 * @param labels [rows], each an integer in [0, classes)
 * @param classes an integer >= 1
 * @returns rows of shape [rows, classes], a 1 in each row
 * @throws RangeError when a label is no class, or there is no class
 */
export function oneHot(labels: ArrayLike<number>, classes: number): Rows<Float64Array> {
  if (!(Number.isInteger(classes) && classes >= 1)) {
    throw new RangeError(`oneHot: classes must be an integer >= 1, got ${classes}`);
  }
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
 * Smooth labels: `(1 - epsilon) * y + epsilon / classes`.
 *
 * It is kept apart from mixing; do it before or after, the result is the same.
 *
 * @param y label rows of shape [rows, classes]; never changed
 * @param epsilon the mass that is spread over all classes, in [0, 1]
 * @returns rows of shape [rows, classes], of the type of `y`
 * @throws RangeError when `epsilon` is out of range or `y` is not of rank 2
 * @see Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", 2016, section 7
 */
export function smoothLabels(y: RowsLike, epsilon: number): Rows {
  if (!(epsilon >= 0 && epsilon <= 1)) {
    throw new RangeError(`smoothLabels: epsilon must be in [0, 1], got ${epsilon}`);
  }
  const rows = toLabelRows(y, 'smoothLabels: y');
  const classes = itemSize(rows);
  const data = rows.data.map((value: number) => (1 - epsilon) * value + epsilon / classes);
  return { data, shape: rows.shape };
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
