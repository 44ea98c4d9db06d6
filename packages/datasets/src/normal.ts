/** Normal numbers from any random source, by the method of NumPy's legacy generator. */
import type { RandomSource } from '@mixup/core';

/**
 * Draw from the standard normal distribution, by the polar method.
 *
 * For a fresh `RandomState` these are NumPy's numbers, up to the rounding of one logarithm.
 *
 * @param size an integer >= 0
 * @returns [size]
 * @see Marsaglia, Bray, "A Convenient Method for Generating Normal Variables", 1964
 */
export function sampleNormals(random: RandomSource, size: number): Float64Array {
  const normals = new Float64Array(size);
  for (let i = 0; i < size; ) {
    const x1 = 2 * random() - 1;
    const x2 = 2 * random() - 1;
    const r2 = x1 * x1 + x2 * x2;
    if (r2 >= 1 || r2 === 0) continue;
    const f = Math.sqrt((-2 * Math.log(r2)) / r2);
    normals[i] = f * x2;
    if (i + 1 < size) normals[i + 1] = f * x1;
    i += 2;
  }
  return normals;
}
