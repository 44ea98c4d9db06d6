/** The engine of an experiment, started in Node: the kernel, or TensorFlow.js, which is loaded only where it is asked for. */
import { createWasmEngine, type Engine } from '@mixup/models';
import type { ExperimentConfig } from '../config.ts';
import type { EngineRecord } from '../engine-choice.ts';
import { loadModelFile } from './model-file.ts';

/** An engine, and what there is to record of it. */
export interface TrialEngine {
  readonly engine: Engine;
  /** Of TensorFlow.js; the kernel is one and the same everywhere. */
  readonly record?: EngineRecord;
}

/**
 * Start the engine that a config names.
 *
 * @throws Error in one line when its backend can't be loaded here, or its model file can't
 * @example
 * const config = parseConfig({ dataset: 'digits', engine: 'tfjs', backend: 'cpu', model: 'cnn' });
 * const { engine, record } = await startEngine(config);
 * const executor = createInlineExecutor({ engine, load: loadDataset });
 */
export async function startEngine({
  engine,
  backend,
  model = 'mlp',
}: Pick<ExperimentConfig, 'engine' | 'backend' | 'model'>): Promise<TrialEngine> {
  if (engine !== 'tfjs') return { engine: await createWasmEngine() };
  if (backend !== 'node' && backend !== 'wasm' && backend !== 'cpu') {
    throw new RangeError(`startEngine: backend must be node, wasm or cpu in Node, got ${backend}`);
  }
  const [{ loadTensorFlow }, { createCnn, createMlp, createTfjsEngine }] = await Promise.all([
    import('@mixup/models/node'),
    import('@mixup/models/tfjs'),
  ]);
  const factory = model === 'mlp' ? createMlp : model === 'cnn' ? createCnn : await loadModelFile(model);
  const { tf, record } = await loadTensorFlow({ backend });
  return { engine: await createTfjsEngine(tf, { model: factory }), record: { engine, ...record } };
}
