import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, test } from 'vitest';
import {
  createRandom,
  identity,
  type MixPlan,
  mixLabels,
  mixRows,
  mixup,
  plainPlan,
  type Rows,
  sampleMixPlan,
  toClassIds,
} from '../src/index.ts';
import {
  chooseMethod,
  cMixup,
  createPreset,
  cutMix,
  kMixup,
  mixImages,
  otherClassPairing,
  remix,
  resizeMix,
  sameClassPairing,
} from '../src/methods.ts';
import { type BatchMethod, createMixTransformer, mixBatches } from '../src/stream.ts';
import { fc } from './fast-check.ts';

interface Batch {
  readonly [name: string]: Rows;
  readonly x: Rows;
  readonly y: Rows;
}

/** Batches of these sizes, all values different. */
function batchesOf(sizes: readonly number[]): Batch[] {
  const random = createRandom(99);
  return sizes.map((rows) => ({
    x: { data: Float32Array.from({ length: rows * 4 }, () => random()), shape: [rows, 2, 2] },
    y: { data: Float64Array.from({ length: rows * 2 }, (_, i) => (i % 3) / 2), shape: [rows, 2] },
  }));
}

/** What each batch must become: by the definition. */
function mixedByHand(batches: readonly Batch[], seed: number, alpha = 0.2) {
  const random = createRandom(seed);
  return batches.map(({ x, y }) => {
    const plan = sampleMixPlan(random, { batch: x.shape[0], alpha });
    return { x: mixRows(x, plan), y: mixRows(y, plan), plan };
  });
}

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}

/** A source that counts what is asked of it, and knows whether it was closed. */
function watched(batches: readonly Batch[]) {
  const seen = { read: 0, closed: 0 };
  function* sync() {
    try {
      for (const batch of batches) {
        seen.read++;
        yield batch;
      }
    } finally {
      seen.closed++;
    }
  }
  async function* async() {
    yield* sync();
  }
  return { seen, sync, async };
}

const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 5 });

describe('every kind of stream gives each batch mixed by a plan of its own, the plans of the seed in order', () => {
  const kinds: [string, (batches: Batch[], seed: number) => Promise<unknown[]>][] = [
    ['an iterable', async (batches, seed) => [...mixBatches(createRandom(seed), batches)]],
    ['an async iterable', (batches, seed) => collect(mixBatches(createRandom(seed), watched(batches).async()))],
    ['a Node stream', (batches, seed) => collect(mixBatches(createRandom(seed), Readable.from(batches)))],
    [
      'a web stream',
      (batches, seed) => collect(mixBatches(createRandom(seed), ReadableStream.from(batches) as AsyncIterable<Batch>)),
    ],
    [
      'a web transform',
      (batches, seed) =>
        collect(
          (ReadableStream.from(batches) as ReadableStream<Batch>).pipeThrough(
            new TransformStream(createMixTransformer<Batch>(createRandom(seed))),
          ) as AsyncIterable<unknown>,
        ),
    ],
    [
      'a pipeline of Node',
      async (batches, seed) => {
        const out: unknown[] = [];
        const sink = new Writable({
          objectMode: true,
          write: (mixed, _encoding, done) => {
            out.push(mixed);
            done();
          },
        });
        const mix = (source: AsyncIterable<Batch>) => mixBatches(createRandom(seed), source);
        await pipeline(Readable.from(batches), mix, sink);
        return out;
      },
    ],
  ];
  test.each(kinds)('%s', async (_, run) => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async (rows, seed) => {
        const batches = batchesOf(rows);
        const before = structuredClone(batches);
        expect(await run(batches, seed)).toEqual(mixedByHand(batches, seed));
        expect(batches).toEqual(before);
      }),
      { numRuns: 20 },
    );
  });
});

test('a short last batch is mixed within itself, and a batch of one row comes out as it went in', () => {
  const batches = batchesOf([4, 4, 2, 1]);
  const mixed = [...mixBatches(createRandom(1), batches, { alpha: 5 })];
  expect(mixed.map(({ x }) => x.shape[0])).toEqual([4, 4, 2, 1]);
  // One row that meets itself: lambda a + (1 - lambda) a, within two roundings.
  const [kept, given] = [mixed[3]?.x.data as Float32Array, batches[3]?.x.data as Float32Array];
  for (const [i, value] of kept.entries()) expect(Math.abs(value - (given[i] as number))).toBeLessThan(2 ** -23);
});

test('nothing is read before it is asked for, and one batch for each that is', async () => {
  const source = watched(batchesOf([2, 2, 2]));
  const sync = mixBatches(createRandom(0), source.sync());
  expect(source.seen.read).toBe(0);
  sync.next();
  expect(source.seen.read).toBe(1);
  const other = watched(batchesOf([2, 2, 2]));
  const async = mixBatches(createRandom(0), other.async());
  await async.next();
  await async.next();
  expect(other.seen.read).toBe(2);
});

test('a slow reader holds a web stream back: its queues fill, and no more is read', async () => {
  const source = watched(batchesOf(Array(50).fill(2)));
  const stream = (ReadableStream.from(source.sync()) as ReadableStream<Batch>).pipeThrough(
    new TransformStream(createMixTransformer<Batch>(createRandom(0))),
  );
  const reader = stream.getReader();
  await reader.read();
  // All that would run now runs: a turn of the event loop.
  await new Promise((resolve) => setImmediate(resolve));
  expect(source.seen.read).toBeLessThan(6);
  await reader.cancel();
  await new Promise((resolve) => setImmediate(resolve));
  expect(source.seen.closed).toBe(1);
});

test('leaving the loop closes the source, once', async () => {
  const source = watched(batchesOf([2, 2, 2]));
  for (const _ of mixBatches(createRandom(0), source.sync())) break;
  expect(source.seen).toEqual({ read: 1, closed: 1 });
  const other = watched(batchesOf([2, 2, 2]));
  for await (const _ of mixBatches(createRandom(0), other.async())) break;
  expect(other.seen).toEqual({ read: 1, closed: 1 });
  const node = Readable.from(batchesOf([2, 2, 2]));
  for await (const _ of mixBatches(createRandom(0), node)) break;
  expect(node.destroyed).toBe(true);
});

test('a batch that can not be mixed stops the stream and closes the source', async () => {
  const bad = [...batchesOf([2]), { x: batchesOf([2])[0]?.x as Rows, y: batchesOf([3])[0]?.y as Rows }];
  const message = 'mixBatches: a batch must have as many rows in each part, at least 1, got 2, 3';
  const source = watched(bad);
  const sync = mixBatches(createRandom(0), source.sync());
  sync.next();
  expect(() => sync.next()).toThrow(new RangeError(message));
  expect(source.seen.closed).toBe(1);
  const other = watched(bad);
  await expect(collect(mixBatches(createRandom(0), other.async()))).rejects.toThrow(new RangeError(message));
  expect(other.seen.closed).toBe(1);
  const web = (ReadableStream.from(bad) as ReadableStream<Batch>).pipeThrough(
    new TransformStream(createMixTransformer<Batch>(createRandom(0))),
  );
  await expect(collect(web as AsyncIterable<unknown>)).rejects.toThrow('a batch must have as many rows in each part');
});

test('an error of the source comes through', async () => {
  async function* failing(): AsyncGenerator<Batch, void, void> {
    yield* batchesOf([2]);
    throw new Error('the disk is gone');
  }
  await expect(collect(mixBatches(createRandom(0), failing()))).rejects.toThrow('the disk is gone');
});

test('rows under other names are mixed by the one plan, nested arrays too; only y must be label rows', () => {
  const batch = {
    image: [[1], [3]],
    text: { data: Float32Array.of(10, 30), shape: [2] as const },
    y: [
      [1, 0],
      [0, 1],
    ],
  };
  const [mixed] = mixBatches(createRandom(0), [batch], { alpha: 1 });
  const { image, text, y, plan } = mixed as NonNullable<typeof mixed>;
  expect(image).toEqual(mixRows(batch.image, plan));
  expect(text).toEqual(mixRows(batch.text, plan));
  expect(y).toEqual(mixRows(batch.y, plan));
});

test('a method draws the plan of each batch by its rows and step, and may weigh labels otherwise', () => {
  const asked: [number[], number, number][] = [];
  const batches = batchesOf([3, 2]);
  const mixed = [
    ...mixBatches(createRandom(0), batches, {
      method: (_random, index, { epoch, step }) => {
        asked.push([[...index], epoch, step]);
        const half = new Float64Array(index.length).fill(0.5);
        const plan = { index, partner: index.toReversed(), lambda: half, labelLambda: half.map(() => 1) };
        return plan as MixPlan;
      },
    }),
  ];
  expect(asked).toEqual([
    [[0, 1, 2], 0, 0],
    [[0, 1], 0, 1],
  ]);
  for (const [i, { x, y, plan }] of mixed.entries()) {
    expect(y.data).toEqual(batches[i]?.y.data);
    expect(x).toEqual(mixRows(batches[i]?.x as Rows, plan));
  }
});

describe('a plan with boxes fills those of the images and blends the rest', () => {
  const size = { height: 5, width: 4 };
  const batches = [4, 3, 1].map((rows) => ({
    image: { data: Float32Array.from(identity(rows * 60), (i) => Math.sin(i)), shape: [rows, 5, 4, 3] as const },
    about: { data: Float64Array.from(identity(rows * 2)), shape: [rows, 2] as const },
    y: { data: Float64Array.from(identity(rows * 2), (i) => i % 2), shape: [rows, 2] as const },
  }));
  test.each<[string, BatchMethod]>([
    ['cutMix', cutMix(size)],
    ['resizeMix', resizeMix(size)],
    [
      'a choice of cutMix and mixup for each row',
      chooseMethod(
        [
          { method: cutMix(size), p: 0.5 },
          { method: mixup({ alpha: 1 }), p: 0.5 },
        ],
        { per: 'row' },
      ),
    ],
  ])('%s', (_, method) => {
    const random = createRandom(8);
    const want = batches.map(({ image, about, y }, step) => {
      const plan = method(random, identity(y.shape[0]), { epoch: 0, step });
      return { image: mixImages(image, plan), about: mixRows(about, plan), y: mixLabels(y, plan), plan };
    });
    const mixed = [...mixBatches(createRandom(8), batches, { method })];
    expect(mixed).toEqual(want);
    // Not blends alone: somewhere there is a box.
    expect(mixed.some(({ plan }) => plan.box?.some((edge) => edge > 0))).toBe(true);
  });

  test('one for images of another size is refused', () => {
    expect(() => [...mixBatches(createRandom(0), batches, { method: cutMix({ height: 50, width: 40 }) })]).toThrow(
      /^mixImages: (box of plan row \d must lie in \[5, 4\]|lambda of plan row \d must be the share)/,
    );
  });
});

/** Methods that look up rows, each made from the rows of a batch. */
const knowing: [string, (batch: { x: Rows; y: Rows }) => BatchMethod][] = [
  ['remix', ({ y }) => remix({ classes: toClassIds(y), kappa: 1, alpha: 1 })],
  ['the preset remix', ({ y }) => createPreset('remix', { classes: toClassIds(y) }).method],
  ['cMixup', ({ y }) => cMixup({ targets: y })],
  ['kMixup', ({ x }) => kMixup({ x, k: 2 })],
  ['sameClassPairing', ({ y }) => mixup({ pairing: sameClassPairing(toClassIds(y)) })],
  ['otherClassPairing', ({ y }) => mixup({ pairing: otherClassPairing(toClassIds(y)) })],
  [
    'a choice of two',
    ({ x, y }) => {
      const choices = [kMixup({ x, k: 1 }), cMixup({ targets: y })].map((method) => ({ method, p: 0.5 }));
      return chooseMethod(choices, { per: 'row' });
    },
  ],
];

/** Of 6, 5 and 4 rows, their labels one-hot: class 0 for the first, the first two, the first three. */
const labelled = batchesOf([6, 5, 4]).map(({ x }, step) => {
  const classes = Array.from(identity(x.shape[0]), (row) => Number(row > step));
  return { x, y: { data: Float64Array.from(classes.flatMap((id) => [1 - id, id])), shape: [x.shape[0], 2] as const } };
});

describe('methodOf makes the method of each batch from its own rows', () => {
  test.each(knowing)('%s', (_, methodOf) => {
    const random = createRandom(4);
    const want = labelled.map((batch) => {
      const plan = methodOf(batch)(random, identity(batch.x.shape[0]), { epoch: 0, step: 0 });
      return { x: mixRows(batch.x, plan), y: mixLabels(batch.y, plan), plan };
    });
    expect([...mixBatches(createRandom(4), labelled, { methodOf })]).toEqual(want);
    const mixed: unknown[] = [];
    const transformer = createMixTransformer<(typeof labelled)[0]>(createRandom(4), { methodOf });
    for (const batch of labelled) transformer.transform(batch, { enqueue: (one) => mixed.push(one) });
    expect(mixed).toEqual(want);
  });

  test('it is given nested arrays as rows, and where the batch is', () => {
    const asked: unknown[] = [];
    const methodOf = (batch: unknown, position: unknown) => {
      asked.push([batch, position]);
      return mixup();
    };
    const batches = [{ x: [[1], [2]] }, { x: [[3]] }];
    expect([...mixBatches(createRandom(0), batches, { methodOf })]).toHaveLength(2);
    expect(asked).toEqual([
      [{ x: { data: Float64Array.of(1, 2), shape: [2, 1] } }, { epoch: 0, step: 0 }],
      [{ x: { data: Float64Array.of(3), shape: [1, 1] } }, { epoch: 0, step: 1 }],
    ]);
  });
});

describe('a method that looks up rows of the whole source is refused', () => {
  const rule =
    'mixBatches: a method that looks up rows must be made for each batch, by methodOf: (batch) => …, got one of';
  const whole = {
    x: { data: Float32Array.from(labelled.flatMap(({ x }) => [...x.data])), shape: [15, 2, 2] as const },
    y: { data: Float64Array.from(labelled.flatMap(({ y }) => [...y.data])), shape: [15, 2] as const },
  };
  test.each(knowing)('%s', (_, methodOf) => {
    const method = methodOf(whole);
    const error = new RangeError(`${rule} 15 rows for a batch of 6`);
    expect(() => [...mixBatches(createRandom(0), labelled, { method })]).toThrow(error);
    expect(() => [...mixBatches(createRandom(0), labelled, { methodOf: () => method })]).toThrow(error);
    expect([...mixBatches(createRandom(0), [whole], { method })]).toHaveLength(1);
  });

  test('it is also where the first batch has as many rows: the second has others', () => {
    const [first] = labelled as [(typeof labelled)[0]];
    const method = remix({ classes: toClassIds(first.y) });
    const mixed = mixBatches(createRandom(0), [first, first], { method });
    mixed.next();
    expect(() => mixed.next()).toThrow(new RangeError(`${rule} 6 rows for every batch`));
    // Who knows that the rows are the same again can say so.
    expect([...mixBatches(createRandom(0), [first, first], { methodOf: () => method })]).toHaveLength(2);
  });
});

test.each<[string, () => unknown, Error]>([
  [
    'a method that gives no plan',
    () => [...mixBatches(createRandom(0), [{ x: [[1]] }], { method: (() => undefined) as never })],
    new TypeError('mixBatches: method must return a plan, got undefined'),
  ],
  [
    'a methodOf that gives no method',
    () => [...mixBatches(createRandom(0), [{ x: [[1]] }], { methodOf: () => undefined as never })],
    new TypeError('mixBatches: methodOf must return a method, got undefined'),
  ],
  [
    'methodOf beside another option, at once',
    () => mixBatches(createRandom(0), [], { alpha: 1, methodOf: () => mixup() }),
    new TypeError('mixBatches: methodOf must be a function, with neither alpha, lambdaPer nor method beside it'),
  ],
  [
    'a methodOf that is no function, at once',
    () => createMixTransformer(createRandom(0), { methodOf: 'remix' as never }),
    new TypeError(
      'createMixTransformer: methodOf must be a function, with neither alpha, lambdaPer nor method beside it',
    ),
  ],
  [
    'alpha out of range, at once',
    () => mixBatches(createRandom(0), [], { alpha: -1 }),
    new RangeError('mixBatches: alpha must be >= 0 and finite, got -1'),
  ],
  [
    'another lambdaPer',
    () => mixBatches(createRandom(0), [], { lambdaPer: 'pair' as never }),
    new RangeError("mixBatches: lambdaPer must be 'row' or 'batch', got pair"),
  ],
  [
    'what is not iterable',
    () => mixBatches(createRandom(0), 3 as never),
    new TypeError('mixBatches: batches must be iterable or async iterable, got 3'),
  ],
  [
    'a batch that is no object',
    () => [...mixBatches(createRandom(0), [null as never])],
    new TypeError('mixBatches: batches must be objects of rows, such as { x, y }, got null'),
  ],
  [
    'an empty batch',
    () => [...mixBatches(createRandom(0), [{ x: [] }])],
    new RangeError('mixBatches: a batch must have as many rows in each part, at least 1, got 0'),
  ],
  [
    'a batch without rows',
    () => [...mixBatches(createRandom(0), [{}])],
    new RangeError('mixBatches: a batch must have as many rows in each part, at least 1, got none'),
  ],
  [
    'rows named plan',
    () => [...mixBatches(createRandom(0), [{ plan: [[1]] }])],
    new RangeError('mixBatches: rows must have another name than "plan", which the result has'),
  ],
  [
    'NaN',
    () => [...mixBatches(createRandom(0), [{ x: [[Number.NaN]] }])],
    new RangeError('mixBatches: x: every value must be finite, got NaN in row 0, value 0'),
  ],
  [
    'class ids',
    () => [...mixBatches(createRandom(0), [{ y: { data: Float32Array.of(1), shape: [1] } }])],
    new RangeError(
      'mixBatches: y: labels must be rows of shape [rows, classes]; turn class ids into rows with oneHot(labels, classes), numbers into a column with toColumn(values)',
    ),
  ],
  [
    'a plan with boxes for what is no image',
    () => [
      ...mixBatches(createRandom(0), [{ x: [[1]] }], {
        method: (_, index) => ({ ...plainPlan(index), box: new Int32Array(4) }) as MixPlan,
      }),
    ],
    new RangeError(
      'mixBatches: plans with boxes are for images, so a part must have shape [rows, height, width, channels]',
    ),
  ],
])('%s is refused', (_, run, error) => {
  expect(run).toThrow(error);
});
