/**
 * Two rows blended into a third: the hot loop of `mixRows`, for rows that no kernel can reach.
 *
 * V8 checks anew in each turn that the arrays are what they were, so a turn does several values. And it compiles a
 * function for the types that it has seen: one for both types takes twice as long as soon as it has met both.
 */

/** `to[at + i] = weight * from[first + i] + rest * from[second + i]` for i in [0, size). */
export function blend32(
  from: Float32Array,
  first: number,
  weight: number,
  second: number,
  rest: number,
  to: Float32Array,
  at: number,
  size: number,
): void {
  const end = first + size;
  let a = first;
  let b = second;
  let c = at;
  for (; a < end - 7; a += 8, b += 8, c += 8) {
    to[c] = weight * (from[a] as number) + rest * (from[b] as number);
    to[c + 1] = weight * (from[a + 1] as number) + rest * (from[b + 1] as number);
    to[c + 2] = weight * (from[a + 2] as number) + rest * (from[b + 2] as number);
    to[c + 3] = weight * (from[a + 3] as number) + rest * (from[b + 3] as number);
    to[c + 4] = weight * (from[a + 4] as number) + rest * (from[b + 4] as number);
    to[c + 5] = weight * (from[a + 5] as number) + rest * (from[b + 5] as number);
    to[c + 6] = weight * (from[a + 6] as number) + rest * (from[b + 6] as number);
    to[c + 7] = weight * (from[a + 7] as number) + rest * (from[b + 7] as number);
  }
  for (; a < end; a++, b++, c++) to[c] = weight * (from[a] as number) + rest * (from[b] as number);
}

/** The same for float64. */
export function blend64(
  from: Float64Array,
  first: number,
  weight: number,
  second: number,
  rest: number,
  to: Float64Array,
  at: number,
  size: number,
): void {
  const end = first + size;
  let a = first;
  let b = second;
  let c = at;
  for (; a < end - 3; a += 4, b += 4, c += 4) {
    to[c] = weight * (from[a] as number) + rest * (from[b] as number);
    to[c + 1] = weight * (from[a + 1] as number) + rest * (from[b + 1] as number);
    to[c + 2] = weight * (from[a + 2] as number) + rest * (from[b + 2] as number);
    to[c + 3] = weight * (from[a + 3] as number) + rest * (from[b + 3] as number);
  }
  for (; a < end; a++, b++, c++) to[c] = weight * (from[a] as number) + rest * (from[b] as number);
}
