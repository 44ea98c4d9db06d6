/** The engine of a run: started once before anything is written, so that what is missing or does not fit is said at once. */
import type { Dataset } from '@mixup/datasets';
import type { BackendName, EngineRecord, ExperimentConfig, ModelChoice } from '@mixup/experiments';
import { describeModelFile, startEngine } from '@mixup/experiments/node';
import type { LayersModel, TfjsEngine } from '@mixup/models/tfjs';
import type { EngineRequest } from './engine-options.ts';
import { failure, usageError } from './errors.ts';

/** What the configs of a run say of it, and what is recorded beside them. */
export interface ChosenEngine {
  readonly settings: Pick<ExperimentConfig, 'engine' | 'backend' | 'model'>;
  readonly record?: EngineRecord;
  /** Versions of packages that results depend on. */
  readonly packages: Readonly<Record<string, string>>;
}

interface Experiment {
  readonly config: ExperimentConfig;
  readonly dataset: Dataset;
}

/**
 * Choose and try the engine that was asked for: the best backend of TensorFlow.js that is there, where none was named.
 *
 * @throws a usage error when the model does not fit the data or the backend, a failure when TensorFlow.js is not there
 */
export async function chooseEngine(request: EngineRequest, experiments: readonly Experiment[]): Promise<ChosenEngine> {
  if (request.engine === 'wasm') return { settings: {}, packages: {} };
  const model = nameModel(request.model);
  const dense = await load(request.backend, model === 'cnn');
  const convolutional = typeof model === 'object' && (await tryModel(dense.backend, model, experiments));
  if (convolutional && dense.backend === 'wasm' && request.backend) {
    throw usageError(
      `--backend wasm has no gradients of convolutions, which --model ${model.file} has; take node or cpu`,
    );
  }
  // The WASM backend was the best one as long as nobody knew.
  const record = convolutional && dense.backend === 'wasm' ? await load(undefined, true) : dense;
  const { backend, version } = record;
  return {
    settings: { engine: 'tfjs', backend, model },
    record,
    packages: { [backend === 'node' ? '@tensorflow/tfjs-node' : '@tensorflow/tfjs-core']: version },
  };
}

function nameModel(model: EngineRequest['model']): ModelChoice {
  if (typeof model === 'string') return model;
  try {
    return describeModelFile(model.file);
  } catch (error) {
    throw usageError(`--${(error as Error).message}`, error);
  }
}

async function load(backend: BackendName | undefined, convolutional: boolean): Promise<EngineRecord> {
  const { loadTensorFlow } = await import('@mixup/models/node');
  try {
    const layers = convolutional ? 'convolutional' : 'dense';
    const { record } = await loadTensorFlow({ layers, ...(backend && { backend: backend as 'node' }) });
    return { engine: 'tfjs', ...record };
  } catch (error) {
    const [, why = (error as Error).message] = /\((.*)\)$/s.exec((error as Error).message) ?? [];
    throw failure(`no TensorFlow.js can start here for --engine tfjs: ${why}`, error);
  }
}

/** @returns whether it has convolutions */
async function tryModel(
  backend: BackendName,
  model: ModelChoice,
  experiments: readonly Experiment[],
): Promise<boolean> {
  try {
    const { engine } = await startEngine({ engine: 'tfjs', backend, model });
    const models = experiments.map(({ config: { hidden, activation, arms }, dataset }) => {
      const shape = {
        inputs: dataset.features.shape[1] as number,
        hidden,
        outputs: dataset.classNames.length,
        activation,
      };
      const network = (engine as TfjsEngine).createNetwork({ shape, seed: 0 });
      const found = hasConvolution(network.model);
      const { hiddenLayers } = network;
      network.dispose();
      if (arms.includes('manifold') && hiddenLayers === 0) {
        throw new RangeError(
          `model ${fileOf(model)} must be a tf.sequential with hidden layers for --arms manifold, got none that rows can be mixed after`,
        );
      }
      return found;
    });
    return models.includes(true);
  } catch (error) {
    throw usageError(
      `--${(error as Error).message.replace(/^(?!model )/, `model ${fileOf(model)} can't be built: `)}`,
      error,
    );
  }
}

function hasConvolution(model: LayersModel): boolean {
  return model.layers.some((layer) =>
    'layers' in layer ? hasConvolution(layer as unknown as LayersModel) : /Conv/.test(layer.getClassName()),
  );
}

function fileOf(model: ModelChoice): string {
  return typeof model === 'string' ? model : model.file;
}
