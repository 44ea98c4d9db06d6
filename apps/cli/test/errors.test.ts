import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explain, failure, usageError } from '../src/errors.ts';

test('an error of ours keeps its words and its exit code, the cause stays with it', () => {
  const cause = new Error('below');
  expect(explain(usageError('--alpha is wrong'))).toEqual({ line: '--alpha is wrong', exitCode: 2 });
  expect(explain(failure('the disk is', cause))).toEqual({ line: 'the disk is', exitCode: 1 });
  expect(failure('x', cause).cause).toBe(cause);
});

test('an error of the file system becomes a line that names the path and the way on', () => {
  const thrown = (act: () => void): unknown => {
    try {
      act();
    } catch (error) {
      return error;
    }
    return undefined;
  };
  const underFile = explain(thrown(() => mkdirSync('/dev/null/run', { recursive: true })));
  expect(underFile.line).toMatch(/^\/dev\/null\/run is in the way: .*--out DIR$/);
  const inProc = explain(thrown(() => writeFileSync('/proc/mixup', 'x')));
  expect(inProc.line).toMatch(/\/proc\/mixup.*--out DIR$/);
  expect(inProc.exitCode).toBe(1);
  for (const code of ['EACCES', 'EPERM', 'EROFS', 'ENOSPC']) {
    const { line } = explain(Object.assign(new Error(`${code}: syscall`), { code, path: '/x/y' }));
    expect(line).toMatch(/\/x\/y.*--out DIR$/);
    expect(line).not.toContain(code);
  }
});

test('whatever is thrown becomes one line', () => {
  expect(explain(new Error('one\n  two\n'))).toEqual({ line: 'one two', exitCode: 1 });
  expect(explain('text')).toEqual({ line: 'text', exitCode: 1 });
});
