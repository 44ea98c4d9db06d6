/** What follows the output layer: one of three heads, and the weights of its rows. */
import {
  ERRORS,
  HEAD,
  HEAD_SIGMOID,
  HEAD_SOFTMAX,
  LABELS,
  OUTPUT,
  PLAN_WEIGHTS,
  ROW_WEIGHTS,
  SAMPLE_WEIGHTS,
  STRIDE,
  UNITS,
} from '../src/wasm/descriptor';
import { sigmoid } from './sigmoid';
import { softmax } from './softmax';
import { squaredError } from './squared-error';

/**
 * Score the batch whose outputs are there, and write its errors.
 *
 * @param record the output layer's
 * @param scale what the errors are multiplied by: 1 / batch for the gradient of the mean
 */
export function scoreBatch(network: usize, record: usize, rows: i32, scale: f32): void {
  const head = load<i32>(network, HEAD);
  const output = load<usize>(record, OUTPUT);
  const labels = load<usize>(network, LABELS);
  const errors = load<usize>(record, ERRORS);
  const stride = load<usize>(record, STRIDE);
  const units = load<i32>(record, UNITS);
  const weighted = load<usize>(network, SAMPLE_WEIGHTS) || load<usize>(network, PLAN_WEIGHTS);
  const weights = weighted ? load<usize>(network, ROW_WEIGHTS) : 0;
  if (head === HEAD_SOFTMAX) {
    softmax(network, output, labels, errors, stride, rows, units, scale, weights);
  } else if (head === HEAD_SIGMOID) {
    sigmoid(network, output, labels, errors, stride, rows, units, scale, weights);
  } else {
    squaredError(network, output, labels, errors, stride, rows, units, scale, weights);
  }
}

/** Put the weights of a batch together: its sample weights, mixed as its labels are, times those of the plan. See `gather` for the arguments. */
export function gatherWeights(
  network: usize,
  index: usize,
  partner: usize,
  lambda: usize,
  first: i32,
  rows: i32,
): void {
  const source = load<usize>(network, SAMPLE_WEIGHTS);
  const plan = load<usize>(network, PLAN_WEIGHTS);
  if (!source && !plan) return;
  let target = load<usize>(network, ROW_WEIGHTS);
  for (let row = first; row < first + rows; row++, target += 8) {
    const number = index ? load<i32>(index + ((<usize>row) << 2)) : row;
    let weight = source ? load<f64>(source + ((<usize>number) << 3)) : 1;
    const share = source && lambda ? load<f64>(lambda + ((<usize>row) << 3)) : 1;
    if (share !== 1) {
      const other = load<i32>(partner + ((<usize>row) << 2));
      weight = share * weight + (1 - share) * load<f64>(source + ((<usize>other) << 3));
    }
    if (plan) weight *= load<f64>(plan + ((<usize>row) << 3));
    store<f64>(target, weight);
  }
}
