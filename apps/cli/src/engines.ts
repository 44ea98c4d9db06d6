/** Engines: which of them start here, and why others do not. */
import { createWasmEngine } from '@mixup/models';

/** One way to train. */
export interface EngineDescription {
  readonly engine: string;
  readonly backend?: string;
  /** Whether it started when it was tried. */
  readonly usable: boolean;
  /** One line: what it is, or what is missing and how to get it. */
  readonly why: string;
}

/** Try each engine. This is the place for those to come: another entry each, or one call that describes them all. */
export async function describeEngines(): Promise<EngineDescription[]> {
  return [await describeKernel()];
}

async function describeKernel(): Promise<EngineDescription> {
  try {
    await createWasmEngine();
    return { engine: 'wasm', usable: true, why: 'multilayer perceptrons in WebAssembly SIMD, nothing to install' };
  } catch (error) {
    return { engine: 'wasm', usable: false, why: `no WebAssembly SIMD: ${(error as Error).message}` };
  }
}
