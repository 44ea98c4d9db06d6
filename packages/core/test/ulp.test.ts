import { expect, test } from 'vitest';
import { maxUlpDistance, ulpDistance } from './ulp.ts';

test('neighbouring doubles are one ulp apart, across 0 and across powers of two too', () => {
  expect(ulpDistance(1, 1 + Number.EPSILON)).toBe(1);
  expect(ulpDistance(1, 1 - Number.EPSILON / 2)).toBe(1);
  expect(ulpDistance(-5e-324, 5e-324)).toBe(2);
  expect(ulpDistance(-0, 0)).toBe(0);
  expect(ulpDistance(-1, -1 - 2 * Number.EPSILON)).toBe(2);
});

test('NaN and a missing number are infinitely far from any number', () => {
  expect(ulpDistance(Number.NaN, 1)).toBe(Infinity);
  expect(maxUlpDistance([1, 2], [1])).toBe(Infinity);
  expect(maxUlpDistance([1, 2, 3], [1, 2 + 2 * Number.EPSILON, 3])).toBe(1);
});
