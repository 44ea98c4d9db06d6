/** Put a batch together: rows by their numbers, mixed as a plan says. */

/**
 * @param source [n, width] float32, dense
 * @param width a multiple of 4
 * @param index [rows] i32, which rows; 0 stands for rows 0, 1, 2 … from `first` on
 * @param partner [rows] i32, and `lambda` [rows] f64; 0 for no mixing
 * @param first where in index, partner and lambda to start
 * @param target [rows, width], written
 * @param stride bytes from row to row of the target
 */
export function gather(
  source: usize,
  width: i32,
  index: usize,
  partner: usize,
  lambda: usize,
  first: i32,
  rows: i32,
  target: usize,
  stride: usize,
): void {
  const bytes = (<usize>width) << 2;
  for (let row = first, last = first + rows; row < last; row++, target += stride) {
    const number = index ? load<i32>(index + ((<usize>row) << 2)) : row;
    const a = source + <usize>number * bytes;
    const weight = lambda ? load<f64>(lambda + ((<usize>row) << 3)) : 1;
    if (weight === 1) {
      for (let i: usize = 0; i < bytes; i += 16) v128.store(target + i, v128.load(a + i));
      continue;
    }
    const b = source + <usize>load<i32>(partner + ((<usize>row) << 2)) * bytes;
    const own = f32x4.splat(<f32>weight);
    const other = f32x4.splat(<f32>(1 - weight));
    for (let i: usize = 0; i < bytes; i += 16) {
      const mixed = f32x4.add(f32x4.mul(own, v128.load(a + i)), f32x4.mul(other, v128.load(b + i)));
      v128.store(target + i, mixed);
    }
  }
}
