import { beforeAll, describe, expect, it } from 'vitest';
import { compileKernel } from '../scripts/compile-kernel.mjs';
import { RESERVED_BYTES } from '../src/wasm/descriptor.ts';
import { instantiate } from '../src/wasm/webassembly.ts';

interface Probe {
  expAll(values: number, n: number): void;
  tanhAll(values: number, n: number): void;
  logAll(values: number, n: number): void;
}

let probe: Probe;
let memory: { readonly buffer: ArrayBuffer };
beforeAll(async () => {
  const base64 = Buffer.from(await compileKernel('kernel/probe.ts')).toString('base64');
  const started = await instantiate(base64);
  probe = started.kernel as unknown as Probe;
  memory = started.memory;
});

/** Points of a range, ends included: as many as one page of memory holds. */
function points(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}

function float32(name: 'expAll' | 'tanhAll', x: readonly number[]): { x: number[]; y: number[] } {
  const view = new Float32Array(memory.buffer, RESERVED_BYTES, x.length);
  view.set(x);
  const rounded = [...view];
  probe[name](RESERVED_BYTES, x.length);
  return { x: rounded, y: [...view] };
}

function float64(x: readonly number[]): number[] {
  const view = new Float64Array(memory.buffer, RESERVED_BYTES, x.length);
  view.set(x);
  probe.logAll(RESERVED_BYTES, x.length);
  return [...view];
}

/** The largest |y - f(x)| / |f(x)|; Math's functions are right to some 1e-16. */
function relativeError(x: readonly number[], y: readonly number[], f: (x: number) => number): number {
  return x.reduce((worst, xi, i) => Math.max(worst, Math.abs((y[i] as number) / f(xi) - 1)), 0);
}

describe('exp', () => {
  it.each([
    [-87, -1],
    [-1, 1],
    [1, 88],
    [-1e-3, 1e-3],
  ])('is within 2e-7, relative, of e^x from %d to %d', (low, high) => {
    const { x, y } = float32('expAll', points(low, high, 16_000));
    expect(relativeError(x, y, Math.exp)).toBeLessThan(2e-7);
  });

  it('is exactly 1 at 0, 0 below -87 and NaN at NaN', () => {
    expect(float32('expAll', [0, -87.001, -1e30, -Infinity]).y).toEqual([1, 0, 0, 0]);
    expect(float32('expAll', [Number.NaN, -0, 0, 0]).y).toEqual([Number.NaN, 1, 1, 1]);
  });
});

describe('tanh', () => {
  it.each([
    [-12, -1],
    [-1, 1],
    [0.999, 1.001],
    [1, 12],
    [1e-6, 1e-3],
  ])('is within 4e-7, relative, of tanh x from %d to %d', (low, high) => {
    const { x, y } = float32(
      'tanhAll',
      points(low, high, 16_000).filter((v) => v !== 0),
    );
    expect(relativeError(x, y, Math.tanh)).toBeLessThan(4e-7);
  });

  it('is odd, 0 at 0, 1 at infinity, never beyond 1, and NaN at NaN', () => {
    const { y } = float32('tanhAll', [0, Infinity, -Infinity, Number.NaN]);
    expect(y).toEqual([0, 1, -1, Number.NaN]);
    const right = float32('tanhAll', points(0, 20, 4000)).y;
    const left = float32('tanhAll', points(-0, -20, 4000)).y;
    expect(left.map((v) => 0 - v)).toEqual(right);
    expect(Math.max(...right)).toBeLessThanOrEqual(1);
  });
});

describe('log', () => {
  it.each([
    [1, 1.001],
    [1, 2],
    [2, 1000],
    [1e-300, 0.9],
    [1e10, 1e300],
  ])('is within 4e-16 (relative, absolute below 1) of log x from %d to %d', (low, high) => {
    const x = points(low, high, 8000);
    const y = float64(x);
    const errors = y.map((v, i) => {
      const exact = Math.log(x[i] as number);
      return Math.abs(v - exact) / Math.max(1, Math.abs(exact));
    });
    expect(Math.max(...errors)).toBeLessThan(4e-16);
  });

  it('is exactly 0 at 1, and keeps its digits beside it', () => {
    expect(float64([1])).toEqual([0]);
    const near = [1e-4, 1e-8, 1e-12].map((delta) => 1 + delta);
    const y = float64(near);
    for (const [i, x] of near.entries()) expect(Math.abs((y[i] as number) / Math.log(x) - 1)).toBeLessThan(5e-16);
  });
});
