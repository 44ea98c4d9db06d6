/** Distance between doubles, in units in the last place. */

const double = new Float64Array(1);
const bits = new BigInt64Array(double.buffer);

/** Doubles in their order as integers: neighbours differ by 1, and -0 and 0 are one number. */
function ordinal(x: number): bigint {
  double[0] = x;
  const word = bits[0] as bigint;
  return word >= 0n ? word : -(word & 0x7fffffffffffffffn);
}

/** @returns how many doubles lie between, counting one end; NaN is as far as can be from anything but NaN */
export function ulpDistance(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b) ? 0 : Infinity;
  const distance = ordinal(a) - ordinal(b);
  return Number(distance < 0n ? -distance : distance);
}

/** @returns the largest distance between numbers at the same place; Infinity when the lengths differ */
export function maxUlpDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, ulpDistance(a[i] as number, b[i] as number));
  return most;
}
