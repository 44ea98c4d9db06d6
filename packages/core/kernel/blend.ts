/** Two rows blended into a third, in double precision and rounded once: what mix.ts does, in registers of two. */

/** Blend the lower two float32 of each. */
function blendPair(first: v128, second: v128, weights: v128, rests: v128): v128 {
  const a = f64x2.mul(weights, f64x2.promote_low_f32x4(first));
  const b = f64x2.mul(rests, f64x2.promote_low_f32x4(second));
  return f32x4.demote_f64x2_zero(f64x2.add(a, b));
}

/** Pointers to `size` float32 each. */
export function blend32(first: usize, second: usize, out: usize, size: i32, weight: f64): void {
  const rest: f64 = 1 - weight;
  const weights = f64x2.splat(weight);
  const rests = f64x2.splat(rest);
  const end = first + ((<usize>size) << 2);
  const whole = first + ((<usize>(size & -8)) << 2);
  while (first < whole) {
    // Loads and stores of 8 bytes, since the upper half of 16 would have to be moved down and up again.
    v128.store64_lane(out, blendPair(v128.load64_zero(first, 0), v128.load64_zero(second, 0), weights, rests), 0, 0);
    v128.store64_lane(out, blendPair(v128.load64_zero(first, 8), v128.load64_zero(second, 8), weights, rests), 0, 8);
    v128.store64_lane(out, blendPair(v128.load64_zero(first, 16), v128.load64_zero(second, 16), weights, rests), 0, 16);
    v128.store64_lane(out, blendPair(v128.load64_zero(first, 24), v128.load64_zero(second, 24), weights, rests), 0, 24);
    first += 32;
    second += 32;
    out += 32;
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
