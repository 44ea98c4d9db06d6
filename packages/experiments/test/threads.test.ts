/** Threads, as they ship: the worker is a file beside the built entry. */
import { existsSync } from 'node:fs';
import { loadDataset } from '@mixup/datasets';
import { createWasmEngine } from '@mixup/models';
import { expect, test } from 'vitest';
import { parseConfig } from '../src/config.ts';
import { runTrials } from '../src/executor.ts';
import { createInlineExecutor } from '../src/inline-executor.ts';
import { formatTrialResult } from '../src/trial-schema.ts';

const built = new URL('../dist/node.js', import.meta.url);
if (!existsSync(built))
  throw new Error('packages/experiments/dist is not there: build first (npm run setup at the root)');
const { createThreadExecutor } = (await import(built.href)) as typeof import('../src/node.ts');

const config = parseConfig({ dataset: 'iris', epochs: 5, trials: 7 });

test('any number of threads gives the bytes of one', async () => {
  const inline = createInlineExecutor({ engine: await createWasmEngine(), load: loadDataset });
  const bytes = (await runTrials(config, { executor: inline })).map(formatTrialResult);
  for (const workers of [1, 2, 5]) {
    const executor = await createThreadExecutor({ workers });
    expect(executor.concurrency).toBe(workers);
    const trials = await runTrials(config, { executor });
    await executor.close();
    expect(trials.map(formatTrialResult)).toEqual(bytes);
  }
});

test('an error on a thread is the error here, in its one line', async () => {
  const executor = await createThreadExecutor({ workers: 2 });
  await expect(runTrials({ ...config, mixSize: 61 }, { executor })).rejects.toThrow(
    'mixSize must be at most 60 for iris',
  );
  await executor.close();
});

test('a trial that diverges on a thread is a RangeError here, with trial and arm', async () => {
  const executor = await createThreadExecutor({ workers: 1 });
  const diverging = executor.run({ ...config, arms: ['batch'], learningRate: 1e30 }, 3);
  await expect(diverging).rejects.toThrow(RangeError);
  await expect(diverging).rejects.toThrow(/^trial 3, batch: train: [^\n]+; lower the learning rate, [^\n]+$/);
  await expect(diverging).rejects.toHaveProperty('cause.message', expect.stringMatching(/^train: /));
  await executor.close();
});

test('closing gives up the trials under way', async () => {
  const executor = await createThreadExecutor({ workers: 1 });
  const endless = executor.run({ ...config, epochs: 1_000_000 }, 0);
  const outcome = endless.then(
    () => 'finished',
    () => 'given up',
  );
  await executor.close();
  expect(await outcome).toBe('given up');
});

test('threads that are started ahead give the same bytes, and end unused', async () => {
  const config = parseConfig({ dataset: 'iris', epochs: 5, trials: 3 });
  const [ahead, later, unused] = await Promise.all([
    createThreadExecutor({ workers: 2, ahead: true }),
    createThreadExecutor({ workers: 2 }),
    createThreadExecutor({ workers: 2, ahead: true }),
  ]);
  await unused.close();
  const bytes = async (executor: typeof ahead) => (await runTrials(config, { executor })).map(formatTrialResult);
  expect(await bytes(ahead)).toEqual(await bytes(later));
  await Promise.all([ahead.close(), later.close()]);
});

test.each([0, 1.5, NaN])('createThreadExecutor refuses %s workers', async (workers) => {
  await expect(createThreadExecutor({ workers })).rejects.toThrow(
    `createThreadExecutor: workers must be an integer >= 1, got ${workers}`,
  );
});
