/** Four vectors, turned: rows to columns, in memory. */

/** Lane i of vector j of `to` becomes lane j of vector i of `from`; strides in bytes. */
export function transpose4(from: usize, fromStride: usize, to: usize, toStride: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + fromStride);
  const c = v128.load(from + 2 * fromStride);
  const d = v128.load(from + 3 * fromStride);
  const ab0 = i32x4.shuffle(a, b, 0, 4, 1, 5);
  const ab1 = i32x4.shuffle(a, b, 2, 6, 3, 7);
  const cd0 = i32x4.shuffle(c, d, 0, 4, 1, 5);
  const cd1 = i32x4.shuffle(c, d, 2, 6, 3, 7);
  v128.store(to, i64x2.shuffle(ab0, cd0, 0, 2));
  v128.store(to + toStride, i64x2.shuffle(ab0, cd0, 1, 3));
  v128.store(to + 2 * toStride, i64x2.shuffle(ab1, cd1, 0, 2));
  v128.store(to + 3 * toStride, i64x2.shuffle(ab1, cd1, 1, 3));
}
