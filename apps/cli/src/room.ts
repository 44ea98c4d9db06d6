/** Room: how many rows are held at once, so that memory grows neither with the rows of a file nor with its columns. */

/** Cells of a block that is read, and of a piece that is written: they take about 100 bytes each, for a moment. */
export const workCells = 2 ** 17;

/** Cells of the rows that partners are drawn from: they take 20 to 60 bytes each, as long as a file is mixed. */
export const partnerCells = 2 ** 22;

/** Levels that are counted, of all columns together. */
export const levelCells = 2 ** 18;

/**
 * Say how many rows of so many columns there is room for.
 *
 * @param cells an integer >= 1
 * @param columns an integer >= 1
 * @param most rows that are enough, an integer >= 1
 * @returns an integer in [1, most]
 */
export function rowsWithin(cells: number, columns: number, most: number): number {
  return Math.min(most, Math.max(1, Math.floor(cells / columns)));
}
