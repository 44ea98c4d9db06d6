/** One dense layer, forwards and backwards. A record of the descriptor says where everything lies. */
import {
  ACTIVATION,
  BIAS,
  ERROR_PANEL,
  ERRORS,
  GRADIENT_PANEL,
  KERNEL,
  OUTPUT,
  RECORD_BYTES,
  STRIDE,
  TRANSPOSED_PANEL,
  UNITS,
  ZEROS,
} from '../src/wasm/descriptor';
import { activate, deactivate } from './activation';
import { gradientPanel4, gradientPanel8 } from './gradient';
import { update, updateKernel } from './optimizer';
import { packPanel4, packPanel8, transposePanel } from './panel';
import { productPanel4, productPanel8 } from './product';

/** Rows of a batch as tiles of six and four, which make up any even number from 4 on: buffers have the rows rounded up to. */
function tiledRows(rows: i32): i32 {
  return max(4, (rows + 1) & ~1);
}

/** 6 s + 4 f = rows with the fewest fours: none, two or one for a remainder by six of 0, 2 or 4. */
function foursOf(rows: i32): i32 {
  const remainder = tiledRows(rows) % 6;
  return remainder === 0 ? 0 : remainder === 2 ? 2 : 1;
}

function sixesOf(rows: i32): i32 {
  return (tiledRows(rows) - 4 * foursOf(rows)) / 6;
}

function padded(record: usize): i32 {
  return (load<i32>(record, UNITS) + 3) & ~3;
}

/** output = activation(input * kernel + bias) */
export function forward(record: usize, rows: i32): void {
  const before = record - RECORD_BYTES;
  const inputs = <usize>padded(before);
  const units = padded(record);
  const input = load<usize>(before, OUTPUT);
  const inputStride = load<usize>(before, STRIDE);
  const stride = load<usize>(record, STRIDE);
  const sixes = sixesOf(rows);
  const fours = foursOf(rows);
  let kernel = load<usize>(record, KERNEL);
  let bias = load<usize>(record, BIAS);
  let output = load<usize>(record, OUTPUT);
  let column = 0;
  for (; column + 8 <= units; column += 8) {
    productPanel8(input, inputStride, inputs, kernel, bias, output, stride, sixes, fours);
    kernel += inputs << 5;
    bias += 32;
    output += 32;
  }
  if (column < units) productPanel4(input, inputStride, inputs, kernel, bias, output, stride, sixes, fours);
  activate(load<i32>(record, ACTIVATION), load<usize>(record, OUTPUT), stride, rows, units);
}

/** What the layer before gave, as errors: errors * kernel'. */
export function sendBack(network: usize, record: usize, rows: i32): void {
  const before = record - RECORD_BYTES;
  const inputs = padded(before);
  const units = load<i32>(record, UNITS);
  const kernel = load<usize>(record, KERNEL);
  const errors = load<usize>(record, ERRORS);
  const stride = load<usize>(record, STRIDE);
  const target = load<usize>(before, ERRORS);
  const targetStride = load<usize>(before, STRIDE);
  const transposed = load<usize>(network, TRANSPOSED_PANEL);
  const zeros = load<usize>(network, ZEROS);
  const depth = <usize>((units + 1) & ~1);
  const sixes = sixesOf(rows);
  const fours = foursOf(rows);
  let column = 0;
  for (; column + 8 <= inputs; column += 8) {
    const c = target + ((<usize>column) << 2);
    transposePanel(kernel, inputs, padded(record), column, 8, transposed);
    productPanel8(errors, stride, depth, transposed, zeros, c, targetStride, sixes, fours);
  }
  if (column < inputs) {
    const c = target + ((<usize>column) << 2);
    transposePanel(kernel, inputs, padded(record), column, 4, transposed);
    productPanel4(errors, stride, depth, transposed, zeros, c, targetStride, sixes, fours);
  }
}

/** From the derivative by what a layer gave to the one by what it had before its activation. */
export function passActivation(record: usize, rows: i32): void {
  const stride = load<usize>(record, STRIDE);
  deactivate(
    load<i32>(record, ACTIVATION),
    load<usize>(record, OUTPUT),
    load<usize>(record, ERRORS),
    stride,
    rows,
    padded(record),
  );
}

/** Kernel and bias by their gradient: input' * errors, and the sum of the errors. */
export function learn(network: usize, record: usize, rows: i32): void {
  const before = record - RECORD_BYTES;
  const inputs = padded(before);
  const units = padded(record);
  const input = load<usize>(before, OUTPUT);
  const inputStride = load<usize>(before, STRIDE);
  const stride = load<usize>(record, STRIDE);
  const panel = load<usize>(network, ERROR_PANEL);
  const gradient = load<usize>(network, GRADIENT_PANEL);
  let kernel = load<usize>(record, KERNEL);
  let bias = load<usize>(record, BIAS);
  let errors = load<usize>(record, ERRORS);
  let column = 0;
  for (; column + 8 <= units; column += 8) {
    packPanel8(errors, stride, rows, panel, gradient);
    update(network, bias, gradient, 32);
    gradientPanel8(input, inputStride, inputs, panel, rows, gradient);
    updateKernel(network, kernel, gradient, (<usize>inputs) << 5);
    kernel += (<usize>inputs) << 5;
    bias += 32;
    errors += 32;
  }
  if (column < units) {
    packPanel4(errors, stride, rows, panel, gradient);
    update(network, bias, gradient, 16);
    gradientPanel4(input, inputStride, inputs, panel, rows, gradient);
    updateKernel(network, kernel, gradient, (<usize>inputs) << 4);
  }
}
