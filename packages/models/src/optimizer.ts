/** Optimizers with Keras's defaults filled in, checked. */
import { checkOptions } from './check-options.ts';
import type { Adam, AdamW, Optimizer, Sgd } from './engine.ts';

export type CompleteOptimizer = Required<Adam> | Required<AdamW> | Required<Sgd>;

const adamOptions = ['name', 'learningRate', 'beta1', 'beta2', 'epsilon'];
const options = {
  adam: adamOptions,
  adamw: [...adamOptions, 'weightDecay'],
  sgd: ['name', 'learningRate', 'momentum'],
};

/**
 * @throws RangeError when a setting is out of range, or the name of one or of the optimizer is unknown
 * @throws TypeError when the optimizer is no object
 */
export function completeOptimizer(optimizer: Optimizer, name: string): CompleteOptimizer {
  checkOptimizer(optimizer, name);
  if (optimizer.name === 'adam' || optimizer.name === 'adamw') {
    const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = optimizer;
    checkPositive(learningRate, `${name}: learningRate`);
    checkDecay(beta1, `${name}: beta1`);
    checkDecay(beta2, `${name}: beta2`);
    checkPositive(epsilon, `${name}: epsilon`);
    const adam = { learningRate, beta1, beta2, epsilon };
    if (optimizer.name === 'adam') return { name: 'adam', ...adam };
    const { weightDecay = 0.004 } = optimizer;
    if (!(weightDecay >= 0 && weightDecay < Infinity)) {
      throw new RangeError(`${name}: weightDecay must be >= 0 and finite, got ${weightDecay}`);
    }
    return { name: 'adamw', ...adam, weightDecay };
  }
  if (optimizer.name === 'sgd') {
    const { learningRate = 0.01, momentum = 0 } = optimizer;
    checkPositive(learningRate, `${name}: learningRate`);
    checkDecay(momentum, `${name}: momentum`);
    return { name: 'sgd', learningRate, momentum };
  }
  return optimizer satisfies never;
}

/** @throws as `completeOptimizer` does, for what is none and for unknown names */
function checkOptimizer(optimizer: Optimizer, name: string): void {
  if (typeof optimizer !== 'object' || optimizer === null) {
    throw new TypeError(`${name}: optimizer must be an object, as { name: 'adam' }, got ${String(optimizer)}`);
  }
  if (!Object.hasOwn(options, optimizer.name)) {
    throw new RangeError(`${name}: optimizer must be 'adam', 'adamw' or 'sgd', got ${String(optimizer.name)}`);
  }
  checkOptions(optimizer, options[optimizer.name], `${name}: ${optimizer.name}`);
}

function checkPositive(value: number, what: string): void {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${what} must be > 0 and finite, got ${value}`);
}

function checkDecay(value: number, what: string): void {
  if (!(value >= 0 && value < 1)) throw new RangeError(`${what} must be in [0, 1), got ${value}`);
}
