/**
 * Exponential and logarithm from additions and multiplications alone, so that they have the same bits in every
 * JavaScript engine, and fast: to a unit or two in the last place. `elementary.ts` is nearer, and slow.
 *
 * @see Tang, "Table-Driven Implementation of the Exponential Function in IEEE Floating-Point Arithmetic", 1989
 */
import { exp as correctExp } from './elementary.ts';

/** 2 ** (j / 64) for j in [0, 64), and 2 ** (k - 1100) for k in [0, 2124). */
export interface Powers {
  readonly fraction: Float64Array;
  readonly whole: Float64Array;
}

let powers: Powers | undefined;

/** Tables for `exp`, made at the first use. */
export function powersOfTwo(): Powers {
  if (powers) return powers;
  const whole = new Float64Array(2124).fill(1);
  for (let k = 1099; k >= 0; k--) whole[k] = (whole[k + 1] as number) / 2;
  for (let k = 1101; k < 2124; k++) whole[k] = (whole[k - 1] as number) * 2;
  powers = { fraction: Float64Array.from({ length: 64 }, (_, j) => correctExp((j / 64) * Math.LN2)), whole };
  return powers;
}

const PER_STEP = 64 / Math.LN2;
// log(2) / 64 in two parts; the first has 36 bits, so that whole multiples of it are exact.
const STEP = 0.010830424696223417;
const STEP_REST = 2.572804622327669e-14;

/**
 * e ** x = 2 ** (n / 64) e ** r, with |r| at most log(2) / 128.
 *
 * @returns 0 below -745, Infinity above 709
 */
export function exp(x: number, { fraction, whole }: Powers): number {
  if (!(Math.abs(x) <= 709)) {
    if (x > 709) return Infinity;
    if (!(x > -745)) return 0;
  }
  const nearest = Math.floor(x * PER_STEP + 0.5);
  const n = nearest | 0;
  const r = x - nearest * STEP - nearest * STEP_REST;
  const r2 = r * r;
  const power = (fraction[n & 63] as number) * (whole[(n >> 6) + 1100] as number);
  return power + power * (r + r2 * (0.5 + r * (1 / 6) + r2 * (1 / 24 + r * (1 / 120))));
}

/**
 * log(2 ** k m) = k log 2 + 2 atanh(s), s = (m - 1) / (m + 1), m between the roots of 1/2 and 2.
 *
 * @param x > 0, not many powers of two from 1: they are taken off one by one
 */
export function logNear1(x: number): number {
  let m = x;
  let k = 0;
  for (; m > Math.SQRT2; k++) m /= 2;
  for (; m < Math.SQRT1_2; k--) m *= 2;
  const s = (m - 1) / (m + 1);
  const z = s * s;
  // z is at most 0.0295: the next term, z ** 13 / 27, is below 2 ** -70.
  // Written out, so that the compiler divides and not each call.
  let series = 1 / 23 + z * (1 / 25);
  series = 1 / 21 + z * series;
  series = 1 / 19 + z * series;
  series = 1 / 17 + z * series;
  series = 1 / 15 + z * series;
  series = 1 / 13 + z * series;
  series = 1 / 11 + z * series;
  series = 1 / 9 + z * series;
  series = 1 / 7 + z * series;
  series = 1 / 5 + z * series;
  series = 1 / 3 + z * series;
  return k * Math.LN2 + 2 * (s + s * z * series);
}
