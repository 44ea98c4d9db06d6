/** One batch through all layers, forwards and backwards. */
import {
  BOXES,
  HEADER_BYTES,
  LABEL_LAMBDA,
  LABELS,
  LAYERS,
  MASK,
  OUTPUT,
  RECORD_BYTES,
  STRIDE,
  UNITS,
} from '../src/wasm/descriptor';
import { fillBoxes } from './box';
import { mixBranches, partBranches } from './branches';
import { gather } from './gather';
import { gatherWeights, scoreBatch } from './head';
import { canPassWhileLearning, forward, learn, passActivation, sendBack } from './layer';
import { mask, unmask } from './mask';
import { beginStep, sweepMoments } from './optimizer';

/** The record of a layer; 0 is the input's. */
export function recordOf(network: usize, layer: i32): usize {
  return network + HEADER_BYTES + <usize>layer * RECORD_BYTES;
}

/**
 * Gather and mix a batch, send it through all layers and score it.
 *
 * @param x [n, inputs] and `y` [n, outputs], dense, columns padded to a multiple of 4
 * @param index i32, `partner` i32 and `lambda` f64, of which the rows from `first` on are the batch; see `gather`
 * @param layer where to mix, 0 for the input
 * @param scale what the errors of the head are multiplied by
 */
export function predictBatch(
  network: usize,
  x: usize,
  y: usize,
  index: usize,
  partner: usize,
  lambda: usize,
  first: i32,
  rows: i32,
  layer: i32,
  scale: f32,
): void {
  const layers = load<i32>(network, LAYERS);
  const input = recordOf(network, 0);
  const head = recordOf(network, layers);
  const width = (load<i32>(input, UNITS) + 3) & ~3;
  const output = load<usize>(input, OUTPUT);
  const stride = load<usize>(input, STRIDE);
  if (layer === 0) {
    gather(x, width, index, partner, lambda, first, rows, output, stride);
    if (load<usize>(network, BOXES)) fillBoxes(network, x, width, partner, first, rows, output, stride);
  } else {
    gather(x, width, index, 0, 0, first, rows, output, stride);
    gather(x, width, partner, 0, 0, first, rows, output + <usize>rows * stride, stride);
  }
  const units = (load<i32>(head, UNITS) + 3) & ~3;
  const labelLambda = load<usize>(network, LABEL_LAMBDA);
  const share = labelLambda ? labelLambda : lambda;
  gather(y, units, index, partner, share, first, rows, load<usize>(network, LABELS), load<usize>(head, STRIDE));
  gatherWeights(network, index, partner, share, first, rows);
  maskBranches(input, first, rows, layer > 0);
  for (let i = 1; i <= layers; i++) {
    const record = recordOf(network, i);
    const both = i <= layer;
    forward(record, both ? 2 * rows : rows);
    maskBranches(record, first, rows, both);
    if (i === layer) mixBranches(network, record, lambda, first, rows);
  }
  scoreBatch(network, head, rows, scale);
}

/** Row i of a mask serves both rows that are mixed into row i. */
function maskBranches(record: usize, first: i32, rows: i32, both: bool): void {
  if (!load<usize>(record, MASK)) return;
  mask(record, 0, first, rows);
  if (both) mask(record, rows, first, rows);
}

/** Take a step with the batch that `predictBatch` was given last; the same arguments. */
export function learnBatch(network: usize, lambda: usize, first: i32, rows: i32, layer: i32): void {
  beginStep(network);
  const layers = load<i32>(network, LAYERS);
  for (let i = layers; i > 0; i--) {
    const record = recordOf(network, i);
    const count = i <= layer ? 2 * rows : rows;
    // Before the kernel moves.
    if (i > 1) sendBack(network, record, count);
    // The errors of the first layer go no further down.
    learn(network, record, count, i === 1 && i < layers && canPassWhileLearning(record));
    if (i === 1) break;
    const before = recordOf(network, i - 1);
    const both = i - 1 <= layer;
    if (i - 1 === layer) partBranches(network, before, lambda, first, rows);
    if (load<usize>(before, MASK)) {
      unmask(before, 0, first, rows);
      if (both) unmask(before, rows, first, rows);
    }
    if (i > 2 || !canPassWhileLearning(before)) passActivation(before, both ? 2 * rows : rows);
  }
  sweepMoments(network);
}

/** Send the errors of the batch that `predictBatch` was given last down to its input; nothing is learned. */
export function differentiateBatch(network: usize, rows: i32): void {
  for (let i = load<i32>(network, LAYERS); i > 0; i--) {
    sendBack(network, recordOf(network, i), rows);
    passActivation(recordOf(network, i - 1), rows);
  }
}
