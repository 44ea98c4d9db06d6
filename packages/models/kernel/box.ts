/**
 * Boxes of images, filled from the partner: CutMix, which copies its pixels, and ResizeMix, which makes all of it smaller.
 *
 * @see Yun et al., "CutMix: Regularization Strategy to Train Strong Classifiers with Localizable Features", 2019
 */
import { BOXES, FILL, FILL_RESIZE, IMAGE_CHANNELS, IMAGE_HEIGHT, IMAGE_WIDTH } from '../src/wasm/descriptor';

/**
 * Fill the boxes of a batch that was gathered; rows whose box is empty are left as they are.
 *
 * @param source [n, width] float32, dense: images, row-major, channels last
 * @param width a multiple of 4
 * @param partner [rows of the plan] i32
 * @param first where in the plan the batch starts
 * @param target [rows, width], changed
 * @param stride bytes from row to row of the target
 */
export function fillBoxes(
  network: usize,
  source: usize,
  width: i32,
  partner: usize,
  first: i32,
  rows: i32,
  target: usize,
  stride: usize,
): void {
  const boxes = load<usize>(network, BOXES);
  const shrinks = load<i32>(network, FILL) === FILL_RESIZE;
  const bytes = (<usize>width) << 2;
  for (let row = first; row < first + rows; row++, target += stride) {
    const box = boxes + ((<usize>row) << 4);
    const from = source + <usize>load<i32>(partner + ((<usize>row) << 2)) * bytes;
    if (shrinks) shrink(network, box, from, target);
    else cut(network, box, from, target);
  }
}

/** @param box i32: top, left, bottom, right, the last two outside */
function cut(network: usize, box: usize, from: usize, to: usize): void {
  const pixel = load<i32>(network, IMAGE_CHANNELS) << 2;
  const line = load<i32>(network, IMAGE_WIDTH) * pixel;
  const left = load<i32>(box, 4) * pixel;
  const bytes = load<i32>(box, 12) * pixel - left;
  for (let row = load<i32>(box), bottom = load<i32>(box, 8); row < bottom; row++) {
    const at = <usize>(row * line + left);
    memory.copy(to + at, from + at, <usize>bytes);
  }
}

/** Bilinear, pixel centres on pixel centres, in float64: the bits of `mixImages` in @mixup/core. */
function shrink(network: usize, box: usize, from: usize, to: usize): void {
  const height = load<i32>(network, IMAGE_HEIGHT);
  const width = load<i32>(network, IMAGE_WIDTH);
  const pixel = load<i32>(network, IMAGE_CHANNELS) << 2;
  const top = load<i32>(box);
  const left = load<i32>(box, 4);
  const tall = load<i32>(box, 8) - top;
  const wide = load<i32>(box, 12) - left;
  for (let row = 0; row < tall; row++) {
    const y = centreOf(row, tall, height);
    const above = <i32>y;
    const down = y - <f64>above;
    const high = from + <usize>(above * width * pixel);
    const low = from + <usize>(min(above + 1, height - 1) * width * pixel);
    for (let column = 0; column < wide; column++) {
      const x = centreOf(column, wide, width);
      const before = <i32>x;
      const across = x - <f64>before;
      const a = <usize>(before * pixel);
      const b = <usize>(min(before + 1, width - 1) * pixel);
      const at = to + <usize>(((top + row) * width + left + column) * pixel);
      for (let c: usize = 0; c < <usize>pixel; c += 4) {
        const upper = (1 - across) * <f64>load<f32>(high + a + c) + across * <f64>load<f32>(high + b + c);
        const lower = (1 - across) * <f64>load<f32>(low + a + c) + across * <f64>load<f32>(low + b + c);
        store<f32>(at + c, <f32>((1 - down) * upper + down * lower));
      }
    }
  }
}

/** Where in the larger image the centre of pixel i of a smaller one lies, >= 0. */
function centreOf(i: i32, small: i32, large: i32): f64 {
  return max<f64>(0, ((<f64>i + 0.5) * <f64>large) / <f64>small - 0.5);
}
