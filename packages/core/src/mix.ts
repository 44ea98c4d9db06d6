/** Mixing: a plan applied to rows, by arithmetic alone. */

import { blend32, blend64 } from './blend.ts';
import { checkOptions } from './check-options.ts';
import { placedBuffers } from './placed-buffers.ts';
import { checkPlan, type MixPlan } from './plan.ts';
import { checkShape, type FloatArray, itemSize, type Rows, type RowsLike, toRows, type UncheckedRows } from './rows.ts';

/**
 * Mix rows as a plan says: row i of the result is `lambda[i] * x[index[i]] + (1 - lambda[i]) * x[partner[i]]`.
 *
 * Give features and labels the same plan. A row with lambda 1 is copied, so it is equal to the last bit, whatever its
 * partner holds; with lambda 0 the partner is, and so is a row that meets itself.
 *
 * @param x rows of shape [rows, ...item]; never changed
 * @param plan [batch]
 * @param options.out where to write: rows of shape [batch, ...item] and the type of `x`, which must not overlap it
 * @returns rows of shape [batch, ...item]: float32 for float32, float64 for float64 and for nested arrays
 * @throws RangeError when the plan or `out` does not fit `x`, or has boxes where rows have more than one axis: see `mixImages`
 * @example
 * const mixed = mixRows([[0, 0], [1, 1]], { index: Int32Array.of(0), partner: Int32Array.of(1), lambda: Float64Array.of(0.75) });
 * mixed.data; // Float64Array [0.25, 0.25]
 * @see Zhang, Cisse, Dauphin, Lopez-Paz, "mixup: Beyond Empirical Risk Minimization", 2017
 */
export function mixRows<T extends FloatArray>(
  x: UncheckedRows<T>,
  plan: MixPlan,
  options?: { readonly out?: Rows<T> },
): Rows<T>;
export function mixRows(x: RowsLike, plan: MixPlan, options?: { readonly out?: Rows }): Rows;
export function mixRows(x: RowsLike, plan: MixPlan, options: { readonly out?: Rows } = {}): Rows {
  checkOptions(options, ['out'], 'mixRows');
  const source = sourceRows(x);
  checkPlan(plan, source.shape[0], 'mixRows');
  if (plan.box && source.shape.length > 2) {
    throw new RangeError('mixRows: a plan with boxes must be applied to images by mixImages');
  }
  const size = itemSize(source);
  const batch = plan.index.length;
  const out = options.out ?? emptyRows(source, batch);
  if (options.out) checkOut(out, source, batch);

  const { data: from } = source;
  const { data: to } = out;
  const kernel = from.buffer === to.buffer ? placedBuffers().get(from.buffer) : undefined;
  const bytes = from.BYTES_PER_ELEMENT;
  const blendPlaced = bytes === 4 ? kernel?.blend32 : kernel?.blend64;
  for (let i = 0; i < batch; i++) {
    const weight = plan.lambda[i] as number;
    const rest = 1 - weight;
    const first = (plan.index[i] as number) * size;
    const second = (plan.partner[i] as number) * size;
    const at = i * size;
    if (rest === 0 || weight === 0 || first === second) {
      const kept = weight === 0 ? second : first;
      to.set(from.subarray(kept, kept + size), at);
    } else if (blendPlaced) {
      const start = from.byteOffset;
      blendPlaced(start + first * bytes, start + second * bytes, to.byteOffset + at * bytes, size, weight);
    } else if (from instanceof Float32Array) {
      blend32(from, first, weight, second, rest, to as Float32Array, at, size);
    } else {
      blend64(from, first, weight, second, rest, to as Float64Array, at, size);
    }
  }
  return out;
}

/** Rows are taken as they are, their form alone checked: reading every value would cost as much as mixing them. */
function sourceRows(x: RowsLike): Rows {
  if (Array.isArray(x)) return toRows(x, 'mixRows: x');
  const rows = x as UncheckedRows;
  checkShape(rows, 'mixRows: x');
  return rows;
}

function emptyRows(like: Rows, batch: number): Rows {
  const [, ...item] = like.shape;
  const length = batch * itemSize(like);
  const data = like.data instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);
  return { data, shape: [batch, ...item] };
}

function checkOut(out: Rows, source: Rows, batch: number): void {
  checkShape(out, 'mixRows: out');
  const want = [batch, ...source.shape.slice(1)];
  if (out.shape.join() !== want.join()) {
    throw new RangeError(`mixRows: out must have shape [${want.join(', ')}], got [${out.shape.join(', ')}]`);
  }
  if (out.data.constructor !== source.data.constructor) {
    throw new RangeError(`mixRows: out must be a ${source.data.constructor.name}, as x is`);
  }
  const [a, b] = [out.data, source.data];
  const apart = a.byteOffset >= b.byteOffset + b.byteLength || b.byteOffset >= a.byteOffset + a.byteLength;
  if (a.buffer === b.buffer && !apart) {
    throw new RangeError('mixRows: out must not overlap x, which is never changed');
  }
}
