/**
 * Exponential, hyperbolic tangent and logarithm, from additions, multiplications and divisions alone: every machine
 * gives the same bits, where a C library or a JavaScript engine may give its own.
 *
 * The error bounds are held by test/elementary.test.ts.
 */

/**
 * e^x in float32, four at a time, for x <= 88; relative error below 2e-7. Below -87 the result is 0 (a subnormal
 * number would be slow, and is nothing beside the 1 that a softmax holds). NaN gives NaN.
 *
 * x = n ln 2 + r with |r| <= ln 2 / 2, and e^r is its Taylor series to the seventh power: what is left is below 6e-9.
 */
export function exp(x: v128): v128 {
  const kept = f32x4.max(x, f32x4.splat(-87));
  const n = f32x4.nearest(f32x4.mul(kept, f32x4.splat(<f32>Math.LOG2E)));
  // ln 2 in two parts: the first has 9 bits, so n times it is exact.
  let r = f32x4.sub(kept, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-0.00021219444005469057)));

  let sum = f32x4.add(f32x4.mul(r, f32x4.splat(1.0 / 5040.0)), f32x4.splat(1.0 / 720.0));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.0 / 120.0));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.0 / 24.0));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.0 / 6.0));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(0.5));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1));

  // 2^n, by its exponent bits.
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  const result = f32x4.mul(sum, power);
  return v128.andnot(result, f32x4.lt(x, f32x4.splat(-87)));
}

/**
 * tanh x in float32, four at a time; relative error below 4e-7. NaN gives NaN.
 *
 * Below 1 by Lambert's continued fraction, broken off after the seventh denominator; above by the exponential.
 */
export function tanh(x: v128): v128 {
  const square = f32x4.mul(x, x);
  let top = f32x4.add(square, f32x4.splat(378));
  top = f32x4.add(f32x4.mul(top, square), f32x4.splat(17325));
  top = f32x4.add(f32x4.mul(top, square), f32x4.splat(135135));
  let bottom = f32x4.add(f32x4.mul(square, f32x4.splat(28)), f32x4.splat(3150));
  bottom = f32x4.add(f32x4.mul(bottom, square), f32x4.splat(62370));
  bottom = f32x4.add(f32x4.mul(bottom, square), f32x4.splat(135135));
  const small = f32x4.div(f32x4.mul(x, top), bottom);

  // From 10 on tanh is 1 to the last bit of float32.
  const magnitude = f32x4.min(f32x4.abs(x), f32x4.splat(10));
  const power = exp(f32x4.add(magnitude, magnitude));
  const large = f32x4.sub(f32x4.splat(1), f32x4.div(f32x4.splat(2), f32x4.add(power, f32x4.splat(1))));
  const sign = v128.and(x, i32x4.splat(0x80000000));

  return v128.bitselect(v128.or(large, sign), small, f32x4.ge(magnitude, f32x4.splat(1)));
}

/**
 * Natural logarithm in float64, for normal x > 0; error below 4e-16 relative, or absolute where log x is below 1 in
 * size. One a row is asked for, so it stays scalar, and exact enough that a loss near 0 keeps its digits. NaN gives NaN.
 *
 * x = 2^n m with m in [1 / sqrt 2, sqrt 2), and log m = 2 artanh s, s = (m - 1) / (m + 1), |s| <= 0.172: its series is
 * broken off after s^23.
 */
export function log(x: f64): f64 {
  let n = <i32>((reinterpret<u64>(x) >> 52) & 2047) - 1023;
  let m = reinterpret<f64>((reinterpret<u64>(x) & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (m > Math.SQRT2) {
    m *= 0.5;
    n += 1;
  }
  const s = (m - 1) / (m + 1);
  const z = s * s;
  let sum = z * (1.0 / 23.0) + 1.0 / 21.0;
  sum = sum * z + 1.0 / 19.0;
  sum = sum * z + 1.0 / 17.0;
  sum = sum * z + 1.0 / 15.0;
  sum = sum * z + 1.0 / 13.0;
  sum = sum * z + 1.0 / 11.0;
  sum = sum * z + 1.0 / 9.0;
  sum = sum * z + 1.0 / 7.0;
  sum = sum * z + 1.0 / 5.0;
  sum = sum * z + 1.0 / 3.0;
  return <f64>n * Math.LN2 + (2 * s + 2 * s * z * sum) + (x - x);
}
