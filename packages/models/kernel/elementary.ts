/**
 * Exponential, hyperbolic tangent and logarithm, from additions, multiplications and divisions alone: every machine
 * gives the same bits, where a C library or a JavaScript engine may give its own.
 *
 * The error bounds are held by test/elementary.test.ts. pmax and pmin are one instruction on x86, where max and min are eight, and
 * give NaN for NaN too where it is the first of the two.
 */

/** 3 * 2^22, and its bits. */
const SHIFT: f32 = 12582912;
const SHIFT_BITS: i32 = 0x4b400000;

/**
 * The constants lie in memory, which takes one instruction to read: V8 puts a vector that the code names together from two halves at
 * each use, in five.
 */
const LEAST = memory.data<f32>([-87]);
/** To n and back: log2 e, and ln 2 in two parts, of which the first has 9 bits, so that n times it is exact. */
const POWERS = memory.data<f32>([<f32>Math.LOG2E, SHIFT, 0.693359375, -0.00021219444005469057]);
/** The Taylor series of e^r, highest power first: 1 / 7! to 1 / 0!. */
const EXP = memory.data<f32>([1.0 / 5040.0, 1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1, 1]);
/** Lambert's continued fraction: its numerator, and its denominator. */
const TANH_TOP = memory.data<f32>([378, 17325, 135135]);
const TANH_BOTTOM = memory.data<f32>([28, 3150, 62370, 135135]);
/** 1 / 23 to 1 / 3. */
const ARTANH = memory.data<f64>([
  1.0 / 23.0,
  1.0 / 21.0,
  1.0 / 19.0,
  1.0 / 17.0,
  1.0 / 15.0,
  1.0 / 13.0,
  1.0 / 11.0,
  1.0 / 9.0,
  1.0 / 7.0,
  1.0 / 5.0,
  1.0 / 3.0,
]);
const LOG = memory.data<f64>([1, Math.SQRT2, 0.5, Math.LN2]);

/** Number i of a table, in all lanes. */
function f32At(table: usize, i: usize): v128 {
  return v128.load32_splat(table + (i << 2));
}

function f64At(table: usize, i: usize): v128 {
  return v128.load64_splat(table + (i << 3));
}

/**
 * e^x in float32, four at a time, for x <= 88; relative error below 2e-7. Below -87 the result is 0 (a subnormal
 * number would be slow, and is nothing beside the 1 that a softmax holds). NaN gives NaN.
 *
 * x = n ln 2 + r with |r| <= ln 2 / 2, and e^r is its Taylor series to the seventh power: what is left is below 6e-9.
 */
export function exp(x: v128): v128 {
  const least = f32At(LEAST, 0);
  const shift = f32At(POWERS, 1);
  const kept = f32x4.pmax(x, least);
  // Beyond 2^23 a float32 has no fraction: the sum is n in its low bits, rounded to the nearest.
  const shifted = f32x4.add(f32x4.mul(kept, f32At(POWERS, 0)), shift);
  const n = f32x4.sub(shifted, shift);
  let r = f32x4.sub(kept, f32x4.mul(n, f32At(POWERS, 2)));
  r = f32x4.sub(r, f32x4.mul(n, f32At(POWERS, 3)));

  let sum = f32x4.add(f32x4.mul(r, f32At(EXP, 0)), f32At(EXP, 1));
  sum = f32x4.add(f32x4.mul(sum, r), f32At(EXP, 2));
  sum = f32x4.add(f32x4.mul(sum, r), f32At(EXP, 3));
  sum = f32x4.add(f32x4.mul(sum, r), f32At(EXP, 4));
  sum = f32x4.add(f32x4.mul(sum, r), f32At(EXP, 5));
  sum = f32x4.add(f32x4.mul(sum, r), f32At(EXP, 6));
  sum = f32x4.add(f32x4.mul(sum, r), f32At(EXP, 7));

  // 2^n, by its exponent bits.
  const power = i32x4.shl(i32x4.add(shifted, i32x4.splat(127 - SHIFT_BITS)), 23);
  const result = f32x4.mul(sum, power);
  return v128.andnot(result, f32x4.lt(x, least));
}

/**
 * tanh x in float32, four at a time; relative error below 4e-7. NaN gives NaN.
 *
 * Below 1 by Lambert's continued fraction, broken off after the seventh denominator; above by the exponential.
 */
export function tanh(x: v128): v128 {
  const square = f32x4.mul(x, x);
  let top = f32x4.add(square, f32At(TANH_TOP, 0));
  top = f32x4.add(f32x4.mul(top, square), f32At(TANH_TOP, 1));
  top = f32x4.add(f32x4.mul(top, square), f32At(TANH_TOP, 2));
  let bottom = f32x4.add(f32x4.mul(square, f32At(TANH_BOTTOM, 0)), f32At(TANH_BOTTOM, 1));
  bottom = f32x4.add(f32x4.mul(bottom, square), f32At(TANH_BOTTOM, 2));
  bottom = f32x4.add(f32x4.mul(bottom, square), f32At(TANH_BOTTOM, 3));
  const small = f32x4.div(f32x4.mul(x, top), bottom);

  // From 10 on tanh is 1 to the last bit of float32.
  const magnitude = f32x4.pmin(f32x4.abs(x), f32x4.splat(10));
  const power = exp(f32x4.add(magnitude, magnitude));
  const one = f32At(EXP, 7);
  const large = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(power, one)));
  const sign = v128.and(x, i32x4.splat(0x80000000));

  return v128.bitselect(v128.or(large, sign), small, f32x4.ge(magnitude, one));
}

/**
 * Natural logarithm in float64, two at a time, for normal x > 0; error below 4e-16 relative, or absolute where log x is
 * below 1 in size. In float64, so that a loss near 0 keeps its digits. NaN gives NaN.
 *
 * x = 2^n m with m in [1 / sqrt 2, sqrt 2), and log m = 2 artanh s, s = (m - 1) / (m + 1), |s| <= 0.172: its series is
 * broken off after s^23.
 */
export function logs(x: v128): v128 {
  const one = f64At(LOG, 0);
  let m = v128.or(v128.and(x, i64x2.splat(0x000fffffffffffff)), one);
  const large = f64x2.gt(m, f64At(LOG, 1));
  m = v128.bitselect(f64x2.mul(m, f64At(LOG, 2)), m, large);
  // The exponents, and 1 more where m was halved: a mask is -1.
  const exponents = i64x2.sub(v128.and(i64x2.shr_u(x, 52), i64x2.splat(2047)), i64x2.add(i64x2.splat(1023), large));
  const n = f64x2.convert_low_i32x4_s(i32x4.shuffle(exponents, exponents, 0, 2, 0, 2));

  const s = f64x2.div(f64x2.sub(m, one), f64x2.add(m, one));
  const z = f64x2.mul(s, s);
  let sum = f64x2.add(f64x2.mul(z, f64At(ARTANH, 0)), f64At(ARTANH, 1));
  sum = f64x2.add(f64x2.mul(sum, z), f64At(ARTANH, 2));
  sum = f64x2.add(f64x2.mul(sum, z), f64At(ARTANH, 3));
  sum = f64x2.add(f64x2.mul(sum, z), f64At(ARTANH, 4));
  sum = f64x2.add(f64x2.mul(sum, z), f64At(ARTANH, 5));
  sum = f64x2.add(f64x2.mul(sum, z), f64At(ARTANH, 6));
  sum = f64x2.add(f64x2.mul(sum, z), f64At(ARTANH, 7));
  sum = f64x2.add(f64x2.mul(sum, z), f64At(ARTANH, 8));
  sum = f64x2.add(f64x2.mul(sum, z), f64At(ARTANH, 9));
  sum = f64x2.add(f64x2.mul(sum, z), f64At(ARTANH, 10));
  const twice = f64x2.add(s, s);
  const series = f64x2.add(twice, f64x2.mul(f64x2.mul(twice, z), sum));
  const result = f64x2.add(f64x2.mul(n, f64At(LOG, 3)), series);
  return f64x2.add(result, f64x2.sub(x, x));
}

/** The same for one number. */
export function log(x: f64): f64 {
  return f64x2.extract_lane(logs(f64x2.splat(x)), 0);
}
