/** Classes: what labels stand for, as ids. */

export interface EncodedClasses {
  /** [rows], each an integer in [0, classNames.length) */
  readonly ids: Int32Array;
  /** [classes], sorted */
  readonly classNames: readonly string[];
}

/**
 * Turn the labels of a data set into class ids, the classes in sorted order.
 *
 * @param labels [rows], all strings that are not empty, or all finite numbers
 * @throws TypeError when they are neither: 1 and "1" can't be told apart by name
 * @throws RangeError for a missing label, and when there is one class only
 */
export function encodeClasses(labels: ArrayLike<string> | ArrayLike<number>): EncodedClasses {
  const values: (string | number)[] = Array.from<string | number>(labels);
  const kind = typeof values[0];
  for (const [row, value] of values.entries()) {
    if (typeof value !== kind || (kind !== 'string' && kind !== 'number')) {
      const got = typeof value === kind ? kind : `${typeof value} in row ${row} after ${kind}`;
      throw new TypeError(`createDataset: labels must be all strings or all numbers, got ${got}`);
    }
    if (value === '' || (kind === 'number' && !Number.isFinite(value))) {
      const got = value === '' ? 'an empty one' : value;
      throw new RangeError(`createDataset: every row must have a label, got ${got} in row ${row}`);
    }
  }
  const classes = [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
  if (classes.length < 2) {
    throw new RangeError(
      `createDataset: labels must hold at least 2 classes, got one class only: ${JSON.stringify(classes[0])}`,
    );
  }
  const idOf = new Map(classes.map((value, id) => [value, id]));
  return { ids: Int32Array.from(values, (value) => idOf.get(value) as number), classNames: classes.map(String) };
}
