/** A box of an image that is filled from another: what it must be, and where its pixels come from. */
import type { MixPlan } from './plan.ts';

/**
 * Count the pixels of the box of a plan row.
 *
 * @param box [rows, 4]: top, left, bottom, right, the last two outside
 * @param i the plan row
 * @returns 0 where the row has no box and is blended instead
 */
export function boxArea(box: Int32Array, i: number): number {
  const [top = 0, left = 0, bottom = 0, right = 0] = box.subarray(4 * i, 4 * i + 4);
  return (bottom - top) * (right - left);
}

function checkBox(
  { lambda, box = new Int32Array(0) }: MixPlan,
  i: number,
  { height, width }: { readonly height: number; readonly width: number },
  name: string,
): void {
  const [top = 0, left = 0, bottom = 0, right = 0] = box.subarray(4 * i, 4 * i + 4);
  if (!(top >= 0 && top <= bottom && bottom <= height && left >= 0 && left <= right && right <= width)) {
    throw new RangeError(
      `${name}: box of plan row ${i} must lie in [${height}, ${width}], got [${top}, ${left}, ${bottom}, ${right}]`,
    );
  }
  const stays = 1 - boxArea(box, i) / (height * width);
  // Two roundings apart at most where the plan was drawn for these images; far more where it was not.
  if (stays < 1 && !(Math.abs((lambda[i] as number) - stays) <= 2 ** -50)) {
    throw new RangeError(
      `${name}: lambda of plan row ${i} must be the share of pixels that stay, ${stays}, got ${lambda[i]}`,
    );
  }
}

/**
 * Check the boxes of a plan against the images that it is for; a plan without boxes fits any.
 *
 * @param size of the images, in pixels
 * @param name what the error calls the caller
 * @throws RangeError when a box juts out, or lambda is not the share of the pixels that stay
 */
export function checkBoxes(
  plan: MixPlan,
  size: { readonly height: number; readonly width: number },
  name: string,
): void {
  if (!plan.box) return;
  for (let i = 0; i < plan.index.length; i++) checkBox(plan, i, size, name);
}

/** The two pixels between which the centre of one of a smaller image lies, and how far along. */
export function neighbours(i: number, small: number, large: number): [first: number, second: number, along: number] {
  const centre = Math.max(0, ((i + 0.5) * large) / small - 0.5);
  const first = Math.floor(centre);
  return [first, Math.min(first + 1, large - 1), centre - first];
}
