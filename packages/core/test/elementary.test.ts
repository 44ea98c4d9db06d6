import { expect, test } from 'vitest';
import { exp, log, pow } from '../src/elementary.ts';
import { fc } from './fast-check.ts';
import { ulpDistance } from './ulp.ts';

// Math's own are within one ulp (fdlibm's bound for log, exp and pow), so ours, which are nearer, are within one of them;
// that they are nearer is what the golden files of RandomState show.
const positive = fc.double({ min: 5e-324, max: Number.MAX_VALUE, noNaN: true });

test('log is within one ulp of Math.log over all positive doubles', () => {
  fc.assert(
    fc.property(positive, (x) => ulpDistance(log(x), Math.log(x)) <= 1),
    { numRuns: 5000 },
  );
});

test('exp is within one ulp of Math.exp over all arguments', () => {
  fc.assert(
    fc.property(fc.double({ min: -760, max: 720, noNaN: true }), (x) => ulpDistance(exp(x), Math.exp(x)) <= 1),
    { numRuns: 5000 },
  );
});

test('pow is within one ulp of Math.pow on (0, 1) for the exponents 1 / a of the Beta distribution', () => {
  const unit = fc.double({ min: 2 ** -53, max: 1, maxExcluded: true, noNaN: true });
  const shape = fc.double({ min: 1e-4, max: 4, noNaN: true });
  fc.assert(
    fc.property(unit, shape, (x, a) => ulpDistance(pow(x, 1 / a), x ** (1 / a)) <= 1),
    { numRuns: 5000 },
  );
});

test('pow(x, 5) is within 0.501 ulp of the exact fifth power', () => {
  // Exactly, in integers: x = m / 2 ** 20, so 2 ** 100 x ** 5 = m ** 5.
  fc.assert(
    fc.property(fc.integer({ min: 2 ** 12, max: 2 ** 20 - 1 }), (m) => {
      const scaled = BigInt(pow(m / 2 ** 20, 5) * 2 ** 100);
      const ulp = 2n ** BigInt(scaled.toString(2).length - 53);
      const error = scaled - BigInt(m) ** 5n;
      expect((error < 0n ? -error : error) * 1000n).toBeLessThanOrEqual(501n * ulp);
    }),
    { numRuns: 5000 },
  );
});

test('the ends are exact: log 0, log 1, e to 0, powers of 0 and 1, powers beyond the doubles', () => {
  expect(log(0)).toBe(-Infinity);
  expect(log(1)).toBe(0);
  expect(exp(0)).toBe(1);
  expect(exp(-Infinity)).toBe(0);
  expect(exp(-800)).toBe(0);
  expect(exp(800)).toBe(Infinity);
  expect(pow(0, 5)).toBe(0);
  expect(pow(1, 12345.678)).toBe(1);
  expect(pow(0.3, 1)).toBe(0.3);
  expect(pow(0.5, 1e300)).toBe(0);
  expect(pow(0.5, Infinity)).toBe(0);
  expect(log(Math.E)).toBe(1);
  expect(exp(1)).toBe(Math.E);
});
