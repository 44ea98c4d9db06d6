/** The linear head: squared error, and the errors that it sends back. */
import { LOSS_SUM } from '../src/wasm/descriptor';
import { across, upper } from './lanes';

/**
 * Add the loss of the rows to the sum of the descriptor: the mean over outputs of (z - y)^2, squared in float64, where no
 * float32 overflows.
 *
 * @param values [rows, outputs] float32, left as they are; padding 0
 * @param targets [rows, outputs], padding 0
 * @param errors [rows, outputs]: `2 (z - y) * scale / outputs` is written there
 * @param stride bytes from row to row, of all three
 * @param scale 1 / batch when the loss is a mean over the batch
 * @param weights f64 [rows], what each loss and its errors are multiplied by; 0 for 1
 */
export function squaredError(
  network: usize,
  values: usize,
  targets: usize,
  errors: usize,
  stride: usize,
  rows: i32,
  outputs: i32,
  scale: f32,
  weights: usize,
): void {
  const bytes = (<usize>((outputs + 3) & ~3)) << 2;
  const share = 1 / <f64>outputs;
  let weight: f64 = 1;
  let loss: f64 = 0;
  for (let row = 0; row < rows; row++, values += stride, targets += stride, errors += stride) {
    if (weights) {
      weight = load<f64>(weights);
      weights += 8;
    }
    const factor = f32x4.splat(<f32>(2 * <f64>scale * weight * share));
    let sum = f64x2.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) {
      const difference = f32x4.sub(v128.load(values + i), v128.load(targets + i));
      v128.store(errors + i, f32x4.mul(difference, factor));
      const low = f64x2.promote_low_f32x4(difference);
      const high = f64x2.promote_low_f32x4(upper(difference));
      sum = f64x2.add(sum, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
    }
    loss += weight * share * across(sum);
  }
  store<f64>(network, load<f64>(network, LOSS_SUM) + loss, LOSS_SUM);
}
