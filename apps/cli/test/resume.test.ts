import { expect, test } from 'vitest';
import { defaultFolder } from '../src/folder.ts';
import { resumeCommand } from '../src/resume.ts';

test('the command to go on is the one typed, with the folder that was used', () => {
  expect(resumeCommand(['run', 'iris', '--alpha', '1'], 'runs/x')).toBe('mixup run iris --alpha 1 --out runs/x');
  expect(resumeCommand(['run', '--out', 'a', 'iris'], 'a')).toBe('mixup run iris --out a');
  expect(resumeCommand(['run', '--out=a', 'iris'], 'a')).toBe('mixup run iris --out a');
  expect(resumeCommand(['run', 'iris'], "it's here")).toBe("mixup run iris --out 'it'\\''s here'");
});

test('a folder is named by time and data sets', () => {
  const date = new Date(Date.UTC(2026, 10, 23, 16, 5, 9, 42));
  expect(defaultFolder(date, ['iris', 'digits'])).toBe('mixup-runs/2026-11-23T16-05-09.042Z-iris-digits');
});
