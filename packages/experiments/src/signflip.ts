/** The sign-flip test: whether paired differences are centred on zero, with no normal distribution assumed. */
import { checkValues, sum } from './sum.ts';

/** What the differences are multiples of. */
export interface SignFlipOptions {
  /** > 0; for differences of accuracies 1 / testRows. Any number of differences is exact with it. */
  readonly unit?: number;
}

/** Without a lattice every subset is summed up, and 2 ** 20 sums take 8 MB. */
const mostEnumerated = 20;

/** About 0.5 GB of doubles. */
const mostCells = 2 ** 26;

/**
 * Test whether paired differences are centred on zero: the exact two-sided p of the sum under sign flips.
 *
 * If neither arm is better, each difference was as likely to come out with the other sign. So p is the share of all
 * 2 ** n ways to set the signs whose sum is at least as far from zero as the one seen. Flipping a subset moves the sum
 * by twice the subset's, hence p = 2 P(U <= min(gains, losses)), or 1 where that is more: U is the sum of the
 * magnitudes in a random subset, `gains` that of all positive and `losses` that of all negative differences. Zeros
 * don't matter.
 *
 * With n differences other than zero p is never below 2 ** (1 - n): five trials can't reach 0.05.
 *
 * @param differences [n >= 1], each finite; without `unit` at most 20 of them other than zero
 * @returns p in (0, 1]; where it would be below the smallest double, that double and not 0
 * @throws RangeError when there is no difference, one is not finite or over a millionth of a unit off the multiples of
 *   `unit`, the gains and the losses both reach 2 ** 26 units, or there are too many differences for no `unit`
 * @example
 * signFlipTest([1 / 30, 2 / 30, 0, 1 / 30], { unit: 1 / 30 }); // 0.25
 * @see Fisher, "The Design of Experiments", 1935, section 21
 */
export function signFlipTest(differences: readonly number[], options: SignFlipOptions = {}): number {
  const { unit } = options;
  checkValues(differences, 1, 'signFlipTest');
  return unit === undefined ? enumerate(differences) : countOnLattice(toUnits(differences, unit));
}

function toUnits(differences: readonly number[], unit: number): number[] {
  if (!(unit > 0 && unit < Infinity)) throw new RangeError(`signFlipTest: unit must be > 0 and finite, got ${unit}`);
  return differences.map((difference, i) => {
    const count = Math.round(difference / unit);
    if (!(Math.abs(difference / unit - count) <= 1e-6)) {
      throw new RangeError(
        `signFlipTest: differences must be multiples of unit ${unit}, got ${difference} at index ${i}`,
      );
    }
    return count;
  });
}

/**
 * The distribution of U one difference after the other: P(U = u) becomes (P(U = u) + P(U = u - size)) / 2.
 *
 * Only additions and halvings of numbers >= 0, so p is good to about n * 2 ** -53 relative, while it is above 1e-300
 * (what underflows on the way is below 2 ** -1074 a time). Only the cells up to
 * min(gains, losses) are needed, as no subset's sum ever shrinks; so the time is n * min(gains, losses).
 */
function countOnLattice(counts: readonly number[]): number {
  const limit = smallerSide(counts);
  if (!(limit < mostCells)) {
    throw new RangeError(`signFlipTest: gains or losses must be below ${mostCells} units, got ${limit} and more`);
  }
  const probability = new Float64Array(limit + 1);
  probability[0] = 1;
  let reached = 0;
  for (const count of counts) {
    const size = Math.abs(count);
    if (size === 0) continue;
    reached = Math.min(limit, reached + size);
    for (let u = reached; u >= 0; u--) {
      const from = u >= size ? (probability[u - size] as number) : 0;
      probability[u] = ((probability[u] as number) + from) / 2;
    }
  }
  return twoSided(sum(probability));
}

/** Every subset's sum, where the magnitudes are any numbers. */
function enumerate(differences: readonly number[]): number {
  const sizes = differences.filter((difference) => difference !== 0).map(Math.abs);
  if (sizes.length > mostEnumerated) {
    throw new RangeError(
      `signFlipTest: without unit there must be at most ${mostEnumerated} differences other than zero, ` +
        `got ${sizes.length}; pass unit, the number they are multiples of (1 / testRows for accuracies)`,
    );
  }
  const sums = new Float64Array(2 ** sizes.length);
  for (const [i, size] of sizes.entries()) {
    const half = 2 ** i;
    for (let subset = 0; subset < half; subset++) sums[half + subset] = (sums[subset] as number) + size;
  }
  // Sums that are equal in truth differ by rounding, up to 20 roundings of the whole. They count as ties; SciPy's
  // permutation_test takes 100 roundings of the sum seen, which is nothing where that sum is zero but for rounding.
  const tolerance = 100 * Number.EPSILON * sum(sizes);
  const limit = smallerSide(differences) + tolerance;
  let atMost = 0;
  for (const subset of sums) if (subset <= limit) atMost++;
  return twoSided(atMost / sums.length);
}

/** The sum of the positive numbers or the magnitude of the negative ones, whichever is less. */
function smallerSide(values: readonly number[]): number {
  return Math.min(sum(values.filter((value) => value > 0)), -sum(values.filter((value) => value < 0)));
}

/** A sum of exactly zero has both sides overlap in the middle, hence the 1. */
function twoSided(tail: number): number {
  return Math.max(Number.MIN_VALUE, Math.min(1, 2 * tail));
}
