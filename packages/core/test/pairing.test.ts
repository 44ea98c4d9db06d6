import { describe, expect, test } from 'vitest';
import {
  createRandom,
  derangementPairing,
  flipPairing,
  halvesPairing,
  identity,
  mixRows,
  mixup,
  type Pairing,
  permutationPairing,
  rollPairing,
} from '../src/index.ts';
import { otherClassPairing, sameClassPairing, transportPairing } from '../src/methods.ts';
import { fc } from './fast-check.ts';
import { replay } from './replay.ts';
import { chiSquare, chiSquareLimit } from './statistics.ts';

/** Rows of a batch, in any order, some twice. */
const batches = (least = 1) =>
  fc.array(fc.nat(30), { minLength: least, maxLength: 12 }).map((rows) => Int32Array.from(rows));
const features = { data: Float64Array.from({ length: 62 }, (_, i) => Math.sin(i)), shape: [31, 2] as const };

const inBatch: Record<string, Pairing> = {
  permutation: permutationPairing,
  derangement: derangementPairing,
  roll: rollPairing,
  flip: flipPairing,
  halves: halvesPairing,
  transport: transportPairing(features, { k: 3 }),
};

describe.each(Object.entries(inBatch))('the pairing %s', (name, pairing) => {
  test('uses each row of the batch once, and leaves the batch alone', () => {
    fc.assert(
      fc.property(batches(2), fc.nat(), (index, seed) => {
        fc.pre(name !== 'halves' || index.length % 2 === 0);
        const before = index.slice();
        expect(pairing(createRandom(seed), index).toSorted()).toEqual(index.toSorted());
        expect(index).toEqual(before);
      }),
    );
  });
});

test('derangement leaves no place as it was, each derangement of 4 equally likely', () => {
  const random = createRandom(0);
  const counts = new Map<string, number>();
  for (let i = 0; i < 9000; i++) {
    const drawn = derangementPairing(random, identity(4));
    expect(drawn.some((partner, row) => partner === row)).toBe(false);
    counts.set(drawn.join(), (counts.get(drawn.join()) ?? 0) + 1);
  }
  expect(counts.size).toBe(9);
  expect(chiSquare([...counts.values()], () => 1000)).toBeLessThan(chiSquareLimit(8));
});

test('derangement ends even where the source is broken, and still leaves no place as it was', () => {
  // Always the last place: Fisher and Yates change nothing.
  expect([...derangementPairing(() => 1 - 2 ** -53, identity(4))]).toEqual([3, 0, 1, 2]);
});

test('roll meets the row before, flip the one from the other end', () => {
  const index = Int32Array.of(5, 7, 9);
  expect([...rollPairing(createRandom(0), index)]).toEqual([9, 5, 7]);
  expect([...flipPairing(createRandom(0), index)]).toEqual([9, 7, 5]);
});

test('halves: two rows meet each other, and none meets itself', () => {
  const partner = halvesPairing(createRandom(0), identity(10));
  for (const [row, other] of partner.entries()) {
    expect(partner[other]).toBe(row);
    expect(other).not.toBe(row);
  }
});

test.each([
  [derangementPairing, 1, 'derangementPairing: batch must be >= 2, got 1'],
  [halvesPairing, 3, 'halvesPairing: batch must be even, got 3; drop a row or use derangementPairing'],
  [halvesPairing, 1, 'halvesPairing: batch must be even, got 1; drop a row or use derangementPairing'],
])('a batch that can not be paired is refused (%#)', (pairing, batch, message) => {
  expect(() => pairing(createRandom(0), identity(batch))).toThrow(new RangeError(message));
});

describe('by class', () => {
  const classes = [7, 1, 7, 3, 1, 7, 7];

  test.each([
    ['sameClass', sameClassPairing(classes), (a: number, b: number) => classes[a] === classes[b] && a !== b],
    ['otherClass', otherClassPairing(classes), (a: number, b: number) => classes[a] !== classes[b]],
  ])('%s meets every row that it may, equally likely, and no other', (_, pairing, may) => {
    const random = createRandom(0);
    for (const row of [0, 1, 2, 4, 6]) {
      const allowed = classes.map((_, other) => other).filter((other) => may(row, other));
      const counts = new Float64Array(classes.length);
      for (const partner of pairing(random, new Int32Array(8000).fill(row)))
        counts[partner] = (counts[partner] ?? 0) + 1;
      const seen = allowed.map((other) => counts[other] as number);
      expect(seen.reduce((sum, count) => sum + count, 0)).toBe(8000);
      if (seen.length > 1)
        expect(chiSquare(seen, () => 8000 / seen.length)).toBeLessThan(chiSquareLimit(seen.length - 1));
    }
  });

  test('a row alone in its class meets itself', () => {
    expect([...sameClassPairing(classes)(createRandom(0), Int32Array.of(3, 3))]).toEqual([3, 3]);
  });

  test.each([
    [() => otherClassPairing([2, 2]), 'otherClassPairing: classes must be two or more, got one'],
    [
      () => sameClassPairing([2, Number.NaN]),
      'sameClassPairing: classes must be class ids, integers >= 0, got NaN in row 1',
    ],
    [
      () => sameClassPairing(['0', '1'] as never),
      'sameClassPairing: classes must be class ids, integers >= 0, got 0 in row 0',
    ],
    [
      () => otherClassPairing(['a', 'b', 'a', 'b'] as never),
      'otherClassPairing: classes must be class ids, integers >= 0, got a in row 0',
    ],
    [
      () => otherClassPairing([0, 0.5]),
      'otherClassPairing: classes must be class ids, integers >= 0, got 0.5 in row 1',
    ],
    [
      () => sameClassPairing(classes)(createRandom(0), Int32Array.of(7)),
      'sameClassPairing: index must be rows in [0, 7), got 7',
    ],
    [
      () => otherClassPairing(classes)(createRandom(0), Int32Array.of(-1)),
      'otherClassPairing: index must be rows in [0, 7), got -1',
    ],
  ])('what is no class or no row is refused (%#)', (call, message) => {
    expect(call).toThrow(new RangeError(message));
  });
});

describe('transport', () => {
  const distance = (a: number, b: number) =>
    [0, 1].reduce(
      (sum, c) => sum + ((features.data[2 * a + c] as number) - (features.data[2 * b + c] as number)) ** 2,
      0,
    );

  test('no other assignment of a block to its counterpart is nearer', () => {
    const index = identity(6);
    const partner = transportPairing(features, { k: 3 })(createRandom(4), index);
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    for (const at of [0, 3]) {
      const cost = (order: number[]) =>
        order.reduce((sum, to, i) => sum + distance(index[at + i] as number, partner[at + to] as number), 0);
      expect(Math.min(...orders.map(cost))).toBe(cost([0, 1, 2]));
    }
  });

  test('partners are nearer the larger the block is; with k 1 it is the random permutation', () => {
    const mean = (k: number) => {
      const random = createRandom(0);
      let sum = 0;
      for (let i = 0; i < 50; i++) {
        const partner = transportPairing(features, { k })(random, identity(30));
        sum += partner.reduce((total, other, row) => total + distance(row, other), 0) / 1500;
      }
      return sum;
    };
    const [one, five, thirty] = [mean(1), mean(5), mean(30)];
    expect(one).toBeGreaterThan(five);
    expect(five).toBeGreaterThan(thirty);
    // All 30 meet all 30: each is nearest to itself.
    expect(thirty).toBe(0);
    const index = identity(9);
    expect(transportPairing(features, { k: 1 })(createRandom(2), index)).toEqual(
      permutationPairing(createRandom(2), index),
    );
  });

  test.each([
    [() => transportPairing(features, { k: 0 }), 'transportPairing: k must be an integer >= 1, got 0'],
    [
      () => transportPairing(features, { k: 2 })(createRandom(0), Int32Array.of(31)),
      'transportPairing: index must be rows in [0, 31), got 31',
    ],
  ])('what is out of range is refused (%#)', (call, message) => {
    expect(call).toThrow(new RangeError(message));
  });
});

test('permuting the batch permutes the result, where the pairing draws nothing that knows the places', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const order = permutationPairing(createRandom(seed), identity(8));
      const classes = [0, 0, 1, 1, 2, 2, 3, 3];
      // One other row in each class: the partner is certain.
      const method = mixup({ pairing: sameClassPairing(classes), alpha: 1 });
      const x = classes.map((_, i) => [i]);
      const random = () => replay({ betas: new Array(8).fill(0.25), uniforms: new Array(8).fill(0.5) });
      const plain = mixRows(x, method(random(), identity(8))).data;
      const permuted = mixRows(x, method(random(), order)).data;
      for (const [at, row] of order.entries()) expect(permuted[at]).toBe(plain[row]);
    }),
  );
});
