/** The softmax head: probabilities, the cross-entropy of soft labels, and the errors that it sends back. */
import {
  ACCURACY_SUM,
  LANE_HIGHEST,
  LANE_INVERSE,
  LANE_LOGARITHM,
  LANE_PREDICTED,
  LOSS_SUM,
} from '../src/wasm/descriptor';
import { exp, logs } from './elementary';
import { across, pairs, upper } from './lanes';
import { transpose4 } from './transpose';

/**
 * Turn logits into probabilities and add the loss and accuracy of the rows to the sums of the descriptor.
 *
 * The loss of a row is `mass log(sum e^(z - max)) - sum y (z - max)`, so that no logarithm meets a 0. The sums are float64:
 * the exponentials beside the 1 of a sure prediction would be lost in float32.
 *
 * @param logits [rows, classes] float32, turned into probabilities; padding becomes 0
 * @param labels [rows, classes], padding 0
 * @param errors [rows, classes]: `(p - y) * scale` is written there
 * @param stride bytes from row to row of all three, which have room for a multiple of 4 rows
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
  const bytes = (<usize>((classes + 3) & ~3)) << 2;
  const tail = bytes - 16;
  // The lanes of the last vector that are classes.
  const mask = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(classes - (<i32>tail >> 2)));
  let factor = f32x4.splat(scale);
  let weight: f64 = 1;
  let loss: f64 = 0;
  let accuracy: f64 = 0;

  for (let first = 0; first < rows; first += 4) {
    exponentiate(network, logits, errors, stride, classes);
    const count = <usize>min(4, rows - first);
    for (let row: usize = 0; row < count; row++) {
      const z = logits + row * stride;
      const y = labels + row * stride;
      const high = v128.load32_splat(network + (row << 2), LANE_HIGHEST);
      let dot = f64x2.splat(0);
      let mass = f64x2.splat(0);
      for (let i: usize = 0; i < bytes; i += 16) {
        let below = f32x4.sub(v128.load(z + i), high);
        if (i === tail) below = v128.and(below, mask);
        const label = v128.load(y + i);
        dot = f64x2.add(dot, pairs(f32x4.mul(label, below)));
        mass = f64x2.add(mass, pairs(label));
      }
      if (weights) weight = load<f64>(weights + (row << 3));
      loss += weight * (across(mass) * load<f64>(network + (row << 3), LANE_LOGARITHM) - across(dot));
      const predicted = <usize>load<i32>(network + (row << 2), LANE_PREDICTED);
      accuracy += <f64>load<f32>(y + (predicted << 2));
    }

    for (let i: usize = 0; i < bytes; i += 16) transpose4(errors + i, stride, logits + i, stride);
    for (let row: usize = 0; row < count; row++) {
      const inverse = v128.load32_splat(network + (row << 2), LANE_INVERSE);
      if (weights) factor = f32x4.splat(<f32>(<f64>scale * load<f64>(weights + (row << 3))));
      for (let i = row * stride, end = i + bytes; i < end; i += 16) {
        const p = f32x4.mul(v128.load(logits + i), inverse);
        v128.store(logits + i, p);
        v128.store(errors + i, f32x4.mul(f32x4.sub(p, v128.load(labels + i)), factor));
      }
    }

    const next = stride << 2;
    logits += next;
    labels += next;
    errors += next;
    if (weights) weights += 32;
  }
  store<f64>(network, load<f64>(network, LOSS_SUM) + loss, LOSS_SUM);
  store<f64>(network, load<f64>(network, ACCURACY_SUM) + accuracy, ACCURACY_SUM);
}

/**
 * Take e^(z - max) of four rows at once, each a lane, so that no step waits for the one row before it and no branch depends on
 * a number: the logits are turned, four classes at a time, into the place of the errors.
 *
 * Writes the exponentials there, and for each row the maximum, the first class that has it, and the logarithm and the
 * inverse of the sum into the descriptor.
 */
function exponentiate(network: usize, logits: usize, errors: usize, stride: usize, classes: i32): void {
  const bytes = (<usize>((classes + 3) & ~3)) << 2;
  for (let i: usize = 0; i < bytes; i += 16) transpose4(logits + i, stride, errors + i, stride);
  // A NaN that pmax passes over is in the sum.
  let highest = v128.load(errors);
  for (let c = 1; c < classes; c++) highest = f32x4.pmax(highest, v128.load(placeOf(errors, stride, c)));

  let predicted = i32x4.splat(classes - 1);
  for (let c = classes - 1; c >= 0; c--) {
    const place = placeOf(errors, stride, c);
    const z = v128.load(place);
    predicted = v128.bitselect(i32x4.splat(c), predicted, f32x4.eq(z, highest));
    v128.store(place, exp(f32x4.sub(z, highest)));
  }
  for (let c = classes; c & 3; c++) v128.store(placeOf(errors, stride, c), f32x4.splat(0));

  // Even and odd classes apart, of rows 0 and 1 and of rows 2 and 3.
  let even01 = f64x2.splat(0);
  let even23 = f64x2.splat(0);
  let odd01 = f64x2.splat(0);
  let odd23 = f64x2.splat(0);
  for (let i: usize = 0; i < bytes; i += 16) {
    const p = errors + i;
    const a = v128.load(p);
    const b = v128.load(p + stride);
    const c = v128.load(p + 2 * stride);
    const d = v128.load(p + 3 * stride);
    even01 = f64x2.add(even01, f64x2.add(f64x2.promote_low_f32x4(a), f64x2.promote_low_f32x4(c)));
    even23 = f64x2.add(even23, f64x2.add(f64x2.promote_low_f32x4(upper(a)), f64x2.promote_low_f32x4(upper(c))));
    odd01 = f64x2.add(odd01, f64x2.add(f64x2.promote_low_f32x4(b), f64x2.promote_low_f32x4(d)));
    odd23 = f64x2.add(odd23, f64x2.add(f64x2.promote_low_f32x4(upper(b)), f64x2.promote_low_f32x4(upper(d))));
  }
  const sum01 = f64x2.add(even01, odd01);
  const sum23 = f64x2.add(even23, odd23);
  const one = f64x2.splat(1);
  const inverse01 = f32x4.demote_f64x2_zero(f64x2.div(one, sum01));
  const inverse23 = f32x4.demote_f64x2_zero(f64x2.div(one, sum23));
  v128.store(network, highest, LANE_HIGHEST);
  v128.store(network, predicted, LANE_PREDICTED);
  v128.store(network, i64x2.shuffle(inverse01, inverse23, 0, 2), LANE_INVERSE);
  v128.store(network, logs(sum01), LANE_LOGARITHM);
  v128.store(network, logs(sum23), LANE_LOGARITHM + 16);
}

/** Where class c of the four rows lies: the place that row c % 4 of them has for the errors of four classes. */
function placeOf(errors: usize, stride: usize, c: i32): usize {
  return errors + <usize>(c & 3) * stride + ((<usize>(c & ~3)) << 2);
}
