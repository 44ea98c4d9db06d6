import { describe, expect, test } from 'vitest';
import { createRandom, identity, type RandomSource, samplePermutation, shuffle } from '../src/index.ts';
import { createRandomState } from '../src/numpy.ts';
import { fc } from './fast-check.ts';
import { chiSquare, chiSquareLimit } from './statistics.ts';

const sources: [string, (seed: number) => RandomSource][] = [
  ['createRandom', createRandom],
  ['createRandomState', createRandomState],
];

describe.each(sources)('%s', (_, create) => {
  test('all 24 orders of 4 are equally likely', () => {
    const n = 240_000;
    const counts = new Map<string, number>();
    const random = create(1);
    for (let i = 0; i < n; i++) {
      const order = samplePermutation(random, 4).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(chiSquare([...counts.values()], () => n / 24)).toBeLessThan(chiSquareLimit(23));
  });

  test('samplePermutation(random, n) has each of 0 … n - 1 once', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 32 - 1), fc.nat(200), (seed, n) => {
        expect(samplePermutation(create(seed), n).toSorted()).toEqual(identity(n));
      }),
    );
  });

  test('shuffle returns the same array, with the same members', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(fc.integer()), (seed, members) => {
        const array = [...members];
        expect(shuffle(create(seed), array)).toBe(array);
        expect(array.toSorted((a, b) => a - b)).toEqual(members.toSorted((a, b) => a - b));
      }),
    );
  });
});

test('arrays and typed arrays of one length are shuffled alike', () => {
  const order = shuffle(createRandom(3), identity(50));
  expect(shuffle(createRandom(3), Array.from(identity(50)))).toEqual([...order]);
  expect([...shuffle(createRandom(3), Float64Array.from(identity(50)))]).toEqual([...order]);
});

test('a Random shuffles by the numbers that it would give, wherever it stands, and goes on after them', () => {
  const start = fc.record({ seed: fc.nat(), words: fc.nat(200), n: fc.nat(300) });
  fc.assert(
    fc.property(start, ({ seed, words, n }) => {
      const [random, plain] = [createRandom(seed), createRandom(seed)];
      for (let i = 0; i < words; i++) expect(random.uint32()).toBe(plain.uint32());
      expect(shuffle(random, identity(n))).toEqual(shuffle(() => plain(), identity(n)));
      expect(random.position()).toEqual(plain.position());
    }),
  );
});

test('identity(5) is 0 to 4', () => {
  expect(identity(5)).toEqual(Int32Array.of(0, 1, 2, 3, 4));
});

test.each([-1, 0.5, Number.NaN, 2 ** 31])('samplePermutation refuses %s rows', (n) => {
  expect(() => samplePermutation(createRandom(0), n)).toThrow(
    new RangeError(`samplePermutation: n must be an integer in [0, 2 ** 31), got ${n}`),
  );
});
