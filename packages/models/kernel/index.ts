/** What the kernel offers: whole passes over a plan, one call each. */
import {
  ACCURACY_SUM,
  ALL_FINITE,
  CHUNK,
  ERRORS,
  LAYERS,
  LEARNING_RATE,
  LOSS_SUM,
  MIX_LAYERS,
  MOMENTS_NOT_FINITE,
  OUTPUT,
  PARAMETER_BYTES,
  PARAMETERS,
  RATES,
  SECOND_MOMENT,
  STRIDE,
  UNITS,
  WEIGHTS_NOT_FINITE,
} from '../src/wasm/descriptor';
import { differentiateBatch, learnBatch, predictBatch, recordOf } from './pass';

/**
 * Take one step per batch of a plan.
 *
 * @param network its descriptor
 * @param x [n, inputs] and `y` [n, outputs], dense, columns padded to a multiple of 4
 * @param index [rows] i32, `partner` [rows] i32, `lambda` [rows] f64
 * @param batch rows per step; the buffers of the descriptor have room for them
 * @returns one of ALL_FINITE, …_NOT_FINITE
 */
export function train(
  network: usize,
  x: usize,
  y: usize,
  index: usize,
  partner: usize,
  lambda: usize,
  rows: i32,
  batch: i32,
): i32 {
  clearSums(network);
  let rates = load<usize>(network, RATES);
  let layers = load<usize>(network, MIX_LAYERS);
  for (let first = 0; first < rows; first += batch) {
    const count = min(batch, rows - first);
    let layer = 0;
    if (layers) {
      layer = load<i32>(layers);
      layers += 4;
    }
    if (rates) {
      store<f64>(network, load<f64>(rates), LEARNING_RATE);
      rates += 8;
    }
    predictBatch(network, x, y, index, partner, lambda, first, count, layer, 1 / <f32>count);
    learnBatch(network, lambda, first, count, layer);
  }
  return finiteness(network);
}

/**
 * Score rows, and hand out what the head gives.
 *
 * @param index [rows] i32, or 0 for the rows as they lie
 * @param out [rows, outputs] dense, without padding; or 0
 */
export function evaluate(network: usize, x: usize, y: usize, index: usize, rows: i32, out: usize): void {
  clearSums(network);
  const last = recordOf(network, load<i32>(network, LAYERS));
  for (let first = 0; first < rows; first += CHUNK) {
    const count = min(CHUNK, rows - first);
    predictBatch(network, x, y, index, 0, 0, first, count, 0, 1 / <f32>count);
    if (out) out = copyRows(last, load<usize>(last, OUTPUT), count, out);
  }
}

/**
 * Differentiate the loss of each row by its features.
 *
 * @param index [rows] i32, or 0 for the rows as they lie
 * @param out [rows, inputs] dense, without padding
 */
export function inputGradients(network: usize, x: usize, y: usize, index: usize, rows: i32, out: usize): void {
  clearSums(network);
  const input = recordOf(network, 0);
  for (let first = 0; first < rows; first += CHUNK) {
    const count = min(CHUNK, rows - first);
    predictBatch(network, x, y, index, 0, 0, first, count, 0, 1);
    differentiateBatch(network, count);
    out = copyRows(input, load<usize>(input, ERRORS), count, out);
  }
}

/** Copy the rows of a layer without their padding; returns where the next ones go. */
function copyRows(record: usize, source: usize, rows: i32, target: usize): usize {
  const bytes = (<usize>load<i32>(record, UNITS)) << 2;
  for (let row = 0; row < rows; row++, source += load<usize>(record, STRIDE), target += bytes) {
    memory.copy(target, source, bytes);
  }
  return target;
}

function clearSums(network: usize): void {
  store<f64>(network, 0, LOSS_SUM);
  store<f64>(network, 0, ACCURACY_SUM);
}

/**
 * A second moment that overflowed stops its weight in silence: a step of Adam divides by it. A first moment that did is in the
 * weights, or in the second moment.
 */
function finiteness(network: usize): i32 {
  const start = load<usize>(network, PARAMETERS);
  const bytes = <usize>load<i32>(network, PARAMETER_BYTES);
  if (!allFinite(start, bytes)) return WEIGHTS_NOT_FINITE;
  return allFinite(start + <usize>load<i32>(network, SECOND_MOMENT), bytes) ? ALL_FINITE : MOMENTS_NOT_FINITE;
}

/** x - x is 0 for every finite number and NaN for the others. */
function allFinite(start: usize, bytes: usize): bool {
  let sum = f32x4.splat(0);
  for (let p = start; p < start + bytes; p += 16) sum = f32x4.add(sum, f32x4.sub(v128.load(p), v128.load(p)));
  return !v128.any_true(f32x4.ne(sum, sum));
}
