/**
 * G = A' E on one panel of columns: the gradient of a layer's kernel, from its inputs and its errors.
 *
 * Four rows of G stay in registers while the batch runs: 8 of the vector registers, which is faster here than 10 or 12,
 * as the four numbers of A lie side by side.
 */

/**
 * @param a [rows, units] float32, the inputs of the layer
 * @param aStride bytes from row to row
 * @param units a multiple of 4
 * @param errors [rows, 8]
 * @param rows of the batch, >= 1
 * @param g [units, 8], written
 */
export function gradientPanel8(a: usize, aStride: usize, units: i32, errors: usize, rows: i32, g: usize): void {
  const zero = f32x4.splat(0);
  const end = errors + ((<usize>rows) << 5);
  for (let unit = 0; unit < units; unit += 4) {
    let g00 = zero;
    let g01 = zero;
    let g10 = zero;
    let g11 = zero;
    let g20 = zero;
    let g21 = zero;
    let g30 = zero;
    let g31 = zero;
    let p = a;
    for (let q = errors; q < end; q += 32) {
      const d0 = v128.load(q);
      const d1 = v128.load(q, 16);
      let x = v128.load32_splat(p);
      g00 = f32x4.add(g00, f32x4.mul(x, d0));
      g01 = f32x4.add(g01, f32x4.mul(x, d1));
      x = v128.load32_splat(p, 4);
      g10 = f32x4.add(g10, f32x4.mul(x, d0));
      g11 = f32x4.add(g11, f32x4.mul(x, d1));
      x = v128.load32_splat(p, 8);
      g20 = f32x4.add(g20, f32x4.mul(x, d0));
      g21 = f32x4.add(g21, f32x4.mul(x, d1));
      x = v128.load32_splat(p, 12);
      g30 = f32x4.add(g30, f32x4.mul(x, d0));
      g31 = f32x4.add(g31, f32x4.mul(x, d1));
      p += aStride;
    }
    v128.store(g, g00);
    v128.store(g, g01, 16);
    v128.store(g, g10, 32);
    v128.store(g, g11, 48);
    v128.store(g, g20, 64);
    v128.store(g, g21, 80);
    v128.store(g, g30, 96);
    v128.store(g, g31, 112);
    a += 16;
    g += 128;
  }
}

/**
 * @param a [rows, units] float32, the inputs of the layer
 * @param aStride bytes from row to row
 * @param units a multiple of 4
 * @param errors [rows, 4]
 * @param rows of the batch, >= 1
 * @param g [units, 4], written
 */
export function gradientPanel4(a: usize, aStride: usize, units: i32, errors: usize, rows: i32, g: usize): void {
  const zero = f32x4.splat(0);
  const end = errors + ((<usize>rows) << 4);
  for (let unit = 0; unit < units; unit += 4) {
    let g00 = zero;
    let g10 = zero;
    let g20 = zero;
    let g30 = zero;
    let p = a;
    for (let q = errors; q < end; q += 16) {
      const d0 = v128.load(q);
      let x = v128.load32_splat(p);
      g00 = f32x4.add(g00, f32x4.mul(x, d0));
      x = v128.load32_splat(p, 4);
      g10 = f32x4.add(g10, f32x4.mul(x, d0));
      x = v128.load32_splat(p, 8);
      g20 = f32x4.add(g20, f32x4.mul(x, d0));
      x = v128.load32_splat(p, 12);
      g30 = f32x4.add(g30, f32x4.mul(x, d0));
      p += aStride;
    }
    v128.store(g, g00);
    v128.store(g, g10, 16);
    v128.store(g, g20, 32);
    v128.store(g, g30, 48);
    a += 16;
    g += 64;
  }
}
