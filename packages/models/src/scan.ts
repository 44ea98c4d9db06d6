/** Searches of whole arrays for what must not be in them. Plain loops: `find` costs ten times as much, a call for each value. */

/** @returns where the first value is that is NaN or infinite, or -1 */
export function findNotFinite(values: Float32Array): number {
  // x - x is 0 for finite numbers alone.
  for (let i = 0; i < values.length; i++) if ((values[i] as number) - (values[i] as number) !== 0) return i;
  return -1;
}

/** @returns where the first value is that is NaN, infinite or below 0, or -1 */
export function findNotFactor(values: Float32Array): number {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!(value >= 0 && value < Infinity)) return i;
  }
  return -1;
}
