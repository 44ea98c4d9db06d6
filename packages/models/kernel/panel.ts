/** Panels: eight (or four) columns of a matrix as one block that is read front to back. */

/**
 * Copy eight columns of the errors into a panel, and sum them: the gradient of the biases.
 *
 * @param source [rows, 8] float32, `stride` bytes from row to row
 * @param panel [rows, 8], written
 * @param sums [8], written
 */
export function packPanel8(source: usize, stride: usize, rows: i32, panel: usize, sums: usize): void {
  let sum0 = f32x4.splat(0);
  let sum1 = f32x4.splat(0);
  for (const end = panel + ((<usize>rows) << 5); panel < end; panel += 32, source += stride) {
    const x0 = v128.load(source);
    const x1 = v128.load(source, 16);
    v128.store(panel, x0);
    v128.store(panel, x1, 16);
    sum0 = f32x4.add(sum0, x0);
    sum1 = f32x4.add(sum1, x1);
  }
  v128.store(sums, sum0);
  v128.store(sums, sum1, 16);
}

/** The same for four columns. */
export function packPanel4(source: usize, stride: usize, rows: i32, panel: usize, sums: usize): void {
  let sum = f32x4.splat(0);
  for (const end = panel + ((<usize>rows) << 4); panel < end; panel += 16, source += stride) {
    const x = v128.load(source);
    v128.store(panel, x);
    sum = f32x4.add(sum, x);
  }
  v128.store(sums, sum);
}

/**
 * Transpose `width` rows of a kernel into a panel.
 *
 * @param kernel panels of a [inputs, outputs] matrix
 * @param inputs rows of each panel, a multiple of 4
 * @param outputs columns, a multiple of 4
 * @param first the first row to take
 * @param width how many, 4 or 8
 * @param panel [outputs, width], written
 */
export function transposePanel(kernel: usize, inputs: i32, outputs: i32, first: i32, width: i32, panel: usize): void {
  const toColumn = (<usize>width) << 2;
  for (let column = 0; column < outputs; column += 8) {
    const wide = outputs - column >= 8;
    const toRow: usize = wide ? 32 : 16;
    for (let row = 0; row < width; row += 4) {
      const from = kernel + <usize>(first + row) * toRow;
      const to = panel + ((<usize>row) << 2);
      transpose4(from, toRow, to, toColumn);
      if (wide) transpose4(from + 16, toRow, to + (toColumn << 2), toColumn);
    }
    kernel += <usize>inputs * toRow;
    panel += toColumn << (wide ? 3 : 2);
  }
}

function transpose4(from: usize, fromStride: usize, to: usize, toStride: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + fromStride);
  const c = v128.load(from + 2 * fromStride);
  const d = v128.load(from + 3 * fromStride);
  const ab0 = i32x4.shuffle(a, b, 0, 4, 1, 5);
  const ab1 = i32x4.shuffle(a, b, 2, 6, 3, 7);
  const cd0 = i32x4.shuffle(c, d, 0, 4, 1, 5);
  const cd1 = i32x4.shuffle(c, d, 2, 6, 3, 7);
  v128.store(to, i64x2.shuffle(ab0, cd0, 0, 2));
  v128.store(to + toStride, i64x2.shuffle(ab0, cd0, 1, 3));
  v128.store(to + 2 * toStride, i64x2.shuffle(ab1, cd1, 0, 2));
  v128.store(to + 3 * toStride, i64x2.shuffle(ab1, cd1, 1, 3));
}
