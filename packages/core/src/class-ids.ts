/** Class ids: one integer for each row of a source, compared and counted but never reckoned with. */
import { toLabelRows } from './labels.ts';
import { itemSize, type RowsLike } from './rows.ts';

/**
 * Check class ids, as plain JavaScript may hand in names for them.
 *
 * @param ids [rows], each an integer >= 0
 * @param name what the error calls the caller
 * @param what what it calls the ids
 * @throws RangeError for one that is none; TypeError for what is no list
 */
export function checkClassIds(ids: ArrayLike<number>, name: string, what = 'labels'): void {
  if (!(ids?.length >= 0)) throw new TypeError(`${name}: ${what} must be class ids, one for each row of the source`);
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row] as number;
    if (!(Number.isInteger(id) && id >= 0)) {
      throw new RangeError(`${name}: ${what} must be class ids, integers >= 0, got ${String(id)} in row ${row}`);
    }
  }
}

/**
 * Turn label rows into class ids: of each row the class that weighs most, the first of equals. It undoes `oneHot`.
 *
 * For methods and pairings that ask for classes, where a batch of a stream has label rows.
 *
 * @param y label rows of shape [rows, classes]; never changed
 * @returns [rows], each an integer in [0, classes)
 * @throws RangeError when `y` is not of rank 2, or has no class
 * @example
 * toClassIds(oneHot([2, 0, 1], 3)); // Int32Array [2, 0, 1]
 */
export function toClassIds(y: RowsLike): Int32Array {
  const rows = toLabelRows(y, 'toClassIds: y');
  const classes = itemSize(rows);
  if (classes === 0) throw new RangeError('toClassIds: y must have a class, got none');
  const weight = (row: number, id: number) => rows.data[row * classes + id] as number;
  return Int32Array.from({ length: rows.shape[0] }, (_, row) => {
    let heaviest = 0;
    for (let id = 1; id < classes; id++) if (weight(row, id) > weight(row, heaviest)) heaviest = id;
    return heaviest;
  });
}
