/** The engine for any TensorFlow.js model. */
import type { Rows } from '@mixup/core';
import { checkOptions } from '../check-options.ts';
import type { Data, Engine, LoadOptions, NetworkOptions, Weights } from '../engine.ts';
import { checkMlpShape, checkWeightList, checkWeights } from '../shape.ts';
import { checkNoChance } from './chance.ts';
import { writeDense } from './dense-weights.ts';
import { createMlp } from './mlp.ts';
import { callFactory, type ModelFactory, type ModelOptions } from './model-factory.ts';
import { createModelNetwork, type TfjsNetwork } from './network.ts';
import { copyRows, type TfjsData } from './rows-data.ts';
import { checkSeeded } from './seeded.ts';
import { checkTensorFlow, type LayersModel, type TensorFlow } from './tensorflow.ts';

export interface TfjsEngineOptions {
  /**
   * Makes the model of each network, all its chance from the seed. Default `createMlp`, the multilayer perceptron of the network's
   * shape.
   */
  readonly model?: ModelFactory;
}

/** What a network starts from: weights, for models of dense layers, or a seed for the model's own initializers. */
export type TfjsNetworkOptions = NetworkOptions | (Omit<NetworkOptions, 'weights'> & { readonly seed: number });

/** An engine whose methods answer by promises. */
export interface TfjsEngine extends Engine {
  /** 'tfjs-' and the backend: 'tfjs-tensorflow' (native), 'tfjs-wasm', 'tfjs-cpu', 'tfjs-webgl', … */
  readonly name: string;
  load(x: Rows, y: Rows, options?: LoadOptions): Data;
  /**
   * Make a network. The first one from a seed is made twice, to see that the model takes all its chance from there.
   *
   * @throws TypeError when neither weights nor a seed are given, or the factory makes no model
   * @throws RangeError when the factory gives a model that it gave before, the same seed gives other weights, a layer draws chance in training, the model does not fit the shape, or an option is out of range
   */
  createNetwork(options: TfjsNetworkOptions): TfjsNetwork;
}

/**
 * Start an engine that trains TensorFlow.js models on plans, on the backend that is set.
 *
 * Order and mixing come from the plans alone; nothing is shuffled, and no tensor outlives its use: what `tf.memory()` counts
 * after `dispose()` is what it counted before. Dropout and noise layers inside a model draw chance of their own, and are refused: give masks
 * instead, or a seed to a Dropout layer, which then drops the same units in each step.
 *
 * @param tf the running module: `@tensorflow/tfjs`, `@tensorflow/tfjs-node`, or `{ ...core, ...layers }`
 * @returns an engine; results name it after the backend
 * @throws Error when no backend is set that starts
 * @throws TypeError when `tf` is no such module, or `model` no function
 * @example
 * const { tf } = await loadTensorFlow();
 * const engine = await createTfjsEngine(tf, { model: createCnn });
 * const data = engine.load(x, y);
 * const network = engine.createNetwork({ shape: { inputs: 64, hidden: [], outputs: 10 }, seed: 0 });
 * const { loss, accuracy } = await network.train(data, plan, { batchSize: 30 });
 */
export async function createTfjsEngine(tf: TensorFlow, options: TfjsEngineOptions = {}): Promise<TfjsEngine> {
  checkTensorFlow(tf, 'createTfjsEngine');
  checkOptions(options, ['model'], 'createTfjsEngine');
  const { model = createMlp } = options;
  if (typeof model !== 'function') {
    throw new TypeError(
      `createTfjsEngine: model must be a function, (tf, { shape, seed }) => model, got ${typeof model}`,
    );
  }
  await tf.ready();
  let isSeeded = model === createMlp;
  const made = new WeakSet<LayersModel>();
  /** Models that the factory gave twice: somebody else's, and not ours to dispose of. */
  const shared = new WeakSet<LayersModel>();
  const makeModel = (what: ModelOptions): LayersModel => {
    const built = callFactory(tf, model, what, 'createNetwork');
    if (made.has(built)) {
      shared.add(built);
      throw new RangeError('createNetwork: model must make another model each time, got the same one again');
    }
    made.add(built);
    return built;
  };
  const owned = new WeakMap<Data, TfjsData>();
  const dataOf = (data: Data, name: string): TfjsData => {
    const own = owned.get(data);
    if (!own) throw new TypeError(`${name}: data must be what load() of the same engine returned`);
    if (own.disposed) throw new Error(`${name}: the data must not be used after dispose()`);
    return own;
  };
  return {
    name: `tfjs-${tf.getBackend()}`,
    load: (x, y, options = {}) => {
      const own = copyRows(x, y, options, 'load');
      const data: Data = { rows: own.rows, dispose: own.dispose };
      owned.set(data, own);
      return data;
    },
    createNetwork: (options) => {
      const { shape, optimizer = { name: 'adam' }, l2 = 0 } = Object(options) as TfjsNetworkOptions;
      checkMlpShape(shape, 'createNetwork');
      checkOptions(options, ['shape', 'weights', 'seed', 'optimizer', 'l2'], 'createNetwork');
      const { weights, seed } = options as { readonly weights?: Weights; readonly seed?: number };
      if (weights === undefined && seed === undefined) {
        throw new TypeError('createNetwork: weights or a seed must be given, got neither');
      }
      if (weights !== undefined) checkWeightList(weights, 'createNetwork');
      if (weights && model === createMlp) checkWeights(weights, shape, 'createNetwork');
      const settings = { head: shape.head ?? 'softmax', optimizer, l2, dataOf } as const;
      const make = () => makeModel({ shape, seed: seed ?? 0 });
      const built = make();
      try {
        checkNoChance(built, 'createNetwork');
        if (weights) writeDense(tf, built, weights, 'createNetwork');
        else if (!isSeeded) checkSeeded(make, built, 'createNetwork');
        isSeeded ||= !weights;
        return createModelNetwork(tf, built, settings, 'createNetwork');
      } catch (error) {
        if (!shared.has(built)) built.dispose();
        throw error;
      }
    },
  };
}
