/**
 * Logarithm, exponential and power, rounded as a good C library rounds them.
 *
 * JavaScript engines are up to a unit in the last place off, in every tenth number or so, and NumPy's draws pass through
 * these functions: where a lambda is near 1, one unit of it is a thousand units of `1 - lambda`. Here each is computed
 * as an unevaluated sum of two doubles, so the result is the nearest double but for one case in thousands.
 *
 * @see Dekker, "A Floating-Point Technique for Extending the Available Precision", 1971
 */

/** An unevaluated sum, `low` below half a unit in the last place of `high`: about 106 bits. */
type Pair = readonly [high: number, low: number];

const LN2: Pair = [Math.LN2, 2.3190468138462996e-17];
const THIRD: Pair = [1 / 3, 1.850371707708594e-17]; // = 2 ** -54 / 3
const FIFTH: Pair = [1 / 5, -1.1102230246251566e-17]; // = -(2 ** -54) / 5

/** @param x >= 0 */
export function log(x: number): number {
  const [high, low] = logPair(x);
  return high + low;
}

/** @param x any number */
export function exp(x: number): number {
  return expPair([x, 0]);
}

/**
 * @param x >= 0
 * @param y > 0
 * @returns x to the power of y
 */
export function pow(x: number, y: number): number {
  if (x === 0 || y === 1) return x;
  const [high, low] = logPair(x);
  const product = high * y;
  // Far out the result is 0 or Infinity, and the splitting below would overflow.
  if (!(Math.abs(product) < 1000)) return Math.exp(product);
  return expPair(quickSum(product, productError(high, y, product) + low * y));
}

/** log(2 ** k m) = k log 2 + 2 atanh(s), s = (m - 1) / (m + 1), m between the roots of 1/2 and 2. */
function logPair(x: number): Pair {
  if (!(x > 0 && x < Infinity)) return [Math.log(x), 0];
  let exponent = Math.floor(Math.log2(x));
  // In two steps, since 2 ** 1074 is no double.
  let mantissa = x * 2 ** -Math.trunc(exponent / 2) * 2 ** -(exponent - Math.trunc(exponent / 2));
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  const f = mantissa - 1;
  const divisor = 2 + f;
  const quotient = f / divisor;
  const product = quotient * divisor;
  const rest = f - product - productError(quotient, divisor, product) - quotient * (f - (divisor - 2));
  const s: Pair = [quotient, rest / divisor];

  const z = times(s, s);
  const [t] = z;
  // The terms from z ** 3 on are below 2 ** -18 of the whole: a double each is enough.
  let tail = 1 / 27;
  for (let n = 25; n >= 7; n -= 2) tail = 1 / n + t * tail;
  const series = times(z, plus(THIRD, times(z, plus(FIFTH, [t * tail, 0]))));
  const atanh = plus(s, times(s, series));
  return plus(times(LN2, [exponent, 0]), [2 * atanh[0], 2 * atanh[1]]);
}

/** e ** x = 2 ** k (1 + p) ** 16, p from the first terms of the series at a sixteenth of what is left. */
function expPair(x: Pair): number {
  const k = Math.round(x[0] / LN2[0]);
  if (!(Math.abs(k) < 1100)) return Math.exp(x[0]);
  const r = plus(x, times(LN2, [-k, 0]));
  const part: Pair = [r[0] / 16, r[1] / 16];
  const [t] = part;
  const square = times(part, part);
  const tail = t * t * t * (1 / 6 + t * (1 / 24 + t * (1 / 120 + t * (1 / 720 + t * (1 / 5040 + t / 40320)))));
  let p = plus(plus(part, [square[0] / 2, square[1] / 2]), [tail, 0]);
  for (let i = 0; i < 4; i++) p = plus([2 * p[0], 2 * p[1]], times(p, p));
  const [high, low] = plus([1, 0], p);
  const half = Math.trunc(k / 2);
  return (high + low) * 2 ** half * 2 ** (k - half);
}

function plus(a: Pair, b: Pair): Pair {
  const sum = a[0] + b[0];
  const part = sum - a[0];
  const error = a[0] - (sum - part) + (b[0] - part);
  return quickSum(sum, error + a[1] + b[1]);
}

function times(a: Pair, b: Pair): Pair {
  const product = a[0] * b[0];
  return quickSum(product, productError(a[0], b[0], product) + (a[0] * b[1] + a[1] * b[0]));
}

function quickSum(high: number, low: number): Pair {
  const sum = high + low;
  return [sum, low - (sum - high)];
}

/** a * b - product, exactly: each factor is split in halves of 26 bits, whose products are doubles. */
function productError(a: number, b: number, product: number): number {
  const splitA = 134217729 * a; // = 2 ** 27 + 1
  const splitB = 134217729 * b;
  const highA = splitA - (splitA - a);
  const highB = splitB - (splitB - b);
  const lowA = a - highA;
  const lowB = b - highB;
  return highA * highB - product + highA * lowB + lowA * highB + lowA * lowB;
}
