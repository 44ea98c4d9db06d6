import { expect, test } from 'vitest';
import { offForLast, ramp, type Schedule, scheduleValue, warmUp } from '../src/index.ts';
import { fc } from './fast-check.ts';

const values = (schedule: Schedule, epochs: number) =>
  Array.from({ length: epochs }, (_, epoch) => scheduleValue(schedule, epoch));

test('a warm-up rises evenly and stays', () => {
  expect(values(warmUp(4, 2), 6)).toEqual([0, 0.5, 1, 1.5, 2, 2]);
  expect(values(warmUp(0), 2)).toEqual([1, 1]);
});

test('a ramp goes from one value to the other, step by step within an epoch', () => {
  expect(values(ramp(0.1, 0.5, 4), 6).map((value) => value.toFixed(12))).toEqual(
    [0.1, 0.2, 0.3, 0.4, 0.5, 0.5].map((value) => value.toFixed(12)),
  );
  expect(scheduleValue(ramp(0, 1, 2), 1, 0.25)).toBe(0.625);
});

test('offForLast is 0 in just the last epochs, and what it was before', () => {
  expect(values(offForLast(5, 2), 6)).toEqual([1, 1, 1, 0, 0, 0]);
  expect(values(offForLast(5, 0), 6)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(values(offForLast(3, 3), 3)).toEqual([0, 0, 0]);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.nat(20),
      fc.integer({ min: 1, max: 30 }),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      (epochs, last, warm, progress) => {
        fc.pre(last <= epochs);
        const before = warmUp(warm, 0.7);
        const cut = offForLast(epochs, last, before);
        for (let epoch = 0; epoch < epochs; epoch++) {
          const want = epoch < epochs - last ? scheduleValue(before, epoch, progress) : 0;
          // One line cut short has another slope by rounding.
          expect(scheduleValue(cut, epoch, progress)).toBeCloseTo(want, 12);
        }
      },
    ),
  );
});

test('a value lies between those of its neighbours, and a point has its own; of two at one epoch the second', () => {
  const schedule: Schedule = [
    [1, 3],
    [4, 9],
    [4, -1],
    [6, 1],
  ];
  expect(values(schedule, 8)).toEqual([3, 3, 5, 7, -1, 0, 1, 1]);
});

test('a schedule survives JSON and structured cloning', () => {
  const schedule = offForLast(10, 3, warmUp(5, 0.2));
  for (const copy of [JSON.parse(JSON.stringify(schedule)) as Schedule, structuredClone(schedule)]) {
    expect(values(copy, 12)).toEqual(values(schedule, 12));
  }
});

test.each([
  [() => scheduleValue([[0, 1]], -1), 'scheduleValue: epoch must be an integer >= 0, got -1'],
  [() => scheduleValue([[0, 1]], 0.5), 'scheduleValue: epoch must be an integer >= 0, got 0.5'],
  [() => scheduleValue([[0, 1]], 0, 1), 'scheduleValue: progress must be in [0, 1), got 1'],
  [() => scheduleValue([], 0), 'scheduleValue: a schedule must have a point, got none'],
  [
    () =>
      scheduleValue(
        [
          [3, 1],
          [2, 1],
        ],
        0,
      ),
    'scheduleValue: points must be finite, their epochs >= 0 and ascending, got [2, 1] at 1',
  ],
  [() => warmUp(-1), 'warmUp: points must be finite, their epochs >= 0 and ascending, got [-1, 1] at 1'],
  [() => warmUp(Number.NaN), 'warmUp: points must be finite, their epochs >= 0 and ascending, got [NaN, 1] at 1'],
  [() => warmUp(Infinity), 'warmUp: points must be finite, their epochs >= 0 and ascending, got [Infinity, 1] at 1'],
  [() => warmUp(2, Infinity), 'warmUp: points must be finite, their epochs >= 0 and ascending, got [2, Infinity] at 1'],
  [() => ramp(0, 1, 0), 'ramp: epochs must be > 0, got 0'],
  [() => ramp(Number.NaN, 1, 2), 'ramp: points must be finite, their epochs >= 0 and ascending, got [0, NaN] at 0'],
  [() => offForLast(3, 1, []), 'offForLast: a schedule must have a point, got none'],
  [() => offForLast(3, 0, []), 'offForLast: a schedule must have a point, got none'],
  [() => offForLast(3, 4), 'offForLast: last must be an integer in [0, epochs], got 4 of 3'],
])('what is no schedule is refused (%#)', (call, message) => {
  expect(call).toThrow(new RangeError(message));
});
