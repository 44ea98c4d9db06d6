import { expect, test } from 'vitest';
import { identity } from '../src/index.ts';
import { solveAssignment } from '../src/methods.ts';
import { fc } from './fast-check.ts';
import { readGolden } from './golden.ts';

const { assignments } = readGolden<{
  assignments: { kind: string; n: number; cost: number[]; columns: number[]; total: number }[];
}>('pairings');

const total = (cost: ArrayLike<number>, n: number, columns: Int32Array) =>
  columns.reduce((sum, column, row) => sum + (cost[row * n + column] as number), 0);

test.each(assignments.map((golden) => [golden.n, golden.kind, golden] as const))(
  "n = %i, %s: the assignment is that of SciPy's linear_sum_assignment",
  (n, kind, golden) => {
    const columns = solveAssignment(golden.cost, n);
    expect(columns.toSorted()).toEqual(identity(n));
    // With ties there are several, of one cost: a sum of whole numbers.
    if (kind === 'whole numbers with ties') expect(total(golden.cost, n, columns)).toBe(golden.total);
    else expect([...columns]).toEqual(golden.columns);
  },
);

test('nothing is cheaper than the assignment, by trying all of them', () => {
  const orders = (items: number[]): number[][] =>
    items.length === 0
      ? [[]]
      : items.flatMap((item) => orders(items.filter((i) => i !== item)).map((rest) => [item, ...rest]));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5 }), fc.infiniteStream(fc.integer({ min: -9, max: 9 })), (n, stream) => {
      const cost = Array.from({ length: n * n }, () => stream.next().value as number);
      const best = Math.min(...orders([...identity(n)]).map((order) => total(cost, n, Int32Array.from(order))));
      expect(total(cost, n, solveAssignment(cost, n))).toBe(best);
    }),
  );
});

test.each([
  [[1, 2, 3], 2, 'solveAssignment: cost must hold n x n values, got 3 for n = 2'],
  [[1], 1.5, 'solveAssignment: cost must hold n x n values, got 1 for n = 1.5'],
  [[Number.NaN], 1, 'solveAssignment: every cost must be finite, got NaN'],
  [[1, 2, Infinity, 3], 2, 'solveAssignment: every cost must be finite, got Infinity'],
])('costs that are none are refused (%#)', (cost, n, message) => {
  expect(() => solveAssignment(cost, n)).toThrow(new RangeError(message));
});
