/**
 * The parameters of a network as the kernel reads them.
 *
 * A kernel matrix [inputs, outputs] lies in panels of PANEL columns, each [inputs, PANEL], so that a pass reads it front to
 * back; the last panel has the columns that are left. Rows and columns are padded with zeros to multiples of 4, and
 * stay 0: their inputs and errors are 0. The bias follows.
 */
import type { DenseWeights } from '../engine.ts';
import { PANEL } from './descriptor.ts';
import { roundUp } from './heap.ts';

/** Round up to whole vectors of four float32. */
export function padded(units: number): number {
  return roundUp(units, 4);
}

/** How many float32 a layer takes, bias included. */
export function layerSize(inputs: number, outputs: number): number {
  return padded(inputs) * padded(outputs) + padded(outputs);
}

/** @param target [layerSize] zeros, written */
export function packLayer({ kernel: { data, shape }, bias }: DenseWeights, target: Float32Array): void {
  const [inputs, outputs = 0] = shape;
  eachRun(inputs, outputs, (entry, place, length) => target.set(data.subarray(entry, entry + length), place));
  target.set(bias, padded(inputs) * padded(outputs));
}

export function unpackLayer(source: Float32Array, inputs: number, outputs: number): DenseWeights {
  const data = new Float32Array(inputs * outputs);
  eachRun(inputs, outputs, (entry, place, length) => data.set(source.subarray(place, place + length), entry));
  const start = padded(inputs) * padded(outputs);
  return { kernel: { data, shape: [inputs, outputs] }, bias: source.slice(start, start + outputs) };
}

/** Visit the runs of numbers that lie side by side in the matrix and in the panels: the row of a panel. */
function eachRun(inputs: number, outputs: number, visit: (entry: number, place: number, length: number) => void): void {
  const rows = padded(inputs);
  for (let first = 0; first < outputs; first += PANEL) {
    const width = Math.min(PANEL, padded(outputs) - first);
    const length = Math.min(width, outputs - first);
    for (let row = 0; row < inputs; row++) visit(row * outputs + first, rows * first + row * width, length);
  }
}
