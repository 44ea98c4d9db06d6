/** TensorFlow.js in a worker: loaded when it is chosen, on the backend that was asked for or the best there is, and why. */

import type { EngineRecord } from '@mixup/experiments';
import { createTfjsEngine, type TfjsEngine } from '@mixup/models/tfjs';
import wasmAddress from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import * as core from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { type BackendChoice, type BrowserBackend, browserBackends } from './backend.ts';

/** What a look at the browser came to, before anything is downloaded for it. */
interface Survey {
  readonly usable: boolean;
  /** A processor does the work of the graphics card: for whom it is asked for, but no choice for anyone else. */
  readonly inSoftware?: boolean;
  readonly why: string;
}

interface BackendModule {
  readonly survey: () => Survey | Promise<Survey>;
  /** Fetch it; it registers itself. */
  readonly load: () => Promise<unknown>;
}

const backends: Readonly<Record<BrowserBackend, BackendModule>> = {
  webgpu: { survey: surveyWebGpu, load: () => import('@tensorflow/tfjs-backend-webgpu') },
  webgl: { survey: surveyWebGl, load: () => import('@tensorflow/tfjs-backend-webgl') },
  wasm: {
    survey: () => ({ usable: true, why: 'WebAssembly with SIMD, on one thread' }),
    load: async () => {
      const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
      // Its threaded build hangs in minified bundles, and browsers without SIMD have no page to be on.
      core.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
      setWasmPaths({
        'tfjs-backend-wasm.wasm': wasmAddress,
        'tfjs-backend-wasm-simd.wasm': wasmAddress,
        'tfjs-backend-wasm-threaded-simd.wasm': wasmAddress,
      });
    },
  },
  cpu: {
    survey: () => ({ usable: true, why: 'plain JavaScript, slow' }),
    load: () => import('@tensorflow/tfjs-backend-cpu'),
  },
};

/**
 * Start TensorFlow.js on a backend. A worker has one at a time: the last one that was started.
 *
 * @param choice 'auto' takes the first of `browserBackends` that works here without doing a graphics card's work in software
 * @returns an engine, and what was chosen and why
 * @throws Error in one line when no backend starts, or not the one that was asked for
 */
export async function startTensorFlow(
  choice: BackendChoice,
): Promise<{ readonly engine: TfjsEngine; readonly record: EngineRecord }> {
  const why: string[] = [];
  for (const backend of choice === 'auto' ? browserBackends : [choice]) {
    const { started, why: reason } = await start(backend, choice !== 'auto');
    why.push(`${backend}: ${reason}`);
    if (!started) continue;
    const engine = await createTfjsEngine({ ...core, ...layers });
    return { engine, record: { engine: 'tfjs', backend, version: core.version_core, why } };
  }
  throw new Error(`TensorFlow.js has no backend here that works (${why.join('; ')})`);
}

async function start(backend: BrowserBackend, asked: boolean): Promise<{ started: boolean; why: string }> {
  const { survey, load } = backends[backend];
  const { usable, inSoftware = false, why } = await survey();
  if (!usable || (inSoftware && !asked)) return { started: false, why };
  try {
    await load();
    return (await core.setBackend(backend)) ? { started: true, why } : { started: false, why: 'does not start' };
  } catch (error) {
    return { started: false, why: `could not be loaded (${error instanceof Error ? error.message : String(error)})` };
  }
}

/** As much of WebGPU as is asked here; TypeScript's library of it comes with TypeScript 7. */
interface Gpu {
  requestAdapter(): Promise<{ readonly info?: { readonly vendor: string; readonly architecture: string } } | null>;
}

async function surveyWebGpu(): Promise<Survey> {
  const { gpu } = navigator as unknown as { readonly gpu?: Gpu };
  if (!gpu) return { usable: false, why: 'not in this browser, or not on this address' };
  const adapter = await gpu.requestAdapter().catch(() => null);
  if (!adapter) return { usable: false, why: 'no adapter here' };
  const { vendor = '', architecture = '' } = adapter.info ?? {};
  return describe(`${vendor} ${architecture}`.trim() || 'an adapter without a name');
}

function surveyWebGl(): Survey {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return { usable: false, why: 'no WebGL 2 in workers here' };
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  // Browsers allow few of them at a time.
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return describe(renderer);
}

function describe(renderer: string): Survey {
  const inSoftware = /swiftshader|llvmpipe|software|basic render/i.test(renderer);
  return inSoftware
    ? { usable: true, inSoftware, why: 'in software here, which is slow and rounds coarsely' }
    : { usable: true, why: renderer };
}
