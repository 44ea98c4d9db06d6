/** The arms on demand in whole trials: what they leave alone, what they come to where they mix nothing, and on which engines. */
import { loadDigits, loadIris } from '@mixup/datasets';
import { createWasmEngine, type Engine } from '@mixup/models';
import { beforeAll, describe, expect, test } from 'vitest';
import { armNames, defaultArmNames } from '../src/arm.ts';
import { parseConfig } from '../src/config.ts';
import { startEngine } from '../src/node/trial-engine.ts';
import type { ArmResult } from '../src/result.ts';
import { runTrial } from '../src/trial.ts';
import { formatTrialResult, parseTrialResult } from '../src/trial-schema.ts';

/** 179 rows to train on. */
const small = (input: object = {}) =>
  parseConfig({ dataset: 'digits', epochs: 3, heldOut: 0.9, mixSize: 20, ...input });
const all = [...armNames];

let engine: Engine;
beforeAll(async () => {
  engine = await createWasmEngine();
});

/** @param digits of the losses after each epoch that are to agree */
function expectSameCourse(got: ArmResult | undefined, expected: ArmResult | undefined, digits: number) {
  expect(got?.steps).toBe(expected?.steps);
  for (const part of ['heldOut', 'training'] as const) {
    const losses = expected?.[part].loss ?? [];
    expect(losses.length).toBeGreaterThan(0);
    for (const [i, loss] of losses.entries()) expect(got?.[part].loss[i]).toBeCloseTo(loss, digits);
  }
}

describe('all arms together', () => {
  test('each has the result that it has alone, and those of a config that names none have those that they ever had', async () => {
    const digits = await loadDigits();
    const together = await runTrial(engine, digits, small({ arms: all }), 2);
    const plain = await runTrial(engine, digits, small(), 2);
    expect(Object.keys(plain.arms)).toEqual([...defaultArmNames]);
    for (const [arm, result] of Object.entries(plain.arms)) {
      expect(together.arms[arm as 'batch']).toEqual(result);
    }
    for (const arm of all.slice(defaultArmNames.length)) {
      const { arms } = await runTrial(engine, digits, small({ arms: [arm] }), 2);
      expect(arms[arm]).toEqual(together.arms[arm]);
    }
    // No two arms are one.
    const losses = Object.values(together.arms).map(({ heldOut }) => heldOut.loss.at(-1));
    expect(new Set(losses.filter((_, i) => all[i] !== 'remix')).size).toBe(all.length - 1);
    expect(parseTrialResult(JSON.parse(formatTrialResult(together)))).toEqual(together);
  });

  test('take as many steps as the baseline, those that stack rows excepted', async () => {
    const { arms } = await runTrial(engine, await loadDigits(), small({ arms: all }), 0);
    const steps = Object.fromEntries(Object.entries(arms).map(([name, arm]) => [name, arm.steps]));
    // 179 rows are 6 batches of at most 30, and 199 are 7; 3 epochs.
    const same = { cutmix: 18, manifold: 18, regmixup: 18, remix: 18 };
    expect(steps).toEqual({ baseline: 18, append: 21, duplicate: 21, batch: 18, ...same });
  });

  test('with alpha 0, where nothing is mixed, are the baseline: regmixup, whose batches are there twice, but for rounding', async () => {
    const { arms } = await runTrial(engine, await loadDigits(), small({ arms: all, alpha: 0 }), 0);
    for (const arm of ['batch', 'cutmix', 'remix'] as const) expect(arms[arm]).toEqual(arms.baseline);
    for (const arm of ['manifold', 'regmixup'] as const) expectSameCourse(arms[arm], arms.baseline, 5);
  });
});

test('remix is batch to the last bit on Iris, whose classes are of one size, and not where one is rare', async () => {
  const iris = await loadIris();
  const config = parseConfig({ dataset: 'iris', epochs: 3, alpha: 1, arms: ['batch', 'remix'] });
  const even = await runTrial(engine, iris, config, 0);
  expect(even.arms.remix).toEqual(even.arms.batch);
  // Of the last species most are called the first.
  const labels = iris.labels.map((label, row) => (label === 2 && row % 5 > 0 ? 0 : label));
  const rare = await runTrial(engine, { ...iris, labels }, config, 0);
  expect(rare.arms.remix).not.toEqual(rare.arms.batch);
});

test('manifold mixes after each hidden layer of a deep network, and is not batch', async () => {
  const config = small({ hidden: [20, 12], arms: ['batch', 'manifold'], alpha: 1 });
  const { arms } = await runTrial(engine, await loadDigits(), config, 0);
  expect(arms.manifold?.heldOut).not.toEqual(arms.batch?.heldOut);
  expect(arms.manifold?.steps).toBe(arms.batch?.steps);
});

describe('on TensorFlow.js', () => {
  const onCpu = { engine: 'tfjs', backend: 'cpu', epochs: 2 } as const;

  test('they go the way that they go in the kernel', async () => {
    const digits = await loadDigits();
    const arms = all.slice(defaultArmNames.length);
    const kernel = await runTrial(engine, digits, small({ arms, epochs: 2 }), 1);
    const { engine: tfjs } = await startEngine(small({ ...onCpu, arms }));
    const other = await runTrial(tfjs, digits, small({ ...onCpu, arms }), 1);
    // float32 sums in another order, over 12 steps.
    for (const arm of arms) expectSameCourse(other.arms[arm], kernel.arms[arm], 4);
  });

  test('the convolutional network has its boxes cut, and is mixed after its blocks', async () => {
    const config = small({
      ...onCpu,
      epochs: 1,
      heldOut: 0.5,
      model: 'cnn',
      arms: ['baseline', 'cutmix', 'manifold'],
      alpha: 1,
    });
    const { engine: tfjs } = await startEngine(config);
    const { features, labels, ...digits } = await loadDigits();
    // The first rows alone: convolutions are slow on this backend.
    const few = {
      ...digits,
      features: { data: features.data.slice(0, 64 * 90), shape: [90, 64] as const },
      labels: labels.slice(0, 90),
    };
    const { arms } = await runTrial(tfjs, few, config, 0);
    const losses = Object.values(arms).map(({ heldOut }) => heldOut.loss[0]);
    expect(new Set(losses).size).toBe(3);
  });

  test('manifold says so where a model has no layer that rows can be mixed after', async () => {
    // One layer with weights, and its outputs.
    const config = { ...small({ ...onCpu, arms: ['manifold'] }), hidden: [] };
    const { engine: tfjs } = await startEngine(config);
    await expect(runTrial(tfjs, await loadDigits(), config, 0)).rejects.toThrow(
      'manifold must have a network with hidden layers that rows can be mixed after, got 0',
    );
  });
});
