import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as models from '../src/index.ts';
import { bundleModels } from './bundle.ts';
import { digestTrainings } from './digest-program.mjs';
import golden from './golden/trainings.golden.json' with { type: 'json' };

const PROGRAM = fileURLToPath(new URL('digest-program.mjs', import.meta.url));
const run = promisify(execFile);
const nodes = (process.env.MIXUP_NODES ?? '').split(',').filter(Boolean);
const all = process.env.MIXUP_REQUIRE_ALL === '1';

let bundle: Awaited<ReturnType<typeof bundleModels>>;
beforeAll(async () => {
  bundle = await bundleModels();
});
afterAll(() => bundle.remove());

describe('six trainings of 30 epochs: losses, weights, predictions and input gradients', () => {
  it('have the bits of the golden file in this Node', async () => {
    const { sha256, losses } = await digestTrainings(models);
    expect(losses).toEqual(golden.losses);
    expect(sha256).toBe(golden.sha256);
  });

  it('have them in this Node with the baseline compiler alone', async () => {
    const { stdout } = await run(process.execPath, ['--liftoff-only', PROGRAM, bundle.path]);
    expect(JSON.parse(stdout).sha256).toBe(golden.sha256);
  });

  if (nodes.length === 0 && !all) {
    console.log('skipped: other Nodes; set MIXUP_NODES to their paths (`npm i --prefix <folder> node@24` gets one)');
  }
  it.skipIf(nodes.length === 0 && !all)('have them in every Node of MIXUP_NODES', async () => {
    expect(nodes, 'MIXUP_REQUIRE_ALL asks for MIXUP_NODES, paths with commas between').not.toEqual([]);
    for (const node of nodes) {
      const { stdout } = await run(node, [PROGRAM, bundle.path]);
      expect(JSON.parse(stdout).sha256, node).toBe(golden.sha256);
    }
  });
});
