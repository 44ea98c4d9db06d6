/** Optimizers with Keras's defaults filled in, checked. */
import type { Adam, Optimizer, Sgd } from './engine.ts';

/** @throws RangeError when a setting is out of range or the name is unknown */
export function completeOptimizer(optimizer: Optimizer, name: string): Required<Adam> | Required<Sgd> {
  if (optimizer.name === 'adam') {
    const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = optimizer;
    checkPositive(learningRate, `${name}: learningRate`);
    checkDecay(beta1, `${name}: beta1`);
    checkDecay(beta2, `${name}: beta2`);
    checkPositive(epsilon, `${name}: epsilon`);
    return { name: 'adam', learningRate, beta1, beta2, epsilon };
  }
  if (optimizer.name === 'sgd') {
    const { learningRate = 0.01, momentum = 0 } = optimizer;
    checkPositive(learningRate, `${name}: learningRate`);
    checkDecay(momentum, `${name}: momentum`);
    return { name: 'sgd', learningRate, momentum };
  }
  const got = String((optimizer as { name?: unknown }).name);
  throw new RangeError(`${name}: optimizer must be 'adam' or 'sgd', got ${got}`);
}

function checkPositive(value: number, what: string): void {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${what} must be > 0 and finite, got ${value}`);
}

function checkDecay(value: number, what: string): void {
  if (!(value >= 0 && value < 1)) throw new RangeError(`${what} must be in [0, 1), got ${value}`);
}
