/** The bugs of well-known implementations, each as a test that would have found it. */
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import {
  createRandom,
  derangementPairing,
  flipPairing,
  halvesPairing,
  identity,
  type MixMethod,
  type MixPlan,
  mixLabels,
  mixRows,
  mixup,
  mixupGenerator,
  mixupPlans,
  mixWeightedLabels,
  offForLast,
  oneHot,
  permutationPairing,
  rollPairing,
  sampleLambda,
  scheduleValue,
  smoothLabels,
  weighClasses,
} from '../src/index.ts';
import {
  chooseMethod,
  createPreset,
  cutMix,
  kernelPairing,
  mixImages,
  presetNames,
  sameClassPairing,
} from '../src/methods.ts';
import { mixedMetrics } from '../src/metrics.ts';

const draw = (method: MixMethod, batch: number, seed = 0) => method(createRandom(seed), identity(batch));

describe('the sampler ignores alpha (tensorflow/models#13490, keras-cv#1361)', () => {
  test.each([0.001, 0.01, 0.1, 0.2, 1, 8, 32, 1000])(
    'alpha %f: the variance of lambda is 1 / (4 (2 alpha + 1))',
    (alpha) => {
      const n = 50_000;
      const lambda = sampleLambda(createRandom(1), alpha, n);
      const want = 1 / (4 * (2 * alpha + 1));
      const variance = lambda.reduce((sum, value) => sum + (value - 0.5) ** 2, 0) / n;
      // Five standard errors; kurtosis less 1 of Beta(alpha, alpha) is 4 alpha / (2 alpha + 3).
      expect(Math.abs(variance - want)).toBeLessThan(5 * want * Math.sqrt((4 * alpha) / (2 * alpha + 3) / n));
    },
  );
});

test('the ratio of two gammas underflows for a small alpha (d3: mean 0.39 at 0.001; in float32 81 % NaN)', () => {
  for (const alpha of [1e-4, 0.001, 0.01]) {
    const n = 50_000;
    const lambda = sampleLambda(createRandom(2), alpha, n);
    expect(lambda.every((value) => value >= 0 && value <= 1)).toBe(true);
    const mean = lambda.reduce((sum, value) => sum + value, 0) / n;
    // Nearly a fair coin: five standard errors.
    expect(Math.abs(mean - 0.5)).toBeLessThan((5 * 0.5) / Math.sqrt(n));
  }
});

test('labels of rank 1 silently become [batch, batch] (keras 3.15): refused wherever labels are taken', () => {
  const rule =
    'labels must be rows of shape [rows, classes]; turn class ids into rows with oneHot(labels, classes), ' +
    'numbers into a column with toColumn(values)';
  const plan = draw(mixup(), 3);
  for (const ids of [[0, 1, 2], Int32Array.of(0, 1, 2), { data: Float64Array.of(0, 1, 2), shape: [3] as const }]) {
    const y = ids as never;
    expect(() => mixLabels(y, plan)).toThrow(new RangeError(`mixLabels: y: ${rule}`));
    expect(() => smoothLabels(y, 0.1)).toThrow(new RangeError(`smoothLabels: y: ${rule}`));
    expect(() => weighClasses(y, [1])).toThrow(new RangeError(`weighClasses: y: ${rule}`));
    expect(() => mixWeightedLabels(y, [1, 1, 1], plan)).toThrow(new RangeError(`mixWeightedLabels: y: ${rule}`));
    expect(() => mixupGenerator(createRandom(0), { x: [[0], [1], [2]], y, batchSize: 1 })).toThrow(
      new RangeError(`mixupGenerator: y: ${rule}`),
    );
  }
});

test.each(['row', 'pair', 'batch'] as const)(
  'p is applied twice, which gives p squared (kornia#4649): once, per %s',
  (lambdaPer) => {
    const [p, batches, batch] = [0.5, 600, 4];
    const random = createRandom(0);
    const methods = [
      mixup({ alpha: 1, p, lambdaPer, pairing: flipPairing }),
      chooseMethod([{ method: mixup({ alpha: 1, lambdaPer, pairing: flipPairing }), p }]),
      cutMix({ height: 1000, width: 1000, p, lambdaPer, pairing: flipPairing }),
    ];
    for (const method of methods) {
      let mixed = 0;
      for (let i = 0; i < batches; i++) {
        mixed += method(random, identity(batch)).lambda.filter((lambda) => lambda !== 1).length / batch;
      }
      // One coin a batch at least: five standard errors, far from p squared = 0.25.
      expect(Math.abs(mixed / batches - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / batches));
    }
  },
);

test('the label weight of a box that crosses the border is not the pixel fraction (keras-cv, CutMix-PyTorch#1)', () => {
  const size = { height: 9, width: 13 };
  const plan = draw(cutMix({ ...size, alpha: 0.5, pairing: derangementPairing }), 400, 1);
  const pixels = size.height * size.width;
  const x = {
    data: Float32Array.from({ length: 400 * pixels }, (_, i) => Math.floor(i / pixels)),
    shape: [400, size.height, size.width, 1] as const,
  };
  const mixed = mixImages(x, plan);
  const y = mixLabels(oneHot(identity(400), 400), plan);
  let clipped = 0;
  for (let i = 0; i < 400; i++) {
    const own = mixed.data.subarray(i * pixels, (i + 1) * pixels).filter((value) => value === i).length;
    expect(y.data[i * 400 + i]).toBeCloseTo(own / pixels, 14);
    const [top = 0, left = 0, bottom = 0, right = 0] = plan.box?.subarray(4 * i, 4 * i + 4) ?? [];
    if (bottom > top && (top === 0 || left === 0 || bottom === 9 || right === 13)) clipped++;
  }
  expect(clipped).toBeGreaterThan(100);
});

test('a CutMix plan is blended as if it were mixup: mixRows refuses it for images', () => {
  const x = { data: new Float32Array(32), shape: [2, 4, 4, 1] as const };
  expect(() => mixRows(x, draw(cutMix({ height: 4, width: 4 }), 2))).toThrow(
    new RangeError('mixRows: a plan with boxes must be applied to images by mixImages'),
  );
});

test('x and y are mixed with two different permutations (VMT#1), or labels not at all (DESED_task#93)', () => {
  const ids = identity(12);
  const x = Array.from(ids, (id) => [id]);
  // The class id as feature: the mean class of a label row is the mixed feature.
  const agree = (features: ArrayLike<number>, labels: ArrayLike<number>) => {
    for (let i = 0; i < features.length; i++) {
      let mean = 0;
      for (let c = 0; c < 12; c++) mean += c * (labels[i * 12 + c] as number);
      expect(features[i]).toBeCloseTo(mean, 12);
    }
  };
  for (const name of presetNames) {
    // Remix gives labels another lambda on purpose; with one class size it is lambda.
    const plan = draw(createPreset(name, { classes: ids, targets: ids }).method, 12, 3);
    agree(mixRows(x, plan).data, mixLabels(oneHot(ids, 12), plan).data);
  }
  const { value } = mixupGenerator(createRandom(0), { x, y: oneHot(ids, 12), batchSize: 6, alpha: 1 }).next();
  agree(value.x.data, value.y.data);
  expect(value.y.data.some((weight) => weight > 0 && weight < 1)).toBe(true);
});

test('the batch is changed in place (timm#50, YOLOX#275): no input is, not features, labels, weights, plan or index', () => {
  const size = { height: 3, width: 3 };
  const images = { data: Float32Array.from({ length: 54 }, (_, i) => i), shape: [6, 3, 3, 1] as const };
  const [y, weights, index] = [oneHot([0, 1, 0, 1, 0, 1], 2), [1, 2, 3, 4, 5, 6], identity(6)];
  const plans = [mixup(), cutMix(size), createPreset('timm-pair').method].map((method) =>
    method(createRandom(0), index),
  );
  const state = () => JSON.stringify([images, y, weights, index, plans]);
  const before = state();
  for (const plan of plans) {
    mixImages(images, plan).data.fill(-1);
    mixLabels(smoothLabels(y, 0.1), plan).data.fill(-1);
    mixWeightedLabels(y, weights, plan).weights.fill(-1);
    weighClasses(y, [1, 2]).labels.data.fill(-1);
  }
  expect(state()).toBe(before);
});

describe('a batch of 1, an odd batch, fewer than 2B rows: a silent no-op, a crash or an endless loop', () => {
  test('every preset ends on batches of 1 to 5, with a plan that fits or with one clear line', () => {
    for (const name of presetNames) {
      for (let batch = 1; batch <= 5; batch++) {
        const { method } = createPreset(name, { classes: identity(batch), targets: identity(batch) });
        if (name === 'article' && batch % 2 === 1) {
          expect(() => draw(method, batch)).toThrow(/^article: a batch must have an even number of rows/);
          continue;
        }
        const plan = draw(method, batch);
        expect(
          mixRows(
            Array.from({ length: batch }, (_, i) => [i]),
            plan,
          ).data,
        ).not.toContain(Number.NaN);
      }
    }
  });

  test('a batch of 1 meets itself, or is refused by the pairings that promise another row', () => {
    const one = identity(1);
    for (const pairing of [permutationPairing, rollPairing, flipPairing, sameClassPairing([3]), kernelPairing([7])]) {
      expect([...pairing(createRandom(0), one)]).toEqual([0]);
    }
    for (const pairing of [derangementPairing, halvesPairing])
      expect(() => pairing(createRandom(0), one)).toThrow(RangeError);
  });

  test('in an odd batch flip leaves the middle row to itself (timm stops), and halves refuses', () => {
    expect(flipPairing(createRandom(0), identity(5))[2]).toBe(2);
    expect(() => halvesPairing(createRandom(0), identity(5))).toThrow('halvesPairing: batch must be even, got 5');
  });

  test("fewer than 2B rows: the article's generator says so at once instead of looping for ever", () => {
    expect(() => mixupPlans(createRandom(0), { rows: 59, batchSize: 30 })).toThrow(
      new RangeError('mixupGenerator: a batch of 30 takes 60 rows, got 59; lower batchSize to 29 or less'),
    );
  });
});

test('the seed does not reach lambda (mixup-cifar10): every preset draws the same plan from the same seed, another from another', () => {
  const data = { classes: identity(16), targets: identity(16) };
  for (const name of presetNames) {
    const { method } = createPreset(name, data);
    expect(draw(method, 16, 7)).toEqual(draw(method, 16, 7));
    expect(draw(method, 16, 7).lambda).not.toEqual(draw(method, 16, 8).lambda);
  }
});

test('0 is not a seed (tfjs, mixup-cifar10): it gives one stream, unlike that of any other seed', () => {
  expect(draw(mixup(), 9, 0)).toEqual(draw(mixup(), 9, 0));
  expect(draw(mixup(), 9, 0)).not.toEqual(draw(mixup(), 9, 1));
  expect(() => createRandom(undefined as never)).toThrow(RangeError);
});

test('two draws with one seed are the same numbers (tfjs randomGamma): forks of one seed are apart', () => {
  const random = createRandom(5);
  const [a, b] = ['mix', 'noise'].map((label) => sampleLambda(random.fork(label), 1, 50));
  expect(a?.some((value, i) => value === b?.[i])).toBe(false);
});

test('alpha 0 is a crash, an error or NaN labels (keras, yu4u, torchvision, fastai): it mixes nothing', () => {
  for (const name of presetNames) {
    const { method } = createPreset(name, { alpha: 0, classes: identity(4), targets: identity(4) });
    const plan = draw(method, 4);
    const y = mixLabels(oneHot([0, 1, 2, 3], 4), plan);
    const want = mixLabels(oneHot([0, 1, 2, 3], 4), { ...plan, partner: plan.index });
    expect(y).toEqual(want);
  }
});

test('"off for the last N epochs" never reaches the workers (timm, YOLOX#85): a worker that lives on reads the schedule', async () => {
  const source = readFileSync(new URL('../src/schedule.ts', import.meta.url), 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const code = `
    import { parentPort, workerData } from 'node:worker_threads';
    ${outputText}
    parentPort.on('message', (epoch) => parentPort.postMessage(scheduleValue(workerData, epoch)));
  `;
  const schedule = offForLast(5, 2);
  const url = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  const worker = new Worker(url, { workerData: schedule });
  try {
    const seen: number[] = [];
    for (let epoch = 0; epoch < 5; epoch++) {
      const answer = new Promise<number>((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
      });
      worker.postMessage(epoch);
      seen.push(await answer);
    }
    expect(seen).toEqual([1, 1, 1, 0, 0]);
    const p = scheduleValue(schedule, 3);
    expect(draw(mixup({ p }), 8).lambda.every((lambda) => lambda === 1)).toBe(true);
  } finally {
    await worker.terminate();
  }
});

describe('train accuracy under mixup is meaningless (FMix#28, manifold_mixup#9)', () => {
  const plan = draw(mixup({ alpha: 1, pairing: derangementPairing }), 60, 4);
  const clean = oneHot(
    Array.from(identity(60), (row) => row % 3),
    3,
  );
  const mixed = mixLabels(clean, plan);

  test('a model that predicts every mixed label is at its ceiling below 1, with a loss above 0 and an excess of 0', () => {
    const { accuracy, ceiling, loss, floor, excess } = mixedMetrics(mixed, mixed);
    expect(ceiling).toBeLessThan(0.95);
    expect(accuracy).toBe(ceiling);
    expect(floor).toBeGreaterThan(0.2);
    expect(loss).toBeCloseTo(floor, 14);
    expect(excess).toBeCloseTo(0, 14);
  });

  test('a model that names the own class whatever is mixed in scores the mean weight of that class, below the ceiling', () => {
    const own = mixedMetrics(clean, mixed);
    const share = plan.lambda.reduce((sum, lambda, i) => {
      const isSame = i % 3 === (plan.partner[i] as number) % 3;
      return sum + (isSame ? 1 : lambda) / 60;
    }, 0);
    expect(own.accuracy).toBeCloseTo(share, 14);
    expect(own.accuracy).toBeLessThan(own.ceiling);
  });

  test('on the clean batch it is the accuracy, with a floor of 0', () => {
    const wrong = clean.data.slice();
    wrong.copyWithin(0, 3, 6);
    expect(mixedMetrics({ ...clean, data: wrong }, clean).accuracy).toBeCloseTo(59 / 60, 14);
    expect(mixedMetrics(clean, clean)).toMatchObject({ accuracy: 1, ceiling: 1, floor: 0, excess: 0 });
  });
});

describe('the loss of mixed labels', () => {
  const plan: MixPlan = { index: Int32Array.of(0), partner: Int32Array.of(1), lambda: Float64Array.of(0.7) };
  const [own, other] = [
    [1, 0],
    [0, 1],
  ];
  const mixed = [...mixLabels([own as number[], other as number[]], plan).data];
  const p = [0.6, 0.4];
  const both = (loss: (y: number[]) => number) => 0.7 * loss(own as number[]) + 0.3 * loss(other as number[]);

  test('is that of the mixed losses for cross-entropy', () => {
    const loss = (y: number[]) => -y.reduce((sum, weight, c) => sum + weight * Math.log(p[c] as number), 0);
    expect(loss(mixed)).toBeCloseTo(both(loss), 14);
  });

  test('is not for squared error, which lacks lambda (1 - lambda) times the squared distance of the labels', () => {
    const loss = (y: number[]) => y.reduce((sum, weight, c) => sum + (weight - (p[c] as number)) ** 2, 0);
    expect(both(loss) - loss(mixed)).toBeCloseTo(0.7 * 0.3 * 2, 14);
  });
});

test('label smoothing hides inside mixup: it is apart, and before the mix or after it is the same', () => {
  const plan = draw(mixup({ alpha: 1 }), 6, 2);
  const y = oneHot([0, 1, 2, 0, 1, 2], 3);
  const [before, after] = [mixLabels(smoothLabels(y, 0.1), plan), smoothLabels(mixLabels(y, plan), 0.1)];
  for (const [i, value] of before.data.entries()) expect(after.data[i]).toBeCloseTo(value, 15);
  expect(presetNames.filter((name) => createPreset(name, { classes: [0], targets: [0] }).smoothing !== 0)).toEqual([
    'timm-batch',
    'timm-pair',
    'timm-elem',
  ]);
});

test('class weights on soft labels use their argmax (tfjs): each class of a mixed row counts by its share', () => {
  const { weights } = weighClasses([[0.6, 0.4]], [1, 10]);
  expect(weights[0]).toBeCloseTo(0.6 * 1 + 0.4 * 10, 14);
});

test('lambda weighs the partner (kornia, composer): here it always weighs the row itself', () => {
  for (const name of presetNames.filter((name) => name !== 'article' && name !== 'regmixup')) {
    const plan = draw(createPreset(name, { classes: identity(4), targets: identity(4) }).method, 4, 1);
    const y = mixLabels(oneHot([0, 1, 2, 3], 4), plan);
    for (const [i, lambda] of plan.lambda.entries()) {
      if (plan.partner[i] !== i) expect(y.data[4 * i + i]).toBe(lambda);
    }
  }
});
