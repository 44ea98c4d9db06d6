import { loadDataset } from '@mixup/datasets';
import { createInlineExecutor, formatTrialResult, parseConfig } from '@mixup/experiments';
import { createWasmEngine } from '@mixup/models';
import { expect, test } from 'vitest';
import { createArmCache } from '../src/compare/arm-cache.ts';

const executor = createInlineExecutor({ engine: await createWasmEngine(), load: loadDataset });
const whole = parseConfig({ dataset: 'iris', epochs: 3, seed: 7 });

test.each([0, 0.01, 3, 8])('what is known at alpha 0.2 is what is trained at alpha %d, bit for bit', async (alpha) => {
  const cache = createArmCache();
  cache.keep(whole, await executor.run(whole, 4));
  const config = { ...whole, alpha };
  const trained = await executor.run(config, 4);
  const { arms, frame } = cache.find(config, 4);
  expect(Object.keys(arms)).toEqual(['baseline', 'duplicate']);
  const { id, arms: all } = trained;
  expect(formatTrialResult({ ...trained, ...frame, id, arms: { ...all, ...arms } })).toBe(formatTrialResult(trained));
});

test('arms that were trained apart are those that were trained together', async () => {
  const together = await executor.run(whole, 0);
  for (const arm of whole.arms) {
    const alone = await executor.run({ ...whole, arms: [arm] }, 0);
    expect(alone.arms).toEqual({ [arm]: together.arms[arm] });
  }
});

test.each([
  { seed: 8 },
  { epochs: 4 },
  { protocol: 'rigorous' },
  { mixSize: 20 },
  { hidden: [] },
  { learningRate: 0.01 },
  { batchSize: 10 },
  { dataset: 'digits' },
] as const)('another experiment finds nothing: %j', async (patch) => {
  const cache = createArmCache();
  cache.keep(whole, await executor.run(whole, 0));
  expect(cache.find({ ...whole, ...patch }, 0)).toEqual({ arms: {}, frame: undefined });
  expect(cache.find(whole, 1).arms).toEqual({});
});
