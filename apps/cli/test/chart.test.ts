import { armNames } from '@mixup/experiments';
import { describe, expect, test } from 'vitest';
import { drawChart } from '../src/chart.ts';
import { chooseColours } from '../src/colours.ts';
import { sampleSummary } from './sample.ts';

const plain = chooseColours({ env: {}, isTTY: false });
const coloured = chooseColours({ env: {}, isTTY: true });
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what escape codes begin with
const escapes = /\x1b\[\d+m/g;

describe.each([
  [40, 6],
  [80, 16],
  [120, 20],
])('a chart of %i columns and %i rows', (width, height) => {
  test('keeps to its width and height, whatever the arms and epochs', () => {
    for (const epochs of [1, 2, 7, 30, 1000]) {
      for (const arms of [undefined, ['baseline', 'append'], ['batch'], height >= 8 ? armNames : undefined] as const) {
        for (const trials of [1, 20]) {
          const options = arms ? { arms, epochs, trials } : { epochs, trials };
          const lines = drawChart(sampleSummary(options), { colours: plain, width, height }).split('\n');
          // The longest note is 62 characters; only a chart narrower than that may be passed by it.
          for (const line of lines.slice(1, -2)) expect(line.length).toBeLessThanOrEqual(Math.max(width, 64));
          expect(lines.filter((line) => /[│┤]/.test(line))).toHaveLength(height);
        }
      }
    }
  });
});

test('each line ends in a label with its arm and its final accuracy, the best on top', () => {
  const chart = drawChart(sampleSummary(), { colours: plain, width: 80, height: 16 });
  const labels = [...chart.matchAll(/ (baseline|append|duplicate|batch) (\d+\.\d) %$/gm)].map((match) => match[1]);
  expect(labels).toEqual(['append', 'duplicate', 'baseline', 'batch']);
});

test('labels of equal arms stand on rows of their own', () => {
  const summary = sampleSummary({ arms: ['baseline', 'append', 'duplicate'] });
  const { append } = summary.arms;
  if (!append) throw new Error('the sample has append');
  const equal = { ...summary, arms: { baseline: append, append, duplicate: append } };
  const chart = drawChart(equal, { colours: plain, width: 80, height: 6 });
  expect(chart.match(/88\.1 %$/gm)).toHaveLength(3);
});

test('the arms differ without colour: eight strokes, no two alike', () => {
  const chart = drawChart(sampleSummary({ arms: armNames }), { colours: plain, width: 80, height: 16 });
  const strokes = [...chart.matchAll(/([\u2800-\u28ff ]{4}) ([a-z]+)(?= {3}|$)/gm)];
  expect(strokes.map((match) => match[2]).sort()).toEqual([...armNames].sort());
  expect(new Set(strokes.map((match) => match[1])).size).toBe(armNames.length);
  expect(chart).not.toMatch(escapes);
});

test('colours add escape codes and change nothing else', () => {
  const options = { width: 80, height: 16 };
  const chart = drawChart(sampleSummary(), { ...options, colours: coloured });
  expect(chart).toMatch(escapes);
  expect(chart.replace(escapes, '').replace(/ +$/gm, '')).toBe(
    drawChart(sampleSummary(), { ...options, colours: plain }),
  );
});

test('a better arm is drawn above a worse one', () => {
  const rowOf = (arm: 'append' | 'batch') => {
    const lines = drawChart(sampleSummary({ arms: ['baseline', arm] }), { colours: plain, width: 80, height: 16 });
    return lines.split('\n').findIndex((line) => line.includes(` ${arm} `));
  };
  expect(rowOf('append')).toBeLessThan(rowOf('batch'));
});

test('bands are drawn with trials to make them of, and not with one', () => {
  const dots = (trials: number) =>
    [...drawChart(sampleSummary({ arms: ['baseline'], trials }), { colours: plain, width: 80, height: 16 })].filter(
      (character) => character > '\u2800' && character <= '\u28ff',
    ).length;
  expect(dots(20)).toBeGreaterThan(dots(1) * 1.3);
});

test('a curve without any rise has an axis around it', () => {
  const summary = sampleSummary({ arms: ['baseline'], trials: 1 });
  const { baseline } = summary.arms;
  if (!baseline) throw new Error('the sample has baseline');
  const flat = { ...summary, arms: { baseline: { ...baseline, accuracyByEpoch: Array(30).fill(1) } } };
  const chart = drawChart(flat, { colours: plain, width: 80, height: 16 });
  expect(chart).toMatch(/100\.0 % ┤/);
  expect(chart).not.toContain('NaN');
});

test('a first tenth that takes more than half of the height is left out, and the title says so', () => {
  const summary = sampleSummary({ arms: ['baseline'], trials: 1 });
  const { baseline } = summary.arms;
  if (!baseline) throw new Error('the sample has baseline');
  const drawn = (accuracyByEpoch: number[]) =>
    drawChart(
      { ...summary, arms: { baseline: { ...baseline, accuracyByEpoch } } },
      { colours: plain, width: 80, height: 16 },
    );
  const steep = drawn([0.5, 0.7, ...Array.from({ length: 28 }, (_, i) => 0.9 + i / 1000)]);
  expect(steep).toContain('; the first 2 epochs lie below\n');
  expect(steep).not.toMatch(/[5-8]\d % ┤/);
  const even = drawn(Array.from({ length: 30 }, (_, i) => 0.5 + i / 100));
  expect(even).toContain('mean of 1 trial\n');
  expect(even).toContain('50 % ┤');
});
