/** The source of what looks up rows: how many rows it has, so that a batch that is no part of it can be told. */
import type { RandomSource } from './random.ts';

/** What may look up rows of a source by their numbers: a method, a pairing. */
export interface SourceRows {
  /** How many rows that source has, an integer >= 0; undefined for what looks up none. */
  readonly rows?: number | undefined;
}

/**
 * Say of a method or a pairing that it looks up the rows that its parts look up.
 *
 * @param parts what it is made of: a pairing, other methods, or the number of rows itself
 * @returns `draw`, with `rows` where a part has it
 * @throws RangeError when two parts have sources of different numbers of rows
 */
export function withSource<T>(
  draw: (random: RandomSource, index: Int32Array) => T,
  parts: readonly (SourceRows | undefined)[],
  name: string,
): ((random: RandomSource, index: Int32Array) => T) & SourceRows {
  const counts = parts.flatMap((part) => part?.rows ?? []);
  const [rows] = counts;
  const other = counts.find((count) => count !== rows);
  if (other !== undefined) {
    throw new RangeError(
      `${name}: all that looks up rows must have one source, got sources of ${rows} and ${other} rows`,
    );
  }
  return rows === undefined ? draw : Object.assign(draw, { rows });
}
