/** The form of a network, checked. */
import { checkShape } from '@mixup/core';
import { checkOptions } from './check-options.ts';
import type { Head, MlpShape, Weights } from './engine.ts';

/** Units of every layer, the input first. */
export function unitsOf({ inputs, hidden, outputs }: MlpShape): readonly number[] {
  return [inputs, ...hidden, outputs];
}

/**
 * @throws RangeError when a layer has no units, there are too few outputs, or the activation, the head or another name is unknown
 * @throws TypeError when there is no shape, or no list of hidden layers
 */
export function checkMlpShape(shape: MlpShape, name: string): void {
  if (!Array.isArray(Object(shape).hidden)) {
    const got = shape ? `hidden of ${typeof shape.hidden}` : typeof shape;
    throw new TypeError(`${name}: shape must be { inputs, hidden: [units, …], outputs }, got ${got}`);
  }
  checkOptions(shape, ['inputs', 'hidden', 'outputs', 'activation', 'head'], `${name}: shape`);
  const { inputs, hidden, outputs, activation = 'relu', head = 'softmax' } = shape;
  for (const units of [inputs, ...hidden]) {
    if (!(Number.isInteger(units) && units >= 1)) {
      throw new RangeError(`${name}: inputs and hidden units must be integers >= 1, got ${units}`);
    }
  }
  checkHead(head, name);
  const least = head === 'softmax' ? 2 : 1;
  if (!(Number.isInteger(outputs) && outputs >= least)) {
    throw new RangeError(`${name}: outputs must be an integer >= ${least}, got ${outputs}`);
  }
  if (!['relu', 'tanh', 'linear'].includes(activation)) {
    throw new RangeError(`${name}: activation must be 'relu', 'tanh' or 'linear', got ${String(activation)}`);
  }
}

/** @throws RangeError when the head is unknown */
export function checkHead(head: Head, name: string): void {
  if (!['softmax', 'sigmoid', 'linear'].includes(head)) {
    throw new RangeError(`${name}: head must be 'softmax', 'sigmoid' or 'linear', got ${String(head)}`);
  }
}

/**
 * @throws RangeError when the weights don't fit the shape, or one is not finite in float32
 * @throws TypeError when they are no list
 */
export function checkWeights(weights: Weights, shape: MlpShape, name: string): void {
  checkWeightList(weights, name);
  const units = unitsOf(shape);
  if (weights.length !== units.length - 1) {
    throw new RangeError(`${name}: weights must have ${units.length - 1} layers, got ${weights.length}`);
  }
  for (const [layer, { kernel, bias }] of weights.entries()) {
    checkShape(kernel, `${name}: kernel of layer ${layer}`);
    const [inputs, outputs] = [units[layer], units[layer + 1]] as [number, number];
    if (kernel.shape.length !== 2 || kernel.shape[0] !== inputs || kernel.shape[1] !== outputs) {
      const got = `[${kernel.shape.join(', ')}]`;
      throw new RangeError(`${name}: kernel of layer ${layer} must have shape [${inputs}, ${outputs}], got ${got}`);
    }
    if (bias.length !== outputs) {
      throw new RangeError(`${name}: bias of layer ${layer} must have ${outputs} entries, got ${bias.length}`);
    }
    for (const value of [kernel.data, bias].flatMap((entries) => entries.find((x) => !isFloat32(x)) ?? [])) {
      throw new RangeError(`${name}: weights of layer ${layer} must be finite, got ${value}`);
    }
  }
}

/** @throws TypeError when the weights are no list */
export function checkWeightList(weights: Weights, name: string): void {
  if (!Array.isArray(weights)) {
    const got = weights === null ? 'null' : typeof weights;
    throw new TypeError(
      `${name}: weights must be given, { kernel, bias } of each layer (see sampleGlorotUniform), got ${got}`,
    );
  }
}

function isFloat32(value: number): boolean {
  return Number.isFinite(Math.fround(value));
}
