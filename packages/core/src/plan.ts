/** Mix plans: all the chance of a mix as plain data, drawn once and applied to anything. */

/**
 * Who is mixed with whom, and how much of each.
 *
 * Row i of the result is `lambda[i] * x[index[i]] + (1 - lambda[i]) * x[partner[i]]`. A plain row is a row with
 * `lambda` 1; an epoch of plain training is a plan too.
 *
 * @see Zhang, Cisse, Dauphin, Lopez-Paz, "mixup: Beyond Empirical Risk Minimization", 2017, equation (1)
 */
export interface MixPlan {
  /** [batch], each a row number of the source */
  readonly index: Int32Array;
  /** [batch], each a row number of the source */
  readonly partner: Int32Array;
  /** [batch], each in [0, 1]: the weight of `index` */
  readonly lambda: Float64Array;
}
