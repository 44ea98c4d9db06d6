import { describe, expect, test } from 'vitest';
import {
  checkBoxes,
  createRandom,
  flipPairing,
  identity,
  type LambdaPer,
  type MixPlan,
  mixLabels,
  oneHot,
  parsePlan,
  planToJson,
  type Rows,
  rollPairing,
  smoothLabels,
} from '../src/index.ts';
import { boxLambda, cutBox, cutMix, mixImages, resizeMix } from '../src/methods.ts';
import { fc } from './fast-check.ts';
import { readGolden } from './golden.ts';
import { replay } from './replay.ts';

interface Case {
  readonly preset: string;
  readonly shape: readonly [number, number, number, number];
  readonly x: number[];
  readonly classes: number[];
  readonly betas: number[];
  readonly centres: number[];
  readonly box: [number, number, number, number];
  readonly mixed: number[];
  readonly mixedLabels: number[];
}
const golden = readGolden<{
  timm: Case[];
  torchvision: Case[];
  resized: { shape: [number, number, number, number]; x: number[]; size: [number, number]; small: number[] }[];
}>('cut-mix');

function expectLabels(seen: Rows, want: number[]) {
  // Sums of smoothed labels in float32 against double: a few roundings of numbers up to 1.
  for (const [i, value] of want.entries())
    expect(Math.abs((seen.data[i] as number) - value)).toBeLessThan(4 * 2 ** -24);
}

const per: Record<string, LambdaPer> = { 'timm-batch': 'batch', 'timm-pair': 'pair', 'timm-elem': 'row' };

test.each(golden.timm.map((entry, i) => [entry.preset, i, entry] as const))(
  '%s: the same lambdas and centres give the images of timm to the bit, and its labels (%i)',
  (preset, _, { shape, x, classes, betas, centres, mixed, mixedLabels }) => {
    const [batch, height, width] = shape;
    const uniforms = centres.map((centre, i) => (centre + 0.5) / (i % 2 === 0 ? height : width));
    const random = replay({ betas, uniforms });
    const method = cutMix({ height, width, pairing: flipPairing, lambdaPer: per[preset] as LambdaPer });
    const plan = method(random, identity(batch));
    expect(random.left()).toBe(0);
    expect([...mixImages({ data: Float32Array.from(x), shape }, plan).data]).toEqual(mixed);
    expectLabels(mixLabels(smoothLabels(oneHot(classes, 3), 0.1), plan), mixedLabels);
  },
);

test.each(golden.torchvision)(
  'the same box gives the images of torchvision to the bit, and its labels (%#)',
  (entry) => {
    const { shape, x, classes, box, mixed, mixedLabels } = entry;
    const [batch, height, width] = shape;
    const index = identity(batch);
    const plan: MixPlan = {
      index,
      partner: rollPairing(createRandom(0), index),
      lambda: new Float64Array(batch).fill(boxLambda({ height, width }, box)),
      box: Int32Array.from({ length: 4 * batch }, (_, i) => box[i % 4] as number),
    };
    expect([...mixImages({ data: Float32Array.from(x), shape }, plan).data]).toEqual(mixed);
    expectLabels(mixLabels(oneHot(classes, 3), plan), mixedLabels);
  },
);

test('checkBoxes lets plans pass that have no boxes, and calls the caller by the name it was given', () => {
  const size = { height: 4, width: 4 };
  const plan = { index: Int32Array.of(0), partner: Int32Array.of(1), lambda: Float64Array.of(0.5) };
  expect(() => checkBoxes(plan, size, 'train')).not.toThrow();
  expect(() => checkBoxes({ ...plan, box: Int32Array.of(0, 0, 2, 4) }, size, 'train')).not.toThrow();
  expect(() => checkBoxes({ ...plan, box: Int32Array.of(0, 0, 2, 5) }, size, 'train')).toThrow(
    new RangeError('train: box of plan row 0 must lie in [4, 4], got [0, 0, 2, 5]'),
  );
});

test.each(golden.resized)(
  "a smaller partner is what torch's interpolate makes of it (%#)",
  ({ shape, x, size, small }) => {
    const [, height, width, channels] = shape;
    const [tall, wide] = size;
    const plan: MixPlan = {
      index: Int32Array.of(0),
      partner: Int32Array.of(0),
      lambda: Float64Array.of(boxLambda({ height, width }, [0, 0, tall, wide])),
      box: Int32Array.of(0, 0, tall, wide),
      fill: 'resize',
    };
    const mixed = mixImages({ data: Float64Array.from(x), shape }, plan);
    for (const [i, value] of small.entries()) {
      const [row, rest] = [Math.floor(i / (wide * channels)), i % (wide * channels)];
      // Bilinear weights in another order of operations: some double roundings of values up to 3.
      expect(Math.abs((mixed.data[row * width * channels + rest] as number) - value)).toBeLessThan(1e-14);
    }
  },
);

/** Row r of every image holds r everywhere, so that each pixel tells whose it is. */
function numbered(rows: number, height: number, width: number): Rows<Float32Array> {
  const size = height * width * 2;
  return {
    data: Float32Array.from({ length: rows * size }, (_, i) => Math.floor(i / size)),
    shape: [rows, height, width, 2],
  };
}

const sizes = fc.record({ height: fc.integer({ min: 1, max: 9 }), width: fc.integer({ min: 1, max: 9 }) });
const methods = { cutMix, resizeMix };

describe.each(['cutMix', 'resizeMix'] as const)('%s', (name) => {
  test('lambda is the share of pixels that stay, counted in the image, and the label weight', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), fc.constantFrom('row', 'batch' as const), (size, seed, lambdaPer) => {
        const plan = methods[name]({ ...size, lambdaPer })(createRandom(seed), identity(6));
        const mixed = mixImages(numbered(6, size.height, size.width), plan);
        const y = mixLabels(oneHot(identity(6), 6), plan);
        const pixels = size.height * size.width * 2;
        for (let i = 0; i < 6; i++) {
          const row = mixed.data.subarray(i * pixels, (i + 1) * pixels);
          const partner = plan.partner[i] as number;
          if (partner === i) continue;
          const stays = row.filter((value) => value === i).length;
          expect(row.filter((value) => value === partner)).toHaveLength(pixels - stays);
          expect(y.data[i * 6 + i]).toBeCloseTo(stays / pixels, 14);
          expect(y.data[i * 6 + partner]).toBeCloseTo(1 - stays / pixels, 14);
        }
      }),
    );
  });

  test('a plan survives JSON: it makes the same images to the bit', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (size, seed) => {
        const plan = methods[name]({ ...size, p: 0.7 })(createRandom(seed), identity(5));
        const back = parsePlan(JSON.parse(JSON.stringify(planToJson(plan))));
        expect(back).toEqual(plan);
        const random = createRandom(seed);
        const x = numbered(5, size.height, size.width);
        const noisy = { ...x, data: x.data.map(() => random()) };
        expect(mixImages(noisy, back)).toEqual(mixImages(noisy, plan));
      }),
    );
  });

  test("lambdaPer 'batch' cuts one box, 'pair' one for two, 'row' its own", () => {
    const boxes = (lambdaPer: LambdaPer) => {
      const method = methods[name]({ height: 100, width: 100, lambdaPer, pairing: flipPairing });
      const box = method(createRandom(1), identity(6)).box as Int32Array;
      return Array.from({ length: 6 }, (_, i) => box.subarray(4 * i, 4 * i + 4).join());
    };
    expect(new Set(boxes('batch')).size).toBe(1);
    expect(new Set(boxes('row')).size).toBe(6);
    const pairs = boxes('pair');
    expect(new Set(pairs).size).toBe(3);
    expect(pairs).toEqual(pairs.toReversed());
  });

  test.each([
    [{ height: 0, width: 2 }, `${name}: height must be an integer >= 1, got 0`],
    [{ height: 2, width: 2.5 }, `${name}: width must be an integer >= 1, got 2.5`],
    [{ height: 2, width: 2, p: 2 }, `${name}: p must be in [0, 1], got 2`],
  ])('%o is refused', (options, message) => {
    expect(() => methods[name](options)).toThrow(new RangeError(message));
  });
});

test('a box of resizeMix lies inside, its side a tenth to eight tenths of that of the image', () => {
  const { box } = resizeMix({ height: 100, width: 200 })(createRandom(0), identity(2000));
  const sides = Array.from({ length: 2000 }, (_, i) => (box?.[4 * i + 2] as number) - (box?.[4 * i] as number));
  expect(Math.min(...sides)).toBe(10);
  expect(Math.max(...sides)).toBe(79);
  // Sides are floor(100 s), s even on [0.1, 0.8]: mean 44.5, deviation 20.2.
  const mean = sides.reduce((sum, side) => sum + side, 0) / 2000;
  expect(Math.abs(mean - 44.5)).toBeLessThan((5 * 20.2) / Math.sqrt(2000));
});

test('cutBox: lambda 1 cuts nothing, lambda 0 a box of the size of the image, clipped at the border', () => {
  const size = { height: 10, width: 20 };
  expect(boxLambda(size, cutBox(size, 1, [3, 4]))).toBe(1);
  expect(cutBox(size, 0, [5, 10])).toEqual([0, 0, 10, 20]);
  expect(cutBox(size, 0, [0, 0])).toEqual([0, 0, 5, 10]);
  expect(boxLambda(size, cutBox(size, 0, [0, 0]))).toBe(0.75);
});

describe('mixImages', () => {
  const x = numbered(2, 4, 4);
  const plan = (box: number[], lambda: number, more = {}): MixPlan => ({
    index: Int32Array.of(0),
    partner: Int32Array.of(1),
    lambda: Float64Array.of(lambda),
    box: Int32Array.from(box),
    ...more,
  });

  test('a row with an empty box is blended', () => {
    expect(mixImages(x, plan([0, 0, 0, 0], 0.25)).data.every((value) => value === 0.75)).toBe(true);
  });

  test('every pixel lies between the least and the largest of the pair, in a resized box too', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom('cutMix' as const, 'resizeMix' as const), (seed, name) => {
        const random = createRandom(seed);
        const size = { height: 5, width: 6 };
        const noisy = {
          data: Float32Array.from({ length: 4 * 30 }, () => random() - 0.5),
          shape: [4, 5, 6, 1] as const,
        };
        const mix = methods[name](size)(random, identity(4));
        const mixed = mixImages(noisy, mix).data;
        for (let i = 0; i < 4; i++) {
          const pair = [mix.index[i] as number, mix.partner[i] as number].flatMap((row) => [
            ...noisy.data.subarray(30 * row, 30 * row + 30),
          ]);
          // Rounding to float32 keeps order, so no slack.
          expect(Math.min(...mixed.subarray(30 * i, 30 * i + 30))).toBeGreaterThanOrEqual(Math.min(...pair));
          expect(Math.max(...mixed.subarray(30 * i, 30 * i + 30))).toBeLessThanOrEqual(Math.max(...pair));
        }
      }),
    );
  });

  test('images are not changed', () => {
    const before = x.data.slice();
    mixImages(x, plan([0, 0, 2, 2], 0.75)).data.fill(9);
    expect(x.data).toEqual(before);
  });

  test.each([
    [plan([0, 0, 5, 2], 0.5), 'mixImages: box of plan row 0 must lie in [4, 4], got [0, 0, 5, 2]'],
    [plan([-1, 0, 2, 2], 0.5), 'mixImages: box of plan row 0 must lie in [4, 4], got [-1, 0, 2, 2]'],
    [plan([2, 0, 1, 2], 0.5), 'mixImages: box of plan row 0 must lie in [4, 4], got [2, 0, 1, 2]'],
    [plan([0, 0, 2, 2], 0.5), 'mixImages: lambda of plan row 0 must be the share of pixels that stay, 0.75, got 0.5'],
    [plan([0, 0], 0.5), 'mixImages: box of a plan must have 4 numbers a row, got 2 for 1 rows'],
  ])('refuses a plan that does not fit (%#)', (bad, message) => {
    expect(() => mixImages(x, bad)).toThrow(new RangeError(message));
  });

  test('refuses what is no images', () => {
    expect(() => mixImages({ data: new Float32Array(4), shape: [2, 2] }, plan([0, 0, 0, 0], 1))).toThrow(
      new RangeError('mixImages: x must have shape [rows, height, width, channels], got [2, 2]'),
    );
  });
});
