/** Points: differences of accuracies as people read them, in hundredths. */

/**
 * Choose the decimals for a difference and its interval: one, or as many as it takes (at most four) for a bound that is not
 * zero not to look as if it were, since on which side of zero it lies is what the interval is read for.
 *
 * @param bounds as fractions, null where there are none
 */
export function pointDecimals(bounds: readonly (number | null)[]): number {
  const isTold = (decimals: number) =>
    bounds.every((bound) => bound === null || bound === 0 || Number(formatPoints(bound, decimals)) !== 0);
  return [1, 2, 3].find(isTold) ?? 4;
}

/** "-1.8" of -0.018 for one decimal, and no "-0.0". */
export function formatPoints(fraction: number, decimals: number): string {
  const scale = 10 ** decimals;
  return (Math.round(fraction * 100 * scale) / scale + 0).toFixed(decimals);
}
