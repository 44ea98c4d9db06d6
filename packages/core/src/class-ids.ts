/** Class ids: one integer for each row of a source, compared and counted but never reckoned with. */

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
