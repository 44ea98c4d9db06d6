import { expect, test } from 'vitest';
import { chooseColours } from '../src/colours.ts';
import { createProgress, drawProgress, timeLeft } from '../src/progress.ts';

const colours = chooseColours({ env: {}, isTTY: false });
const state = { label: 'iris', done: 5, before: 0, total: 20, elapsedMs: 10_000 };

/** Progress with a clock that the test sets. */
function told(live: boolean, total: number, steps: readonly (readonly [done: number, atMs: number])[]): string {
  const texts: string[] = [];
  let at = 0;
  const options = { write: (text: string) => void texts.push(text), live, width: () => 80, colours, now: () => at };
  const progress = createProgress('iris', total, 0, options);
  for (const [done, atMs] of steps) {
    at = atMs;
    progress.update(done);
  }
  progress.end();
  return texts.join('');
}

test('the time left comes from the pace of this run alone', () => {
  expect(timeLeft(state)).toBe('30 s left');
  // 5 of 10 done by an earlier run: 5 took 10 s, 10 are left.
  expect(timeLeft({ ...state, done: 10, before: 5 })).toBe('20 s left');
  expect(timeLeft({ ...state, done: 0 })).toBe('');
  expect(timeLeft({ ...state, done: 20 })).toBe('');
  expect(timeLeft({ ...state, elapsedMs: 1e7 })).toBe('8 h 20 min left');
});

test('the bar grows with the trials and keeps to the width', () => {
  const full = (done: number) => drawProgress({ ...state, done }, 80, colours).match(/█/g)?.length ?? 0;
  expect(full(0)).toBe(0);
  expect(full(20)).toBe(2 * full(10));
  for (const width of [40, 80, 200]) {
    for (let done = 0; done <= 20; done++) {
      expect(drawProgress({ ...state, done }, width, colours).length).toBeLessThanOrEqual(width);
    }
  }
});

test('where a person watches, the bar is drawn over itself and taken away', () => {
  const text = told(true, 4, [
    [1, 50],
    [2, 200],
    [4, 201],
  ]);
  expect(text).not.toContain('\n');
  // At the start, not after 50 ms, after 200 ms, and when all is done.
  expect(text.match(/\d\/4/g)).toEqual(['0/4', '2/4', '4/4']);
  expect(text.endsWith('\r\x1b[K')).toBe(true);
});

test('a log gets a line per tenth at most, no more than one in two seconds, and no escape code', () => {
  const steps = Array.from({ length: 100 }, (_, i) => [i + 1, (i + 1) * 500] as const);
  const slow = told(false, 100, steps).trim().split('\n');
  expect(slow).toHaveLength(9);
  expect(slow[0]).toBe('iris: 10/100 trials, 45 s left');
  expect(slow.join('')).not.toContain('\x1b');
  expect(
    told(
      false,
      100,
      steps.map(([done]) => [done, done] as const),
    ),
  ).toBe('');
});
