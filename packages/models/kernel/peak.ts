/**
 * The most that WebAssembly SIMD gives on one core: 8 sums in registers, each of products that wait for nothing.
 *
 * A chain, where a product waits for the sum before it, is bound by the time that both take, not by how many a core has room for: 8 of
 * them gave two thirds of this on x86.
 *
 * @param turns even; 128 operations of four numbers (64 multiplications, 64 additions) each two
 * @param numbers [1056] float32
 */
export function peak(turns: i32, numbers: usize): f32 {
  const x0 = v128.load(numbers);
  const x1 = v128.load(numbers, 16);
  const x2 = v128.load(numbers, 32);
  const x3 = v128.load(numbers, 48);
  let c00 = f32x4.splat(0);
  let c10 = f32x4.splat(1);
  let c20 = f32x4.splat(2);
  let c30 = f32x4.splat(3);
  let c01 = f32x4.splat(4);
  let c11 = f32x4.splat(5);
  let c21 = f32x4.splat(6);
  let c31 = f32x4.splat(7);
  for (let turn = 0; turn < turns; turn += 2) {
    // Other numbers in each turn, so that no product is taken out of the loop.
    const p = numbers + ((<usize>(turn & 63)) << 6);
    let y0 = v128.load(p, 64);
    let y1 = v128.load(p, 80);
    c00 = f32x4.add(c00, f32x4.mul(x0, y0));
    c10 = f32x4.add(c10, f32x4.mul(x1, y0));
    c20 = f32x4.add(c20, f32x4.mul(x2, y0));
    c30 = f32x4.add(c30, f32x4.mul(x3, y0));
    c01 = f32x4.add(c01, f32x4.mul(x0, y1));
    c11 = f32x4.add(c11, f32x4.mul(x1, y1));
    c21 = f32x4.add(c21, f32x4.mul(x2, y1));
    c31 = f32x4.add(c31, f32x4.mul(x3, y1));
    // Always passed, and keeps the compiler from mixing the two, for which it has too few registers.
    if (turn + 1 === turns) break;
    y0 = v128.load(p, 96);
    y1 = v128.load(p, 112);
    c00 = f32x4.add(c00, f32x4.mul(x0, y0));
    c10 = f32x4.add(c10, f32x4.mul(x1, y0));
    c20 = f32x4.add(c20, f32x4.mul(x2, y0));
    c30 = f32x4.add(c30, f32x4.mul(x3, y0));
    c01 = f32x4.add(c01, f32x4.mul(x0, y1));
    c11 = f32x4.add(c11, f32x4.mul(x1, y1));
    c21 = f32x4.add(c21, f32x4.mul(x2, y1));
    c31 = f32x4.add(c31, f32x4.mul(x3, y1));
  }
  let sum = f32x4.add(f32x4.add(c00, c10), f32x4.add(c20, c30));
  sum = f32x4.add(sum, f32x4.add(f32x4.add(c01, c11), f32x4.add(c21, c31)));
  return f32x4.extract_lane(sum, 0);
}
