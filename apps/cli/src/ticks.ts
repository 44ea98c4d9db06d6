/** Ticks: round numbers along an axis. */

/**
 * Choose round numbers in a range: 1, 2 or 5 times a power of ten apart.
 *
 * @param most how many there may be, >= 2
 * @returns ascending multiples of the step in [low, high]
 */
export function ticks(low: number, high: number, most: number): number[] {
  const step = roundStep((high - low) / most);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

/** The least of 1, 2, 5 times a power of ten that is at least `step`. */
export function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const factor = [1, 2, 5].find((factor) => factor * power >= step * (1 - 1e-9)) ?? 10;
  return factor * power;
}
