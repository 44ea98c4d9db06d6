/** Trials on TensorFlow.js: the same experiment as the kernel's, on any number of workers, and model files. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDataset, loadIris } from '@mixup/datasets';
import { createWasmEngine } from '@mixup/models';
import { loadTensorFlow } from '@mixup/models/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfig } from '../src/config.ts';
import { runTrials } from '../src/executor.ts';
import { createInlineExecutor } from '../src/inline-executor.ts';
import { describeModelFile } from '../src/node/model-file.ts';
import { startEngine } from '../src/node/trial-engine.ts';
import { runTrial } from '../src/trial.ts';
import { formatTrialResult } from '../src/trial-schema.ts';

const built = new URL('../dist/node.js', import.meta.url);
if (!existsSync(built))
  throw new Error('packages/experiments/dist is not there: build first (npm run setup at the root)');
const { createThreadExecutor } = (await import(built.href)) as typeof import('../src/node.ts');

const all = process.env.MIXUP_REQUIRE_ALL === '1';
const native = await loadTensorFlow({ backend: 'node' }).then(
  () => undefined,
  (error: Error) => error.message,
);
if (native && !all) console.log(`skipped: trials on tfjs-node; \`npm run native\` completes it (${native})`);
const skipNative = native !== undefined && !all;

const kernel = parseConfig({ dataset: 'iris', epochs: 2, trials: 3 });
const onCpu = parseConfig({ ...kernel, engine: 'tfjs', backend: 'cpu' });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mixup-model-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A module of the user's in a file. */
function modelFile(name: string, text: string) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return describeModelFile(file);
}

const wide = `export default (tf, { shape, seed }) => {
  const dense = (units, n) => tf.layers.dense({ units, kernelInitializer: tf.initializers.glorotUniform({ seed: seed + n }) });
  const input = tf.layers.inputLayer({ inputShape: [shape.inputs] });
  return tf.sequential({ layers: [input, dense(7, 1), tf.layers.reLU(), dense(shape.outputs, 2), tf.layers.softmax()] });
};`;

describe('startEngine', () => {
  test('starts TensorFlow.js for a perceptron from the weights, splits and plans that the kernel has', async () => {
    const { engine, record } = await startEngine(onCpu);
    expect(record).toMatchObject({ engine: 'tfjs', backend: 'cpu', version: expect.stringMatching(/^4\./) });
    expect(record?.why).toHaveLength(1);
    const [one, other] = [
      await runTrial(await createWasmEngine(), await loadIris(), kernel, 1),
      await runTrial(engine, await loadIris(), onCpu, 1),
    ];
    expect(other).toMatchObject({ engine: 'tfjs-cpu', trainRows: one.trainRows });
    expect(other.id).not.toBe(one.id);
    for (const [arm, { steps, heldOut, training }] of Object.entries(one.arms)) {
      const got = other.arms[arm as 'append'];
      expect(got?.steps).toBe(steps);
      // float32 sums in another order, over 10 steps.
      for (const [i, loss] of heldOut.loss.entries()) expect(got?.heldOut.loss[i]).toBeCloseTo(loss, 4);
      for (const [i, loss] of training.loss.entries()) expect(got?.training.loss[i]).toBeCloseTo(loss, 4);
    }
  });

  test('starts the kernel where nothing is said, with nothing to record', async () => {
    const { engine, record } = await startEngine(kernel);
    expect([engine.name, record]).toEqual(['wasm', undefined]);
  });

  test('refuses a backend of browsers', async () => {
    const config = parseConfig({ dataset: 'digits', engine: 'tfjs', backend: 'webgl', model: 'cnn' });
    await expect(startEngine(config)).rejects.toThrow(
      'startEngine: backend must be node, wasm or cpu in Node, got webgl',
    );
  });

  test('an engine that is not that of the config is refused', async () => {
    const { engine } = await startEngine(onCpu);
    await expect(runTrial(engine, await loadIris(), kernel, 0)).rejects.toThrow(
      new RangeError('runTrial: engine must be wasm, as the config has it, got tfjs-cpu'),
    );
  });
});

describe('a model file', () => {
  const config = (name: string, text: string) =>
    parseConfig({ ...onCpu, arms: ['baseline', 'batch'], model: modelFile(name, text) });

  test('trains from the seed of the trial: the same again, another in another trial, the arms from one start', async () => {
    const own = config('wide.mjs', wide);
    const { engine } = await startEngine(own);
    const first = await runTrial(engine, await loadIris(), { ...own, alpha: 0 }, 0);
    expect(await runTrial(engine, await loadIris(), { ...own, alpha: 0 }, 0)).toEqual(first);
    expect(first.arms.batch).toEqual(first.arms.baseline);
    expect((await runTrial(engine, await loadIris(), own, 1)).arms.baseline).not.toEqual(first.arms.baseline);
    // It learns: from chance to better than chance.
    const { arms } = await runTrial(engine, await loadIris(), { ...own, epochs: 20, learningRate: 0.01 }, 0);
    expect(arms.baseline?.heldOut.accuracy.at(-1)).toBeGreaterThan(0.8);
  });

  test('may be CommonJS', async () => {
    const own = config('wide.cjs', wide.replace('export default', 'module.exports ='));
    const { engine } = await startEngine(own);
    expect((await runTrial(engine, await loadIris(), own, 0)).engine).toBe('tfjs-cpu');
  });

  test.each([
    [
      'no default export',
      'export const model = 1;',
      /must export a function as its default, .*, got no default export$/,
    ],
    ['a number', 'export default 7;', /must export a function as its default, .*, got number$/],
    ['a mistake', 'export default (tf) => {', /can't be loaded: /],
    [
      'an import that is not there',
      "import 'nowhere'; export default 1;",
      /can't be loaded: Cannot find package 'nowhere'/,
    ],
  ])('with %s is refused in one line', async (name, text, line) => {
    const error = await startEngine(config(`${name}.mjs`.replaceAll(' ', '-'), text)).catch((error: Error) => error);
    expect((error as Error).message).toMatch(line);
    expect((error as Error).message).not.toContain('\n');
  });

  test.each([
    [
      'another number of outputs',
      wide.replace('shape.outputs', '5'),
      /must take rows of 4 and give 3 numbers, as shape says, got 4 and 5$/,
    ],
    ['another number of inputs', wide.replace('[shape.inputs]', '[9]'), /as shape says, got 9 and 3$/],
    ['a promise', `export default async () => {};`, /must return a tf\.LayersModel, got a promise$/],
    ['nothing', `export default () => {};`, /must return a tf\.LayersModel, got undefined$/],
  ])('that makes %s is refused in one line', async (name, text, line) => {
    const own = config(`makes-${name}.mjs`.replaceAll(' ', '-'), text);
    const { engine } = await startEngine(own);
    await expect(runTrial(engine, await loadIris(), own, 0)).rejects.toThrow(line);
  });

  test('whose layers take no seed is refused, by the weight that differs', async () => {
    const own = config('unseeded.mjs', wide.replaceAll('glorotUniform({ seed: seed + n })', 'glorotUniform({})'));
    const { engine } = await startEngine(own);
    await expect(runTrial(engine, await loadIris(), own, 0)).rejects.toThrow(
      /^createNetwork: model must take every initializer's seed from `seed` \(.*\), got another dense_Dense\d+\/kernel from the same seed$/,
    );
  });

  test('that is another one than the config names is refused', async () => {
    const own = config('changing.mjs', wide);
    modelFile('changing.mjs', `${wide}\n`);
    await expect(startEngine(own)).rejects.toThrow(/changing\.mjs has changed since the experiment was made/);
  });

  test('that is not there is said so', () => {
    expect(() => describeModelFile(join(folder, 'none.js'))).toThrow(/none\.js can't be read: there is no such file$/);
    expect(() => describeModelFile(folder)).toThrow(/can't be read: it is a folder$/);
  });
});

describe('workers', () => {
  test('on threads, each with a TensorFlow.js of its own, give the bytes of one', async () => {
    const { engine } = await startEngine(onCpu);
    const inline = createInlineExecutor({ engine, load: loadDataset });
    const bytes = (await runTrials(onCpu, { executor: inline })).map(formatTrialResult);
    const executor = await createThreadExecutor({ workers: 2 });
    const trials = await runTrials(onCpu, { executor });
    await executor.close();
    expect(trials.map(formatTrialResult)).toEqual(bytes);
  });

  const cnn = parseConfig({
    dataset: 'digits',
    arms: ['baseline', 'append'],
    epochs: 1,
    trials: 3,
    engine: 'tfjs',
    backend: 'node',
    model: 'cnn',
  });

  test.skipIf(skipNative)(
    'in processes, each with native TensorFlow, train the convolutional network to the bytes of one',
    async () => {
      const runs = [];
      for (const workers of [1, 3]) {
        const executor = await createThreadExecutor({ workers });
        runs.push((await runTrials(cnn, { executor })).map(formatTrialResult));
        await executor.close();
      }
      expect(runs[1]).toEqual(runs[0]);
      const { arms, engine } = JSON.parse(runs[0]?.[0] as string);
      expect(engine).toBe('tfjs-tensorflow');
      // One epoch of 48 steps: ten classes would be 0.1 by chance.
      expect(arms.baseline.heldOut.accuracy[0]).toBeGreaterThan(0.5);
    },
  );

  test.skipIf(skipNative)(
    'in processes are given up when the executor is closed, and tell their errors in one line',
    async () => {
      const executor = await createThreadExecutor({ workers: 1 });
      await expect(executor.run({ ...cnn, mixSize: 800 }, 0)).rejects.toThrow(
        /^mixSize must be at most 718 for digits: [^\n]*$/,
      );
      const outcome = executor.run({ ...cnn, epochs: 1_000_000 }, 0).then(
        () => 'finished',
        () => 'given up',
      );
      await executor.close();
      expect(await outcome).toBe('given up');
    },
  );
});
