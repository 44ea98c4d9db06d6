import { createRandom } from '@mixup/core';
import { describe, expect, it } from 'vitest';
import { sampleGlorotUniform } from '../src/index.ts';

describe('sampleGlorotUniform', () => {
  it('draws each kernel row by row, input layer first, and nothing for the biases', () => {
    const random = createRandom(3);
    const weights = sampleGlorotUniform(random, { inputs: 2, hidden: [3], outputs: 4 });
    const again = createRandom(3);
    const draw = (limit: number) => Math.fround(limit * (2 * again() - 1));
    const first = Math.sqrt(6 / 5);
    const second = Math.sqrt(6 / 7);
    expect([...(weights[0]?.kernel.data ?? [])]).toEqual(Array.from({ length: 6 }, () => draw(first)));
    expect([...(weights[1]?.kernel.data ?? [])]).toEqual(Array.from({ length: 12 }, () => draw(second)));
    expect(weights.map(({ kernel, bias }) => [kernel.shape, [...bias]])).toEqual([
      [
        [2, 3],
        [0, 0, 0],
      ],
      [
        [3, 4],
        [0, 0, 0, 0],
      ],
    ]);
    expect(random()).toBe(again());
  });

  it('has mean 0 and variance 2 / (inputs + outputs), within five standard errors, and keeps to its limit', () => {
    const [dense] = sampleGlorotUniform(createRandom(1), { inputs: 300, hidden: [], outputs: 100 });
    const entries = [...(dense?.kernel.data ?? [])];
    const n = entries.length;
    const variance = 2 / 400;
    const mean = entries.reduce((sum, w) => sum + w, 0) / n;
    const second = entries.reduce((sum, w) => sum + w * w, 0) / n;
    expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(variance / n));
    // The fourth moment of a uniform number is 9/5 of its squared variance.
    expect(Math.abs(second - variance)).toBeLessThan(5 * Math.sqrt((0.8 * variance ** 2) / n));
    expect(Math.max(...entries.map(Math.abs))).toBeLessThanOrEqual(Math.fround(Math.sqrt(6 / 400)));
  });

  it.each([
    { inputs: 0, hidden: [], outputs: 2 },
    { inputs: 2, hidden: [0], outputs: 2 },
    { inputs: 2, hidden: [], outputs: 1 },
  ])('refuses what is no network: %j', (shape) => {
    expect(() => sampleGlorotUniform(createRandom(0), shape)).toThrow(/^sampleGlorotUniform: .* must be/);
  });
});
