/** What can train here: for `mixup doctor`, and for anyone who wonders. */
import { createWasmEngine } from '../wasm/engine.ts';
import { loadTensorFlow, type NodeBackend } from './load-tensorflow.ts';

/** One way to train. */
export interface EngineDescription {
  /** As `--engine` takes it. */
  readonly engine: 'wasm' | 'tfjs';
  /** As `--backend` takes it; the kernel has none. */
  readonly backend?: NodeBackend;
  /** Whether it started when it was tried. */
  readonly usable: boolean;
  /** One line: what it is, or what is missing and how to get it. */
  readonly why: string;
}

/**
 * Try each engine of this package, and say which start here and why the others do not.
 *
 * @returns the kernel, then TensorFlow.js natively, on WASM and on the CPU backend
 * @example
 * for (const { engine, backend, usable, why } of await describeEngines()) console.log(engine, backend, usable, why);
 */
export async function describeEngines(): Promise<EngineDescription[]> {
  const descriptions: EngineDescription[] = [await describeKernel()];
  for (const backend of ['wasm', 'cpu', 'node'] as const) descriptions.push(await describeBackend(backend));
  const order = [undefined, 'node', 'wasm', 'cpu'];
  return descriptions.sort((a, b) => order.indexOf(a.backend) - order.indexOf(b.backend));
}

async function describeKernel(): Promise<EngineDescription> {
  try {
    await createWasmEngine();
    return { engine: 'wasm', usable: true, why: 'multilayer perceptrons in WebAssembly SIMD, nothing to install' };
  } catch (error) {
    return { engine: 'wasm', usable: false, why: `no WebAssembly SIMD: ${(error as Error).message}` };
  }
}

async function describeBackend(backend: NodeBackend): Promise<EngineDescription> {
  try {
    const { record } = await loadTensorFlow({ backend });
    return { engine: 'tfjs', backend, usable: true, why: withoutName(record.why.at(-1) as string) };
  } catch (error) {
    const { message } = error as Error;
    const [, why = `: ${message}`] = /\((.*)\)$/s.exec(message) ?? [];
    return { engine: 'tfjs', backend, usable: false, why: withoutName(why) };
  }
}

/** "wasm: not installed" to "not installed". */
function withoutName(line: string): string {
  return line.slice(line.indexOf(': ') + 2);
}
