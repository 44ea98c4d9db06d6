/** What follows a hidden layer, in place, and its derivative, read off from what it gave. */
import { ACTIVATION_RELU, ACTIVATION_TANH } from '../src/wasm/descriptor';
import { tanh } from './elementary';

/**
 * A ReLU is part of the product, see product.ts.
 *
 * @param values [rows, width] float32, changed in place
 * @param stride bytes from row to row
 * @param width a multiple of 4
 */
export function applyTanh(values: usize, stride: usize, rows: i32, width: i32): void {
  const bytes = (<usize>width) << 2;
  for (let row = 0; row < rows; row++, values += stride) {
    for (let p = values, end = values + bytes; p < end; p += 16) v128.store(p, tanh(v128.load(p)));
  }
}

/**
 * Multiply errors by the derivative of the activation: 1 where a ReLU let through, 1 - a^2 for tanh.
 *
 * @param values [rows, width] what the activation gave
 * @param errors [rows, width], changed in place
 */
export function deactivate(activation: i32, values: usize, errors: usize, stride: usize, rows: i32, width: i32): void {
  const bytes = (<usize>width) << 2;
  if (activation === ACTIVATION_RELU) {
    const zero = f32x4.splat(0);
    for (let row = 0; row < rows; row++, values += stride, errors += stride) {
      for (let i: usize = 0; i < bytes; i += 16) {
        v128.store(errors + i, v128.and(v128.load(errors + i), f32x4.gt(v128.load(values + i), zero)));
      }
    }
  } else if (activation === ACTIVATION_TANH) {
    const one = f32x4.splat(1);
    for (let row = 0; row < rows; row++, values += stride, errors += stride) {
      for (let i: usize = 0; i < bytes; i += 16) {
        const a = v128.load(values + i);
        v128.store(errors + i, f32x4.mul(v128.load(errors + i), f32x4.sub(one, f32x4.mul(a, a))));
      }
    }
  }
}
