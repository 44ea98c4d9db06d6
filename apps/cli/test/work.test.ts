import { parseConfig } from '@mixup/experiments';
import { expect, test } from 'vitest';
import { chooseWorkers, estimateTrialSeconds } from '../src/work.ts';

const iris = { rows: 120, features: 4, classes: 3 };
const digits = { rows: 1437, features: 64, classes: 10 };

test("the article's Iris is computed here, its Digits on the cores there are", () => {
  const seconds = estimateTrialSeconds(parseConfig({ dataset: 'iris' }), iris);
  expect(chooseWorkers('auto', { trials: 20, arms: 2, trialSeconds: seconds }, 8)).toEqual({ threads: 0, here: true });
  const more = estimateTrialSeconds(parseConfig({ dataset: 'digits' }), digits);
  expect(chooseWorkers('auto', { trials: 20, arms: 2, trialSeconds: more }, 8)).toEqual({ threads: 7, here: true });
  expect(chooseWorkers('auto', { trials: 20, arms: 2, trialSeconds: more }, 1)).toEqual({ threads: 0, here: true });
});

test('there are no more workers than arms to train, and as many as asked', () => {
  expect(chooseWorkers('auto', { trials: 3, arms: 2, trialSeconds: 10 }, 8)).toEqual({ threads: 6, here: false });
  expect(chooseWorkers(2, { trials: 20, arms: 2, trialSeconds: 0.001 }, 8)).toEqual({ threads: 1, here: true });
  expect(chooseWorkers(9, { trials: 3, arms: 2, trialSeconds: 0.001 }, 8)).toEqual({ threads: 5, here: true });
  expect(chooseWorkers(1, { trials: 20, arms: 2, trialSeconds: 0.001 }, 8)).toEqual({ threads: 0, here: true });
});

test('long trials leave this thread free to hear Ctrl-C', () => {
  expect(chooseWorkers(1, { trials: 20, arms: 2, trialSeconds: 10 }, 8)).toEqual({ threads: 1, here: false });
  expect(chooseWorkers('auto', { trials: 1, arms: 2, trialSeconds: 10 }, 1)).toEqual({ threads: 1, here: false });
});

test('the estimate grows with each of what it is made of', () => {
  const seconds = (config: object, size = digits) =>
    estimateTrialSeconds(parseConfig({ dataset: 'digits', ...config }), size);
  const base = seconds({});
  expect(seconds({ epochs: 60 })).toBeCloseTo(2 * base, 10);
  for (const more of [{ hidden: [80, 80] }, { mixSize: 600 }, { batchSize: 1 }])
    expect(seconds(more)).toBeGreaterThan(base);
  expect(seconds({ arms: ['baseline'] })).toBeLessThan(base / 3);
  for (const arm of ['regmixup', 'manifold']) {
    expect(seconds({ arms: [arm] })).toBeGreaterThan(1.5 * seconds({ arms: ['batch'] }));
  }
  expect(seconds({ arms: ['cutmix', 'remix'] })).toBeCloseTo(seconds({ arms: ['baseline', 'batch'] }), 10);
});
