/** TensorFlow.js in Node: the fastest backend that is there, and a record of which and why. */
import util from 'node:util';
import type { TensorFlow } from '../tfjs/tensorflow.ts';
import { findInstalled, hasNativeBinding, type Installed } from './installed.ts';

/** 'node' is @tensorflow/tfjs-node, with TensorFlow's native library. */
export type NodeBackend = 'node' | 'wasm' | 'cpu';

export interface LoadTensorFlowOptions {
  /** Which backend, and no other. Default the first of 'node', 'wasm' and 'cpu' that is there and can do the work. */
  readonly backend?: NodeBackend;
  /** What is to be trained: the WASM backend has no gradients of convolutions. Default 'dense'. */
  readonly layers?: 'dense' | 'convolutional';
}

/** What was chosen, for results and for people. */
export interface TensorFlowRecord {
  readonly backend: NodeBackend;
  /** Of TensorFlow.js. */
  readonly version: string;
  /** A line for each backend that was considered, in that order; the last is the chosen one. */
  readonly why: readonly string[];
}

/** What a backend came to: the module, or why there is none. */
type Attempt = { readonly tf: TensorFlow; readonly why: string } | { readonly tf?: undefined; readonly why: string };

/**
 * Load TensorFlow.js: natively where `@tensorflow/tfjs-node` and its native library are there, else on the WASM backend for dense
 * networks and the CPU backend for convolutional ones. All of them are packages that you install; see `why` for what is missing.
 *
 * One process has one backend at a time: the last one that was loaded.
 *
 * @returns the module, as `createTfjsEngine` and `trainModel` take it, and what was chosen and why
 * @throws Error in one line when no backend can be loaded, or not the one that was asked for
 * @example
 * const { tf, record } = await loadTensorFlow({ layers: 'convolutional' });
 * record; // { backend: 'node', version: '4.22.0', why: ['node: @tensorflow/tfjs-node 4.22.0 loads natively'] }
 */
export async function loadTensorFlow({ backend, layers = 'dense' }: LoadTensorFlowOptions = {}): Promise<{
  readonly tf: TensorFlow;
  readonly record: TensorFlowRecord;
}> {
  if (backend !== undefined && !(backend in attempts)) {
    throw new RangeError(`loadTensorFlow: backend must be 'node', 'wasm' or 'cpu', got ${String(backend)}`);
  }
  if (layers !== 'dense' && layers !== 'convolutional') {
    throw new RangeError(`loadTensorFlow: layers must be 'dense' or 'convolutional', got ${String(layers)}`);
  }
  const why: string[] = [];
  for (const candidate of backend ? [backend] : (['node', 'wasm', 'cpu'] as const)) {
    const attempt =
      candidate === 'wasm' && layers === 'convolutional'
        ? { why: 'has no gradients of convolutions' }
        : await attempts[candidate]().catch(failed);
    why.push(`${candidate}: ${attempt.why}`);
    if (attempt.tf) return { tf: attempt.tf, record: { backend: candidate, version: attempt.tf.version_core, why } };
  }
  throw new Error(`loadTensorFlow: no TensorFlow.js backend can be used (${why.join('; ')})`);
}

const attempts: Readonly<Record<NodeBackend, () => Promise<Attempt>>> = {
  node: loadNative,
  wasm: loadWasm,
  cpu: loadCpu,
};

async function loadNative(): Promise<Attempt> {
  const name = '@tensorflow/tfjs-node';
  const installed = findInstalled(name);
  if (!installed) return { why: notInstalled(name) };
  if (!hasNativeBinding(installed)) {
    return { why: `${name} ${installed.version} is installed, but its native library is missing: ${REPAIR}` };
  }
  // Gone from Node 23, and tfjs-node calls it.
  (util as { isNullOrUndefined?: (value: unknown) => boolean }).isNullOrUndefined ??= (value) => value == null;
  // TensorFlow tells its life on stderr.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  // oneDNN tells of itself before that counts, and its sums differ with the processor.
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '0';
  try {
    const tf = installed.load<TensorFlow>();
    return await start(tf, 'tensorflow', `${name} ${installed.version} loads natively`);
  } catch (error) {
    const [line] = (error as Error).message.split('\n');
    return {
      why: `${name} ${installed.version} is installed, but its native library does not load (${line}): ${REPAIR}`,
    };
  }
}

/** Installed, and broken: half a package, or files of another version. The others may do. */
function failed(error: unknown): Attempt {
  return {
    why: `is installed, but does not load (${String((error as Error).message).split('\n')[0]}); install it again`,
  };
}

const REPAIR = 'approve and run its install script, or see "Natively in Node" in the README of @mixup/models';

async function loadWasm(): Promise<Attempt> {
  const found = findCore('@tensorflow/tfjs-backend-wasm');
  if (!found.backend) return found;
  const wasm = found.backend.load<{ setWasmPaths(prefix: string): void }>();
  const { tf } = found;
  // Refused once it has started, or tried to.
  if (!('wasm' in tf.engine().registry)) wasm.setWasmPaths(`${found.backend.folder}/dist/`);
  // Its threaded build hangs in some settings, and Node has one thread for it anyhow.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  return start(tf, 'wasm', `@tensorflow/tfjs-backend-wasm ${found.backend.version}`);
}

async function loadCpu(): Promise<Attempt> {
  const found = findCore('@tensorflow/tfjs-backend-cpu');
  if (!found.backend) return found;
  found.backend.load();
  const { tf } = found;
  await tf.setBackend('cpu');
  // At its first use it prints a banner about the others, unless a test runs.
  const isTest = tf.env().get('IS_TEST');
  tf.env().set('IS_TEST', true);
  tf.dispose(tf.scalar(0));
  tf.env().set('IS_TEST', isTest ?? false);
  return start(tf, 'cpu', `@tensorflow/tfjs-backend-cpu ${found.backend.version}, plain JavaScript: slow`);
}

function findCore(
  backend: string,
): { readonly backend: Installed; readonly tf: TensorFlow } | { readonly backend?: undefined; readonly why: string } {
  const names = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers', backend];
  const installed = names.map(findInstalled);
  const missing = names.filter((_, i) => !installed[i]);
  if (missing.length > 0) return { why: notInstalled(...missing) };
  const [core, layers, own] = installed as [Installed, Installed, Installed];
  // In Node the gradients are registered by the layers alone.
  return { backend: own, tf: { ...core.load<TensorFlow>(), ...layers.load<TensorFlow>() } };
}

async function start(tf: TensorFlow, backend: string, why: string): Promise<Attempt> {
  return (await tf.setBackend(backend)) ? { tf, why } : { why: `${why}, but does not start` };
}

function notInstalled(...names: readonly string[]): string {
  return `not installed: npm i ${names.join(' ')}`;
}
