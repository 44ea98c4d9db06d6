/** Each package stands alone: packed, installed in an empty folder without a network, imported and required. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  return execFileSync(command, args, { cwd, encoding: 'utf8', shell: process.platform === 'win32', stdio: 'pipe' });
}

const entries = [...alone, ...['numpy', 'table', 'metrics', 'audit', 'tfjs', 'stream'].map((name) => `core/${name}`)];
const program = `
  const random = core.createRandom(0);
  const { x, y } = core.mixupGenerator(random, { x: [[0], [1]], y: [[1, 0], [0, 1]], batchSize: 1 }).next().value;
  const iris = await datasets.loadIris();
  const engine = await models.createWasmEngine();
  const state = numpy.createRandomState(0);
  const parts = [table.mixTable, metrics.mixedMetrics, audit.auditPlan, tfjs.mixTensors, stream.mixBatches];
  if (parts.some((part) => typeof part !== 'function')) throw new Error('an entry lacks what it is for');
  console.log(JSON.stringify([x.shape, y.shape, iris.features.shape, engine.name, state()]));
`;
// The first number after np.random.seed(0).
const printed = '[[1,1],[1,2],[150,4],"wasm",0.5488135039273248]\n';

test('the packed packages can be imported', () => {
  const imports = entries.map((name) => `import * as ${name.split('/').at(-1)} from '@mixup/${name}';`);
  writeFileSync(join(folder, 'program.mjs'), imports.join('\n') + program);
  expect(run(process.execPath, ['program.mjs'], folder)).toBe(printed);
});

test('the packed packages can be required by CommonJS', () => {
  const requires = entries.map((name) => `const ${name.split('/').at(-1)} = require('@mixup/${name}');`);
  writeFileSync(join(folder, 'program.cjs'), `${requires.join('\n')}(async () => {${program}})();`);
  expect(run(process.execPath, ['--no-warnings', 'program.cjs'], folder)).toBe(printed);
});
