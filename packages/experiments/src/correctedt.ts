/** The corrected resampled t test: what trials on one data set say about new data. */
import type { ConfidenceOptions } from './interval.ts';
import { type TTest, tTest } from './pairedt.ts';

/** The sizes of the split that every trial drew anew. */
export interface CorrectedTOptions extends ConfidenceOptions {
  /** Rows trained on, an integer >= 1. */
  readonly trainRows: number;
  /** Rows held out, an integer >= 1. */
  readonly testRows: number;
}

/**
 * Test whether the mean of paired differences is zero for new data from the same source, by Nadeau and Bengio's t.
 *
 * The trials split one data set again and again, so their training rows overlap and their differences are not
 * independent: the plain t test finds more the more trials there are. The correction takes the variance of the mean as
 * (1 / n + testRows / trainRows) * s ** 2, which no number of trials brings to zero.
 *
 * Differences without spread: see `pairedT`.
 *
 * @param differences [n >= 2], each finite, one per random split
 * @throws RangeError when there are fewer than two, one is not finite, or a size or `confidence` is out of range
 * @example
 * correctedT([0.02, 0.03, 0.01], { trainRows: 120, testRows: 30 }); // { t: 2.62, df: 2, p: 0.12, … }
 * @see Nadeau, Bengio, "Inference for the Generalization Error", 2003, section 4.1
 */
export function correctedT(differences: readonly number[], options: CorrectedTOptions): TTest {
  const { trainRows, testRows } = options;
  checkRows('trainRows', trainRows);
  checkRows('testRows', testRows);
  return tTest(differences, 1 / differences.length + testRows / trainRows, options, 'correctedT');
}

function checkRows(name: string, rows: number): void {
  if (!(Number.isInteger(rows) && rows >= 1)) {
    throw new RangeError(`correctedT: ${name} must be an integer >= 1, got ${rows}`);
  }
}
