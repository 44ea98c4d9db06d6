/** Half-precision numbers: 1 sign bit, 5 bits of exponent, 10 of fraction. Every one of them is a float32 too. */

/** The least exponent of a number in full precision: below 2 ** -14 the steps stay as wide. */
const leastExponent = -14;
const greatestExponent = 15;

/** @param bits in [0, 2 ** 16), read as IEEE 754 binary16 */
export function float16FromBits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  // Steps of 2 ** -24 below 2 ** -14, and 1024 steps from each power of two to the next above.
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/**
 * @param value any number
 * @returns its bits in IEEE 754 binary16, or undefined where it is none of those numbers: nothing is rounded
 * @see IEEE 754-2019, section 3.4
 */
export function float16Bits(value: number): number | undefined {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size === Infinity) return sign | 0x7c00;
  if (size === 0) return sign;
  const exponent = Math.max(Math.floor(Math.log2(size)), leastExponent);
  // Exact, as both are powers of two away from each other.
  const steps = size * 2 ** (10 - exponent);
  if (!Number.isInteger(steps) || exponent > greatestExponent) return undefined;
  // A fraction of 1024 or more is one power of two further up, which is what the sum then says.
  return sign | (((exponent - leastExponent) << 10) + steps);
}
