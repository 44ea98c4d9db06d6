/** NumPy's legacy `RandomState`: the same numbers from the same seed. */
import { exp, log, pow } from './elementary.ts';
import { createMt19937 } from './mt19937.ts';
import { checkShuffleable, identity } from './permutation.ts';
import type { RandomSource, Shuffleable } from './random.ts';

/** One number without a size, an array with one. */
export interface Draw<A extends readonly unknown[]> {
  (...args: A): number;
  (...args: [...A, size: number]): Float64Array;
}

/** The part of `numpy.random.RandomState` that mixup needs, under NumPy's names in camel case. */
export interface RandomState extends RandomSource {
  /** Uniform in [0, 1); also what calling the state itself gives. */
  readonly randomSample: Draw<[]>;
  /** Uniform in [low, high), by default in [0, 1). */
  readonly uniform: {
    (low?: number, high?: number): number;
    (low: number | undefined, high: number | undefined, size: number): Float64Array;
  };
  readonly standardNormal: Draw<[]>;
  /** Gamma with shape >= 0 and scale 1. */
  readonly standardGamma: Draw<[shape: number]>;
  /** Beta with shapes a > 0 and b > 0. */
  readonly beta: Draw<[a: number, b: number]>;
  /**
   * Shuffle in place, as NumPy shuffles an array of one dimension.
   *
   * @throws TypeError for what is no array
   */
  readonly shuffle: <T extends Shuffleable>(array: T) => T;
  /** @returns [n] the numbers 0 … n - 1, shuffled */
  permutation(n: number): Int32Array;
}

/**
 * Create NumPy's legacy generator: `numpy.random.RandomState(seed)`, whose stream NumPy has frozen.
 *
 * Hand it in as `random` wherever this library takes one, and the Python of the article draws the same numbers.
 * Uniform numbers, permutations and shuffles are equal to the last bit. What passes through a logarithm or a power is
 * equal in all but one number of a thousand (`elementary.ts`), and those are a unit or two in the last place off.
 *
 * @param seed an integer in [0, 2 ** 32); 0 is a seed
 * @throws RangeError for any other seed
 * @example
 * const random = createRandomState(0);
 * random.beta(0.2, 0.2, 30); // np.random.seed(0); np.random.beta(0.2, 0.2, 30)
 * @see NumPy, "Legacy random generation", https://numpy.org/doc/stable/reference/random/legacy.html
 */
export function createRandomState(seed: number): RandomState {
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)) {
    throw new RangeError(`createRandomState: seed must be an integer in [0, 2 ** 32), got ${seed}`);
  }
  const { uint32, double } = createMt19937(seed);
  let spare: number | undefined;

  // The polar method, whose second number waits for the next call.
  const gauss = () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    for (;;) {
      const x1 = 2 * double() - 1;
      const x2 = 2 * double() - 1;
      const r2 = x1 * x1 + x2 * x2;
      if (r2 >= 1 || r2 === 0) continue;
      const f = Math.sqrt((-2 * log(r2)) / r2);
      spare = f * x1;
      return f * x2;
    }
  };

  const exponential = () => -log(1 - double());

  const gamma = (shape: number): number => {
    if (shape === 1) return exponential();
    if (shape === 0) return 0;
    return shape < 1 ? smallGamma(shape) : largeGamma(shape);
  };

  // Ahrens and Dieter, "Computer methods for sampling from gamma, beta, Poisson and binomial distributions", 1974.
  const smallGamma = (shape: number) => {
    for (;;) {
      const u = double();
      const v = exponential();
      if (u <= 1 - shape) {
        const x = pow(u, 1 / shape);
        if (x <= v) return x;
      } else {
        const y = -log((1 - u) / shape);
        const x = pow(1 - shape + shape * y, 1 / shape);
        if (x <= v + y) return x;
      }
    }
  };

  // Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables", 2000.
  const largeGamma = (shape: number) => {
    const b = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * b);
    for (;;) {
      let x: number;
      let v: number;
      do {
        x = gauss();
        v = 1 + c * x;
      } while (v <= 0);
      v = v * v * v;
      const u = double();
      if (u < 1 - 0.0331 * (x * x) * (x * x)) return b * v;
      if (log(u) < 0.5 * x * x + b * (1 - v + log(v))) return b * v;
    }
  };

  const beta = (a: number, b: number) => {
    if (!(a <= 1 && b <= 1)) {
      const first = gamma(a);
      return first / (first + gamma(b));
    }
    // Jöhnk's method.
    for (;;) {
      const u = double();
      const v = double();
      const x = pow(u, 1 / a);
      const y = pow(v, 1 / b);
      const sum = x + y;
      if (sum > 1 || u + v === 0) continue;
      if (sum > 0) return x / sum;
      // Both have underflowed.
      const logX = log(u) / a;
      const logY = log(v) / b;
      const max = Math.max(logX, logY);
      return exp(logX - max - log(exp(logX - max) + exp(logY - max)));
    }
  };

  // The smallest run of low bits that holds max, drawn until it is not above max.
  const interval = (max: number) => {
    const mask = 2 ** (32 - Math.clz32(max)) - 1;
    for (;;) {
      const value = (uint32() & mask) >>> 0;
      if (value <= max) return value;
    }
  };

  const shuffle = <T extends Shuffleable>(array: T): T => {
    checkShuffleable(array);
    for (let i = array.length - 1; i > 0; i--) {
      const j = interval(i);
      const kept = array[i];
      array[i] = array[j] as never;
      array[j] = kept as never;
    }
    return array;
  };

  const positive = (name: string, value: number) => {
    if (!(Number.isFinite(value) && value > 0)) {
      throw new RangeError(`beta: ${name} must be > 0 and finite, got ${value}`);
    }
  };

  return Object.assign(() => double(), {
    randomSample: sized('randomSample', double),
    uniform: sized(
      'uniform',
      (low: number, high: number) => low + (high - low) * double(),
      (low, high) => {
        if (!(Number.isFinite(low) && Number.isFinite(high)) || !Number.isFinite(high - low))
          throw new RangeError(`uniform: high - low must be finite, got ${low} and ${high}`);
      },
      [0, 1],
    ) as RandomState['uniform'],
    standardNormal: sized('standardNormal', gauss),
    standardGamma: sized('standardGamma', gamma, (shape) => {
      if (!(Number.isFinite(shape) && shape >= 0)) {
        throw new RangeError(`standardGamma: shape must be >= 0 and finite, got ${shape}`);
      }
    }),
    beta: sized('beta', beta, (a, b) => {
      positive('a', a);
      positive('b', b);
    }),
    shuffle,
    permutation: (n: number) => {
      if (!(Number.isInteger(n) && n >= 0 && n < 2 ** 31)) {
        throw new RangeError(`permutation: n must be an integer in [0, 2 ** 31), got ${n}`);
      }
      return shuffle(identity(n));
    },
  });
}

/** Give a draw its optional last argument, the size, and defaults for those before it. */
function sized<A extends number[]>(
  name: string,
  draw: (...args: A) => number,
  check?: (...args: A) => void,
  defaults: readonly number[] = [],
): Draw<A> {
  const { length } = draw;
  const call = (...args: number[]) => {
    const own = args.slice(0, length) as A;
    for (let i = 0; i < defaults.length; i++) {
      if (own[i] === undefined) own[i] = defaults[i] as number;
    }
    check?.(...own);
    const size = args[length];
    if (size === undefined) return draw(...own);
    if (!(Number.isInteger(size) && size >= 0)) {
      throw new RangeError(`${name}: size must be an integer >= 0, got ${size}`);
    }
    const values = new Float64Array(size);
    for (let i = 0; i < size; i++) values[i] = draw(...own);
    return values;
  };
  return call as Draw<A>;
}
