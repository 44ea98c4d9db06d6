/** Each package stands alone: packed, installed in an empty folder without a network, imported and required. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './source.ts';

/** The packages that need nothing but each other and `others`, so that they install without a network. */
const alone = ['core', 'datasets', 'models'];

/** What they need beside each other, as set-up has installed it. */
const others = [join(root, 'packages/datasets/node_modules/fflate')];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mixup-pack-'));
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const name of alone) {
    run('npx', ['--yes', packageManager, 'pack', '--pack-destination', folder], join(root, 'packages', name));
  }
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const tarballs = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
  expect(tarballs).toHaveLength(alone.length);
  run(
    'npm',
    ['install', '--offline', '--no-audit', '--no-fund', ...others, ...tarballs.map((file) => `./${file}`)],
    folder,
  );
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

function run(command: string, args: string[], cwd: string): string {
  // pnpm starts vitest with a NODE_PATH that leads back into the workspace.
  const { NODE_PATH: _, ...env } = process.env;
  return execFileSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    stdio: 'pipe',
  });
}

/** What is imported, by the name that the program knows it by. */
const entries = [
  ...alone.map((name) => [name, name] as const),
  ...['methods', 'numpy', 'table', 'metrics', 'audit', 'tfjs', 'stream', 'conformance'].map(
    (name) => [name, `core/${name}`] as const,
  ),
  ...['images', 'node'].map((name) => [`datasets_${name}`, `datasets/${name}`] as const),
  ...['layers', 'node', 'testing', 'tfjs'].map((name) => [`models_${name}`, `models/${name}`] as const),
];
const program = `
  const random = core.createRandom(0);
  const { x, y } = core.mixupGenerator(random, { x: [[0], [1]], y: [[1, 0], [0, 1]], batchSize: 1 }).next().value;
  const iris = await datasets.loadIris();
  const engine = await models.createWasmEngine();
  const state = numpy.createRandomState(0);
  const parts = [table.mixTable, metrics.mixedMetrics, audit.auditPlan, tfjs.mixTensors, stream.mixBatches, methods.cutMix,
    conformance.betaConformance, datasets_images.parseIdx, datasets_node.loadNpy, models_layers.toLayersModel,
    models_node.loadTensorFlow, models_testing.engineConformance, models_tfjs.trainModel];
  if (parts.some((part) => typeof part !== 'function')) throw new Error('an entry lacks what it is for');
  console.log(JSON.stringify([x.shape, y.shape, iris.features.shape, engine.name, state()]));
`;
// The first number after np.random.seed(0).
const printed = '[[1,1],[1,2],[150,4],"wasm",0.5488135039273248]\n';

test('the packed packages can be imported', () => {
  const imports = entries.map(([name, entry]) => `import * as ${name} from '@mixup/${entry}';`);
  writeFileSync(join(folder, 'program.mjs'), imports.join('\n') + program);
  expect(run(process.execPath, ['program.mjs'], folder)).toBe(printed);
});

test('the packed packages can be required by CommonJS', () => {
  const requires = entries.map(([name, entry]) => `const ${name} = require('@mixup/${entry}');`);
  writeFileSync(join(folder, 'program.cjs'), `${requires.join('\n')}(async () => {${program}})();`);
  expect(run(process.execPath, ['--no-warnings', 'program.cjs'], folder)).toBe(printed);
});

test('without TensorFlow.js and sharp the kernel passes its conformance suite, loadTensorFlow tells what to install from what is broken, and loadImageFolder what to install', () => {
  writeFileSync(
    join(folder, 'conformance.mjs'),
    `import { createWasmEngine } from '@mixup/models';
    import { describeEngines, loadTensorFlow } from '@mixup/models/node';
    import { engineConformance } from '@mixup/models/testing';
    import { createTfjsEngine } from '@mixup/models/tfjs';
    for (const { run } of engineConformance(createWasmEngine, { tolerance: 1e-5 })) await run();
    const lines = await loadTensorFlow().then(() => [], ({ message }) => [message]);
    console.log(JSON.stringify([...lines, (await describeEngines()).map(({ usable }) => usable), typeof createTfjsEngine]));`,
  );
  const [absent, usable, type] = JSON.parse(run(process.execPath, ['conformance.mjs'], folder));
  expect(absent).toMatch(
    /^loadTensorFlow: no TensorFlow.js backend can be used \(node: not installed: npm i @tensorflow\/tfjs-node; wasm: not installed: npm i .*backend-wasm; cpu: not installed/,
  );
  expect(usable).toEqual([true, false, false, false]);
  expect(type).toBe('function');

  const folders = `
    import { mkdirSync, writeFileSync } from 'node:fs';
    import { loadImageFolder } from '@mixup/datasets/node';
    for (const name of ['cat', 'dog']) {
      mkdirSync('pets/' + name, { recursive: true });
      writeFileSync('pets/' + name + '/1.png', '');
    }
    await loadImageFolder('pets').catch(({ message }) => console.log(message));`;
  writeFileSync(join(folder, 'folders.mjs'), folders);
  expect(run(process.execPath, ['folders.mjs'], folder).trim()).toBe(
    'loadImageFolder: images are decoded by sharp, which is not installed: npm i sharp',
  );

  // As npm and pnpm leave it where they block its install script.
  const nodePackage = join(folder, 'node_modules/@tensorflow/tfjs-node');
  mkdirSync(nodePackage, { recursive: true });
  writeFileSync(join(nodePackage, 'package.json'), '{ "name": "@tensorflow/tfjs-node", "version": "4.22.0" }');
  const [broken] = JSON.parse(run(process.execPath, ['conformance.mjs'], folder));
  expect(broken).toContain(
    '(node: @tensorflow/tfjs-node 4.22.0 is installed, but its native library is missing: approve',
  );
});
