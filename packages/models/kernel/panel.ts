/** Panels: up to 16 columns of a matrix as one block that is read front to back. */
import { PANEL } from '../src/wasm/descriptor';
import { transpose4 } from './transpose';

/** How wide the panel is that begins at a column: the last one of a matrix has what is left. */
export function panelWidth(column: i32, columns: i32): i32 {
  return min(PANEL, columns - column);
}

/**
 * Copy columns of the errors into a panel, and sum them: the gradient of the biases.
 *
 * @param width a multiple of 4
 * @param source [rows, width] float32, `stride` bytes from row to row
 * @param values what a ReLU gave, laid out as `source`: where it let nothing through the error is 0; 0 for another activation
 * @param panel [rows, width], written
 * @param sums [width], written
 */
export function packPanel(
  width: i32,
  source: usize,
  values: usize,
  stride: usize,
  rows: i32,
  panel: usize,
  sums: usize,
): void {
  const bytes = (<usize>width) << 2;
  const zero = f32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    let sum = zero;
    let from = source + i;
    let to = panel + i;
    const end = to + <usize>rows * bytes;
    if (values) {
      for (let value = values + i; to < end; to += bytes, from += stride, value += stride) {
        const x = v128.and(v128.load(from), f32x4.gt(v128.load(value), zero));
        v128.store(to, x);
        sum = f32x4.add(sum, x);
      }
    } else {
      for (; to < end; to += bytes, from += stride) {
        const x = v128.load(from);
        v128.store(to, x);
        sum = f32x4.add(sum, x);
      }
    }
    v128.store(sums + i, sum);
  }
}

/**
 * Transpose rows of a kernel into a panel.
 *
 * @param kernel panels of a [inputs, outputs] matrix
 * @param inputs rows of each panel, a multiple of 4
 * @param outputs columns, a multiple of 4
 * @param first the first row to take
 * @param width how many, a multiple of 4
 * @param panel [outputs, width], written
 */
export function transposePanel(kernel: usize, inputs: i32, outputs: i32, first: i32, width: i32, panel: usize): void {
  const toColumn = (<usize>width) << 2;
  for (let column = 0; column < outputs; column += PANEL) {
    const toRow = (<usize>panelWidth(column, outputs)) << 2;
    for (let i: usize = 0; i < toRow; i += 16, panel += toColumn << 2) {
      for (let row = 0; row < width; row += 4) {
        transpose4(kernel + <usize>(first + row) * toRow + i, toRow, panel + ((<usize>row) << 2), toColumn);
      }
    }
    kernel += <usize>inputs * toRow;
  }
}
