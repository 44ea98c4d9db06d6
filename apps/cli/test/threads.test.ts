/** Threads that are started on a guess. */
import { loadDataset } from '@mixup/datasets';
import { createInlineExecutor, type Executor, parseConfig, runTrials } from '@mixup/experiments';
import { createWasmEngine } from '@mixup/models';
import { expect, test } from 'vitest';
import { foreseeThreads, startThreads } from '../src/threads.ts';

test('threads are foreseen for Digits, where the kernel is to run more than a moment on several cores', () => {
  expect(foreseeThreads(['digits'], {}, 2)).toBe(1);
  expect(foreseeThreads(['iris', 'digits'], { workers: '4' }, 2)).toBe(3);
  expect(foreseeThreads(['digits'], { workers: 'auto', trials: '3' }, 4)).toBe(0);
  expect(foreseeThreads(['digits'], {}, 1)).toBe(0);
  expect(foreseeThreads(['iris'], {}, 8)).toBe(0);
  expect(foreseeThreads(['digits'], { engine: 'tfjs' }, 8)).toBe(0);
});

test.each(['0', '-1', 'many', '1e9', ''])('nothing is foreseen for --workers %j', (workers) => {
  expect(foreseeThreads(['digits'], { workers }, 2)).toBe(0);
});

test('nothing is foreseen for a number of trials that is none', () => {
  expect(foreseeThreads(['digits'], { trials: 'many' }, 2)).toBe(0);
});

const config = parseConfig({ dataset: 'iris', trials: 1, epochs: 1, arms: ['baseline'] });
const open = async () => createInlineExecutor({ engine: await createWasmEngine(), load: loadDataset });

test('an executor is given once, to who wants that many threads, and is that of who took it', async () => {
  const threads = startThreads(1, open);
  expect(await threads.take(2)).toBeUndefined();
  const executor = (await threads.take(1)) as Executor;
  expect(await threads.take(1)).toBeUndefined();
  await threads.close();
  expect(await runTrials(config, { executor })).toHaveLength(1);
});

test('what nobody took is ended', async () => {
  const opened = open();
  const threads = startThreads(1, () => opened);
  await threads.close();
  await expect((await opened).run(config, 0)).rejects.toThrow('must not be used after close()');
});

test('without threads there is nothing to give and nothing to end', async () => {
  const threads = startThreads(0);
  expect(await threads.take(0)).toBeUndefined();
  await threads.close();
});
