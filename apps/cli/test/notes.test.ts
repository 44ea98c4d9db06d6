import { createDataset, loadDigits, loadIris } from '@mixup/datasets';
import { parseConfig } from '@mixup/experiments';
import { expect, test } from 'vitest';
import { notesOn } from '../src/notes.ts';

test('remix on classes of one size is said to be batch, and nothing is said of other arms', async () => {
  const config = parseConfig({ dataset: 'digits', arms: ['baseline', 'remix'] });
  const line = 'digits: its largest class has 1.1 times the rows of its smallest; below 3 times remix is batch';
  expect(notesOn(config, await loadDigits())).toEqual([line]);
  expect(notesOn(parseConfig({ dataset: 'iris' }), await loadIris())).toEqual([]);
});

test('nothing is said of remix where a class is rare', () => {
  const features = Array.from({ length: 9 }, (_, row) => [row]);
  const labels = ['a', 'a', 'a', 'a', 'a', 'a', 'b', 'b', 'a'];
  const rare = createDataset({ name: 'iris', features, labels });
  expect(notesOn(parseConfig({ dataset: 'iris', arms: ['remix'] }), rare)).toEqual([]);
});
