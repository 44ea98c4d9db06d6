import { describe, expect, it } from 'vitest';
import { type CosineDecayOptions, cosineDecay } from '../src/index.ts';
import golden from './golden/keras.golden.json' with { type: 'json' };

describe('cosineDecay', () => {
  it("is Keras's CosineDecay, with a warm-up and without", () => {
    const plain = cosineDecay({ learningRate: 0.02, steps: 18 });
    const warm = cosineDecay({ learningRate: 0.02, steps: 18, end: 0.002, warmupSteps: 5 });
    // Keras computes them in float32: 2 ** -24 of 0.02, a few times over.
    for (const [step, rate] of golden.cosine.rates.entries()) expect(Math.abs(plain(step) - rate)).toBeLessThan(5e-9);
    for (const [step, rate] of golden.warmup.entries()) expect(Math.abs(warm(step) - rate)).toBeLessThan(5e-9);
  });

  it('is within 4e-16, of a rate of 1, of what Math.cos gives, never rises after the warm-up, and stays at its end', () => {
    const steps = 1000;
    const rate = cosineDecay({ learningRate: 1, steps, end: 0.25 });
    let last = Infinity;
    for (let step = 0; step <= steps; step++) {
      const value = rate(step);
      expect(Math.abs(value - (0.25 + (0.75 * (1 + Math.cos((Math.PI * step) / steps))) / 2))).toBeLessThan(4e-16);
      expect(value).toBeLessThanOrEqual(last + 2e-16);
      last = value;
    }
    expect(rate(steps + 1)).toBe(rate(steps));
    expect(cosineDecay({ learningRate: 0.5, steps: 3 })(0)).toBe(0.5);
    for (const step of [3, 4, 1000]) {
      const end = cosineDecay({ learningRate: 0.5, steps: 3 })(step);
      expect(end).toBeGreaterThanOrEqual(0);
      expect(end).toBeLessThan(1e-16);
    }
  });

  it.each<[string, Partial<CosineDecayOptions>, RegExp]>([
    ['a negative rate', { learningRate: -1 }, /learningRate and end must be >= 0 and finite, got -1/],
    ['an end of NaN', { end: Number.NaN }, /got NaN/],
    ['no steps', { steps: 0 }, /cosineDecay: steps must be an integer >= 1, got 0/],
    ['half a step of warm-up', { warmupSteps: 0.5 }, /warmupSteps must be an integer >= 0, got 0\.5/],
  ])('refuses %s', (_, wrong, message) => {
    expect(() => cosineDecay({ learningRate: 0.1, steps: 10, ...wrong })).toThrow(RangeError);
    expect(() => cosineDecay({ learningRate: 0.1, steps: 10, ...wrong })).toThrow(message);
  });
});
