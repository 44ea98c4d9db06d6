import { describe, expect, test } from 'vitest';
import { createRandom, identity, type MixedBatch, mixRows, mixupGenerator, mixupPlans, oneHot } from '../src/index.ts';
import { createRandomState } from '../src/numpy.ts';
import { fc } from './fast-check.ts';
import { readGolden } from './golden.ts';
import { maxUlpDistance } from './ulp.ts';

interface Golden {
  readonly cases: readonly {
    readonly name: string;
    readonly seed: number;
    readonly alpha: number;
    readonly batchSize: number;
    readonly shuffle: boolean;
    readonly classes: number;
    readonly passes: number;
    readonly data: number[][];
    readonly labels: number[];
    readonly batches: readonly {
      readonly x: number[][];
      readonly y: number[][];
      readonly index: number[];
      readonly partner: number[];
      readonly lambda: number[];
    }[];
  }[];
}

function take<T>(stream: Iterator<T>, n: number): T[] {
  return Array.from({ length: n }, () => stream.next().value as T);
}

const features = (rows: number) => Array.from({ length: rows }, (_, i) => [i, -i]);
const labels = (rows: number) =>
  oneHot(
    Int32Array.from(identity(rows), (i) => i % 3),
    3,
  );

describe("with NumPy's stream it yields what the article's Python class yields", () => {
  test.each(readGolden<Golden>('generator').cases)(
    '$name, alpha $alpha, seed $seed, shuffle $shuffle, $passes passes',
    ({ seed, alpha, batchSize, shuffle, classes, data, labels, batches }) => {
      const y = oneHot(labels, classes);
      const stream = mixupGenerator(createRandomState(seed), { x: data, y, batchSize, alpha, shuffle });
      for (const [i, want] of batches.entries()) {
        const { x, y, plan } = stream.next().value;
        expect([...plan.index], `batch ${i}`).toEqual(want.index);
        expect([...plan.partner], `batch ${i}`).toEqual(want.partner);
        expect(maxUlpDistance(plan.lambda, want.lambda), `batch ${i}`).toBeLessThanOrEqual(2);
        expect(x.shape).toEqual([batchSize, data[0]?.length]);
        expect(maxUlpDistance(x.data, want.x.flat()), `batch ${i}`).toBeLessThanOrEqual(2);
        expect(maxUlpDistance(y.data, want.y.flat()), `batch ${i}`).toBeLessThanOrEqual(2);
      }
    },
  );
});

test('a pass uses every row at most once, halves disjoint, the remainder dropped', () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 40 }));
  fc.assert(
    fc.property(fc.nat(), sizes, (seed, [batchSize, more]) => {
      const rows = 2 * batchSize + more;
      const perPass = Math.floor(rows / (2 * batchSize));
      const plans = mixupPlans(createRandom(seed), { rows, batchSize });
      for (let pass = 0; pass < 2; pass++) {
        const used = take(plans, perPass).flatMap((plan) => [...plan.index, ...plan.partner]);
        expect(used).toHaveLength(perPass * 2 * batchSize);
        expect(new Set(used).size).toBe(used.length);
        expect(used.every((row) => row >= 0 && row < rows)).toBe(true);
      }
    }),
  );
});

test('each pass has an order of its own with shuffle, and the order of the rows without', () => {
  const plans = (shuffle: boolean) => take(mixupPlans(createRandom(0), { rows: 40, batchSize: 10, shuffle }), 4);
  const [a, b, c] = plans(true).filter((_, i) => i % 2 === 0 || i === 3);
  expect(a?.index).not.toEqual(b?.index);
  expect(b?.index).not.toEqual(c?.index);
  for (const [i, plan] of plans(false).entries()) {
    const from = (i % 2) * 20;
    expect([...plan.index]).toEqual([...identity(10)].map((row) => row + from));
    expect([...plan.partner]).toEqual([...identity(10)].map((row) => row + from + 10));
  }
});

test('it never ends: a thousand batches of data for one batch a pass', () => {
  const stream = mixupGenerator(createRandom(0), { x: features(9), y: labels(9), batchSize: 4 });
  for (let i = 0; i < 1000; i++) expect(stream.next().done).toBe(false);
});

test('a for loop reads it, and leaving the loop ends it', () => {
  const seen: MixedBatch[] = [];
  const stream = mixupGenerator(createRandom(0), { x: features(8), y: labels(8), batchSize: 2 });
  for (const batch of stream) {
    seen.push(batch);
    if (seen.length === 3) break;
  }
  expect(seen).toHaveLength(3);
  expect(stream.next().done).toBe(true);
});

test('x and y of a batch are mixed by its plan', () => {
  const options = { x: features(30), y: labels(30), batchSize: 5, alpha: 1 };
  for (const { x, y, plan } of take(mixupGenerator(createRandom(0), options), 7)) {
    expect(x).toEqual(mixRows(options.x, plan));
    expect(y).toEqual(mixRows(options.y, plan));
  }
});

test('its batches are those of mixupPlans with the same source', () => {
  const options = { batchSize: 6, alpha: 0.4 };
  const batches = take(mixupGenerator(createRandom(1), { x: features(20), y: labels(20), ...options }), 5);
  expect(batches.map(({ plan }) => plan)).toEqual(take(mixupPlans(createRandom(1), { rows: 20, ...options }), 5));
});

test('batchSize 30, alpha 0.2 and shuffle are what is meant where nothing is said', () => {
  const plain = mixupPlans(createRandom(0), { rows: 70 });
  const named = mixupPlans(createRandom(0), { rows: 70, batchSize: 30, alpha: 0.2, shuffle: true });
  expect(take(plain, 3)).toEqual(take(named, 3));
});

test('exactly 2 * batchSize rows are enough: one batch a pass, of all the rows', () => {
  const [batch] = take(mixupGenerator(createRandom(0), { x: features(8), y: labels(8), batchSize: 4 }), 1);
  expect([...(batch?.plan.index ?? []), ...(batch?.plan.partner ?? [])].toSorted()).toEqual([...identity(8)]);
});

test('a batch of one is a pair of two rows', () => {
  const [batch] = take(
    mixupGenerator(createRandom(0), {
      x: [[0], [1]],
      y: [
        [1, 0],
        [0, 1],
      ],
      batchSize: 1,
    }),
    1,
  );
  expect(batch?.plan.index[0]).not.toBe(batch?.plan.partner[0]);
  expect(batch?.x.shape).toEqual([1, 1]);
});

test('alpha 0 mixes nothing: rows come as they are', () => {
  const options = { x: features(8), y: labels(8), batchSize: 4, alpha: 0, shuffle: false };
  const [batch] = take(mixupGenerator(createRandom(0), options), 1);
  expect([...(batch?.x.data ?? [])]).toEqual(features(4).flat());
});

test('float32 stays float32, images keep their shape', () => {
  const x = { data: new Float32Array(4 * 6).fill(1), shape: [4, 2, 3] as const };
  const [batch] = take(mixupGenerator(createRandom(0), { x, y: labels(4), batchSize: 2 }), 1);
  expect(batch?.x.shape).toEqual([2, 2, 3]);
  expect(batch?.x.data).toBeInstanceOf(Float32Array);
});

test('the data are not changed, nor are batches that were yielded before', () => {
  const [x, y] = [{ data: Float64Array.from(features(12).flat()), shape: [12, 2] as const }, labels(12)];
  const before = [x.data.slice(), y.data.slice()];
  const stream = mixupGenerator(createRandom(0), { x, y, batchSize: 3 });
  const [first] = take(stream, 1);
  const text = JSON.stringify(first);
  take(stream, 20);
  expect([x.data, y.data]).toEqual(before);
  expect(JSON.stringify(first)).toBe(text);
});

test('any function that gives numbers in [0, 1) will do as a source', () => {
  // A counter is a poor source and a sufficient one.
  let count = 0;
  const source = () => (count = (count + 0.6180339887) % 1);
  const batches = take(mixupGenerator(source, { x: features(20), y: labels(20), batchSize: 5 }), 10);
  expect(batches.every(({ plan }) => plan.lambda.every((value) => value >= 0 && value <= 1))).toBe(true);
  expect(new Set(batches.flatMap(({ plan }) => [...plan.lambda])).size).toBeGreaterThan(10);
});

describe('it refuses at the call, before the first batch', () => {
  const good = { x: features(8), y: labels(8), batchSize: 4 };
  test.each([
    [{ x: features(7), y: labels(7) }, 'a batch of 4 takes 8 rows, got 7; lower batchSize to 3 or less'],
    [{ x: features(1), y: labels(1) }, 'a batch of 4 takes 8 rows, got 1'],
    [{ x: [], y: [] }, 'a batch of 4 takes 8 rows, got 0'],
    [{ y: labels(9) }, 'x and y must have as many rows, got 8 and 9'],
    [{ batchSize: 0 }, 'batchSize must be an integer >= 1, got 0'],
    [{ batchSize: 1.5 }, 'batchSize must be an integer >= 1, got 1.5'],
    [{ batchSize: Number.NaN }, 'batchSize must be an integer >= 1, got NaN'],
    [{ alpha: -1 }, 'alpha must be >= 0 and finite, got -1'],
    [{ alpha: Number.NaN }, 'alpha must be >= 0 and finite, got NaN'],
    [
      { y: [0, 1, 2, 0, 1, 2, 0, 1] as never },
      'y: labels must be rows of shape [rows, classes]; turn class ids into rows with oneHot(labels, classes), numbers into a column with toColumn(values)',
    ],
    [{ x: features(8).with(5, [1, Number.NaN]) }, 'x: every value must be finite, got NaN in row 5, value 1'],
  ])('case %#', (options, rule) => {
    expect(() => mixupGenerator(createRandom(0), { ...good, ...options })).toThrow(
      new RangeError(`mixupGenerator: ${rule}`),
    );
  });

  test('rows that are no rows', () => {
    expect(() => mixupGenerator(createRandom(0), { ...good, x: 5 as never })).toThrow(TypeError);
    expect(() => mixupGenerator(createRandom(0), { ...good, x: [[1], [2, 3]] })).toThrow(TypeError);
  });

  test.each([Number.NaN, 20.5, Infinity])('mixupPlans refuses %d rows', (rows) => {
    expect(() => mixupPlans(createRandom(0), { rows, batchSize: 4 })).toThrow(
      new RangeError(`mixupGenerator: rows must be an integer, got ${rows}`),
    );
  });
});
