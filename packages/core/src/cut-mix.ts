/** CutMix and ResizeMix: a box of one image filled from another, and labels weighed by its share of the pixels. */
import { checkOptions } from './check-options.ts';
import { drawCouples } from './lambda.ts';
import type { MixMethod } from './method.ts';
import { type MixupOptions, mixupOptionNames } from './mixup.ts';
import { permutationPairing } from './pairing.ts';
import type { RandomSource } from './random.ts';
import { withSource } from './source-rows.ts';

/** A box in pixels: top, left, bottom and right, the last two outside. */
export type Box = readonly [top: number, left: number, bottom: number, right: number];

/** Images that are cut. */
export interface ImageSize {
  /** Pixels, an integer >= 1. */
  readonly height: number;
  /** Pixels, an integer >= 1. */
  readonly width: number;
}

/**
 * Place a box that covers 1 - lambda of an image, as far as it lies inside.
 *
 * Its sides are `floor(side * sqrt(1 - lambda))`, its centre is as given, and what juts out is clipped: so its share of the
 * pixels is mostly less than 1 - lambda, and labels are to be weighed by what `boxLambda` says.
 *
 * @param lambda in [0, 1]
 * @param centre row in [0, height) and column in [0, width), integers
 * @see Yun et al., "CutMix: Regularization Strategy to Train Strong Classifiers with Localizable Features", 2019, equation (2)
 */
export function cutBox({ height, width }: ImageSize, lambda: number, [row, column]: readonly [number, number]): Box {
  const ratio = Math.sqrt(1 - lambda);
  const [tall, wide] = [Math.floor(height * ratio), Math.floor(width * ratio)];
  // An odd side has its larger half behind the centre, as timm has it.
  return [
    Math.max(0, row - Math.floor(tall / 2)),
    Math.max(0, column - Math.floor(wide / 2)),
    Math.min(height, row + Math.ceil(tall / 2)),
    Math.min(width, column + Math.ceil(wide / 2)),
  ];
}

/** @returns the share of an image's pixels that a box leaves, in [0, 1] */
export function boxLambda({ height, width }: ImageSize, [top, left, bottom, right]: Box): number {
  return 1 - ((bottom - top) * (right - left)) / (height * width);
}

/**
 * Create the method of CutMix: a box of each image is filled from its partner's, at the same place.
 *
 * Lambda from Beta(alpha, alpha) gives the box its size, its centre is drawn evenly over the pixels, and the plan's lambda
 * is the share of the pixels that stay once the box is clipped. Apply the plan with `mixImages` and `mixLabels`.
 *
 * @param options.alpha default 1, as in the paper
 * @throws RangeError when an option is out of range
 * @example
 * const plan = cutMix({ height: 28, width: 28 })(random, identity(64));
 * const [x, y] = [mixImages(images, plan), mixLabels(labels, plan)];
 * @see Yun et al., "CutMix: Regularization Strategy to Train Strong Classifiers with Localizable Features", 2019, equations (1) and (2)
 */
export function cutMix(options: ImageSize & MixupOptions): MixMethod {
  checkOptions(options, ['height', 'width', ...mixupOptionNames], 'cutMix');
  const { height, width, alpha = 1 } = options ?? {};
  return boxMethod('cutMix', { ...options, alpha }, 'cut', (random, lambda) =>
    cutBox(options, lambda, [Math.floor(random() * height), Math.floor(random() * width)]),
  );
}

/**
 * Create the method of ResizeMix: the whole partner, made smaller, covers a box of each image.
 *
 * The side of the box is that of the image times a scale from Uniform(0.1, 0.8), and its place is drawn evenly over all
 * where it lies inside. Apply the plan with `mixImages` and `mixLabels`.
 *
 * @param options.scale the least and the largest scale, each in [0, 1], default [0.1, 0.8]
 * @throws RangeError when an option is out of range
 * @see Qin, Fang, Zhang, Liu, Wang, Wang, "ResizeMix: Mixing Data with Preserved Object Information and True Labels", 2020
 */
export function resizeMix(
  options: ImageSize & Omit<MixupOptions, 'alpha' | 'fold'> & { readonly scale?: readonly [number, number] },
): MixMethod {
  checkOptions(options, ['height', 'width', 'scale', 'lambdaPer', 'p', 'pairing'], 'resizeMix');
  const { height, width, scale = [0.1, 0.8] } = options ?? {};
  const [least = Number.NaN, most = Number.NaN]: readonly number[] = Array.isArray(scale) ? scale : [];
  if (!(Number.isFinite(least) && Number.isFinite(most) && least >= 0 && least <= most && most <= 1)) {
    throw new RangeError(`resizeMix: scale must be two ascending numbers in [0, 1], got ${String(scale)}`);
  }
  // Beta(1, 1) is even: the drawn weight stands for the place in the range of scales. It is < 1 when mixed.
  return boxMethod('resizeMix', { ...options, alpha: 1, fold: false }, 'resize', (random, weight) => {
    const side = least + (most - least) * weight;
    const [tall, wide] = [Math.floor(height * side), Math.floor(width * side)];
    const top = Math.floor(random() * (height - tall + 1));
    const left = Math.floor(random() * (width - wide + 1));
    return [top, left, top + tall, left + wide];
  });
}

/** Partners and weights as for mixup, then a box for each draw that is to be mixed. */
function boxMethod(
  name: string,
  options: ImageSize & MixupOptions & { readonly alpha: number },
  fill: 'cut' | 'resize',
  place: (random: RandomSource, weight: number) => Box,
): MixMethod {
  const { height, width, alpha, lambdaPer = 'row', fold = false, p = 1, pairing = permutationPairing } = options;
  for (const [side, pixels] of [['height', height] as const, ['width', width] as const]) {
    if (!(Number.isInteger(pixels) && pixels >= 1)) {
      throw new RangeError(`${name}: ${side} must be an integer >= 1, got ${pixels}`);
    }
  }
  const drawRows = drawCouples(name, { alpha, lambdaPer, fold, p, pairing });
  const method: MixMethod = (random, index) => {
    const { partner, lambda: weight, draw } = drawRows(random, index);
    const box = new Int32Array(4 * index.length);
    const lambda = new Float64Array(index.length).fill(1);
    const boxes = new Map<number, Box>();
    for (const [i, number] of draw.entries()) {
      if (weight[i] === 1) continue;
      const drawn = boxes.get(number) ?? place(random, weight[i] as number);
      boxes.set(number, drawn);
      box.set(drawn, 4 * i);
      lambda[i] = boxLambda(options, drawn);
    }
    return { index, partner, lambda, box, fill };
  };
  return withSource(method, [options.pairing], name);
}
