import { expect, test } from 'vitest';
import { explain, failure, usageError } from '../src/errors.ts';

test('an error of ours keeps its words and its exit code, the cause stays with it', () => {
  const cause = new Error('below');
  expect(explain(usageError('--alpha is wrong'))).toEqual({ line: '--alpha is wrong', exitCode: 2 });
  expect(explain(failure('the disk is', cause))).toEqual({ line: 'the disk is', exitCode: 1 });
  expect(failure('x', cause).cause).toBe(cause);
});

test('whatever is thrown becomes one line', () => {
  expect(explain(new Error('one\n  two\n'))).toEqual({ line: 'one two', exitCode: 1 });
  expect(explain('text')).toEqual({ line: 'text', exitCode: 1 });
});
