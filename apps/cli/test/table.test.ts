import { expect, test } from 'vitest';
import { chooseColours } from '../src/colours.ts';
import { drawTable } from '../src/table.ts';
import { sampleSummary } from './sample.ts';

const plain = chooseColours({ env: {}, isTTY: false });

test('the table has a line an arm, with accuracy and change in percent and points', () => {
  const lines = drawTable(sampleSummary(), plain).split('\n');
  expect(lines).toHaveLength(5);
  expect(lines[1]).toMatch(/^ {2}baseline +86\.2 % \[84\.4, 88\.0\] +epoch 30 +120$/);
  expect(lines[2]).toMatch(/^ {2}append +88\.1 % \[86\.3, 89\.9\] +\+1\.9 \[\+0\.6, \+3\.2\] +epoch 30 +150$/);
  expect(lines[4]).toMatch(/^ {2}batch +85\.0 % .* -1\.2 \[-2\.5, \+0\.1\] +never +120$/);
});

test('columns are aligned and fit 80 columns', () => {
  const lines = drawTable(sampleSummary(), plain).split('\n');
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  expect(lines[0]?.length).toBeLessThanOrEqual(80);
});

test('one trial has no intervals, and without a baseline nothing is set against it', () => {
  expect(drawTable(sampleSummary({ trials: 1 }), plain)).not.toMatch(/[[\]]|null|NaN/);
  expect(drawTable(sampleSummary({ arms: ['append'] }), plain)).not.toMatch(/epoch \d|never|[+-]\d/);
});

test('a change has the decimals of the verdict, so that a bound beside zero shows its side', () => {
  const summary = sampleSummary();
  const comparisons = summary.comparisons.map((one) =>
    one.arm === 'batch' ? { ...one, meanDifference: 0.0017, ci95: [0.00034, 0.0031] as const } : one,
  );
  expect(drawTable({ ...summary, comparisons }, plain)).toMatch(/batch .* \+0\.17 \[\+0\.03, \+0\.31\] /);
});
