/** What conformance cases ask, without a test framework: an error tells what was wrong. */
import type { Weights } from '../engine.ts';

/** @throws Error unless the condition holds */
export function ensure(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

/**
 * Check that numbers agree: apart by at most `tolerance` times the larger of a tenth of the largest expected number and the
 * expected number itself, so that entries near 0 are not held to digits that they don't have.
 *
 * @throws Error that names the entry furthest apart
 */
export function ensureClose(
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  ensure(got.length === expected.length, `${what}: ${expected.length} numbers expected, got ${got.length}`);
  const size = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let worst = { apart: 0, at: 0 };
  for (let at = 0; at < got.length; at++) {
    const [a, b] = [got[at] as number, expected[at] as number];
    const scale = Math.max(Math.abs(b), 0.1 * size) || 1;
    const apart = Math.abs(a - b) / scale;
    // Written so that NaN is the worst of all.
    if (!(apart <= worst.apart)) worst = { apart, at };
    if (Number.isNaN(apart)) break;
  }
  ensure(
    worst.apart <= tolerance,
    `${what}: entry ${worst.at} must be ${expected[worst.at]}, got ${got[worst.at]}: ${worst.apart} apart, at most ${tolerance} allowed`,
  );
}

/** @throws Error as `ensureClose` does, for each kernel and bias */
export function ensureSameWeights(got: Weights, expected: Weights, tolerance: number): void {
  ensure(got.length === expected.length, `weights: ${expected.length} layers expected, got ${got.length}`);
  for (const [layer, { kernel, bias }] of expected.entries()) {
    const own = got[layer] as Weights[number];
    ensureClose(own.kernel.data, kernel.data, tolerance, `kernel of layer ${layer}`);
    ensureClose(own.bias, bias, tolerance, `bias of layer ${layer}`);
  }
}

/** @throws Error unless the work throws an error of this kind whose message fits */
export async function ensureThrows(
  work: () => unknown,
  kind: new (...args: never[]) => Error,
  message: RegExp,
): Promise<void> {
  let thrown: unknown;
  try {
    await work();
  } catch (error) {
    thrown = error;
  }
  ensure(thrown instanceof kind, `a ${kind.name} expected, got ${thrown === undefined ? 'none' : String(thrown)}`);
  const text = (thrown as Error).message;
  ensure(message.test(text), `an error with ${message} expected, got ${text}`);
}
