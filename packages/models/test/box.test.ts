/** Boxes in the kernel: to the bit what `mixImages` makes of them. */
import { createRandom, identity, type MixPlan, mixLabels, plainPlan } from '@mixup/core';
import { cutMix, mixImages, resizeMix } from '@mixup/core/methods';
import { expect, it } from 'vitest';
import { createWasmEngine, sampleGlorotUniform } from '../src/index.ts';
import { sampleBlobs } from './blobs.ts';

const ROWS = 40;

it.each([
  ['cut', [7, 5, 3], cutMix],
  ['cut', [8, 8, 1], cutMix],
  ['resize', [7, 5, 3], resizeMix],
  ['resize', [2, 9, 1], resizeMix],
] as const)(
  'training on boxes (%s, images of %j) has the bits of training on what mixImages gives, in padded rows too',
  async (_, item, method) => {
    const [height, width, channels] = item;
    const inputs = height * width * channels;
    const random = createRandom(3);
    const { x, y } = sampleBlobs(random.fork('data'), ROWS, inputs, 4);
    const images = { data: Float32Array.from(x.data), shape: [ROWS, ...item] as const };
    const engine = await createWasmEngine();
    const shape = { inputs, hidden: [9], outputs: 4 };
    const weights = sampleGlorotUniform(random.fork('init'), shape);
    // Scale 0.1 leaves no pixel of some boxes; a lambda of 1 is a row that both sides copy.
    const drawn = method({ height, width })(random.fork('mix'), identity(ROWS));
    // Labels of one row alone: blends are rounded in another order in the kernel.
    const plan: MixPlan = { ...drawn, labelLambda: new Float64Array(ROWS).fill(1) };
    expect(plan.lambda.filter((lambda) => lambda < 1).length).toBeGreaterThan(ROWS / 2);

    const one = engine.createNetwork({ shape, weights });
    const other = engine.createNetwork({ shape, weights });
    const data = engine.load(images, y);
    const mixed = engine.load(mixImages(images, plan), mixLabels(y, plan));
    for (let epoch = 0; epoch < 3; epoch++) {
      const score = one.train(data, plan, { batchSize: 16 });
      expect(score).toEqual(other.train(mixed, plainPlan(identity(ROWS)), { batchSize: 16 }));
    }
    expect(one.weights()).toEqual(other.weights());
    expect(one.predict(data)).toEqual(other.predict(data));
  },
);
