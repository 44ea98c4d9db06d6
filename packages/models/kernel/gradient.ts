/** G = A' E on one panel of columns: the gradient of a layer's kernel, from its inputs and its errors. */
import { gradient4, gradient8, gradient12, gradient16 } from './gradient.generated';

/**
 * @param width columns: 4, 8, 12 or 16
 * @param a [rows, units] float32, the inputs of the layer
 * @param aStride bytes from row to row
 * @param units a multiple of 4
 * @param errors [rows, width]
 * @param rows of the batch, >= 1
 * @param g [units, width], written
 */
export function gradient(width: i32, a: usize, aStride: usize, units: i32, errors: usize, rows: i32, g: usize): void {
  if (width === 16) gradient16(a, aStride, units, errors, rows, g);
  else if (width === 12) gradient12(a, aStride, units, errors, rows, g);
  else if (width === 8) gradient8(a, aStride, units, errors, rows, g);
  else gradient4(a, aStride, units, errors, rows, g);
}
