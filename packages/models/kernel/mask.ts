/** Dropout by masks: what a layer gave is multiplied by numbers that were drawn beforehand. */
import { ACTIVATION, ACTIVATION_TANH, ERRORS, MASK, OUTPUT, STRIDE, UNITS } from '../src/wasm/descriptor';

/**
 * Multiply the outputs of a layer by its mask.
 *
 * @param from the first of its rows to mask
 * @param first the row of the plan that it belongs to
 */
export function mask(record: usize, from: i32, first: i32, rows: i32): void {
  const bytes = rowBytes(record);
  const stride = load<usize>(record, STRIDE);
  let factors = load<usize>(record, MASK) + <usize>first * bytes;
  let values = load<usize>(record, OUTPUT) + <usize>from * stride;
  for (let row = 0; row < rows; row++, values += stride, factors += bytes) {
    for (let i: usize = 0; i < bytes; i += 16) {
      v128.store(values + i, f32x4.mul(v128.load(values + i), v128.load(factors + i)));
    }
  }
}

/**
 * Multiply the errors of a layer by its mask, and for tanh, whose derivative is read off from what it gave, take the mask off
 * that again. (A ReLU's is 1 or 0 as before, or is multiplied by 0.)
 */
export function unmask(record: usize, from: i32, first: i32, rows: i32): void {
  const bytes = rowBytes(record);
  const stride = load<usize>(record, STRIDE);
  const restore = load<i32>(record, ACTIVATION) === ACTIVATION_TANH;
  let factors = load<usize>(record, MASK) + <usize>first * bytes;
  let values = load<usize>(record, OUTPUT) + <usize>from * stride;
  let errors = load<usize>(record, ERRORS) + <usize>from * stride;
  const zero = f32x4.splat(0);
  for (let row = 0; row < rows; row++, values += stride, errors += stride, factors += bytes) {
    for (let i: usize = 0; i < bytes; i += 16) {
      const factor = v128.load(factors + i);
      v128.store(errors + i, f32x4.mul(v128.load(errors + i), factor));
      if (restore) {
        const restored = f32x4.div(v128.load(values + i), factor);
        v128.store(values + i, v128.and(restored, f32x4.ne(factor, zero)));
      }
    }
  }
}

function rowBytes(record: usize): usize {
  return (<usize>((load<i32>(record, UNITS) + 3) & ~3)) << 2;
}
