/**
 * A network as it is defined, in float64 and without a thought for speed: predictions and the loss of one batch, with
 * sample weights, masks and mixing at any layer. What gradients are held to by finite differences.
 */
import { type MixPlan, mixRows, plainPlan, type Rows } from '@mixup/core';
import type { Head, Masks, MlpShape, Weights } from '../src/index.ts';

export interface Batch {
  readonly x: Rows;
  readonly y: Rows;
  readonly weights?: Float64Array;
  readonly plan: MixPlan;
  readonly layer?: number;
  readonly masks?: Masks;
}

type Matrix = readonly (readonly number[])[];

/** What the head gives for rows of features. */
export function predictByDefinition(shape: MlpShape, weights: Weights, x: Rows): Matrix {
  const z = layers(shape, weights, matrix(x), 0, weights.length, undefined);
  return z.map((row) => predictRow(row, shape.head ?? 'softmax'));
}

/** The mean loss of a batch. */
export function lossByDefinition(shape: MlpShape, weights: Weights, batch: Batch): number {
  const { x, y, plan, layer = 0, masks } = batch;
  const { index, partner, lambda } = plan;
  const rows = index.length;
  // Both rows of each pair, up to the layer where they are mixed.
  const branch = (which: Int32Array) =>
    layers(shape, weights, matrix(mixRows(toFloat64(x), plainPlan(which))), 0, layer, masks);
  const [own, other] = [branch(index), branch(partner)];
  const mixed = own.map((row, i) =>
    row.map((value, j) => {
      const share = lambda[i] as number;
      return share * value + (1 - share) * (other[i]?.[j] as number);
    }),
  );
  const z = layers(shape, weights, mixed, layer, weights.length, masks);
  const labels = matrix(mixRows(toFloat64(y), plan));
  const sampleWeights = batch.weights ?? new Float64Array(x.shape[0]).fill(1);
  return z.reduce((sum, row, i) => {
    const share = lambda[i] as number;
    const weight =
      share * (sampleWeights[index[i] as number] as number) +
      (1 - share) * (sampleWeights[partner[i] as number] as number);
    return sum + (weight * rowLoss(row, labels[i] as readonly number[], shape.head ?? 'softmax')) / rows;
  }, 0);
}

/** From what layer `from` gives to what layer `to` gives (the last one: before the head); layer 0 is the input. */
function layers(
  { activation = 'relu' }: MlpShape,
  weights: Weights,
  input: Matrix,
  from: number,
  to: number,
  masks: Masks | undefined,
): Matrix {
  const act = { relu: (z: number) => Math.max(0, z), tanh: Math.tanh, linear: (z: number) => z }[activation];
  const masked = (values: Matrix, layer: number): Matrix => {
    const mask = masks?.[layer];
    if (!mask) return values;
    return values.map((row, i) => row.map((value, j) => value * (mask.data[i * row.length + j] as number)));
  };
  // The input's mask, where the input is what goes into a layer.
  let values = from === 0 && to > 0 ? masked(input, 0) : input;
  for (let layer = from; layer < to; layer++) {
    const { kernel, bias } = weights[layer] as Weights[number];
    const units = bias.length;
    const z = values.map((row) =>
      Array.from(bias, (b, j) => row.reduce((sum, v, i) => sum + v * (kernel.data[i * units + j] as number), b)),
    );
    values =
      layer + 1 < weights.length
        ? masked(
            z.map((row) => row.map(act)),
            layer + 1,
          )
        : z;
  }
  return values;
}

function predictRow(z: readonly number[], head: Head): readonly number[] {
  if (head === 'linear') return z;
  if (head === 'sigmoid') return z.map((value) => 1 / (1 + Math.exp(-value)));
  const top = Math.max(...z);
  const total = z.reduce((sum, value) => sum + Math.exp(value - top), 0);
  return z.map((value) => Math.exp(value - top) / total);
}

function rowLoss(z: readonly number[], y: readonly number[], head: Head): number {
  const p = predictRow(z, head);
  const terms = p.map((value, i) => {
    const label = y[i] as number;
    if (head === 'softmax') return -label * Math.log(value);
    if (head === 'linear') return (value - label) ** 2 / p.length;
    return -(label * Math.log(value) + (1 - label) * Math.log(1 - value)) / p.length;
  });
  return terms.reduce((sum, term) => sum + term, 0);
}

function matrix({ data, shape: [rows] }: Rows): Matrix {
  const width = data.length / rows;
  return Array.from({ length: rows }, (_, i) => [...data.subarray(i * width, (i + 1) * width)]);
}

function toFloat64({ data, shape }: Rows): Rows<Float64Array> {
  return { data: Float64Array.from(data), shape };
}
