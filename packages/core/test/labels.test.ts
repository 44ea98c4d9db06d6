import { describe, expect, test } from 'vitest';
import {
  createRandom,
  mixRows,
  multiHot,
  oneHot,
  sampleMixPlan,
  smoothLabels,
  toClassIds,
  toColumn,
  toLabelRows,
} from '../src/index.ts';
import { fc } from './fast-check.ts';

describe('oneHot', () => {
  test('has one 1 in each row, at the label', () => {
    expect(oneHot([2, 0, 1], 3)).toEqual({ data: Float64Array.of(0, 0, 1, 1, 0, 0, 0, 1, 0), shape: [3, 3] });
    expect(oneHot(Int32Array.of(0), 1)).toEqual({ data: Float64Array.of(1), shape: [1, 1] });
    expect(oneHot([], 2)).toEqual({ data: new Float64Array(0), shape: [0, 2] });
  });

  test('its argmax is the label', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9)), (labels) => {
        const { data } = oneHot(labels, 10);
        expect(labels.map((_, row) => data.subarray(row * 10, row * 10 + 10).indexOf(1))).toEqual(labels);
        expect(data.reduce((sum, value) => sum + value, 0)).toBe(labels.length);
      }),
    );
  });

  test.each([
    [[0, 3], 3, 'oneHot: labels must be integers in [0, 3), got 3 in row 1'],
    [[-1], 3, 'oneHot: labels must be integers in [0, 3), got -1 in row 0'],
    [[0.5], 3, 'oneHot: labels must be integers in [0, 3), got 0.5 in row 0'],
    [[0, 0, Number.NaN], 3, 'oneHot: labels must be integers in [0, 3), got NaN in row 2'],
    [['1' as never], 3, 'oneHot: labels must be integers in [0, 3), got 1 in row 0'],
    [[0], 0, 'oneHot: classes must be an integer >= 1, got 0'],
    [[0], 2.5, 'oneHot: classes must be an integer >= 1, got 2.5'],
  ])('labels %o of %d classes are refused', (labels, classes, message) => {
    expect(() => oneHot(labels, classes)).toThrow(new RangeError(message));
  });
});

describe('smoothLabels', () => {
  test('is (1 - epsilon) y + epsilon / classes', () => {
    // Powers of two, so that every value is exact.
    expect([...smoothLabels(oneHot([0, 3], 4), 0.5).data]).toEqual([
      0.625, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.625,
    ]);
    expect([...smoothLabels([[0.25, 0.75]], 0.25).data]).toEqual([0.3125, 0.6875]);
  });

  test('epsilon 0 changes nothing and epsilon 1 leaves nothing of the label', () => {
    const y = oneHot([0, 1], 2);
    expect(smoothLabels(y, 0)).toEqual(y);
    expect([...smoothLabels(y, 1).data]).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  test('it keeps the type of the labels and leaves them alone', () => {
    const y = { data: Float32Array.of(1, 0), shape: [1, 2] as const };
    expect(smoothLabels(y, 0.5).data).toEqual(Float32Array.of(0.75, 0.25));
    expect(y.data).toEqual(Float32Array.of(1, 0));
  });

  test('smoothing before mixing is smoothing after mixing', () => {
    const y = oneHot([0, 1, 2, 1, 0], 3);
    const plan = sampleMixPlan(createRandom(0), { batch: 5, alpha: 1 });
    const [before, after] = [mixRows(smoothLabels(y, 0.1), plan), smoothLabels(mixRows(y, plan), 0.1)];
    for (const [i, value] of before.data.entries()) expect(value).toBeCloseTo(after.data[i] as number, 14);
  });

  test("per 'value' is timm's t (1 - s) + 0.5 s, for several labels a row and for a binary column", () => {
    const timm = (t: number, s: number) => t * (1 - s) + 0.5 * s;
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat(4)), { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (sets, s) => {
          for (const y of [multiHot(sets, 5), toColumn(sets.map((set) => set.length % 2))]) {
            const smooth = smoothLabels(y, s, { per: 'value' });
            expect(smooth.shape).toEqual(y.shape);
            // Two products and a sum of numbers of at most 1: two roundings apart at most.
            for (const [i, value] of smooth.data.entries()) {
              expect(Math.abs(value - timm(y.data[i] as number, s))).toBeLessThanOrEqual(2 ** -52);
            }
          }
        },
      ),
    );
    expect([...smoothLabels([[0], [1]], 0.5, { per: 'value' }).data]).toEqual([0.25, 0.75]);
  });

  test("of two classes it is the same per 'row' and per 'value'", () => {
    const y = oneHot([0, 1, 1], 2);
    expect(smoothLabels(y, 0.3, { per: 'value' })).toEqual(smoothLabels(y, 0.3, { per: 'row' }));
  });

  test('a column is refused with what to say, and so is what is no option', () => {
    expect(() => smoothLabels(toColumn([0, 1]), 0.1)).toThrow(
      new RangeError("smoothLabels: one column has no classes to spread over; for a binary label say { per: 'value' }"),
    );
    expect(() => smoothLabels([[1, 0]], 0.1, { per: 'class' as never })).toThrow(
      new RangeError("smoothLabels: per must be 'row' or 'value', got class"),
    );
  });

  test.each([-0.1, 1.1, Number.NaN])('epsilon %d is refused', (epsilon) => {
    expect(() => smoothLabels([[1, 0]], epsilon)).toThrow(
      new RangeError(`smoothLabels: epsilon must be in [0, 1], got ${epsilon}`),
    );
  });
});

describe('labels of rank 1, which would blend to classes that are not there', () => {
  const message =
    'y: labels must be rows of shape [rows, classes]; turn class ids into rows with oneHot(labels, classes), numbers into a column with toColumn(values)';
  test.each([
    ['an array of ids', [0, 1, 2]],
    ['typed ids', Int32Array.of(0, 1, 2)],
    ['rows of rank 1', { data: Float32Array.of(0, 1), shape: [2] }],
  ])('%s are refused with what to do', (_, y) => {
    expect(() => toLabelRows(y as never, 'y')).toThrow(new RangeError(message));
  });

  test('labels of rank 3 are refused', () => {
    expect(() => toLabelRows({ data: new Float32Array(4), shape: [2, 2, 1] }, 'y')).toThrow(
      new RangeError('y: labels must have shape [rows, classes], got [2, 2, 1]'),
    );
  });
});

describe('toClassIds', () => {
  test('undoes oneHot', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4)), (ids) => {
        expect([...toClassIds(oneHot(ids, 5))]).toEqual(ids);
      }),
    );
  });

  test('takes the class that weighs most, the first of equals', () => {
    const soft = [
      [0.2, 0.5, 0.3],
      [0.4, 0.2, 0.4],
      [-3, -2, -1],
    ];
    expect([...toClassIds(soft)]).toEqual([1, 0, 2]);
  });

  test('refuses class ids, and rows without a class', () => {
    expect(() => toClassIds([1, 2] as never)).toThrow('toClassIds: y: labels must be rows of shape [rows, classes]');
    const none = { data: new Float32Array(0), shape: [3, 0] };
    expect(() => toClassIds(none)).toThrow(new RangeError('toClassIds: y must have a class, got none'));
  });
});
