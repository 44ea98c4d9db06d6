/** One dense layer, forwards and backwards. A record of the descriptor says where everything lies. */
import {
  ACTIVATION,
  ACTIVATION_RELU,
  ACTIVATION_TANH,
  BIAS,
  ERROR_BITS,
  ERROR_PANEL,
  ERRORS,
  GRADIENT_PANEL,
  KERNEL,
  OUTPUT,
  PANEL,
  RECORD_BYTES,
  STRIDE,
  TRANSPOSED_PANEL,
  UNITS,
  ZEROS,
} from '../src/wasm/descriptor';
import { applyTanh, deactivate } from './activation';
import { gradient } from './gradient';
import { update, updateKernel } from './optimizer';
import { packPanel, panelWidth, transposePanel } from './panel';
import { LEAST_ANY, LEAST_ZERO, product } from './product';
import { findErrors, isWide, sparseGradient } from './sparse-gradient';

function padded(record: usize): i32 {
  return (load<i32>(record, UNITS) + 3) & ~3;
}

/** output = activation(input * kernel + bias) */
export function forward(record: usize, rows: i32): void {
  const before = record - RECORD_BYTES;
  const inputs = <usize>padded(before);
  const depth = <usize>load<i32>(before, UNITS);
  const units = padded(record);
  const input = load<usize>(before, OUTPUT);
  const inputStride = load<usize>(before, STRIDE);
  const stride = load<usize>(record, STRIDE);
  const activation = load<i32>(record, ACTIVATION);
  const least = activation === ACTIVATION_RELU ? LEAST_ZERO : LEAST_ANY;
  let kernel = load<usize>(record, KERNEL);
  let bias = load<usize>(record, BIAS);
  let output = load<usize>(record, OUTPUT);
  for (let column = 0; column < units; column += PANEL) {
    const width = panelWidth(column, units);
    const bytes = (<usize>width) << 2;
    product(width, input, inputStride, depth, kernel, bias, output, stride, rows, least);
    kernel += inputs * bytes;
    bias += bytes;
    output += bytes;
  }
  if (activation === ACTIVATION_TANH) applyTanh(load<usize>(record, OUTPUT), stride, rows, units);
}

/** What the layer before gave, as errors: errors * kernel'. */
export function sendBack(network: usize, record: usize, rows: i32): void {
  const before = record - RECORD_BYTES;
  const inputs = padded(before);
  const kernel = load<usize>(record, KERNEL);
  const errors = load<usize>(record, ERRORS);
  const stride = load<usize>(record, STRIDE);
  const target = load<usize>(before, ERRORS);
  const targetStride = load<usize>(before, STRIDE);
  const transposed = load<usize>(network, TRANSPOSED_PANEL);
  const zeros = load<usize>(network, ZEROS);
  const depth = <usize>load<i32>(record, UNITS);
  for (let column = 0; column < inputs; column += PANEL) {
    const width = panelWidth(column, inputs);
    const c = target + ((<usize>column) << 2);
    transposePanel(kernel, inputs, padded(record), column, width, transposed);
    product(width, errors, stride, depth, transposed, zeros, c, targetStride, rows, LEAST_ANY);
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

/** Whether `learn` can do what `passActivation` would: a pass over the errors less. */
export function canPassWhileLearning(record: usize): bool {
  return load<i32>(record, ACTIVATION) === ACTIVATION_RELU;
}

/**
 * Kernel and bias by their gradient: input' * errors, and the sum of the errors.
 *
 * @param pass whether the errors have yet to pass the activation, see `canPassWhileLearning`
 */
export function learn(network: usize, record: usize, rows: i32, pass: bool): void {
  const before = record - RECORD_BYTES;
  const inputs = padded(before);
  const units = padded(record);
  const input = load<usize>(before, OUTPUT);
  const inputStride = load<usize>(before, STRIDE);
  const stride = load<usize>(record, STRIDE);
  const panel = load<usize>(network, ERROR_PANEL);
  const bits = load<usize>(network, ERROR_BITS);
  const gradients = load<usize>(network, GRADIENT_PANEL);
  const turned = load<usize>(network, TRANSPOSED_PANEL);
  const sparse = load<i32>(record, ACTIVATION) === ACTIVATION_RELU && isWide(inputs);
  let kernel = load<usize>(record, KERNEL);
  let bias = load<usize>(record, BIAS);
  let errors = load<usize>(record, ERRORS);
  let values = pass ? load<usize>(record, OUTPUT) : 0;
  for (let column = 0; column < units; column += PANEL) {
    const width = panelWidth(column, units);
    const bytes = (<usize>width) << 2;
    if (sparse) findErrors(width, errors, values, stride, rows, bits, gradients);
    else packPanel(width, errors, values, stride, rows, panel, gradients);
    update(network, bias, gradients, bytes);
    if (sparse) sparseGradient(width, input, inputStride, inputs, errors, stride, rows, bits, turned, gradients);
    else gradient(width, input, inputStride, inputs, panel, rows, gradients);
    updateKernel(network, kernel, gradients, <usize>inputs * bytes);
    kernel += <usize>inputs * bytes;
    bias += bytes;
    errors += bytes;
    if (pass) values += bytes;
  }
}
