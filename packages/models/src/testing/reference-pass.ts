/** Forward and backward through a multilayer perceptron, as the formulas read, in float64: what engines are held to. */
import type { Rows } from '@mixup/core';
import type { Activation, Head } from '../engine.ts';

/** One dense layer. */
export interface Dense64 {
  readonly inputs: number;
  readonly outputs: number;
  /** [inputs, outputs] */
  readonly kernel: Float64Array;
  /** [outputs] */
  readonly bias: Float64Array;
}

/** Rows on their way through, with what happens there. */
export interface Batch {
  /** [rows, inputs]; with a mix above the input [2 rows, inputs], the first of each pair, then the second. */
  readonly x: Float64Array;
  /** [rows, outputs] */
  readonly y: Float64Array;
  /** [rows] */
  readonly weights: Float64Array;
  /** [rows] */
  readonly lambda: Float64Array;
  /** Where rows are mixed; 0 when `x` is mixed already. */
  readonly layer: number;
  /** By layer: [rows, units]. */
  readonly masks: readonly (Rows | undefined)[];
}

export interface Pass {
  /** [rows], each by its weight */
  readonly losses: Float64Array;
  /** [rows] */
  readonly accuracies: Float64Array;
  /** [rows, outputs] */
  readonly predictions: Float64Array;
  /** Of the sum of the losses, by layer, in the form of the layer. */
  readonly gradients: readonly { readonly kernel: Float64Array; readonly bias: Float64Array }[];
  /** Of the sum of the losses, by the features. */
  readonly inputGradients: Float64Array;
}

export function runPass(network: readonly Dense64[], activation: Activation, head: Head, batch: Batch): Pass {
  const rows = batch.weights.length;
  // By layer: after the activation, and as the next layer gets it (masked and mixed).
  const activated: Float64Array[] = [];
  const given: Float64Array[] = [];
  let values = batch.x;
  for (const [l, layer] of network.entries()) {
    activated.push(values);
    const mask = batch.masks[l];
    values = mask ? values.map((v, i) => v * (mask.data[i % mask.data.length] as number)) : values.slice();
    if (l > 0 && l === batch.layer) values = mixHalves(values, batch.lambda);
    given.push(values);
    values = dense(layer, values);
    if (l < network.length - 1) values = values.map((z) => activate(activation, z));
  }
  const scored = score(head, values, batch, rows);

  const gradients: { kernel: Float64Array; bias: Float64Array }[] = [];
  let errors: Float64Array = scored.errors;
  for (let l = network.length - 1; l >= 0; l--) {
    const layer = network[l] as Dense64;
    gradients.unshift(gradientsOf(layer, given[l] as Float64Array, errors));
    errors = back(layer, errors);
    if (l > 0 && l === batch.layer) errors = unmixHalves(errors, batch.lambda);
    const mask = batch.masks[l];
    if (mask) errors = errors.map((e, i) => e * (mask.data[i % mask.data.length] as number));
    const outputs = activated[l] as Float64Array;
    if (l > 0) errors = errors.map((e, i) => e * slope(activation, outputs[i] as number));
  }
  return { ...scored, gradients, inputGradients: errors };
}

function dense({ inputs, outputs, kernel, bias }: Dense64, x: Float64Array): Float64Array {
  const rows = x.length / inputs;
  const z = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < outputs; j++) {
      let sum = bias[j] as number;
      for (let i = 0; i < inputs; i++) sum += (x[row * inputs + i] as number) * (kernel[i * outputs + j] as number);
      z[row * outputs + j] = sum;
    }
  }
  return z;
}

function gradientsOf({ inputs, outputs }: Dense64, x: Float64Array, errors: Float64Array) {
  const kernel = new Float64Array(inputs * outputs);
  const bias = new Float64Array(outputs);
  for (let row = 0; row < errors.length / outputs; row++) {
    for (let j = 0; j < outputs; j++) {
      const error = errors[row * outputs + j] as number;
      bias[j] = (bias[j] as number) + error;
      for (let i = 0; i < inputs; i++) {
        const at = i * outputs + j;
        kernel[at] = (kernel[at] as number) + (x[row * inputs + i] as number) * error;
      }
    }
  }
  return { kernel, bias };
}

function back({ inputs, outputs, kernel }: Dense64, errors: Float64Array): Float64Array {
  const below = new Float64Array((errors.length / outputs) * inputs);
  for (let row = 0; row < errors.length / outputs; row++) {
    for (let i = 0; i < inputs; i++) {
      let sum = 0;
      for (let j = 0; j < outputs; j++) {
        sum += (kernel[i * outputs + j] as number) * (errors[row * outputs + j] as number);
      }
      below[row * inputs + i] = sum;
    }
  }
  return below;
}

function activate(activation: Activation, z: number): number {
  return { relu: Math.max(z, 0), tanh: Math.tanh(z), linear: z }[activation];
}

/** Of the activation, by what came out of it. */
function slope(activation: Activation, out: number): number {
  return { relu: out > 0 ? 1 : 0, tanh: 1 - out * out, linear: 1 }[activation];
}

function mixHalves(values: Float64Array, lambda: Float64Array): Float64Array {
  const half = values.length / 2;
  const units = half / lambda.length;
  return Float64Array.from({ length: half }, (_, i) => {
    const weight = lambda[Math.floor(i / units)] as number;
    return weight * (values[i] as number) + (1 - weight) * (values[half + i] as number);
  });
}

function unmixHalves(errors: Float64Array, lambda: Float64Array): Float64Array {
  const units = errors.length / lambda.length;
  return Float64Array.from({ length: 2 * errors.length }, (_, i) => {
    const at = i % errors.length;
    const weight = lambda[Math.floor(at / units)] as number;
    return (at === i ? weight : 1 - weight) * (errors[at] as number);
  });
}

/** Losses and accuracies as `Head` and `Score` define them, and the errors of the last layer. */
function score(head: Head, z: Float64Array, { y, weights }: Batch, rows: number) {
  const outputs = z.length / rows;
  const losses = new Float64Array(rows);
  const accuracies = new Float64Array(rows);
  const predictions = new Float64Array(z.length);
  const errors = new Float64Array(z.length);
  for (let row = 0; row < rows; row++) {
    const at = row * outputs;
    const weight = weights[row] as number;
    const scores = z.subarray(at, at + outputs);
    const labels = y.subarray(at, at + outputs);
    const most = Math.max(...scores);
    const sum = scores.reduce((total, s) => total + Math.exp(s - most), 0);
    const share = head === 'softmax' ? 1 : 1 / outputs;
    for (let j = 0; j < outputs; j++) {
      const [s, label] = [scores[j] as number, labels[j] as number];
      let p = s;
      let loss = (s - label) ** 2;
      let error = 2 * (s - label);
      let right = 0;
      if (head === 'softmax') {
        p = Math.exp(s - most) / sum;
        loss = label === 0 ? 0 : label * (Math.log(sum) - (s - most));
        // Of label rows with sum 1.
        error = p - label;
        right = scores.indexOf(most) === j ? label : 0;
      } else if (head === 'sigmoid') {
        p = 1 / (1 + Math.exp(-s));
        loss = Math.max(s, 0) - s * label + Math.log1p(Math.exp(-Math.abs(s)));
        error = p - label;
        right = s > 0 ? label : 1 - label;
      }
      predictions[at + j] = p;
      losses[row] = (losses[row] as number) + weight * share * loss;
      accuracies[row] = (accuracies[row] as number) + share * right;
      errors[at + j] = weight * share * error;
    }
  }
  return { losses, accuracies, predictions, errors };
}
