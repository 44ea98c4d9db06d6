/**
 * C = start + A B on one panel of columns: the forward pass, and the errors sent back through a layer.
 *
 * A is row-major with a stride; B is a panel: `depth` rows of 16, 12, 8 or 4 columns, one after the other, so that it is read
 * front to back. Each number of C is a sum over k in order, whatever the tile: the tile sizes are no part of the result.
 */
import { product4, product8, product12, product16 } from './product.generated';

/** The bits of -Infinity and of 0 in float32. */
export const LEAST_ANY: i32 = 0xff800000;
export const LEAST_ZERO: i32 = 0;

/**
 * @param width columns: 4, 8, 12 or 16
 * @param a [rows, depth] float32, with room for a multiple of 4 rows
 * @param aStride bytes from row to row
 * @param depth >= 1
 * @param b [depth, width]
 * @param start [width] what the sums start from: a bias, or zeros
 * @param c [rows, width], written; with room for a multiple of 4 rows
 * @param cStride bytes from row to row
 * @param least what a number of C is at least: LEAST_ANY, or LEAST_ZERO for a ReLU; NaN stays NaN
 */
export function product(
  width: i32,
  a: usize,
  aStride: usize,
  depth: usize,
  b: usize,
  start: usize,
  c: usize,
  cStride: usize,
  rows: i32,
  least: i32,
): void {
  if (width === 16) product16(a, aStride, depth, b, start, c, cStride, rows, least);
  else if (width === 12) product12(a, aStride, depth, b, start, c, cStride, rows, least);
  else if (width === 8) product8(a, aStride, depth, b, start, c, cStride, rows, least);
  else product4(a, aStride, depth, b, start, c, cStride, rows, least);
}
