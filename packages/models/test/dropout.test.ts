import { createRandom } from '@mixup/core';
import { describe, expect, it } from 'vitest';
import { type DropoutOptions, type MlpShape, sampleDropoutMasks } from '../src/index.ts';

const shape: MlpShape = { inputs: 40, hidden: [50, 30], outputs: 3 };

describe('sampleDropoutMasks', () => {
  it('drops a share of each layer within 5 standard errors of its rate, and keeps the mean at 1', () => {
    const masks = sampleDropoutMasks(createRandom(0), shape, { rows: 400, rate: [0.5, 0.2], inputRate: 0.1 });
    expect(masks.map((mask) => mask?.shape)).toEqual([
      [400, 40],
      [400, 50],
      [400, 30],
    ]);
    for (const [layer, rate] of [0.1, 0.5, 0.2].entries()) {
      const { data } = masks[layer] as NonNullable<(typeof masks)[number]>;
      const dropped = data.filter((value) => value === 0).length;
      const standardError = Math.sqrt((rate * (1 - rate)) / data.length);
      expect(Math.abs(dropped / data.length - rate)).toBeLessThan(5 * standardError);
      expect([...new Set(data)].sort()).toEqual([0, Math.fround(1 / (1 - rate))]);
    }
  });

  it('draws nothing where the rate is 0, and one number for each unit elsewhere, the input first, row by row', () => {
    let drawn = 0;
    const counting = () => (drawn++ % 2 ? 0.9 : 0.1);
    expect(sampleDropoutMasks(counting, shape, { rows: 3, rate: 0 })).toEqual([undefined, undefined, undefined]);
    expect(drawn).toBe(0);
    const masks = sampleDropoutMasks(counting, shape, { rows: 3, rate: [0, 0.5] });
    expect(masks.slice(0, 2)).toEqual([undefined, undefined]);
    expect(drawn).toBe(3 * 30);
    expect(masks[2]?.data).toEqual(Float32Array.from({ length: 90 }, (_, i) => (i % 2 ? 2 : 0)));
  });

  it.each<[string, Partial<DropoutOptions>, RegExp]>([
    ['no rows', { rows: 0 }, /sampleDropoutMasks: rows must be an integer >= 1, got 0/],
    ['a rate of 1', { rate: 1 }, /rates must be in \[0, 1\), got 1/],
    ['a rate of NaN', { rate: [0.1, Number.NaN] }, /rates must be in \[0, 1\), got NaN/],
    ['a rate too few', { rate: [0.1] }, /rate must be one number or 2, one for each hidden layer, got 1/],
    ['a negative input rate', { inputRate: -0.1 }, /rates must be in \[0, 1\), got -0\.1/],
  ])('refuses %s', (_, wrong, message) => {
    const draw = () => sampleDropoutMasks(createRandom(0), shape, { rows: 2, rate: 0.5, ...wrong });
    expect(draw).toThrow(RangeError);
    expect(draw).toThrow(message);
  });
});
