/**
 * G = A' E on one panel of columns, for errors that have passed a ReLU: half of them are 0, and are passed over. The sums are those of
 * gradient.ts, in the same order: to add 0 changes no sum.
 *
 * A column of G is summed up by itself, along the inputs, and turned into the panel when all are there.
 */
import { transpose4 } from './transpose';

/** Inputs that are summed up at a time: 8 sums of four. */
const BLOCK: i32 = 32;

/** Rows whose errors are told apart by one number, a bit each. */
const BITS: i32 = 32;

/** Whether a layer has inputs enough. */
export function isWide(units: i32): bool {
  return units >= BLOCK;
}

/**
 * Find the errors that are not 0, and sum them: the gradient of the biases.
 *
 * @param width columns of the panel, a multiple of 4
 * @param errors [rows, width] float32, `stride` bytes from row to row
 * @param values what the ReLU gave, laid out as `errors`: where it let nothing through the error is 0; 0 where the errors are so already
 * @param bits i32 [rows / BITS, rounded up, width], written: bit i of a number stands for the i-th of its rows
 * @param sums [width], written
 */
export function findErrors(
  width: i32,
  errors: usize,
  values: usize,
  stride: usize,
  rows: i32,
  bits: usize,
  sums: usize,
): void {
  const bytes = (<usize>width) << 2;
  const zero = f32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    let sum = zero;
    let error = errors + i;
    let value = (values ? values : errors) + i;
    for (let first = 0, at = bits + i; first < rows; first += BITS, at += bytes) {
      let bit = i32x4.splat(1);
      let found = i32x4.splat(0);
      for (const end = error + <usize>min(BITS, rows - first) * stride; error < end; error += stride, value += stride) {
        const x = v128.load(error);
        const is = values ? f32x4.gt(v128.load(value), zero) : f32x4.ne(x, zero);
        sum = f32x4.add(sum, v128.and(x, is));
        found = v128.or(found, v128.and(bit, is));
        bit = i32x4.add(bit, bit);
      }
      v128.store(at, found);
    }
    v128.store(sums + i, sum);
  }
}

/**
 * @param width columns: a multiple of 4
 * @param a [rows, units] float32, the inputs of the layer
 * @param aStride bytes from row to row
 * @param units a multiple of 4, see `isWide`
 * @param errors [rows, width], `stride` bytes from row to row
 * @param bits what `findErrors` found
 * @param turned [width, units], written
 * @param g [units, width], written
 */
export function sparseGradient(
  width: i32,
  a: usize,
  aStride: usize,
  units: i32,
  errors: usize,
  stride: usize,
  rows: i32,
  bits: usize,
  turned: usize,
  g: usize,
): void {
  const bytes = (<usize>width) << 2;
  const column = (<usize>units) << 2;
  const last = column - (BLOCK << 2);
  for (let i: usize = 0, target = turned; i < bytes; i += 4, target += column) {
    for (let first: usize = 0; ; first += BLOCK << 2) {
      // The last block may begin within the one before, and give the same numbers again.
      const at = min(first, last);
      sumBlock(a + at, aStride, errors + i, stride, rows, bits + i, bytes, target + at);
      if (first >= last) break;
    }
  }
  for (let end = turned + column; turned < end; turned += 16, g += bytes << 2) {
    for (let i: usize = 0; i < bytes; i += 16) transpose4(turned + i * <usize>units, column, g + i, bytes);
  }
}

function sumBlock(
  a: usize,
  aStride: usize,
  errors: usize,
  stride: usize,
  rows: i32,
  bits: usize,
  bytes: usize,
  target: usize,
): void {
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let c2 = f32x4.splat(0);
  let c3 = f32x4.splat(0);
  let c4 = f32x4.splat(0);
  let c5 = f32x4.splat(0);
  let c6 = f32x4.splat(0);
  let c7 = f32x4.splat(0);
  for (let first = 0; first < rows; first += BITS) {
    let left = load<u32>(bits);
    while (left) {
      const row = <usize>ctz(left);
      left &= left - 1;
      const p = a + row * aStride;
      const x = v128.load32_splat(errors + row * stride);
      c0 = f32x4.add(c0, f32x4.mul(x, v128.load(p)));
      c1 = f32x4.add(c1, f32x4.mul(x, v128.load(p, 16)));
      c2 = f32x4.add(c2, f32x4.mul(x, v128.load(p, 32)));
      c3 = f32x4.add(c3, f32x4.mul(x, v128.load(p, 48)));
      // Never: a way out, across which V8 moves no loads. It would read all eight vectors first, find no register for one of the sums, and
      // let each row wait for that sum's way through the stack.
      if (row === BITS) break;
      c4 = f32x4.add(c4, f32x4.mul(x, v128.load(p, 64)));
      c5 = f32x4.add(c5, f32x4.mul(x, v128.load(p, 80)));
      c6 = f32x4.add(c6, f32x4.mul(x, v128.load(p, 96)));
      c7 = f32x4.add(c7, f32x4.mul(x, v128.load(p, 112)));
    }
    bits += bytes;
    a += aStride << 5;
    errors += stride << 5;
  }
  v128.store(target, c0);
  v128.store(target, c1, 16);
  v128.store(target, c2, 32);
  v128.store(target, c3, 48);
  v128.store(target, c4, 64);
  v128.store(target, c5, 80);
  v128.store(target, c6, 96);
  v128.store(target, c7, 112);
}
