/** The sigmoid head: a probability for each output, binary cross-entropy, and the errors that it sends back. */
import { ACCURACY_SUM, LOSS_SUM } from '../src/wasm/descriptor';
import { exp, log } from './elementary';
import { across, pairs, upper } from './lanes';

/** Vectors whose factors, at most 2 each, are multiplied before a logarithm is taken: 2^512 at most. */
const VECTORS: usize = 128;

/**
 * Turn logits into probabilities and add the loss and accuracy of the rows to the sums of the descriptor.
 *
 * With e = e^-|z| the loss of an output is `max(z, 0) - z y + log(1 + e)`: nothing overflows, and no logarithm meets a 0. One
 * logarithm serves many outputs, as that of the product of their 1 + e.
 *
 * @param logits [rows, outputs] float32, turned into probabilities; padding becomes 0
 * @param labels [rows, outputs], padding 0
 * @param errors [rows, outputs]: `(p - y) * scale / outputs` is written there
 * @param stride bytes from row to row, of all three
 * @param scale 1 / batch when the loss is a mean over the batch
 * @param weights f64 [rows], what each loss and its errors are multiplied by; 0 for 1
 */
export function sigmoid(
  network: usize,
  logits: usize,
  labels: usize,
  errors: usize,
  stride: usize,
  rows: i32,
  outputs: i32,
  scale: f32,
  weights: usize,
): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const half = f32x4.splat(0.5);
  const bytes = (<usize>((outputs + 3) & ~3)) << 2;
  const tail = bytes - 16;
  // The lanes of the last vector that are outputs.
  const last = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(outputs - (<i32>tail >> 2)));
  const share = 1 / <f64>outputs;
  let weight: f64 = 1;
  let loss: f64 = 0;
  let accuracy: f64 = 0;

  for (let row = 0; row < rows; row++, logits += stride, labels += stride, errors += stride) {
    if (weights) {
      weight = load<f64>(weights);
      weights += 8;
    }
    const factor = f32x4.splat(<f32>(<f64>scale * weight * share));
    let linear = f64x2.splat(0);
    let right = f64x2.splat(0);
    let product = f64x2.splat(1);
    let logarithms: f64 = 0;
    let vectors: usize = 0;
    for (let i: usize = 0; i < bytes; i += 16) {
      const mask = i === tail ? last : i32x4.splat(-1);
      const z = v128.load(logits + i);
      const y = v128.load(labels + i);
      const e = v128.and(exp(f32x4.neg(f32x4.abs(z))), mask);
      const top = v128.bitselect(one, e, f32x4.ge(z, zero));
      const p = v128.and(f32x4.div(top, f32x4.add(one, e)), mask);
      v128.store(logits + i, p);
      v128.store(errors + i, f32x4.mul(f32x4.sub(p, y), factor));

      const yes = f32x4.gt(p, half);
      right = f64x2.add(right, pairs(v128.and(v128.bitselect(y, f32x4.sub(one, y), yes), mask)));
      linear = f64x2.add(linear, f64x2.add(linearPart(z, y), linearPart(upper(z), upper(y))));
      product = f64x2.mul(product, f64x2.add(f64x2.splat(1), f64x2.promote_low_f32x4(e)));
      product = f64x2.mul(product, f64x2.add(f64x2.splat(1), f64x2.promote_low_f32x4(upper(e))));
      if (++vectors === VECTORS || i === tail) {
        logarithms += log(f64x2.extract_lane(product, 0) * f64x2.extract_lane(product, 1));
        product = f64x2.splat(1);
        vectors = 0;
      }
    }
    loss += weight * share * (across(linear) + logarithms);
    accuracy += share * across(right);
  }
  store<f64>(network, load<f64>(network, LOSS_SUM) + loss, LOSS_SUM);
  store<f64>(network, load<f64>(network, ACCURACY_SUM) + accuracy, ACCURACY_SUM);
}

/** max(z, 0) - z y of the lower two lanes, in float64: for a sure prediction the two cancel. */
function linearPart(z: v128, y: v128): v128 {
  const wide = f64x2.promote_low_f32x4(z);
  return f64x2.sub(f64x2.max(wide, f64x2.splat(0)), f64x2.mul(wide, f64x2.promote_low_f32x4(y)));
}
