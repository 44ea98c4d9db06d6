/** Two rows blended into a third, in double precision and rounded once: what mix.ts does, two values at a time. */

/** Pointers to `size` float32 each. */
export function blend32(first: usize, second: usize, out: usize, size: i32, weight: f64): void {
  const rest: f64 = 1 - weight;
  const weights = f64x2.splat(weight);
  const rests = f64x2.splat(rest);
  const end = first + ((<usize>size) << 2);
  const whole = first + ((<usize>(size & -4)) << 2);
  while (first < whole) {
    const a = v128.load(first);
    const b = v128.load(second);
    const low = f64x2.add(f64x2.mul(weights, f64x2.promote_low_f32x4(a)), f64x2.mul(rests, f64x2.promote_low_f32x4(b)));
    const high = f64x2.add(
      f64x2.mul(weights, f64x2.promote_low_f32x4(v128.shuffle<u64>(a, a, 1, 0))),
      f64x2.mul(rests, f64x2.promote_low_f32x4(v128.shuffle<u64>(b, b, 1, 0))),
    );
    v128.store(out, v128.shuffle<u64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2));
    first += 16;
    second += 16;
    out += 16;
  }
  while (first < end) {
    store<f32>(out, <f32>(weight * <f64>load<f32>(first) + rest * <f64>load<f32>(second)));
    first += 4;
    second += 4;
    out += 4;
  }
}

/** Pointers to `size` float64 each. */
export function blend64(first: usize, second: usize, out: usize, size: i32, weight: f64): void {
  const rest: f64 = 1 - weight;
  const weights = f64x2.splat(weight);
  const rests = f64x2.splat(rest);
  const end = first + ((<usize>size) << 3);
  const whole = first + ((<usize>(size & -2)) << 3);
  while (first < whole) {
    v128.store(out, f64x2.add(f64x2.mul(weights, v128.load(first)), f64x2.mul(rests, v128.load(second))));
    first += 16;
    second += 16;
    out += 16;
  }
  if (first < end) store<f64>(out, weight * load<f64>(first) + rest * load<f64>(second));
}
