import { describe, expect, test, vi } from 'vitest';
import { compileKernel, sha256 } from '../scripts/compile-kernel.mjs';
import { BLEND_BASE64, BLEND_SHA256 } from '../src/blend.generated.ts';
import { mixRows, placeRows, type Rows } from '../src/index.ts';
import { placedBuffers } from '../src/placed-buffers.ts';
import { rowsAndPlan } from './arbitraries.ts';
import { fc } from './fast-check.ts';

const bytes = ({ data }: Rows) => Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex');

test('what ships is what kernel/blend.ts compiles to', async () => {
  expect(sha256(Buffer.from(BLEND_BASE64, 'base64'))).toBe(BLEND_SHA256);
  expect(sha256(await compileKernel()), 'run `pnpm run kernel` and commit src/blend.generated.ts').toBe(BLEND_SHA256);
});

test('the module is below 4096 bytes, which every browser compiles at once', () => {
  expect(Buffer.from(BLEND_BASE64, 'base64').length).toBeLessThan(4096);
});

test('placed rows mix to the bits that rows elsewhere mix to, in float32 and float64, of any width', () => {
  fc.assert(
    fc.property(rowsAndPlan(), ([x, plan]) => {
      const placed = placeRows(x, { batch: plan.index.length });
      expect(placedBuffers().has(placed.x.data.buffer)).toBe(true);
      const before = bytes(placed.x);
      expect(before).toBe(bytes(x));
      const mixed = mixRows(placed.x, plan, { out: placed.out });
      expect(mixed).toBe(placed.out);
      expect(bytes(mixed)).toBe(bytes(mixRows(x, plan)));
      expect(bytes(placed.x)).toBe(before);
    }),
  );
});

test('a view of some placed rows, and a view of the place for mixtures, will do', () => {
  const { x, out } = placeRows({ data: Float32Array.from({ length: 50 }, (_, i) => i), shape: [10, 5] });
  const tail = { data: x.data.subarray(25), shape: [5, 5] as const };
  const place = { data: out.data.subarray(10, 20), shape: [2, 5] as const };
  const plan = { index: Int32Array.of(0, 4), partner: Int32Array.of(1, 0), lambda: Float64Array.of(0.5, 0.25) };
  const mixed = mixRows(tail, plan, { out: place });
  expect([...mixed.data]).toEqual([27.5, 28.5, 29.5, 30.5, 31.5, 30, 31, 32, 33, 34]);
  expect([...out.data.subarray(0, 10), ...out.data.subarray(20)].every((value) => value === 0)).toBe(true);
});

test('placed rows may be mixed into rows elsewhere, and rows elsewhere into the place', () => {
  const rows = { data: Float64Array.of(0, 8), shape: [2] as const };
  const { x, out } = placeRows(rows, { batch: 1 });
  const plan = { index: Int32Array.of(0), partner: Int32Array.of(1), lambda: Float64Array.of(0.75) };
  expect([...mixRows(x, plan).data]).toEqual([2]);
  expect([...mixRows(rows, plan, { out }).data]).toEqual([2]);
});

describe('where there is no WebAssembly, or none is allowed', () => {
  const rows = { data: Float32Array.of(0, 8), shape: [2, 1] as const };
  const plan = { index: Int32Array.of(0), partner: Int32Array.of(1), lambda: Float64Array.of(0.75) };
  const refuse = () => {
    throw new Error('blocked by a policy');
  };
  test.each([
    ['absent', undefined],
    ['forbidden', { Module: refuse, Memory: refuse, Instance: refuse }],
  ])('%s: rows are placed in common memory and mix as ever', (_, api) => {
    vi.stubGlobal('WebAssembly', api);
    try {
      const { x, out } = placeRows(rows, { batch: 1 });
      expect(placedBuffers().has(x.data.buffer)).toBe(false);
      expect([...mixRows(x, plan, { out }).data]).toEqual([2]);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

test.each([-1, 1.5, Number.NaN])('placeRows refuses %s as a batch', (batch) => {
  expect(() => placeRows({ data: Float32Array.of(1), shape: [1] }, { batch })).toThrow(
    new RangeError(`placeRows: batch must be an integer >= 0, got ${batch}`),
  );
});

test('placeRows refuses what does not fit into 4 GiB before it takes any', () => {
  const huge = { data: new Float32Array(4), shape: [1, 4] as const };
  expect(() => placeRows(huge, { batch: 2 ** 30 })).toThrow(
    new RangeError(`placeRows: x and out must fit into 4 GiB, got ${16 + 2 ** 34} bytes`),
  );
});
