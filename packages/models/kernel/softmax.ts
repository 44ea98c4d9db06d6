/** The softmax head: probabilities of classes, cross-entropy against soft labels, and the errors that it sends back. */
import { ACCURACY_SUM, LOSS_SUM } from '../src/wasm/descriptor';
import { exp, log } from './elementary';
import { across, upper } from './lanes';

/**
 * Turn logits into probabilities and add the loss and accuracy of the rows to the sums of the descriptor.
 *
 * The loss of a row is `mass log(sum e^(z - max)) - sum y (z - max)`, so that no logarithm meets a 0. The sums are float64:
 * the exponentials beside the 1 of a sure prediction would be lost in float32.
 *
 * @param logits [rows, classes] float32, turned into probabilities; padding becomes 0
 * @param labels [rows, classes], padding 0
 * @param errors [rows, classes]: `(p - y) * scale` is written there
 * @param stride bytes from row to row, of all three
 * @param scale 1 / batch when the loss is a mean over the batch
 * @param weights f64 [rows], what each loss and its errors are multiplied by; 0 for 1
 */
export function softmax(
  network: usize,
  logits: usize,
  labels: usize,
  errors: usize,
  stride: usize,
  rows: i32,
  classes: i32,
  scale: f32,
  weights: usize,
): void {
  const lowest = f32x4.splat(-Infinity);
  let factor = f32x4.splat(scale);
  let weight: f64 = 1;
  const bytes = (<usize>((classes + 3) & ~3)) << 2;
  const tail = bytes - 16;
  // The lanes of the last vector that are classes.
  const mask = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(classes - (<i32>tail >> 2)));
  let loss: f64 = 0;
  let accuracy: f64 = 0;

  for (let row = 0; row < rows; row++, logits += stride, labels += stride, errors += stride) {
    if (weights) {
      weight = load<f64>(weights);
      weights += 8;
      factor = f32x4.splat(<f32>(<f64>scale * weight));
    }
    let high = v128.bitselect(v128.load(logits + tail), lowest, mask);
    for (let i: usize = 0; i < tail; i += 16) high = f32x4.max(high, v128.load(logits + i));
    high = f32x4.max(high, i32x4.shuffle(high, high, 2, 3, 0, 1));
    high = f32x4.max(high, i32x4.shuffle(high, high, 1, 0, 3, 2));
    const max = f32x4.extract_lane(high, 0);
    let predicted = 0;
    while (predicted < classes - 1 && load<f32>(logits + ((<usize>predicted) << 2)) !== max) predicted++;
    accuracy += <f64>load<f32>(labels + ((<usize>predicted) << 2));

    let sum = f64x2.splat(0);
    let dot = f64x2.splat(0);
    let mass = f64x2.splat(0);
    for (let i: usize = 0; i < bytes; i += 16) {
      let z = f32x4.sub(v128.load(logits + i), high);
      let e = exp(z);
      if (i === tail) {
        z = v128.and(z, mask);
        e = v128.and(e, mask);
      }
      v128.store(logits + i, e);
      const y = v128.load(labels + i);
      const yz = f32x4.mul(y, z);
      sum = f64x2.add(sum, f64x2.add(f64x2.promote_low_f32x4(e), f64x2.promote_low_f32x4(upper(e))));
      dot = f64x2.add(dot, f64x2.add(f64x2.promote_low_f32x4(yz), f64x2.promote_low_f32x4(upper(yz))));
      mass = f64x2.add(mass, f64x2.add(f64x2.promote_low_f32x4(y), f64x2.promote_low_f32x4(upper(y))));
    }
    const total = across(sum);
    loss += weight * (across(mass) * log(total) - across(dot));

    const inverse = f32x4.splat(<f32>(1 / total));
    for (let i: usize = 0; i < bytes; i += 16) {
      const p = f32x4.mul(v128.load(logits + i), inverse);
      v128.store(logits + i, p);
      v128.store(errors + i, f32x4.mul(f32x4.sub(p, v128.load(labels + i)), factor));
    }
  }
  store<f64>(network, load<f64>(network, LOSS_SUM) + loss, LOSS_SUM);
  store<f64>(network, load<f64>(network, ACCURACY_SUM) + accuracy, ACCURACY_SUM);
}
