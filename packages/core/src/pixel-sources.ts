/** Pixel sources: a plan with boxes, said pixel by pixel, for who can only gather and add. */
import { boxArea, checkBoxes, neighbours } from './filled-box.ts';
import type { MixPlan } from './plan.ts';

/** One of the terms that a pixel is the sum of. */
export interface PixelTerm {
  /** [batch * height * width] which pixel of the source, numbered through all its images */
  readonly pixel: Int32Array;
  /** [batch * height * width] by what it is multiplied, in [0, 1] */
  readonly weight: Float32Array;
}

/**
 * Say where each pixel of mixed images comes from: what `mixImages` does, as sums of weighted pixels.
 *
 * One term copies, which will do for CutMix, and then its weights are all 1; two blend, and four make the partner smaller. A
 * pixel that needs fewer repeats its first with weight 0.
 *
 * @param plan [batch], with boxes
 * @param name what errors call the caller
 * @throws RangeError when a box juts out, or lambda is not the share of the pixels that stay
 */
export function pixelSources(
  plan: MixPlan,
  { height, width }: { readonly height: number; readonly width: number },
  name: string,
): PixelTerm[] {
  const { index, partner, lambda, box = new Int32Array(4 * index.length), fill = 'cut' } = plan;
  const batch = index.length;
  checkBoxes(plan, { height, width }, name);
  const blends = index.some((_, i) => boxArea(box, i) === 0 && !isWhole(lambda[i] as number));
  const count = fill === 'resize' ? 4 : blends ? 2 : 1;
  const size = height * width;
  const terms = Array.from({ length: count }, () => ({
    pixel: new Int32Array(batch * size),
    weight: new Float32Array(batch * size),
  }));
  const set = (at: number, ...sources: readonly (readonly [pixel: number, weight: number])[]) => {
    for (const [k, term] of terms.entries()) {
      const [pixel, weight] = sources[k] ?? [sources[0]?.[0] as number, 0];
      term.pixel[at] = pixel;
      term.weight[at] = weight;
    }
  };
  for (let i = 0; i < batch; i++) {
    const [own, other] = [(index[i] as number) * size, (partner[i] as number) * size];
    const share = lambda[i] as number;
    const isBoxed = boxArea(box, i) > 0;
    for (let p = 0; p < size; p++) {
      if (isBoxed || share === 1) set(i * size + p, [own + p, 1]);
      else if (share === 0) set(i * size + p, [other + p, 1]);
      else set(i * size + p, [own + p, share], [other + p, 1 - share]);
    }
    const [top = 0, left = 0, bottom = 0, right = 0] = box.subarray(4 * i, 4 * i + 4);
    for (let row = top; row < bottom; row++) {
      const [above, below, down] = neighbours(row - top, bottom - top, height);
      for (let column = left; column < right; column++) {
        const at = i * size + row * width + column;
        if (fill === 'cut') {
          set(at, [other + row * width + column, 1]);
          continue;
        }
        const [before, after, across] = neighbours(column - left, right - left, width);
        set(
          at,
          [other + above * width + before, (1 - down) * (1 - across)],
          [other + above * width + after, (1 - down) * across],
          [other + below * width + before, down * (1 - across)],
          [other + below * width + after, down * across],
        );
      }
    }
  }
  return terms;
}

function isWhole(lambda: number): boolean {
  return lambda === 0 || lambda === 1;
}
