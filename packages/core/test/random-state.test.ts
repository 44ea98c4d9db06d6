import { describe, expect, test } from 'vitest';
import { sampleBeta, samplePermutation, shuffle } from '../src/index.ts';
import { createRandomState, type RandomState } from '../src/numpy.ts';
import { readGolden, sha256 } from './golden.ts';
import { maxUlpDistance } from './ulp.ts';

type Method = 'randomSample' | 'uniform' | 'standardNormal' | 'standardGamma' | 'beta' | 'shuffle' | 'permutation';

interface Step {
  readonly method: Method;
  readonly args: number[];
  readonly size: number | null;
  readonly values: number | number[];
}

interface Golden {
  readonly cases: readonly { seed: number; name: string; steps: readonly Step[] }[];
  readonly permutations: readonly { seed: number; n: number; first: number[]; sha256: string }[];
}

const golden = readGolden<Golden>('random-state');
const exact: readonly Method[] = ['randomSample', 'uniform', 'shuffle', 'permutation'];

function run(random: RandomState, { method, args, size }: Step): number | ArrayLike<number> {
  if (method === 'shuffle') return random.shuffle(Int32Array.from({ length: size as number }, (_, i) => i));
  if (method === 'permutation') return random.permutation(size as number);
  const draw = random[method] as (...args: number[]) => number | Float64Array;
  return size === null ? draw(...args) : draw(...args, size);
}

describe.each([0, 1, 42, 2 ** 32 - 1])('seed %i', (seed) => {
  test.each(golden.cases.filter((one) => one.seed === seed))('$name: the numbers of NumPy', ({ steps }) => {
    const random = createRandomState(seed);
    for (const [i, step] of steps.entries()) {
      const got = run(random, step);
      const call = `step ${i}: ${step.method}(${[...step.args, step.size ?? ''].join(', ')})`;
      // A scalar call gives a number, a sized one an array, as NumPy's do.
      expect(typeof got === 'number', call).toBe(typeof step.values === 'number');
      const distance = maxUlpDistance([got].flatMap(toArray), [step.values].flat());
      expect(distance, call).toBeLessThanOrEqual(exact.includes(step.method) ? 0 : 2);
    }
  });

  test('permutation(1797) is the order of the Digits rows in NumPy', () => {
    const want = golden.permutations.find((one) => one.seed === seed);
    const order = createRandomState(seed).permutation(1797);
    expect([...order.subarray(0, 10)]).toEqual(want?.first);
    expect(sha256(order)).toBe(want?.sha256);
  });
});

const toArray = (value: number | ArrayLike<number>): number[] =>
  typeof value === 'number' ? [value] : Array.from(value);

test('calling the state itself gives the numbers of randomSample', () => {
  const [a, b] = [createRandomState(9), createRandomState(9)];
  expect([a(), a(), a()]).toEqual([...b.randomSample(3)]);
});

test.each([0, 1, 42, 2 ** 32 - 1])(
  'uniform() and uniform(low) have the defaults of NumPy, 0 and 1 (seed %i)',
  (seed) => {
    // low + (high - low) * random_sample(), as NumPy computes it: with the defaults the golden numbers of random_sample.
    const steps = golden.cases.find((one) => one.seed === seed && one.name === 'randomSample')?.steps ?? [];
    const values = steps.flatMap((step) => step.values);
    expect(values).toHaveLength(41);
    const [random, sized, low] = [createRandomState(seed), createRandomState(seed), createRandomState(seed)];
    expect(values.map(() => random.uniform())).toEqual(values);
    expect([...sized.uniform(undefined, undefined, 41)]).toEqual(values);
    expect(values.map(() => low.uniform(5))).toEqual(values.map((value) => 5 + (1 - 5) * value));
  },
);

test("sampleBeta, shuffle and samplePermutation use the state's own methods, so they draw as NumPy does", () => {
  const [mine, numpys] = [createRandomState(4), createRandomState(4)];
  expect(sampleBeta(mine, 0.2, 0.2)).toBe(numpys.beta(0.2, 0.2));
  expect(shuffle(mine, [1, 2, 3, 4, 5])).toEqual(numpys.shuffle([1, 2, 3, 4, 5]));
  expect(samplePermutation(mine, 9)).toEqual(numpys.permutation(9));
});

test('an array without a size, a size of 0 and a size of 1 are a number, no numbers and an array of one', () => {
  const random = createRandomState(0);
  expect(typeof random.beta(1, 2)).toBe('number');
  expect(random.beta(1, 2, 0)).toEqual(new Float64Array(0));
  expect(random.beta(1, 2, 1)).toBeInstanceOf(Float64Array);
});

test('a check that fails draws nothing', () => {
  const random = createRandomState(0);
  expect(() => random.beta(-1, 1)).toThrow();
  expect(() => random.permutation(0.5)).toThrow();
  expect(random()).toBe(createRandomState(0)());
});

test.each([-1, 0.5, 2 ** 32, Number.NaN, '0', undefined])('createRandomState refuses %s as a seed', (seed) => {
  expect(() => createRandomState(seed as never)).toThrow(
    new RangeError(`createRandomState: seed must be an integer in [0, 2 ** 32), got ${seed}`),
  );
});

const state = createRandomState(0);
test.each([
  [() => state.beta(0, 1), 'beta: a must be > 0 and finite, got 0'],
  [() => state.beta(1, Number.NaN), 'beta: b must be > 0 and finite, got NaN'],
  [() => state.standardGamma(-1), 'standardGamma: shape must be >= 0 and finite, got -1'],
  [() => state.uniform(0, Infinity), 'uniform: high - low must be finite, got 0 and Infinity'],
  [() => state.uniform('0' as never), 'uniform: high - low must be finite, got 0 and 1'],
  [() => state.uniform(0, null as never), 'uniform: high - low must be finite, got 0 and null'],
  [() => state.beta('1' as never, 1), 'beta: a must be > 0 and finite, got 1'],
  [() => state.standardGamma('1' as never), 'standardGamma: shape must be >= 0 and finite, got 1'],
  [() => state.randomSample(-1), 'randomSample: size must be an integer >= 0, got -1'],
  [() => state.standardNormal(1.5), 'standardNormal: size must be an integer >= 0, got 1.5'],
  [() => state.permutation(-1), 'permutation: n must be an integer in [0, 2 ** 31), got -1'],
])('%s is refused: %s', (call, message) => {
  expect(call).toThrow(new RangeError(message));
});
