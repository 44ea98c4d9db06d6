import { describe, expect, test } from 'vitest';
import { betaConformance } from '../src/conformance.ts';
import { createRandom, type RandomSource, sampleBeta, sampleBetas } from '../src/index.ts';
import { createRandomState } from '../src/numpy.ts';

/** A source whose Beta is the function given. */
function sourceOf(draw: (random: () => number, a: number, b: number) => number): RandomSource {
  const random = createRandom(1);
  const plain = () => random();
  const beta = (a: number, b: number, size = 1) => Float64Array.from({ length: size }, () => draw(plain, a, b));
  return Object.assign(() => random(), { beta: beta as never });
}

const shapes = [1e-4, 1e-3, 1e-2, 0.05, 0.2, 0.5, 1, 2, 8, 32, 1e3, 1e4];

describe.each([
  ['createRandom', () => createRandom(7)],
  ['any function of uniform numbers', () => sourceOf(sampleBeta)],
])('%s', (_, create) => {
  test.each(shapes)('draws Beta(a, a) for a = %d', (a) => {
    expect(betaConformance(create(), { a })).toMatchObject({ conforms: true, outside: 0, draws: 20_000 });
  });

  test.each([
    [1e-3, 1e3],
    [0.2, 3],
    [1, 5],
    [30, 0.7],
    [0.7, 1.2],
    [2, 0.5],
    [0.9, 3],
  ])('draws Beta(%d, %d)', (a, b) => {
    expect(betaConformance(create(), { a, b })).toMatchObject({ conforms: true });
  });
});

test('what lies below the normal numbers is drawn too: for a = 0.001 it holds a hundredth of all draws', () => {
  const [smallest, draws] = [2 ** -1022, 300_000];
  const values = sampleBetas(createRandom(7), 1e-3, 1e-3, draws);
  const share = values.filter((value) => value > 0 && value < smallest).length / draws;
  // P(X < x) = x^a / 2 to a relative error below a; what is below 2^-1075 rounds to 0.
  const want = (2 ** -1.022 - 2 ** -1.075) / 2;
  expect(Math.abs(share - want)).toBeLessThan(5 * Math.sqrt(want / draws));
  expect(betaConformance(createRandom(7), { a: 1e-3, draws })).toMatchObject({ conforms: true });
});

test("NumPy's RandomState draws Beta(a, a) from 0.01 on; at 0.001 NumPy's method makes 0 of what it can't hold", () => {
  for (const a of shapes.filter((shape) => shape >= 0.01)) {
    expect(betaConformance(createRandomState(7), { a }), `${a}`).toMatchObject({ conforms: true });
  }
  // X / (X + Y) with X underflowed and Y not: draws that belong somewhere above 0.
  const { conforms, distance, meanError } = betaConformance(createRandomState(7), { a: 1e-3 });
  expect(conforms).toBe(false);
  expect(distance).toBeGreaterThan(0.03);
  expect(Math.abs(meanError)).toBeLessThan(5);
});

describe('a sampler of another law does not conform', () => {
  test.each(shapes.filter((a) => a !== 1))('one that ignores alpha, seen at %d', (a) => {
    expect(
      betaConformance(
        sourceOf((random) => random()),
        { a },
      ).conforms,
    ).toBe(false);
  });

  test('one that is off by a tenth in alpha', () => {
    const near = sourceOf((random, a, b) => sampleBeta(random, a * 1.1, b * 1.1));
    expect(betaConformance(near, { a: 0.2 }).conforms).toBe(false);
    expect(betaConformance(near, { a: 8, draws: 100_000 }).conforms).toBe(false);
  });

  test('one that underflows to 0 for small alpha, as the ratio of plain gammas does', () => {
    const biased = sourceOf((random, a, b) => (random() < 0.1 ? 0 : sampleBeta(random, a, b)));
    const { conforms, meanError } = betaConformance(biased, { a: 1e-3 });
    expect(conforms).toBe(false);
    expect(meanError).toBeLessThan(-5);
  });

  test('one that folds lambda to at least 1/2', () => {
    const folded = sourceOf((random, a, b) => Math.max(sampleBeta(random, a, b), 0.5));
    expect(betaConformance(folded, { a: 0.2 }).conforms).toBe(false);
  });

  test.each([Number.NaN, -0.1, 1.1])('one that returns %s now and then: it is counted', (wrong) => {
    const source = sourceOf((random, a, b) => (random() < 0.001 ? wrong : sampleBeta(random, a, b)));
    const { conforms, outside, distance } = betaConformance(source, { a: 1 });
    expect(conforms).toBe(false);
    expect(outside).toBeGreaterThan(0);
    expect(distance).toBeNaN();
  });
});

test('the distance is that between the steps of the draws and the line, at both sides of each step', () => {
  // Uniform: draws at 0.5 and 0.75, 50 times each. The line is 0.5 above nothing just below 0.5.
  let call = 0;
  const steps = sourceOf(() => (call++ < 50 ? 0.5 : 0.75));
  expect(betaConformance(steps, { a: 1, draws: 100 }).distance).toBeCloseTo(0.5, 12);
});

test.each([
  [{ a: 0 }, 'a must be in [1e-4, 1e4], got 0'],
  [{ a: 1, b: Number.NaN }, 'b must be in [1e-4, 1e4], got NaN'],
  [{ a: 1, draws: 10 }, 'draws must be an integer >= 100, got 10'],
])('betaConformance refuses %j', (options, rule) => {
  expect(() => betaConformance(createRandom(0), options)).toThrow(new RangeError(`betaConformance: ${rule}`));
});
