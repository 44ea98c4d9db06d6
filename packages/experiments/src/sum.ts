/** Sums that keep what plain addition rounds away. */

/**
 * Add numbers with compensation, so that the error does not grow with their count.
 *
 * Differences of accuracies cancel: their sum may be a thousandth of its terms, and then the rounding of plain addition
 * shows in t and p. Neumaier's variant of Kahan's sum carries the lost low bits of every addition along. What is
 * left is about one rounding of the result, and some n ** 2 * 2 ** -106 of the sum of magnitudes.
 *
 * @param values any length, each finite; an empty sum is 0
 * @returns `sum(-values)` is exactly `-sum(values)`
 * @throws RangeError when the sum is out of the range of a double
 * @see Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", 1974
 */
export function sum(values: Iterable<number>): number {
  let total = 0;
  let lost = 0;
  for (const value of values) {
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  const result = total + lost;
  if (!Number.isFinite(result)) throw new RangeError(`sum: must stay within the range of a double, got ${result}`);
  return result;
}

/**
 * Check numbers that are about to be summed up.
 *
 * @param least how many there must be, >= 1
 * @param name what the error calls the caller
 * @throws RangeError when there are fewer, or one is NaN or infinite
 */
export function checkValues(values: readonly number[], least: number, name: string): void {
  if (!(values.length >= least)) {
    throw new RangeError(`${name}: must have at least ${least} value${least === 1 ? '' : 's'}, got ${values.length}`);
  }
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new RangeError(`${name}: every value must be finite, got ${values[i]} at index ${i}`);
    }
  }
}
