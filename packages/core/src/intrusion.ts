/** Manifold intrusion: mixed points that lie where a class lives that neither of their two rows is of. */

import { checkOptions } from './check-options.ts';
import { checkClassIds } from './class-ids.ts';
import { checkBoxes } from './filled-box.ts';
import { mixImages } from './images.ts';
import { mixRows } from './mix.ts';
import { identity } from './permutation.ts';
import { checkPlan, type MixPlan, takePlan } from './plan.ts';
import { itemSize, type Rows, type RowsLike, toRows } from './rows.ts';

/** Where the mixed points of a plan lie. */
export interface IntrusionAudit {
  /** [batch] the row of `x` nearest to each mixed point; of equally near ones the first */
  readonly nearest: Int32Array;
  /** The rows of the plan whose nearest row is of a third class, in order. */
  readonly intruded: Int32Array;
  /** Their share of all rows of the plan. */
  readonly share: number;
}

/** Mixed points held at once: with 784 features 200 kB of doubles, so they stay in cache while all rows pass by. */
const BLOCK = 32;

/**
 * Find how often a mixed point lies nearest to a row of a third class, where its label is then wrong.
 *
 * Exact, by the distances of every mixed point to every row (Euclidean, in float64): batch * rows * features steps at
 * most. For large data judge a sample of the plan. Boxes are filled as `mixImages` fills them.
 *
 * @param x rows of shape [rows, ...item], scaled as for training, [rows, height, width, channels] for a plan with boxes;
 *   never changed
 * @param labels [rows] class ids
 * @param plan [batch], at least one row; it must mix the input, as the points of a hidden layer are not those of `x`
 * @param options.rows which rows of the plan to look at, by default all; say `samplePermutation(random, batch).subarray(0, 1000)`
 * @returns with `options.rows`, its arrays count in these
 * @throws RangeError when the plan or the labels do not fit, a value is not finite, or the plan mixes a hidden layer
 * @example
 * const { share } = auditIntrusion(features, labels, sampleMixPlan(random, { batch: 150, alpha: 1 }));
 * @see Guo, Mao, Zhang, "MixUp as Locally Linear Out-Of-Manifold Regularization", 2019
 */
export function auditIntrusion(
  x: RowsLike,
  labels: ArrayLike<number>,
  plan: MixPlan,
  options: { readonly rows?: Int32Array } = {},
): IntrusionAudit {
  const name = 'auditIntrusion';
  checkOptions(options, ['rows'], name);
  const source = toRows(x, `${name}: x`);
  const rows = source.shape[0];
  checkClassIds(labels, name);
  if (labels.length !== rows) {
    throw new RangeError(`${name}: x and labels must have as many rows, got ${rows} and ${labels.length}`);
  }
  checkPlan(plan, rows, name);
  checkInput(plan, source, name);
  const chosen = options.rows ?? identity(plan.index.length);
  const batch = chosen.length;
  if (!(batch > 0)) throw new RangeError(`${name}: the plan must have at least 1 row, got ${batch}`);

  // Float64, so that a mixed point is not moved by a rounding and every engine finds the same row.
  const data = Float64Array.from(source.data);
  const doubles = { data, shape: source.shape };
  const nearest = new Int32Array(batch);
  const intruded: number[] = [];
  for (let first = 0; first < batch; first += BLOCK) {
    const part = takePlan(plan, chosen.slice(first, first + BLOCK));
    const points = (part.box ? mixImages : mixRows)(doubles, part).data;
    const found = nearest.subarray(first, first + BLOCK);
    findNearest(doubles, points, part, found);
    for (const [i, row] of found.entries()) {
      const [own, other] = [part.index[i] as number, part.partner[i] as number];
      if (labels[row] !== labels[own] && labels[row] !== labels[other]) intruded.push(first + i);
    }
  }
  return { nearest, intruded: Int32Array.from(intruded), share: intruded.length / batch };
}

/** @throws RangeError when the points that a plan mixes can't be made of these rows */
function checkInput(plan: MixPlan, { shape }: Rows, name: string): void {
  if (plan.layer) {
    throw new RangeError(`${name}: the plan must mix the input, layer 0, where x lies, got layer ${plan.layer}`);
  }
  if (!plan.box) return;
  const [, height, width] = shape as readonly number[] as readonly [number, number, number];
  if (shape.length !== 4) {
    const rule = 'x of a plan with boxes must be images of shape [rows, height, width, channels]';
    throw new RangeError(`${name}: ${rule}, got [${shape.join(', ')}]`);
  }
  checkBoxes(plan, { height, width }, name);
}

/** Write the nearest row of each point: its own first, so that most rows are given up after a few features. */
function findNearest(x: Rows<Float64Array>, points: ArrayLike<number>, part: MixPlan, nearest: Int32Array): void {
  const { data, shape } = x;
  const size = itemSize(x);
  const best = new Float64Array(nearest.length);
  for (let i = 0; i < nearest.length; i++) {
    nearest[i] = ((part.lambda[i] as number) < 0.5 ? part.partner[i] : part.index[i]) as number;
    best[i] = squaredDistance(points, i * size, data, (nearest[i] as number) * size, size, Infinity);
  }
  for (let row = 0; row < shape[0]; row++) {
    for (let i = 0; i < nearest.length; i++) {
      const limit = best[i] as number;
      const square = squaredDistance(points, i * size, data, row * size, size, limit);
      if (square < limit || (square === limit && row < (nearest[i] as number))) {
        best[i] = square;
        nearest[i] = row;
      }
    }
  }
}

/** @returns the squared distance, or some part of it that is above the limit already */
function squaredDistance(
  a: ArrayLike<number>,
  atA: number,
  b: Float64Array,
  atB: number,
  size: number,
  limit: number,
): number {
  let sum = 0;
  let k = 0;
  for (; k + 8 <= size; k += 8) {
    for (let j = k; j < k + 8; j++) {
      const apart = (a[atA + j] as number) - (b[atB + j] as number);
      sum += apart * apart;
    }
    if (sum > limit) return sum;
  }
  for (; k < size; k++) {
    const apart = (a[atA + k] as number) - (b[atB + k] as number);
    sum += apart * apart;
  }
  return sum;
}
