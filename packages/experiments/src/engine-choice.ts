/** The choice of an engine: what trains, on what backend, which model; and the record of why. */
import type { ImageShape } from '@mixup/models/tfjs';
import type { ExperimentConfig } from './config.ts';

/** The engines by name: the WebAssembly kernel, and TensorFlow.js. */
export const engineNames = ['wasm', 'tfjs'] as const;

export type EngineName = (typeof engineNames)[number];

/** The backends of TensorFlow.js: 'node' is native TensorFlow, the last two are for browsers. */
export const backendNames = ['node', 'wasm', 'cpu', 'webgl', 'webgpu'] as const;

export type BackendName = (typeof backendNames)[number];

/** A module whose default export is a model factory as `createTfjsEngine` takes it. */
export interface ModelFile {
  /** As it was given: from the working folder, or whole. */
  readonly file: string;
  /** SHA-256 of the file, 64 hexadecimal digits; what it imports is not in it. */
  readonly digest: string;
}

/** What is trained: a multilayer perceptron, the small convolutional network, or what a file makes. */
export type ModelChoice = 'mlp' | 'cnn' | ModelFile;

/** What trained, and why it was chosen. */
export interface EngineRecord {
  readonly engine: EngineName;
  readonly backend: BackendName;
  /** Of TensorFlow.js. */
  readonly version: string;
  /** A line for each backend that was considered; the last is the chosen one. */
  readonly why: readonly string[];
}

type Choice = Required<Pick<ExperimentConfig, 'engine' | 'model'>> & Pick<ExperimentConfig, 'dataset' | 'backend'>;

/** The form of rows that are images, by data set: [height, width, channels]. */
export const imageShapes: Readonly<Record<ExperimentConfig['dataset'], ImageShape | undefined>> = {
  iris: undefined,
  digits: [8, 8, 1],
};

/** @throws RangeError with one line when engine, backend, model and data set do not go together */
export function checkEngine({ dataset, engine, backend, model }: Choice): void {
  if (engine === 'wasm') {
    if (backend !== undefined) {
      throw new RangeError(`config: backend must be left out with the engine wasm, which has none, got "${backend}"`);
    }
    if (model !== 'mlp') {
      throw new RangeError(`config: model must be mlp with the engine wasm, got ${describeModel(model)}`);
    }
    return;
  }
  if (backend === undefined) {
    throw new RangeError(`config: backend must be one of ${backendNames.join(', ')} with the engine tfjs, got nothing`);
  }
  if (model !== 'cnn') return;
  if (backend === 'wasm') {
    throw new RangeError(
      'config: backend must not be wasm with the model cnn, as it has no gradients of convolutions; take node or cpu',
    );
  }
  if (!imageShapes[dataset]) {
    throw new RangeError(`config: model must not be cnn for ${dataset}, whose rows are no images`);
  }
}

/** @returns "mlp", "cnn", or the file of a model */
export function describeModel(model: ModelChoice = 'mlp'): string {
  return typeof model === 'string' ? model : model.file;
}

/** @returns how the engine of a config calls itself in results: 'wasm', 'tfjs-tensorflow', 'tfjs-cpu', … */
export function engineNameOf({ engine, backend }: Pick<ExperimentConfig, 'engine' | 'backend'>): string {
  if (engine !== 'tfjs') return 'wasm';
  return `tfjs-${backend === 'node' ? 'tensorflow' : backend}`;
}

/** @returns "tfjs on node, TensorFlow.js 4.22.0" */
export function describeRecord({ engine, backend, version }: EngineRecord): string {
  return `${engine} on ${backend}, TensorFlow.js ${version}`;
}
