import { describe, expect, test } from 'vitest';
import { createRandom, type Random, restoreRandom } from '../src/index.ts';
import { fc } from './fast-check.ts';
import { readGolden, sha256 } from './golden.ts';
import { chiSquare, chiSquareLimit } from './statistics.ts';

interface Golden {
  readonly cases: readonly { seed: number; forks: string[]; first: number[]; doubles: number[]; sha256: string }[];
}

const follow = (seed: number, forks: readonly string[]) =>
  forks.reduce<Random>((random, label) => random.fork(label), createRandom(seed));
const draw = (random: () => number, n: number) => Array.from({ length: n }, () => random());
const seeds = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
// Whole code points: lone surrogates have no UTF-8 and read alike.
const paths = fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 });

describe('the stream', () => {
  const { cases } = readGolden<Golden>('xoshiro');

  test.each(cases)('seed $seed, forks $forks gives the words of the published xoshiro128**', (golden) => {
    const { uint32 } = follow(golden.seed, golden.forks);
    const words = Uint32Array.from({ length: 1000 }, uint32);
    expect([...words.subarray(0, 8)]).toEqual(golden.first);
    expect(sha256(words)).toBe(golden.sha256);
    expect(draw(follow(golden.seed, golden.forks), 4)).toEqual(golden.doubles);
  });

  test('createRandom(0) is a seed like any other: it repeats, and differs from seed 1', () => {
    expect(draw(createRandom(0), 8)).toEqual(draw(createRandom(0), 8));
    expect(draw(createRandom(0), 8)).not.toEqual(draw(createRandom(1), 8));
  });

  test('seeds 2 ** 32 apart give different streams: no bits of a seed are lost', () => {
    const firsts = [5, 5 + 2 ** 32, 5 + 2 ** 33, 5 + 2 ** 52].map((seed) => createRandom(seed)());
    expect(new Set(firsts).size).toBe(4);
  });

  test('numbers are in [0, 1) and uniform over 1024 cells, in their high bits and in their low ones', () => {
    const n = 400_000;
    const high = new Uint32Array(1024);
    const low = new Uint32Array(1024);
    const random = createRandom(1);
    let inside = true;
    for (let i = 0; i < n; i++) {
      const u = random();
      inside &&= u >= 0 && u < 1;
      const scaled = u * 1024;
      const cell = Math.floor(scaled);
      high[cell] = (high[cell] as number) + 1;
      // Bits 44 to 53 of the fraction: u * 2 ** 53 is a whole number.
      const rest = (u * 2 ** 53) % 1024;
      low[rest] = (low[rest] as number) + 1;
    }
    expect(inside).toBe(true);
    const limit = chiSquareLimit(1023);
    expect(chiSquare(high, () => n / 1024)).toBeLessThan(limit);
    expect(chiSquare(low, () => n / 1024)).toBeLessThan(limit);
  });

  test('successive numbers are independent: pairs are uniform over a grid of 32 by 32', () => {
    const pairs = 200_000;
    const cells = new Uint32Array(1024);
    const random = createRandom(2);
    for (let i = 0; i < pairs; i++) {
      const cell = Math.floor(random() * 32) * 32 + Math.floor(random() * 32);
      cells[cell] = (cells[cell] as number) + 1;
    }
    expect(chiSquare(cells, () => pairs / 1024)).toBeLessThan(chiSquareLimit(1023));
  });
});

describe('fork', () => {
  test('a fork is the same whatever was drawn from its parent, and drawing from it leaves the parent alone', () => {
    fc.assert(
      fc.property(seeds, fc.string(), fc.nat(50), (seed, label, draws) => {
        const fresh = draw(createRandom(seed).fork(label), 5);
        const used = createRandom(seed);
        draw(used, draws);
        const next = restoreRandom(used.position())();
        expect(draw(used.fork(label), 5)).toEqual(fresh);
        expect(used()).toBe(next);
      }),
    );
  });

  test('forks give the same streams in whatever order they are made', () => {
    const [first, second] = [createRandom(3), createRandom(3)];
    const order = [first.fork('order'), first.fork('mix')].map((fork) => draw(fork, 5));
    const reversed = [second.fork('mix'), second.fork('order')].map((fork) => draw(fork, 5));
    expect(reversed).toEqual([order[1], order[0]]);
  });

  test('two arms are paired: drawing more from one fork leaves the other forks of the trial as they were', () => {
    const trial = () => createRandom(7).fork('trial 3');
    const [plain, mixed] = [trial(), trial()];
    draw(mixed.fork('mix'), 1000);
    expect(draw(mixed.fork('order'), 20)).toEqual(draw(plain.fork('order'), 20));
  });

  test('different paths of labels never start alike', () => {
    const labels = [
      [],
      [''],
      ['', ''],
      ['a'],
      ['b'],
      ['ab'],
      ['a', 'b'],
      ['a\0'],
      ['a', ''],
      ['', 'a'],
      ['é'],
      ['e\u0301'],
    ];
    const states = labels.map((path) => follow(0, path).position().state.join());
    expect(new Set(states).size).toBe(labels.length);
  });

  test('two different paths, however made, give different streams', () => {
    fc.assert(
      fc.property(seeds, paths, paths, (seed, a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        expect(draw(follow(seed, a), 4)).not.toEqual(draw(follow(seed, b), 4));
      }),
    );
  });

  test('a parent and its forks do not correlate', () => {
    const n = 100_000;
    const parent = createRandom(5);
    const children = [parent.fork('a'), parent.fork('b')];
    let [toParent, toSibling] = [0, 0];
    for (let i = 0; i < n; i++) {
      const [p, a, b] = [parent(), (children[0] as Random)(), (children[1] as Random)()];
      toParent += (p - 0.5) * (a - 0.5);
      toSibling += (a - 0.5) * (b - 0.5);
    }
    // A product of two uniform numbers about 0 has standard deviation 1/12.
    const limit = (5 / 12) * Math.sqrt(n);
    expect(Math.abs(toParent)).toBeLessThan(limit);
    expect(Math.abs(toSibling)).toBeLessThan(limit);
  });
});

describe('position', () => {
  test('restoreRandom(position) goes on where the stream stood, through JSON, forks included', () => {
    fc.assert(
      fc.property(seeds, paths, fc.nat(40), (seed, path, draws) => {
        const random = follow(seed, path);
        draw(random, draws);
        const restored = restoreRandom(JSON.parse(JSON.stringify(random.position())));
        expect(draw(restored, 10)).toEqual(draw(random, 10));
        expect(draw(restored.fork('next'), 3)).toEqual(draw(random.fork('next'), 3));
        expect(restored.position()).toEqual(random.position());
      }),
    );
  });

  test('a position is a copy: what is drawn later does not change it', () => {
    const random = createRandom(0);
    const position = random.position();
    const text = JSON.stringify(position);
    draw(random, 10);
    expect(JSON.stringify(position)).toBe(text);
  });

  const { seed, forks, state } = createRandom(0).position();
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['no state', { seed, forks }],
    ['three words', { seed, forks, state: state.slice(1) }],
    ['a word that is too large', { seed, forks, state: [2 ** 32, 1, 2, 3] }],
    ['a word that is no integer', { seed, forks, state: [0.5, 1, 2, 3] }],
    ['four zeros, from which the generator never leaves', { seed, forks, state: [0, 0, 0, 0] }],
    ['a negative seed', { seed: -1, forks, state }],
    ['a label that is no string', { seed, forks: [1], state }],
  ])('restoreRandom refuses %s', (_, position) => {
    expect(() => restoreRandom(position as never)).toThrow(
      new TypeError('restoreRandom: position must be what random.position() returned'),
    );
  });
});

test.each([-1, 0.5, Number.NaN, Infinity, 2 ** 53, '1', undefined, null])(
  'createRandom refuses %s as a seed',
  (seed) => {
    expect(() => createRandom(seed as never)).toThrow(
      new RangeError(`createRandom: seed must be an integer in [0, 2 ** 53), got ${seed}`),
    );
  },
);

test('fork refuses a label that is no string, which a position could not carry', () => {
  expect(() => createRandom(0).fork(5 as never)).toThrow(new TypeError('fork: label must be a string, got 5'));
});
