/**
 * C = start + A B on one panel of columns: the forward pass, and the errors sent back through a layer.
 *
 * A is row-major with a stride; B is a panel: `depth` rows of 8 (or 4) columns, one after the other, so that it is read
 * front to back. Six rows of C (four, for what is left) stay in registers while k runs: 12 of the 15 vector registers
 * that an x86 engine has. Each number of C is a sum over k in order, whatever the tile: the tile sizes are no part of the result.
 */

/**
 * @param a [6 * sixes + 4 * fours, depth] float32
 * @param aStride bytes from row to row
 * @param depth even; what A and B have beyond the true depth is 0
 * @param b [depth, 8]
 * @param start [8] what the sums start from: a bias, or zeros
 * @param c [6 * sixes + 4 * fours, 8], written
 * @param cStride bytes from row to row
 */
export function productPanel8(
  a: usize,
  aStride: usize,
  depth: usize,
  b: usize,
  start: usize,
  c: usize,
  cStride: usize,
  sixes: i32,
  fours: i32,
): void {
  const end = b + (depth << 5);
  const start0 = v128.load(start);
  const start1 = v128.load(start, 16);
  for (; sixes > 0; sixes--) {
    let a0 = a;
    let a1 = a0 + aStride;
    let a2 = a1 + aStride;
    let a3 = a2 + aStride;
    let a4 = a3 + aStride;
    let a5 = a4 + aStride;
    a = a5 + aStride;
    let c00 = start0;
    let c01 = start1;
    let c10 = start0;
    let c11 = start1;
    let c20 = start0;
    let c21 = start1;
    let c30 = start0;
    let c31 = start1;
    let c40 = start0;
    let c41 = start1;
    let c50 = start0;
    let c51 = start1;
    for (let p = b; p < end; ) {
      let b0 = v128.load(p);
      let b1 = v128.load(p, 16);
      let x = v128.load32_splat(a0);
      c00 = f32x4.add(c00, f32x4.mul(x, b0));
      c01 = f32x4.add(c01, f32x4.mul(x, b1));
      x = v128.load32_splat(a1);
      c10 = f32x4.add(c10, f32x4.mul(x, b0));
      c11 = f32x4.add(c11, f32x4.mul(x, b1));
      x = v128.load32_splat(a2);
      c20 = f32x4.add(c20, f32x4.mul(x, b0));
      c21 = f32x4.add(c21, f32x4.mul(x, b1));
      x = v128.load32_splat(a3);
      c30 = f32x4.add(c30, f32x4.mul(x, b0));
      c31 = f32x4.add(c31, f32x4.mul(x, b1));
      x = v128.load32_splat(a4);
      c40 = f32x4.add(c40, f32x4.mul(x, b0));
      c41 = f32x4.add(c41, f32x4.mul(x, b1));
      x = v128.load32_splat(a5);
      c50 = f32x4.add(c50, f32x4.mul(x, b0));
      c51 = f32x4.add(c51, f32x4.mul(x, b1));
      b0 = v128.load(p, 32);
      b1 = v128.load(p, 48);
      x = v128.load32_splat(a0, 4);
      c00 = f32x4.add(c00, f32x4.mul(x, b0));
      c01 = f32x4.add(c01, f32x4.mul(x, b1));
      x = v128.load32_splat(a1, 4);
      c10 = f32x4.add(c10, f32x4.mul(x, b0));
      c11 = f32x4.add(c11, f32x4.mul(x, b1));
      x = v128.load32_splat(a2, 4);
      c20 = f32x4.add(c20, f32x4.mul(x, b0));
      c21 = f32x4.add(c21, f32x4.mul(x, b1));
      x = v128.load32_splat(a3, 4);
      c30 = f32x4.add(c30, f32x4.mul(x, b0));
      c31 = f32x4.add(c31, f32x4.mul(x, b1));
      x = v128.load32_splat(a4, 4);
      c40 = f32x4.add(c40, f32x4.mul(x, b0));
      c41 = f32x4.add(c41, f32x4.mul(x, b1));
      x = v128.load32_splat(a5, 4);
      c50 = f32x4.add(c50, f32x4.mul(x, b0));
      c51 = f32x4.add(c51, f32x4.mul(x, b1));
      p += 64;
      a0 += 8;
      a1 += 8;
      a2 += 8;
      a3 += 8;
      a4 += 8;
      a5 += 8;
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    c += cStride;
    v128.store(c, c10);
    v128.store(c, c11, 16);
    c += cStride;
    v128.store(c, c20);
    v128.store(c, c21, 16);
    c += cStride;
    v128.store(c, c30);
    v128.store(c, c31, 16);
    c += cStride;
    v128.store(c, c40);
    v128.store(c, c41, 16);
    c += cStride;
    v128.store(c, c50);
    v128.store(c, c51, 16);
    c += cStride;
  }
  for (; fours > 0; fours--) {
    let a0 = a;
    let a1 = a0 + aStride;
    let a2 = a1 + aStride;
    let a3 = a2 + aStride;
    a = a3 + aStride;
    let c00 = start0;
    let c01 = start1;
    let c10 = start0;
    let c11 = start1;
    let c20 = start0;
    let c21 = start1;
    let c30 = start0;
    let c31 = start1;
    for (let p = b; p < end; ) {
      let b0 = v128.load(p);
      let b1 = v128.load(p, 16);
      let x = v128.load32_splat(a0);
      c00 = f32x4.add(c00, f32x4.mul(x, b0));
      c01 = f32x4.add(c01, f32x4.mul(x, b1));
      x = v128.load32_splat(a1);
      c10 = f32x4.add(c10, f32x4.mul(x, b0));
      c11 = f32x4.add(c11, f32x4.mul(x, b1));
      x = v128.load32_splat(a2);
      c20 = f32x4.add(c20, f32x4.mul(x, b0));
      c21 = f32x4.add(c21, f32x4.mul(x, b1));
      x = v128.load32_splat(a3);
      c30 = f32x4.add(c30, f32x4.mul(x, b0));
      c31 = f32x4.add(c31, f32x4.mul(x, b1));
      b0 = v128.load(p, 32);
      b1 = v128.load(p, 48);
      x = v128.load32_splat(a0, 4);
      c00 = f32x4.add(c00, f32x4.mul(x, b0));
      c01 = f32x4.add(c01, f32x4.mul(x, b1));
      x = v128.load32_splat(a1, 4);
      c10 = f32x4.add(c10, f32x4.mul(x, b0));
      c11 = f32x4.add(c11, f32x4.mul(x, b1));
      x = v128.load32_splat(a2, 4);
      c20 = f32x4.add(c20, f32x4.mul(x, b0));
      c21 = f32x4.add(c21, f32x4.mul(x, b1));
      x = v128.load32_splat(a3, 4);
      c30 = f32x4.add(c30, f32x4.mul(x, b0));
      c31 = f32x4.add(c31, f32x4.mul(x, b1));
      p += 64;
      a0 += 8;
      a1 += 8;
      a2 += 8;
      a3 += 8;
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    c += cStride;
    v128.store(c, c10);
    v128.store(c, c11, 16);
    c += cStride;
    v128.store(c, c20);
    v128.store(c, c21, 16);
    c += cStride;
    v128.store(c, c30);
    v128.store(c, c31, 16);
    c += cStride;
  }
}

/**
 * @param a [6 * sixes + 4 * fours, depth] float32
 * @param aStride bytes from row to row
 * @param depth even; what A and B have beyond the true depth is 0
 * @param b [depth, 4]
 * @param start [4] what the sums start from: a bias, or zeros
 * @param c [6 * sixes + 4 * fours, 4], written
 * @param cStride bytes from row to row
 */
export function productPanel4(
  a: usize,
  aStride: usize,
  depth: usize,
  b: usize,
  start: usize,
  c: usize,
  cStride: usize,
  sixes: i32,
  fours: i32,
): void {
  const end = b + (depth << 4);
  const start0 = v128.load(start);
  for (; sixes > 0; sixes--) {
    let a0 = a;
    let a1 = a0 + aStride;
    let a2 = a1 + aStride;
    let a3 = a2 + aStride;
    let a4 = a3 + aStride;
    let a5 = a4 + aStride;
    a = a5 + aStride;
    let c00 = start0;
    let c10 = start0;
    let c20 = start0;
    let c30 = start0;
    let c40 = start0;
    let c50 = start0;
    for (let p = b; p < end; ) {
      let b0 = v128.load(p);
      let x = v128.load32_splat(a0);
      c00 = f32x4.add(c00, f32x4.mul(x, b0));
      x = v128.load32_splat(a1);
      c10 = f32x4.add(c10, f32x4.mul(x, b0));
      x = v128.load32_splat(a2);
      c20 = f32x4.add(c20, f32x4.mul(x, b0));
      x = v128.load32_splat(a3);
      c30 = f32x4.add(c30, f32x4.mul(x, b0));
      x = v128.load32_splat(a4);
      c40 = f32x4.add(c40, f32x4.mul(x, b0));
      x = v128.load32_splat(a5);
      c50 = f32x4.add(c50, f32x4.mul(x, b0));
      b0 = v128.load(p, 16);
      x = v128.load32_splat(a0, 4);
      c00 = f32x4.add(c00, f32x4.mul(x, b0));
      x = v128.load32_splat(a1, 4);
      c10 = f32x4.add(c10, f32x4.mul(x, b0));
      x = v128.load32_splat(a2, 4);
      c20 = f32x4.add(c20, f32x4.mul(x, b0));
      x = v128.load32_splat(a3, 4);
      c30 = f32x4.add(c30, f32x4.mul(x, b0));
      x = v128.load32_splat(a4, 4);
      c40 = f32x4.add(c40, f32x4.mul(x, b0));
      x = v128.load32_splat(a5, 4);
      c50 = f32x4.add(c50, f32x4.mul(x, b0));
      p += 32;
      a0 += 8;
      a1 += 8;
      a2 += 8;
      a3 += 8;
      a4 += 8;
      a5 += 8;
    }
    v128.store(c, c00);
    c += cStride;
    v128.store(c, c10);
    c += cStride;
    v128.store(c, c20);
    c += cStride;
    v128.store(c, c30);
    c += cStride;
    v128.store(c, c40);
    c += cStride;
    v128.store(c, c50);
    c += cStride;
  }
  for (; fours > 0; fours--) {
    let a0 = a;
    let a1 = a0 + aStride;
    let a2 = a1 + aStride;
    let a3 = a2 + aStride;
    a = a3 + aStride;
    let c00 = start0;
    let c10 = start0;
    let c20 = start0;
    let c30 = start0;
    for (let p = b; p < end; ) {
      let b0 = v128.load(p);
      let x = v128.load32_splat(a0);
      c00 = f32x4.add(c00, f32x4.mul(x, b0));
      x = v128.load32_splat(a1);
      c10 = f32x4.add(c10, f32x4.mul(x, b0));
      x = v128.load32_splat(a2);
      c20 = f32x4.add(c20, f32x4.mul(x, b0));
      x = v128.load32_splat(a3);
      c30 = f32x4.add(c30, f32x4.mul(x, b0));
      b0 = v128.load(p, 16);
      x = v128.load32_splat(a0, 4);
      c00 = f32x4.add(c00, f32x4.mul(x, b0));
      x = v128.load32_splat(a1, 4);
      c10 = f32x4.add(c10, f32x4.mul(x, b0));
      x = v128.load32_splat(a2, 4);
      c20 = f32x4.add(c20, f32x4.mul(x, b0));
      x = v128.load32_splat(a3, 4);
      c30 = f32x4.add(c30, f32x4.mul(x, b0));
      p += 32;
      a0 += 8;
      a1 += 8;
      a2 += 8;
      a3 += 8;
    }
    v128.store(c, c00);
    c += cStride;
    v128.store(c, c10);
    c += cStride;
    v128.store(c, c20);
    c += cStride;
    v128.store(c, c30);
    c += cStride;
  }
}
