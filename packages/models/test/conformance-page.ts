/** The conformance suite as a page runs it. */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import * as core from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { createWasmEngine, type Engine } from '../src/index.ts';
import { engineConformance } from '../src/testing.ts';
import { createTfjsEngine } from '../src/tfjs.ts';
import { readWeightsLate } from './late-weights.ts';

export interface PageResult {
  readonly passed: number;
  readonly failed: readonly string[];
  /** Why the backend was not tried. */
  readonly absent?: string;
}

/** Float32 in another order of sums; drivers of graphics cards may round exponentials and quotients more coarsely. */
const TOLERANCES = { wasm: 1e-5, 'tfjs-wasm': 1e-5, 'tfjs-webgl': 1e-3, 'tfjs-webgpu': 1e-3 };

/**
 * @public called by the page
 *
 * @param patient whether WebGPU is tried where it is drawn in software too
 */
export async function runConformance(patient: boolean): Promise<Record<string, PageResult>> {
  const tf = { ...core, ...layers };
  setWasmPaths('/');
  core.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const results: Record<string, PageResult> = { wasm: await runAll(createWasmEngine, TOLERANCES.wasm) };
  for (const backend of ['wasm', 'webgl', 'webgpu'] as const) {
    const name = `tfjs-${backend}` as const;
    const absent =
      backend === 'webgl' && isDrawnInSoftware()
        ? 'WebGL is drawn in software here, where two layers trained by SGD come out up to 3 % off'
        : backend === 'webgpu' && !patient && (await isComputedInSoftware())
          ? 'skipped: WebGPU is computed in software here, which takes minutes; MIXUP_REQUIRE_ALL=1 runs it'
          : (await core.setBackend(backend).catch(() => false))
            ? undefined
            : `no ${backend} here`;
    results[name] = absent
      ? { passed: 0, failed: [], absent }
      : await runAll(async () => {
          const engine = await createTfjsEngine(tf);
          return backend === 'webgpu' ? readWeightsLate(engine) : engine;
        }, TOLERANCES[name]);
  }
  return results;
}

/** What the page has and Node's types have not. */
interface Page {
  readonly navigator: {
    readonly gpu?: { requestAdapter(): Promise<{ readonly info: { readonly architecture: string } } | null> };
  };
  readonly document: { createElement(name: 'canvas'): { getContext(name: 'webgl2'): WebGl | null } };
}

interface WebGl {
  getExtension(name: 'WEBGL_debug_renderer_info'): { readonly UNMASKED_RENDERER_WEBGL: number } | null;
  getParameter(parameter: number): unknown;
}

function isDrawnInSoftware(): boolean {
  const gl = (globalThis as unknown as Page).document.createElement('canvas').getContext('webgl2');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  return /swiftshader|llvmpipe|software/i.test(gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : '');
}

async function isComputedInSoftware(): Promise<boolean> {
  const adapter = await (globalThis as unknown as Page).navigator.gpu?.requestAdapter();
  return /swiftshader|llvmpipe|software/i.test(adapter?.info.architecture ?? '');
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
