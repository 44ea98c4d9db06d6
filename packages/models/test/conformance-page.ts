/** The conformance suite as a page runs it. */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgl';
import * as core from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { createWasmEngine, type Engine } from '../src/index.ts';
import { engineConformance } from '../src/testing.ts';
import { createTfjsEngine } from '../src/tfjs.ts';

export interface PageResult {
  readonly passed: number;
  readonly failed: readonly string[];
  /** Why the backend was not tried. */
  readonly absent?: string;
}

/** Float32 in another order of sums; WebGL drivers may round exponentials and quotients more coarsely. */
const TOLERANCES = { wasm: 1e-5, 'tfjs-wasm': 1e-5, 'tfjs-webgl': 1e-3 };

/** @public called by the page */
export async function runConformance(): Promise<Record<string, PageResult>> {
  const tf = { ...core, ...layers };
  setWasmPaths('/');
  core.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const results: Record<string, PageResult> = { wasm: await runAll(createWasmEngine, TOLERANCES.wasm) };
  for (const backend of ['wasm', 'webgl'] as const) {
    const name = `tfjs-${backend}` as const;
    results[name] = (await core.setBackend(backend).catch(() => false))
      ? await runAll(() => createTfjsEngine(tf), TOLERANCES[name])
      : { passed: 0, failed: [], absent: `no ${backend} here` };
  }
  return results;
}

async function runAll(create: () => Promise<Engine>, tolerance: number): Promise<PageResult> {
  const failed: string[] = [];
  let passed = 0;
  for (const { name, run } of engineConformance(create, { tolerance })) {
    try {
      await run();
      passed++;
    } catch (error) {
      failed.push(`${name}: ${String(error)}`);
    }
  }
  return { passed, failed };
}
