import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  createRandom,
  identity,
  type MixMethod,
  type MixPlan,
  mixLabels,
  mixRows,
  mixup,
  offForLast,
  oneHot,
  plainPlan,
  rollPairing,
  sampleMixPlan,
  samplePermutation,
  scheduleValue,
  takePlan,
  toClassIds,
} from '../src/index.ts';
import { chooseMethod, cMixup, cutMix, mixImages, regMixup, remix, resizeMix } from '../src/methods.ts';
import { createRandomState } from '../src/numpy.ts';
import {
  type BatchMethod,
  createTensorDataset,
  type MixedDataset,
  mixDataset,
  mixTensors,
  type TensorBatch,
} from '../src/tfjs.ts';
import { rowsAndPlan } from './arbitraries.ts';
import { fc } from './fast-check.ts';
import { layers, tf, tfData } from './tensorflow.ts';

beforeAll(() => tf.setBackend('cpu'));
// No test leaves a tensor behind.
let before: number;
beforeEach(() => {
  before = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(before);
});

const plan = (index: number[], partner: number[], lambda: number[]): MixPlan => ({
  index: Int32Array.from(index),
  partner: Int32Array.from(partner),
  lambda: Float64Array.from(lambda),
});
/** Run with tensors that are disposed of. */
const scoped = <T>(run: () => T): T => {
  tf.engine().startScope();
  try {
    return run();
  } finally {
    tf.engine().endScope();
  }
};
/** @returns the numbers of a tensor, which is disposed of */
function take(tensor: Tensor): number[] {
  const values = Array.from(tensor.dataSync());
  tensor.dispose();
  return values;
}

describe('mixTensors', () => {
  test('gives what mixRows gives, to 3 roundings of float32', () => {
    fc.assert(
      fc.property(rowsAndPlan({ float: 32 }), ([x, mix]) =>
        scoped(() => {
          const mixed = mixTensors(tf, tf.tensor(x.data as Float32Array, [...x.shape]), mix);
          const want = mixRows(x, mix);
          expect(mixed.shape).toEqual(want.shape);
          const size = want.data.length / want.shape[0];
          for (const [at, value] of mixed.dataSync().entries()) {
            const row = Math.floor(at / size);
            const [a, b] = [mix.index, mix.partner].map((rows) =>
              Math.abs(x.data[(rows[row] as number) * size + (at % size)] as number),
            ) as [number, number];
            // lambda, two products and a sum are rounded by 2 ** -24 each; below the normal range in steps of 2 ** -149.
            const room = 2 ** -22 * Math.max(a, b) + 4 * 2 ** -149;
            expect(Math.abs(value - (want.data[at] as number))).toBeLessThanOrEqual(room);
          }
        }),
      ),
    );
  });

  test.each([
    ['lambda 1 returns the input', 1, 'index'],
    ['lambda 0 returns the partner', 0, 'partner'],
  ] as const)('%s to the last bit, whatever the other row holds: NaN, infinities', (_, lambda, kept) => {
    const rows = [1, -0, 2 ** -149, Number.NaN, 5, Infinity, -3.3, 7];
    const tame = (row: number) => Number.isFinite(rows[row]);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { minLength: 1 }), (pairs) => {
        const mix = plan(
          pairs.map(([own]) => own),
          pairs.map(([, other]) => other),
          pairs.map(() => lambda),
        );
        fc.pre(mix[kept].every(tame));
        const x = tf.tensor2d(rows, [8, 1]);
        const want = Array.from(mix[kept], (row) => Math.fround(rows[row] as number));
        expect(take(mixTensors(tf, x, mix))).toEqual(want);
        x.dispose();
      }),
    );
  });

  test('copies rows of weight 1 beside rows that are mixed', () => {
    const x = tf.tensor2d([1, 2, 4], [3, 1]);
    expect(take(mixTensors(tf, x, plan([0, 1, 2], [1, 2, 0], [1, 0.5, 0])))).toEqual([1, 3, 1]);
    x.dispose();
  });

  test('mixes several inputs and labels, of any rank, by one plan, and keeps their form', () => {
    scoped(() => {
      const image = tf.reshape(tf.range(0, 24), [3, 2, 2, 2]);
      const y = tf.oneHot([0, 1, 2], 3);
      const mix = plan([0, 1], [2, 0], [0.25, 0.5]);
      const mixed = mixTensors(tf, { xs: { image, list: [tf.tensor1d([1, 2, 4])] }, ys: y }, mix);
      expect(Object.keys(mixed)).toEqual(['xs', 'ys']);
      expect(mixed.xs.image.shape).toEqual([2, 2, 2, 2]);
      const rows = { data: Float32Array.from({ length: 24 }, (_, i) => i), shape: [3, 2, 2, 2] as const };
      expect(mixed.xs.image.dataSync()).toEqual(mixRows(rows, mix).data);
      expect([...(mixed.xs.list[0] as Tensor).dataSync()]).toEqual([0.25 + 3, 1 + 0.5]);
      // Whole numbers have become real ones.
      expect(mixed.ys.dtype).toBe('float32');
      expect([...mixed.ys.dataSync()]).toEqual([...mixRows(oneHot([0, 1, 2], 3), mix).data]);
    });
  });

  test('lets gradients through to both rows, so that a hidden layer can be mixed', () => {
    scoped(() => {
      const mix = plan([0, 1, 2], [1, 1, 0], [0.75, 0.5, 0]);
      const gradient = tf.grad((x) => tf.sum(mixTensors(tf, x, mix)))(tf.tensor2d([1, 2, 3], [3, 1]));
      // By hand: row 0 has weight 0.75 and, as the partner of row 2, 1; row 1 has 0.25 and itself; row 2 has none.
      expect([...gradient.dataSync()]).toEqual([1.75, 1.25, 0]);
    });
  });

  test('leaves no tensor and no byte behind after 1,000 batches, and its inputs as they were', () => {
    const random = createRandom(1);
    const x = tf.randomUniform([16, 4, 4, 1]);
    const y = tf.tensor2d(Array.from({ length: 16 }, (_, i) => [i % 2, 1 - (i % 2)]));
    const bits = Array.from(x.dataSync());
    const start = tf.memory();
    for (let i = 0; i < 1000; i++) {
      tf.dispose(mixTensors(tf, { x, y }, sampleMixPlan(random, { batch: 16 })));
    }
    const { numTensors, numBytes, numDataBuffers } = tf.memory();
    expect([numTensors, numBytes, numDataBuffers]).toEqual([start.numTensors, start.numBytes, start.numDataBuffers]);
    expect(Array.from(x.dataSync())).toEqual(bits);
    tf.dispose([x, y]);
  });

  describe('a plan with a weight for labels of their own (Remix)', () => {
    const leaning: MixPlan = { ...plan([0, 1, 2], [1, 2, 0], [0.25, 0.5, 1]), labelLambda: Float64Array.of(0, 1, 0.5) };
    const labels = { ...leaning, lambda: leaning.labelLambda as Float64Array };
    const numbers = (tensor: Tensor) => Array.from(tensor.dataSync());
    /** Two columns, all values different. */
    const rows = () => tf.tensor2d([1, 2, 4, 8, 16, 32], [3, 2]);
    const [byLambda, byLabel] = [leaning, labels].map((mix) =>
      Array.from(
        mixRows(
          [
            [1, 2],
            [4, 8],
            [16, 32],
          ],
          mix,
        ).data,
      ),
    );

    test.each(['ys', 'y'])('mixes what is named %s by that, all of it, and the rest by lambda', (name) => {
      scoped(() => {
        const tree = { xs: { y: rows(), list: [rows()] }, [name]: [rows(), { a: rows() }] };
        const mixed = mixTensors(tf, tree as object as { xs: { y: Tensor; list: Tensor[] } }, leaning);
        expect(numbers(mixed.xs.y)).toEqual(byLambda);
        expect(numbers(mixed.xs.list[0] as Tensor)).toEqual(byLambda);
        const [first, second] = (mixed as object as Record<string, [Tensor, { a: Tensor }]>)[name] as [
          Tensor,
          { a: Tensor },
        ];
        expect(numbers(first)).toEqual(byLabel);
        expect(numbers(second.a)).toEqual(byLabel);
      });
    });

    test('names of labels may be others, or none', () => {
      scoped(() => {
        const mixed = mixTensors(tf, { y: rows(), target: rows() }, leaning, { labels: ['target'] });
        expect([numbers(mixed.y), numbers(mixed.target)]).toEqual([byLambda, byLabel]);
        const none = mixTensors(tf, { y: rows() }, leaning, { labels: [] });
        expect(numbers(none.y)).toEqual(byLambda);
        expect(numbers(mixTensors(tf, rows(), leaning))).toEqual(byLambda);
      });
    });

    test('gives what remix, mixRows and mixLabels give, and no NaN of a row of weight 0', () => {
      const ids = [0, 0, 0, 0, 1];
      const mix = remix({ classes: ids, tau: 1, alpha: 1, pairing: rollPairing })(createRandom(5), identity(5));
      expect(mix.labelLambda).not.toEqual(mix.lambda);
      const y = oneHot(ids, 2);
      scoped(() => {
        const { ys } = mixTensors(tf, { xs: tf.ones([5, 1]), ys: tf.oneHot(ids, 2) }, mix);
        const want = mixLabels(y, mix);
        // lambda, two products and a sum, each rounded by 2 ** -24 at most.
        for (const [i, value] of ys.dataSync().entries()) {
          expect(Math.abs(value - (want.data[i] as number))).toBeLessThanOrEqual(2 ** -22);
        }
        const gap = mixTensors(
          tf,
          { ys: tf.tensor2d([[Number.NaN], [1], [2]]) },
          { ...leaning, index: Int32Array.of(0, 1, 2) },
        );
        expect(numbers(gap.ys).slice(0, 2)).toEqual([1, 1]);
      });
    });

    test.each<[string, unknown, Error]>([
      [
        'a name that x does not have',
        ['ys', 'target'],
        new RangeError('mixTensors: labels must be among ys, got target'),
      ],
      ['one name', 'ys', new TypeError('mixTensors: labels must be a list of names, got ys')],
    ])('refuses %s', (_, names, error) => {
      expect(() => scoped(() => mixTensors(tf, { ys: rows() }, leaning, { labels: names as string[] }))).toThrow(error);
    });
  });

  test.each<[string, () => unknown, RangeError | TypeError]>([
    [
      'class ids',
      () => mixTensors(tf, tf.tensor1d([0, 1], 'int32'), plainPlan(Int32Array.of(0))),
      new RangeError(
        'mixTensors: labels must be rows of shape [rows, classes], got int32 of shape [2]; turn class ids into rows with tf.oneHot(labels, classes)',
      ),
    ],
    [
      'a scalar',
      () => mixTensors(tf, tf.scalar(1), plainPlan(Int32Array.of(0))),
      new RangeError('mixTensors: x must have shape [rows, ...item], got a scalar'),
    ],
    [
      'texts',
      () => mixTensors(tf, tf.tensor1d(['a', 'b']), plainPlan(Int32Array.of(0))),
      new TypeError('mixTensors: x must be float32, int32 or bool, got string'),
    ],
    [
      'a plan for other rows',
      () => mixTensors(tf, tf.tensor1d([1, 2]), plainPlan(Int32Array.of(2))),
      new RangeError('mixTensors: plan row 0 must name rows in [0, 2), got 2 and 2'),
    ],
    [
      'a box that juts out of the images',
      () => mixTensors(tf, tf.zeros([1, 2, 2, 1]), { ...plainPlan(Int32Array.of(0)), box: Int32Array.of(0, 0, 3, 1) }),
      new RangeError('mixTensors: box of plan row 0 must lie in [2, 2], got [0, 0, 3, 1]'),
    ],
    [
      'a lambda that is not the share of the pixels that stay',
      () => mixTensors(tf, tf.zeros([1, 2, 2, 1]), { ...plainPlan(Int32Array.of(0)), box: Int32Array.of(0, 0, 1, 1) }),
      new RangeError('mixTensors: lambda of plan row 0 must be the share of pixels that stay, 0.75, got 1'),
    ],
    [
      'what is no tensor',
      () => mixTensors(tf, { x: 1 } as never, plainPlan(Int32Array.of(0))),
      new TypeError('mixTensors: x must be a tensor, or arrays and objects of tensors, got 1'),
    ],
  ])('refuses %s, and leaves no tensor behind', (_, run, error) => {
    expect(() => scoped(run)).toThrow(error);
  });
});

describe('mixTensors of images', () => {
  const size = { height: 7, width: 9 };
  const shape = [6, 7, 9, 2] as const;
  const image = (random = createRandom(3)) => Float32Array.from({ length: 6 * 7 * 9 * 2 }, () => 2 * random() - 1);
  const methods: [string, MixMethod][] = [
    ['cutMix', cutMix(size)],
    ['resizeMix', resizeMix(size)],
    ['mixup', mixup({ alpha: 1 })],
    [
      'a choice of cutMix and mixup for each row',
      chooseMethod(
        [
          { method: cutMix(size), p: 0.4 },
          { method: mixup({ alpha: 1 }), p: 0.4 },
        ],
        { per: 'row' },
      ),
    ],
  ];

  test.each(methods)('%s: gives what mixImages and mixLabels give', (name, method) => {
    const data = image();
    const y = oneHot([0, 1, 2, 0, 1, 2], 3);
    for (let seed = 0; seed < 20; seed++) {
      const mix = method(createRandom(seed), identity(6));
      const labels = mixLabels(y, mix);
      scoped(() => {
        const mixed = mixTensors(tf, { xs: tf.tensor(data, [...shape]), ys: tf.tensor2d([...y.data], [6, 3]) }, mix);
        const want = mixImages({ data, shape }, mix);
        expect(mixed.xs.shape).toEqual(shape);
        const values = mixed.xs.dataSync();
        if (name === 'cutMix') expect(values).toEqual(want.data);
        // Up to four products of rounded weights, and three sums, of values below 1: 2 ** -24 each at most.
        for (const [i, value] of values.entries()) {
          expect(Math.abs(value - (want.data[i] as number))).toBeLessThanOrEqual(11 * 2 ** -24);
        }
        // lambda, two products and a sum, each rounded by 2 ** -24 at most.
        for (const [i, value] of mixed.ys.dataSync().entries()) {
          expect(Math.abs(value - (labels.data[i] as number))).toBeLessThanOrEqual(2 ** -22);
        }
      });
    }
  });

  test('a copied pixel keeps its bits whatever the other image holds: NaN and infinities', () => {
    const data = image().fill(Number.NaN, 126, 252).fill(Infinity, 252, 378);
    const mix = cutMix({ ...size, pairing: rollPairing })(createRandom(1), identity(6));
    scoped(() => {
      expect(mixTensors(tf, tf.tensor(data, [...shape]), mix).dataSync()).toEqual(mixImages({ data, shape }, mix).data);
    });
  });

  test('lets gradients through to the pixels that are seen, and to no others', () => {
    const mix = cutMix({ ...size, pairing: rollPairing })(createRandom(2), identity(6));
    scoped(() => {
      const x = tf.tensor(image(), [...shape]);
      const gradient = tf.grad((tensor) => tf.sum(mixTensors(tf, tensor, mix)))(x);
      const seen = (row: number) => tf.sum(tf.slice(gradient, [row], [1])).arraySync();
      // The pixels that stay of a row, and those of it that fill the box of the row whose partner it is, in 2 channels.
      for (let row = 0; row < 6; row++) {
        const filled = mix.partner.indexOf(row);
        const pixels = 63 * (mix.lambda[row] as number) + 63 * (1 - (mix.lambda[filled] as number));
        expect(seen(row)).toBeCloseTo(2 * pixels, 6);
      }
    });
  });

  test.each(methods)('%s leaves no tensor and no byte behind after 1,000 batches', (_, method) => {
    const random = createRandom(1);
    const x = tf.tensor(image(), [...shape]);
    const start = tf.memory();
    for (let i = 0; i < 1000; i++) tf.dispose(mixTensors(tf, x, method(random, identity(6))));
    const { numTensors, numBytes, numDataBuffers } = tf.memory();
    expect([numTensors, numBytes, numDataBuffers]).toEqual([start.numTensors, start.numBytes, start.numDataBuffers]);
    expect(x.dataSync()).toEqual(image());
    x.dispose();
  });

  test('createTensorDataset cuts the images of each batch, and leaves no tensor behind in 1,000 of them', async () => {
    const x = tf.tensor(image(), [...shape]);
    const ys = tf.tidy(() => tf.oneHot([0, 1, 2, 0, 1, 2], 3));
    const dataset = createTensorDataset(
      createRandom(0),
      tf,
      { xs: x, ys },
      { batchSize: 3, shuffle: false, method: cutMix(size) },
    );
    const start = tf.memory().numTensors;
    const want = cutMix(size)(createRandom(0).fork('epoch 0'), identity(3));
    for (let epoch = 0; epoch < 500; epoch++) {
      let batches = 0;
      for await (const batch of await dataset.iterator()) {
        if (epoch === 0 && batches === 0) {
          expect(batch.xs.dataSync()).toEqual(mixImages({ data: image(), shape }, want).data);
        }
        batches++;
        tf.dispose(batch);
      }
      expect(batches).toBe(2);
    }
    expect(tf.memory().numTensors).toBe(start);
    tf.dispose([x, ys]);
  });
});

const ROWS = 10;
/** Row i is [i, 10 i], its label class i % 3. */
function data() {
  const xs = tf.tensor2d(Array.from({ length: ROWS }, (_, i) => [i, 10 * i]));
  const ids = tf.tensor1d(
    Array.from({ length: ROWS }, (_, i) => i % 3),
    'int32',
  );
  const ys = tf.oneHot(ids, 3) as Tensor2D;
  ids.dispose();
  return { xs, ys };
}

/** What is said of labels of rank 1. */
const rankOne = (dtype: string, rows: number) =>
  `ys must have shape [rows, classes], or [rows, 1] for a regression, got ${dtype} of shape [${rows}]; turn class ids into rows with tf.oneHot(tf.cast(ys, 'int32'), classes), numbers into a column with tf.expandDims(ys, 1)`;

/** A dataset of one batch. */
const only = (batch: TensorBatch) => ({ iterator: async () => [batch] }) as object as MixedDataset<unknown>;

/** Read an epoch as numbers: the first feature and the label of each row, batch by batch. */
async function readEpoch(dataset: MixedDataset<unknown>): Promise<number[][][]> {
  const batches: number[][][] = [];
  for await (const read of await dataset.iterator()) {
    const batch = read as TensorBatch;
    const [x, y] = [(batch.xs as Tensor2D).arraySync(), (batch.ys as Tensor2D).arraySync()];
    batches.push(x.map((row, i) => [row[0] as number, ...(y[i] as number[])]));
    tf.dispose(batch as object as Tensor[]);
  }
  return batches;
}

describe('createTensorDataset', () => {
  test('shuffles, cuts and mixes as the plans from the same seed say', async () => {
    const tensors = data();
    const dataset = createTensorDataset(createRandom(5), tf, tensors, { batchSize: 4, alpha: 1 });
    expect(dataset.size).toBe(3);
    for (const epoch of [0, 1]) {
      const stream = createRandom(5).fork(`epoch ${epoch}`);
      const order = samplePermutation(stream, ROWS);
      const want = [4, 4, 2].map((batch, step) => {
        const mix = sampleMixPlan(stream, { batch, alpha: 1 });
        return Array.from(mix.lambda, (lambda, i) => {
          const own = order[4 * step + i] as number;
          const other = order[4 * step + (mix.partner[i] as number)] as number;
          const label = [0, 1, 2].map((k) => lambda * Number(own % 3 === k) + (1 - lambda) * Number(other % 3 === k));
          return [lambda * own + (1 - lambda) * other, ...label];
        });
      });
      const got = await readEpoch(dataset);
      expect(got.map((batch) => batch.length)).toEqual([4, 4, 2]);
      // Values up to 9, three roundings.
      for (const [i, value] of got.flat(2).entries()) {
        expect(Math.abs(value - (want.flat(2)[i] as number))).toBeLessThan(9 * 2 ** -22);
      }
    }
    tf.dispose(tensors);
  });

  test('starts with the epoch that it is told, as an uninterrupted run has it, and tells the method', async () => {
    const tensors = data();
    const told: number[] = [];
    // Off for the last 2 of 6 epochs.
    const off = offForLast(6, 2);
    const method: BatchMethod = (random, index, { epoch }) => {
      told.push(epoch);
      return mixup({ alpha: 1, p: scheduleValue(off, epoch) })(random, index);
    };
    const whole = createTensorDataset(createRandom(0), tf, tensors, { batchSize: 10, method });
    const epochs: number[][][][] = [];
    for (let epoch = 0; epoch < 6; epoch++) epochs.push(await readEpoch(whole));
    expect(told.splice(0)).toEqual([0, 1, 2, 3, 4, 5]);
    const rest = createTensorDataset(createRandom(0), tf, tensors, { batchSize: 10, method, initialEpoch: 3 });
    expect([await readEpoch(rest), await readEpoch(rest), await readEpoch(rest)]).toEqual(epochs.slice(3));
    expect(told.splice(0)).toEqual([3, 4, 5]);
    const repeated = createTensorDataset(createRandom(0), tf, tensors, {
      batchSize: 10,
      method,
      initialEpoch: 4,
    }).repeat(2);
    expect(await readEpoch(repeated)).toEqual(epochs.slice(4).flat());
    tf.dispose(tensors);
  });

  test('gives an epoch that does not depend on how much of those before was read', async () => {
    const tensors = data();
    const make = () => createTensorDataset(createRandom(0), tf, tensors, { batchSize: 3 });
    const [whole, part] = [make(), make()];
    await readEpoch(whole);
    // An iterator that is never read is no epoch.
    await part.iterator();
    for await (const batch of await part.iterator()) {
      tf.dispose(batch);
      break;
    }
    expect(await readEpoch(part)).toEqual(await readEpoch(whole));
    tf.dispose(tensors);
  });

  test('with alpha 0 and without shuffling gives the rows as they are; a batch of one is never mixed', async () => {
    const tensors = data();
    const rows = Array.from({ length: ROWS }, (_, i) => [i, ...[0, 1, 2].map((k) => Number(i % 3 === k))]);
    const plain = { shuffle: false, alpha: 0 };
    const still = createTensorDataset(createRandom(0), tf, tensors, { ...plain, batchSize: 4 });
    expect((await readEpoch(still)).flat()).toEqual(rows);
    const single = createTensorDataset(createRandom(0), tf, tensors, { shuffle: false, batchSize: 1, alpha: 1 });
    expect((await readEpoch(single)).flat()).toEqual(rows);
    tf.dispose(tensors);
  });

  test('draws from a source without forks in order, say from NumPy', async () => {
    const tensors = data();
    const make = () => createTensorDataset(createRandomState(0), tf, tensors, { batchSize: 10 });
    const [first, second] = [make(), make()];
    const epochs = [await readEpoch(first), await readEpoch(first)];
    expect(epochs).toEqual([await readEpoch(second), await readEpoch(second)]);
    expect(epochs[0]).not.toEqual(epochs[1]);
    tf.dispose(tensors);
  });

  test('asks a method of its own for the plan of each batch, by rows of the data, epoch and step', async () => {
    const tensors = data();
    const asked: [number[], number, number][] = [];
    const dataset = createTensorDataset(createRandom(0), tf, tensors, {
      batchSize: 6,
      shuffle: false,
      method: (_random, index, { epoch, step }) => {
        asked.push([[...index], epoch, step]);
        // The first row of the data for all, and labels by another weight.
        return {
          index,
          partner: new Int32Array(index.length),
          lambda: new Float64Array(index.length).fill(0.5),
          labelLambda: new Float64Array(index.length).fill(1),
        } as MixPlan;
      },
    });
    const [first] = await readEpoch(dataset);
    expect(first).toEqual([0, 1, 2, 3, 4, 5].map((i) => [i / 2, ...[0, 1, 2].map((k) => Number(i % 3 === k))]));
    expect(asked).toEqual([
      [[0, 1, 2, 3, 4, 5], 0, 0],
      [[6, 7, 8, 9], 0, 1],
    ]);
    tf.dispose(tensors);
  });

  test('a method that looks up rows of all the data has their numbers, in every batch', async () => {
    const tensors = data();
    const method = remix({ classes: Array.from(identity(ROWS), (row) => row % 3), kappa: 1, alpha: 1 });
    const dataset = createTensorDataset(createRandom(0), tf, tensors, { batchSize: 4, method });
    const batches = await readEpoch(dataset);
    const stream = createRandom(0).fork('epoch 0');
    const order = samplePermutation(stream, ROWS);
    for (const [step, batch] of batches.entries()) {
      const mix = method(stream, order.subarray(4 * step, 4 * step + 4));
      for (const [i, row] of batch.entries()) {
        const [own, other] = [mix.index[i] as number, mix.partner[i] as number];
        const [lambda, share] = [mix.lambda[i] as number, mix.labelLambda?.[i] as number];
        const label = [0, 1, 2].map((k) => share * Number(own % 3 === k) + (1 - share) * Number(other % 3 === k));
        for (const [at, value] of [lambda * own + (1 - lambda) * other, ...label].entries()) {
          // Values up to 9; lambda, two products and a sum, each rounded by 2 ** -24 at most.
          expect(Math.abs((row[at] as number) - value)).toBeLessThanOrEqual(9 * 2 ** -22);
        }
      }
    }
    tf.dispose(tensors);
  });

  test('an input that is named y is no label', async () => {
    const { xs, ys } = data();
    const dataset = createTensorDataset(
      createRandom(0),
      tf,
      { xs: { y: xs }, ys },
      {
        batchSize: 10,
        shuffle: false,
        method: (_random, index) => ({
          ...plainPlan(index),
          partner: index.toReversed(),
          lambda: new Float64Array(10).fill(0.5),
          labelLambda: new Float64Array(10).fill(1),
        }),
      },
    );
    for await (const batch of await dataset.iterator()) {
      expect((batch.xs.y.arraySync() as number[][]).map(([value]) => value)).toEqual(new Array(10).fill(4.5));
      expect(batch.ys.arraySync()).toEqual(ys.arraySync());
      tf.dispose(batch);
    }
    tf.dispose([xs, ys]);
  });

  test('regMixup gives the clean batch and the mixed one, in batches of twice as many rows', async () => {
    const tensors = data();
    const dataset = createTensorDataset(createRandom(0), tf, tensors, {
      batchSize: 10,
      shuffle: false,
      method: regMixup(),
    });
    const [batch] = await readEpoch(dataset);
    const want = regMixup()(createRandom(0).fork('epoch 0'), identity(10));
    expect(batch).toHaveLength(20);
    for (const [i, row] of (batch as number[][]).entries()) {
      const [own, other, weight] = [want.index[i], want.partner[i], want.lambda[i]] as [number, number, number];
      // Features up to 9: lambda, two products and a sum are rounded by 2 ** -24 of that each.
      expect(Math.abs((row[0] as number) - (weight * own + (1 - weight) * other))).toBeLessThanOrEqual(9 * 2 ** -22);
      if (i < 10) expect(row).toEqual([i, ...[0, 1, 2].map((k) => Number(i % 3 === k))]);
    }
    tf.dispose(tensors);
  });

  test.each<[string, object, Error]>([
    ['a batch size', { batchSize: 0 }, new RangeError('createTensorDataset: batchSize must be an integer >= 1, got 0')],
    ['alpha', { alpha: -1 }, new RangeError('createTensorDataset: alpha must be >= 0 and finite, got -1')],
    [
      'an epoch',
      { initialEpoch: -1 },
      new RangeError('createTensorDataset: initialEpoch must be an integer >= 0, got -1'),
    ],
    [
      'a part of an epoch',
      { initialEpoch: 0.5 },
      new RangeError('createTensorDataset: initialEpoch must be an integer >= 0, got 0.5'),
    ],
    [
      'a method and alpha',
      { alpha: 1, method: (_: unknown, index: Int32Array) => plainPlan(index) },
      new TypeError('createTensorDataset: method must be a function, with neither alpha nor lambdaPer beside it'),
    ],
  ])('refuses %s out of range at once', (_, options, error) => {
    const tensors = data();
    expect(() => createTensorDataset(createRandom(0), tf, tensors, options)).toThrow(error);
    tf.dispose(tensors);
  });

  test.each(['float32', 'int32', 'bool'] as const)('refuses labels of rank 1 in %s at once', (dtype) => {
    const { xs, ys } = data();
    const ids = tf.zeros([ROWS], dtype);
    for (const labels of [ids, { a: ys, b: [ids] }]) {
      expect(() => createTensorDataset(createRandom(0), tf, { xs, ys: labels })).toThrow(
        new RangeError(`createTensorDataset: ${rankOne(dtype, ROWS)}`),
      );
    }
    const column = tf.expandDims(ids, 1);
    expect(createTensorDataset(createRandom(0), tf, { xs, ys: column }).size).toBe(1);
    tf.dispose([xs, ys, ids, column]);
  });

  test('repeated, it goes on with the next epoch, so often or for ever', async () => {
    const tensors = data();
    const make = () => createTensorDataset(createRandom(0), tf, tensors, { batchSize: 4, alpha: 1 });
    const [once, twice, endless] = [make(), make().repeat(2), make().repeat()];
    expect([twice.size, endless.size, make().repeat(2).repeat(3).size]).toEqual([6, Infinity, 18]);
    const want = [...(await readEpoch(once)), ...(await readEpoch(once))];
    expect(await readEpoch(twice)).toEqual(want);
    const batches = await endless.iterator();
    const first: number[][][] = [];
    for (let i = 0; i < 6; i++) first.push(...(await readEpoch(only((await batches.next()).value as TensorBatch))));
    expect(first).toEqual(want);
    for (const times of [0, -1, 1.5, Number.NaN, '2']) {
      expect(() => make().repeat(times as number)).toThrow(
        new RangeError(`repeat: times must be an integer >= 1, or nothing for no end, got ${times}`),
      );
    }
    tf.dispose(tensors);
  });

  test('refuses tensors of different numbers of rows, and plans with weights or layers', async () => {
    const { xs, ys } = data();
    const short = tf.slice(ys, 0, 4);
    expect(() => createTensorDataset(createRandom(0), tf, { xs, ys: short })).toThrow(
      new RangeError('createTensorDataset: all tensors must have as many rows, got 10, 4'),
    );
    const method = (_: unknown, index: Int32Array) => ({ ...plainPlan(index), layer: 1 }) as MixPlan;
    await expect(readEpoch(createTensorDataset(createRandom(0), tf, { xs, ys }, { method }))).rejects.toThrow(
      new RangeError('createTensorDataset: plans must mix inputs, got one for layer 1'),
    );
    await expect(
      readEpoch(createTensorDataset(createRandom(0), tf, { xs, ys }, { method: regMixup({ eta: 2 }) })),
    ).rejects.toThrow(new RangeError('createTensorDataset: plans must weigh all rows alike, got a weight of 2'));
    await expect(
      readEpoch(createTensorDataset(createRandom(0), tf, { xs, ys }, { method: cutMix({ height: 1, width: 2 }) })),
    ).rejects.toThrow(
      new RangeError(
        'createTensorDataset: plans with boxes are for images, so xs must have shape [rows, height, width, channels]',
      ),
    );
    tf.dispose([xs, ys, short]);
  });
});

describe('mixDataset', () => {
  const source = ({ xs, ys }: { xs: Tensor2D; ys: Tensor2D }, batch: number) =>
    tfData.zip({ xs: tfData.array(xs.arraySync()), ys: tfData.array(ys.arraySync()) }).batch(batch);

  test('mixes the batches of tf.data, each within itself, and disposes of them', async () => {
    const tensors = data();
    const dataset = mixDataset(createRandom(2), tf, source(tensors, 4), { alpha: 1, lambdaPer: 'batch' });
    const got = await readEpoch(dataset);
    const stream = createRandom(2).fork('epoch 0');
    const want = [4, 4, 2].flatMap((batch, step) => {
      const mix = sampleMixPlan(stream, { batch, alpha: 1, lambdaPer: 'batch' });
      const rows = mixRows(
        Array.from(identity(batch), (row) => [4 * step + row]),
        mix,
      ).data;
      return Array.from(rows);
    });
    expect(got.map((batch) => batch.length)).toEqual([4, 4, 2]);
    for (const [i, row] of got.flat().entries()) {
      expect(Math.abs((row[0] as number) - (want[i] as number))).toBeLessThan(9 * 2 ** -22);
    }
    tf.dispose(tensors);
  });

  test('starts with the epoch that it is told, as an uninterrupted run has it', async () => {
    const tensors = data();
    const whole = mixDataset(createRandom(2), tf, source(tensors, 4), { alpha: 1 });
    const epochs = [await readEpoch(whole), await readEpoch(whole), await readEpoch(whole)];
    const last = mixDataset(createRandom(2), tf, source(tensors, 4), { alpha: 1, initialEpoch: 2 });
    expect(await readEpoch(last)).toEqual(epochs[2]);
    expect(() => mixDataset(createRandom(2), tf, source(tensors, 4), { initialEpoch: '2' as never })).toThrow(
      new RangeError('mixDataset: initialEpoch must be an integer >= 0, got 2'),
    );
    tf.dispose(tensors);
  });

  test('says what a batch must be, and disposes of the one it refuses', async () => {
    const xs = tf.tensor2d([[1], [2]]);
    const batches = (batch: object) => ({
      iterator: async () => [batch][Symbol.iterator]() as never as { next(): Promise<IteratorResult<never>> },
    });
    const read = (batch: object) => readEpoch(mixDataset(createRandom(0), tf, batches(batch)));
    await expect(read({ xs: tf.clone(xs) })).rejects.toThrow(new TypeError('mixDataset: batches must be { xs, ys }'));
    await expect(read({ xs: tf.clone(xs), ys: tf.tensor1d([1], 'int32') })).rejects.toThrow(
      new RangeError('mixDataset: all tensors must have as many rows, got 2, 1'),
    );
    xs.dispose();
  });

  test('refuses labels of rank 1, which tf.data.array makes of class ids, and disposes of the batch', async () => {
    const numbers = tfData.zip({ xs: tfData.array([[0], [1], [2]]), ys: tfData.array([0, 1, 2]) }).batch(3);
    await expect(readEpoch(mixDataset(createRandom(0), tf, numbers))).rejects.toThrow(
      new RangeError(`mixDataset: ${rankOne('float32', 3)}`),
    );
    const columns = tfData.zip({ xs: tfData.array([[0], [1], [2]]), ys: tfData.array([[0], [1], [2]]) }).batch(3);
    expect((await readEpoch(mixDataset(createRandom(0), tf, columns))).flat()).toHaveLength(3);
  });

  test.each([
    ['at once', (y: Tensor2D) => remix({ classes: scoped(() => tf.argMax(y, 1).dataSync()), kappa: 1, alpha: 1 })],
    ['later', async (y: Tensor2D) => remix({ classes: toClassIds(await y.array()), kappa: 1, alpha: 1 })],
  ])('makes the method of each batch from its own labels, %s, and disposes of it', async (_, make) => {
    const tensors = data();
    const dataset = mixDataset(createRandom(2), tf, source(tensors, 4), {
      methodOf: ({ ys }: { ys: Tensor2D }) => make(ys),
    });
    const got = (await readEpoch(dataset)).flat();
    const stream = createRandom(2).fork('epoch 0');
    const want = [4, 4, 2].flatMap((batch, step) => {
      const rows = Array.from(identity(batch), (row) => 4 * step + row);
      const classes = rows.map((row) => row % 3);
      const mix = remix({ classes, kappa: 1, alpha: 1 })(stream, identity(batch));
      const x = mixRows(
        rows.map((row) => [row]),
        mix,
      );
      const y = mixLabels(oneHot(classes, 3), mix);
      return Array.from(x.data, (value, row) => [value, ...y.data.subarray(3 * row, 3 * row + 3)]);
    });
    expect(got).toHaveLength(ROWS);
    // Values up to 9; lambda, two products and a sum, each rounded by 2 ** -24 at most.
    for (const [i, value] of got.flat().entries()) {
      expect(Math.abs(value - (want.flat()[i] as number))).toBeLessThanOrEqual(9 * 2 ** -22);
    }
    tf.dispose(tensors);
  });

  test('refuses a method that looks up rows of all the data, and disposes of the batch', async () => {
    const tensors = data();
    const method = cMixup({ targets: Array.from(identity(ROWS)) });
    await expect(readEpoch(mixDataset(createRandom(0), tf, source(tensors, 4), { method }))).rejects.toThrow(
      new RangeError(
        'mixDataset: a method that looks up rows must be made for each batch, by methodOf: (batch) => …, got one of 10 rows for a batch of 4',
      ),
    );
    // Where one batch is all the data, its rows are those that the method knows.
    const whole = mixDataset(createRandom(0), tf, source(tensors, ROWS), { method });
    for (const _ of [0, 1]) expect((await readEpoch(whole)).flat()).toHaveLength(ROWS);
    tf.dispose(tensors);
  });

  test('refuses what methodOf must not give, and disposes of the batch', async () => {
    const tensors = data();
    const methodOf = (() => undefined) as never;
    await expect(readEpoch(mixDataset(createRandom(0), tf, source(tensors, 4), { methodOf }))).rejects.toThrow(
      new TypeError('mixDataset: methodOf must return a method, got undefined'),
    );
    tf.dispose(tensors);
  });

  test('repeated, a source without a batch comes to an end', async () => {
    const empty = { iterator: async () => ({ next: async () => ({ done: true, value: undefined }) as never }) };
    expect(await readEpoch(mixDataset(createRandom(0), tf, empty).repeat())).toEqual([]);
  });

  test('takes no batch before it is asked for one', async () => {
    let taken = 0;
    const dataset = mixDataset(createRandom(0), tf, {
      iterator: async () => ({
        next: async () => {
          taken++;
          return { done: false, value: { xs: tf.tensor2d([[1]]), ys: tf.tensor2d([[1]]) } };
        },
      }),
    });
    const batches = await dataset.iterator();
    expect(taken).toBe(0);
    tf.dispose((await batches.next()).value as object as Tensor[]);
    expect(taken).toBe(1);
    await batches.return();
    expect(Number.isNaN(dataset.size)).toBe(true);
  });
});

describe('what is left out or wrong is told at once', () => {
  const tensors = { shape: [1, 1], dtype: 'float32', dispose() {} };
  const batch = { xs: tensors, ys: tensors };
  const random = createRandom(0);
  // As JavaScript calls them.
  const untyped = (run: unknown) => run as (...args: unknown[]) => unknown;
  const noTf = 'tf must be the running TensorFlow.js, say of @tensorflow/tfjs-core, got';
  test.each<[string, () => unknown, string]>([
    ['tf', () => untyped(createTensorDataset)(random, undefined, batch), `createTensorDataset: ${noTf} undefined`],
    ['tf', () => untyped(mixDataset)(random, null, batch), `mixDataset: ${noTf} object`],
    ['tf', () => untyped(mixTensors)(tensors, plainPlan(Int32Array.of(0))), `mixTensors: ${noTf} object`],
    ['data', () => untyped(createTensorDataset)(random, tf), 'createTensorDataset: data must be { xs, ys }'],
    [
      'ys',
      () => untyped(createTensorDataset)(random, tf, { xs: tensors }),
      'createTensorDataset: data must be { xs, ys }',
    ],
    [
      'no tensor',
      () => untyped(createTensorDataset)(random, tf, { xs: [[1]], ys: [[1]] }),
      'mixTensors: x must be a tensor, or arrays and objects of tensors, got 1',
    ],
    [
      'the dataset',
      () => untyped(mixDataset)(random, tf, {}),
      'mixDataset: dataset must have iterator(), as a tf.data.Dataset has, got [object Object]',
    ],
    [
      'the dataset',
      () => untyped(mixDataset)(random, tf),
      'mixDataset: dataset must have iterator(), as a tf.data.Dataset has, got undefined',
    ],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(new TypeError(message));
  });

  test('a method that gives no plan is told when it is first asked', async () => {
    const { xs, ys } = data();
    const method = (() => undefined) as never;
    await expect(readEpoch(createTensorDataset(createRandom(0), tf, { xs, ys }, { method }))).rejects.toThrow(
      new TypeError('createTensorDataset: method must return a plan, got undefined'),
    );
    tf.dispose([xs, ys]);
  });
});

describe('model.fitDataset', () => {
  /** A model that is the same each time. */
  function createModel() {
    const model = layers.sequential();
    const kernelInitializer = layers.initializers.constant({ value: 0.1 });
    model.add(layers.layers.dense({ units: 3, inputShape: [2], activation: 'softmax', kernelInitializer }));
    model.compile({ optimizer: tf.train.sgd(0.001), loss: 'categoricalCrossentropy' });
    return model;
  }
  /** A model does not dispose of an optimizer that was handed in. */
  const disposeAll = (model: ReturnType<typeof createModel>) => {
    model.optimizer.dispose();
    model.dispose();
  };
  const weights = (model: ReturnType<typeof createModel>) =>
    model.getWeights().flatMap((weight) => Array.from(weight.dataSync()));

  test.each([
    [
      'createTensorDataset',
      (seed: number) => {
        const tensors = data();
        const dataset = createTensorDataset(createRandom(seed), tf, tensors, { batchSize: 4, alpha: 1 });
        return { dataset, tensors };
      },
    ],
    [
      'mixDataset',
      (seed: number) => {
        const tensors = data();
        const batches = tfData
          .zip({ xs: tfData.array(tensors.xs.arraySync()), ys: tfData.array(tensors.ys.arraySync()) })
          .batch(4);
        return { dataset: mixDataset(createRandom(seed), tf, batches, { alpha: 1 }), tensors };
      },
    ],
  ])('trains on %s, the same from the same seed and otherwise from another, without a leak', async (_, make) => {
    const train = async (seed: number) => {
      const { dataset, tensors } = make(seed);
      const model = createModel();
      const counts: number[] = [];
      const { history } = await model.fitDataset(dataset, {
        epochs: 4,
        verbose: 0,
        callbacks: {
          onEpochEnd: async () => {
            counts.push(tf.memory().numTensors);
          },
        },
      });
      const trained = weights(model);
      disposeAll(model);
      tf.dispose(tensors);
      expect(new Set(counts.slice(1)).size).toBe(1);
      expect(history.loss).toHaveLength(4);
      return [trained, history.loss];
    };
    const first = await train(0);
    expect(await train(0)).toEqual(first);
    expect(await train(1)).not.toEqual(first);
    // Plans drawn, not Math.random: what is trained is what the seed says.
    expect(first[0]?.every((value) => Number.isFinite(value))).toBe(true);
  });

  test('goes on at an epoch, on a dataset that starts with it, as if it had never stopped', async () => {
    const tensors = data();
    const make = (initialEpoch: number) =>
      createTensorDataset(createRandom(3), tf, tensors, { batchSize: 4, alpha: 1, initialEpoch });
    const [whole, parted] = [createModel(), createModel()];
    await whole.fitDataset(make(0), { epochs: 5, verbose: 0 });
    await parted.fitDataset(make(0), { epochs: 3, verbose: 0 });
    const { epoch } = await parted.fitDataset(make(3), { epochs: 5, initialEpoch: 3, verbose: 0 });
    expect(epoch).toEqual([3, 4]);
    expect(weights(parted)).toEqual(weights(whole));
    for (const one of [whole, parted]) disposeAll(one);
    tf.dispose(tensors);
  });

  test('trains on so many batches an epoch where the dataset is repeated, as tfjs advises where it is not', async () => {
    const tensors = data();
    const make = () => createTensorDataset(createRandom(3), tf, tensors, { batchSize: 4, alpha: 1 });
    const [whole, parted] = [createModel(), createModel()];
    await whole.fitDataset(make(), { epochs: 4, verbose: 0 });
    let batches = 0;
    // 3 batches a pass through the data: as many steps in all.
    const { history } = await parted.fitDataset(make().repeat(), {
      epochs: 6,
      batchesPerEpoch: 2,
      verbose: 0,
      callbacks: {
        onBatchEnd: async () => {
          batches++;
        },
      },
    });
    expect(batches).toBe(12);
    expect(history.loss).toHaveLength(6);
    expect(weights(parted)).toEqual(weights(whole));
    for (const one of [whole, parted]) disposeAll(one);
    tf.dispose(tensors);
  });

  test('gives the weights of a loop over mixRows and takePlan, written by hand', async () => {
    const tensors = data();
    const dataset = createTensorDataset(createRandom(3), tf, tensors, { batchSize: 4, alpha: 1 });
    const model = createModel();
    await model.fitDataset(dataset, { epochs: 2, verbose: 0 });
    const byHand = createModel();
    const x = { data: Float32Array.from(tensors.xs.dataSync()), shape: [ROWS, 2] as const };
    const y = { data: Float32Array.from(tensors.ys.dataSync()), shape: [ROWS, 3] as const };
    for (const epoch of [0, 1]) {
      const stream = createRandom(3).fork(`epoch ${epoch}`);
      const order = plainPlan(samplePermutation(stream, ROWS));
      for (let first = 0; first < ROWS; first += 4) {
        const rows = takePlan(
          order,
          identity(Math.min(4, ROWS - first)).map((row) => first + row),
        ).index;
        const mix = sampleMixPlan(stream, { batch: rows.length, alpha: 1 });
        const whole = { ...mix, index: rows, partner: mix.partner.map((row) => rows[row] as number) };
        const [xs, ys] = [mixRows(x, whole), mixRows(y, whole)];
        const batch = [tf.tensor2d(xs.data, [rows.length, 2]), tf.tensor2d(ys.data, [rows.length, 3])] as const;
        await byHand.trainOnBatch(...batch);
        tf.dispose([...batch]);
      }
    }
    const [got, want] = [weights(model), weights(byHand)];
    // Six steps of float32, features up to 90.
    for (const [i, value] of got.entries()) expect(Math.abs(value - (want[i] as number))).toBeLessThan(1e-5);
    for (const one of [model, byHand]) disposeAll(one);
    tf.dispose(tensors);
  });
});
