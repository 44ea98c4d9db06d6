/** Images: a plan applied to them, boxes and all. */
import { boxArea, checkBoxes, neighbours } from './filled-box.ts';
import { mixRows } from './mix.ts';
import { checkPlan, type MixPlan } from './plan.ts';
import { checkShape, type FloatArray, type Rows, type UncheckedRows } from './rows.ts';

/**
 * Mix images as a plan says: rows with a box have it filled from the partner, the others are blended as by `mixRows`.
 *
 * A plan of any method will do. A partner that is made smaller ('resize') is sampled bilinearly, pixel centres on pixel
 * centres, as PyTorch's `interpolate(mode='bilinear', align_corners=False)` does.
 *
 * @param x images of shape [rows, height, width, channels]; never changed
 * @param plan [batch]
 * @returns images of shape [batch, height, width, channels], of the type of `x`
 * @throws RangeError when the plan does not fit, a box juts out, or lambda is not the share of the pixels that stay
 */
export function mixImages<T extends FloatArray>(x: UncheckedRows<T>, plan: MixPlan): Rows<T> {
  checkShape(x, 'mixImages: x');
  const [rows, height, width, channels] = x.shape as readonly number[] as readonly [number, number, number, number];
  if (x.shape.length !== 4) {
    throw new RangeError(`mixImages: x must have shape [rows, height, width, channels], got [${x.shape.join(', ')}]`);
  }
  checkPlan(plan, rows, 'mixImages');
  const { index, partner, box, fill = 'cut' } = plan;
  if (!box) return mixRows(x, plan);
  const boxed = (i: number) => boxArea(box, i) > 0;
  checkBoxes(plan, { height, width }, 'mixImages');

  const lambda = plan.lambda.map((weight, i) => (boxed(i) ? 1 : weight));
  const mixed = mixRows(x, { index, partner, lambda });
  const size = height * width * channels;
  for (let i = 0; i < index.length; i++) {
    if (!boxed(i)) continue;
    const from = x.data.subarray((partner[i] as number) * size, ((partner[i] as number) + 1) * size);
    const to = mixed.data.subarray(i * size, (i + 1) * size);
    const edges = [...box.subarray(4 * i, 4 * i + 4)] as [number, number, number, number];
    (fill === 'cut' ? cut : shrink)(from, to, edges, { height, width, channels });
  }
  return mixed;
}

interface Frame {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

function cut(from: FloatArray, to: FloatArray, [top, left, bottom, right]: Edges, { width, channels }: Frame): void {
  for (let row = top; row < bottom; row++) {
    const [start, end] = [(row * width + left) * channels, (row * width + right) * channels];
    to.set(from.subarray(start, end), start);
  }
}

type Edges = readonly [top: number, left: number, bottom: number, right: number];

function shrink(from: FloatArray, to: FloatArray, [top, left, bottom, right]: Edges, frame: Frame): void {
  const { height, width, channels } = frame;
  const [tall, wide] = [bottom - top, right - left];
  for (let row = 0; row < tall; row++) {
    const [above, below, down] = neighbours(row, tall, height);
    for (let column = 0; column < wide; column++) {
      const [before, after, across] = neighbours(column, wide, width);
      const at = ((top + row) * width + left + column) * channels;
      for (let c = 0; c < channels; c++) {
        const value = (r: number, k: number) => from[(r * width + k) * channels + c] as number;
        const high = (1 - across) * value(above, before) + across * value(above, after);
        const low = (1 - across) * value(below, before) + across * value(below, after);
        to[at + c] = (1 - down) * high + down * low;
      }
    }
  }
}
