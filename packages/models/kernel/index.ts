/** What the kernel offers: whole passes over a plan, one call each. */
import {
  ACCURACY_SUM,
  CHUNK,
  ERRORS,
  HEADER_BYTES,
  LABELS,
  LAYERS,
  LOSS_SUM,
  OUTPUT,
  PARAMETER_BYTES,
  PARAMETERS,
  RECORD_BYTES,
  STRIDE,
  UNITS,
} from '../src/wasm/descriptor';
import { gather } from './gather';
import { forward, learn, sendBack } from './layer';
import { beginStep, sweepMoments } from './optimizer';
import { softmax } from './softmax';

/**
 * Take one step per batch of a plan.
 *
 * @param network its descriptor
 * @param x [n, inputs] and `y` [n, outputs], dense, columns padded to a multiple of 4
 * @param index [rows] i32, `partner` [rows] i32, `lambda` [rows] f64
 * @param batch rows per step; the buffers of the descriptor have room for them
 * @returns 0, or NaN when a parameter is no longer finite
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
): f32 {
  clearSums(network);
  for (let first = 0; first < rows; first += batch) {
    step(network, x, y, index, partner, lambda, first, min(batch, rows - first));
  }
  return finiteness(load<usize>(network, PARAMETERS), <usize>load<i32>(network, PARAMETER_BYTES));
}

function step(
  network: usize,
  x: usize,
  y: usize,
  index: usize,
  partner: usize,
  lambda: usize,
  first: i32,
  rows: i32,
): void {
  predictBatch(network, x, y, index, partner, lambda, first, rows);
  beginStep(network);
  for (let layer = load<i32>(network, LAYERS); layer > 0; layer--) {
    const record = recordOf(network, layer);
    // Before the kernel moves.
    if (layer > 1) sendBack(network, record, rows);
    learn(network, record, rows);
  }
  sweepMoments(network);
}

/**
 * Score rows, and hand out their probabilities.
 *
 * @param index [rows] i32, or 0 for the rows as they lie
 * @param out [rows, outputs] dense, without padding; or 0
 */
export function evaluate(network: usize, x: usize, y: usize, index: usize, rows: i32, out: usize): void {
  clearSums(network);
  const last = recordOf(network, load<i32>(network, LAYERS));
  const units = load<i32>(last, UNITS);
  for (let first = 0; first < rows; first += CHUNK) {
    const count = min(CHUNK, rows - first);
    predictBatch(network, x, y, index, 0, 0, first, count);
    if (out) {
      let row = load<usize>(last, OUTPUT);
      for (let i = 0; i < count; i++, row += load<usize>(last, STRIDE)) {
        memory.copy(out, row, (<usize>units) << 2);
        out += (<usize>units) << 2;
      }
    }
  }
}

/** Gather and mix a batch, send it through all layers and score it. */
function predictBatch(
  network: usize,
  x: usize,
  y: usize,
  index: usize,
  partner: usize,
  lambda: usize,
  first: i32,
  rows: i32,
): void {
  const layers = load<i32>(network, LAYERS);
  const input = recordOf(network, 0);
  const head = recordOf(network, layers);
  const inputs = load<i32>(input, UNITS);
  const units = load<i32>(head, UNITS);
  const labels = load<usize>(network, LABELS);
  const stride = load<usize>(head, STRIDE);
  gather(
    x,
    (inputs + 3) & ~3,
    index,
    partner,
    lambda,
    first,
    rows,
    load<usize>(input, OUTPUT),
    load<usize>(input, STRIDE),
  );
  gather(y, (units + 3) & ~3, index, partner, lambda, first, rows, labels, stride);
  for (let layer = 1; layer <= layers; layer++) forward(recordOf(network, layer), rows);
  softmax(network, load<usize>(head, OUTPUT), labels, load<usize>(head, ERRORS), stride, rows, units, 1 / <f32>rows);
}

function recordOf(network: usize, layer: i32): usize {
  return network + HEADER_BYTES + <usize>layer * RECORD_BYTES;
}

function clearSums(network: usize): void {
  store<f64>(network, 0, LOSS_SUM);
  store<f64>(network, 0, ACCURACY_SUM);
}

/** x - x is 0 for every finite number and NaN for the others. */
function finiteness(start: usize, bytes: usize): f32 {
  let sum = f32x4.splat(0);
  for (let p = start; p < start + bytes; p += 16) sum = f32x4.add(sum, f32x4.sub(v128.load(p), v128.load(p)));
  return (
    f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3)
  );
}
