import { expect, test } from 'vitest';
import { defaultFolder } from '../src/folder.ts';
import type { TypedOptions } from '../src/options.ts';
import { runProgram } from '../src/program.ts';
import { resumeCommand } from '../src/resume.ts';

/** What a command line comes to. */
async function typedBy(words: readonly string[]): Promise<[readonly string[], TypedOptions]> {
  let run: [readonly string[], TypedOptions] | undefined;
  const nothing = async () => {};
  await runProgram(words, {
    version: '1.2.3',
    width: 80,
    writeOut: () => {},
    run: async (names, typed) => {
      run = [names, typed];
    },
    augment: nothing,
    doctor: nothing,
    playground: nothing,
  });
  if (!run) throw new Error('nothing was run');
  return run;
}

test.each([
  ['run iris --alpha 1', 'mixup run iris --alpha 1 --out runs/x'],
  ['run --out a iris', 'mixup run iris --out runs/x'],
  ['run --out=a iris', 'mixup run iris --out runs/x'],
  ['run iris -o a digits', 'mixup run iris digits --out runs/x'],
  ['run iris -oa', 'mixup run iris --out runs/x'],
  ['run iris -o=a', 'mixup run iris --out runs/x'],
  ['run iris -qo a', 'mixup run iris --quiet --out runs/x'],
  ['run iris -qoa --json', 'mixup run iris --quiet --json --out runs/x'],
  ['run iris --out -o --trials 5', 'mixup run iris --trials 5 --out runs/x'],
  ['run -o iris iris', 'mixup run iris --out runs/x'],
  ['run --batch-size=10 -o a -- iris', 'mixup run iris --batch-size 10 --out runs/x'],
])('after %s it goes on with: %s', async (typed, want) => {
  const words = typed.split(' ');
  const command = resumeCommand(...(await typedBy(words)), 'runs/x');
  expect(command).toBe(want);
  const [names, options] = await typedBy(words);
  expect(await typedBy(command.split(' ').slice(1))).toEqual([names, { ...options, out: 'runs/x' }]);
});

test('what a shell would take apart is quoted', () => {
  expect(resumeCommand(['iris'], { model: './my model.js' }, "it's here")).toBe(
    "mixup run iris --model './my model.js' --out 'it'\\''s here'",
  );
});

test('a folder is named by time and data sets', () => {
  const date = new Date(Date.UTC(2026, 10, 23, 16, 5, 9, 42));
  expect(defaultFolder(date, ['iris', 'digits'])).toBe('mixup-runs/2026-11-23T16-05-09.042Z-iris-digits');
});
