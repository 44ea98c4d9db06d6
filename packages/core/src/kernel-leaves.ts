/** Leaves: rows in boxes, by which a partner is drawn near a row, for labels of several columns. */
import type { Pairing } from './pairing.ts';
import { identity } from './permutation.ts';
import type { RandomSource } from './random.ts';
import { itemSize, type Rows, squaredDistance } from './rows.ts';

/** Rows of a leaf, and leaves: what is looked at for each pair of leaves costs less than what is drawn for their rows. */
const LEAST_ROWS = 32;
const MOST_LEAVES = 2048;

/** So few leaves within reach are weighed anew for each row, and not for its leaf. */
const FEW = 64;

interface Leaves {
  /** Rows in the order of their leaves. */
  readonly order: Int32Array;
  /** [leaves + 1] where each starts in `order`. */
  readonly starts: Int32Array;
  /** [leaves, size] the box of each. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
  /** [rows] the leaf of each row. */
  readonly leafOf: Int32Array;
}

/** The leaves within reach of a row or of all rows of a leaf. */
interface Nearby {
  /** [count] which. */
  readonly leaves: Int32Array;
  /** [count] the least squared distance. */
  readonly near: Float64Array;
  /** [count] sums of the bounds of their weights. */
  readonly sums: Float64Array;
  count: number;
}

/**
 * Create the pairing in which row i meets row j with a chance proportional to exp(-|y_i - y_j|^2 / 2).
 *
 * A leaf is drawn by a bound on its weight, a row in it evenly, and the row is kept with the chance that the bound was too high. Rows
 * of one leaf look for leaves together, so partners are drawn in the order of leaves.
 *
 * @param y [rows, size] labels in bandwidths
 */
export function leafPairing(y: Rows): Pairing {
  const leaves = growLeaves(y);
  // Farther rows together weigh less than 2 ** -53 of the row itself.
  const reach = 2 * (53 * Math.LN2 + Math.log(y.shape[0]));
  const [ofLeaf, ofRow] = [nearby(leaves.starts.length - 1), nearby(FEW)];
  return (random, index) => {
    const { leafOf } = leaves;
    const places = identity(index.length).sort(
      (a, b) => (leafOf[index[a] as number] as number) - (leafOf[index[b] as number] as number) || a - b,
    );
    const partner = new Int32Array(index.length);
    let leaf = -1;
    for (const place of places) {
      const row = index[place] as number;
      if (leafOf[row] !== leaf) {
        leaf = leafOf[row] as number;
        findNearby(leaves, leaf, reach, itemSize(y), ofLeaf);
      }
      if (ofLeaf.count <= FEW) weighAnew(leaves, y, row, ofLeaf, ofRow);
      partner[place] = drawPartner(random, y, row, leaves, ofLeaf.count <= FEW ? ofRow : ofLeaf);
    }
    return partner;
  };
}

const nearby = (most: number): Nearby => ({
  leaves: new Int32Array(most),
  near: new Float64Array(most),
  sums: new Float64Array(most),
  count: 0,
});

/** Halve the rows by the widest side of their box, until there are few of them or they are all the same. */
function growLeaves(y: Rows): Leaves {
  const rows = y.shape[0];
  const size = itemSize(y);
  const most = Math.max(LEAST_ROWS, Math.ceil(rows / MOST_LEAVES));
  const order = identity(rows);
  const starts: number[] = [];
  const boxes: number[][] = [];
  const waiting: [from: number, to: number][] = [[0, rows]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [from, to] = next;
    const low = new Array<number>(size).fill(Infinity);
    const high = new Array<number>(size).fill(-Infinity);
    for (let i = from; i < to; i++) {
      for (let column = 0; column < size; column++) {
        const value = y.data[(order[i] as number) * size + column] as number;
        if (value < (low[column] as number)) low[column] = value;
        if (value > (high[column] as number)) high[column] = value;
      }
    }
    const widths = high.map((value, column) => value - (low[column] as number));
    const width = Math.max(...widths);
    if (to - from <= most || width === 0) {
      starts.push(from);
      boxes.push([...low, ...high]);
      continue;
    }
    const middle = (from + to) >> 1;
    partition(order, y, widths.indexOf(width), from, to - 1, middle);
    waiting.push([middle, to], [from, middle]);
  }
  const leafOf = new Int32Array(rows);
  starts.push(rows);
  for (let leaf = 0; leaf < boxes.length; leaf++) {
    for (let i = starts[leaf] as number; i < (starts[leaf + 1] as number); i++) leafOf[order[i] as number] = leaf;
  }
  return {
    order,
    starts: Int32Array.from(starts),
    lowest: Float64Array.from(boxes.flatMap((box) => box.slice(0, size))),
    highest: Float64Array.from(boxes.flatMap((box) => box.slice(size))),
    leafOf,
  };
}

/** Put rows in order so far that none before `place` has more in a column, and none after it less (Hoare's selection). */
function partition(order: Int32Array, y: Rows, column: number, first: number, last: number, place: number): void {
  const size = itemSize(y);
  const at = (i: number) => y.data[(order[i] as number) * size + column] as number;
  let [low, high] = [first, last];
  while (low < high) {
    const pivot = at((low + high) >> 1);
    let [i, j] = [low, high];
    while (i <= j) {
      while (at(i) < pivot) i++;
      while (at(j) > pivot) j--;
      if (i > j) break;
      const kept = order[i] as number;
      order[i++] = order[j] as number;
      order[j--] = kept;
    }
    if (place <= j) high = j;
    else if (place >= i) low = i;
    else return;
  }
}

/** Find the leaves within reach of a leaf: their bounds hold for each of its rows. */
function findNearby(
  { starts, lowest, highest }: Leaves,
  leaf: number,
  reach: number,
  size: number,
  found: Nearby,
): void {
  const here = leaf * size;
  let [count, total] = [0, 0];
  for (let other = 0, there = 0; other < starts.length - 1; other++, there += size) {
    let near = 0;
    for (let column = 0; column < size && near < reach; column++) {
      const below = (lowest[here + column] as number) - (highest[there + column] as number);
      const above = (lowest[there + column] as number) - (highest[here + column] as number);
      const gap = Math.max(below, above);
      if (gap > 0) near += gap * gap;
    }
    if (near >= reach) continue;
    total += ((starts[other + 1] as number) - (starts[other] as number)) * Math.exp(-0.5 * near);
    found.leaves[count] = other;
    found.near[count] = near;
    found.sums[count++] = total;
  }
  found.count = count;
}

/** The same leaves, by their distances from one row. */
function weighAnew({ starts, lowest, highest }: Leaves, y: Rows, row: number, found: Nearby, weighed: Nearby): void {
  const size = itemSize(y);
  let total = 0;
  for (let i = 0; i < found.count; i++) {
    const leaf = found.leaves[i] as number;
    let near = 0;
    for (let column = 0; column < size; column++) {
      const value = y.data[row * size + column] as number;
      const gap = Math.max(
        0,
        (lowest[leaf * size + column] as number) - value,
        value - (highest[leaf * size + column] as number),
      );
      near += gap * gap;
    }
    total += ((starts[leaf + 1] as number) - (starts[leaf] as number)) * Math.exp(-0.5 * near);
    weighed.leaves[i] = leaf;
    weighed.near[i] = near;
    weighed.sums[i] = total;
  }
  weighed.count = found.count;
}

function drawPartner(random: RandomSource, y: Rows, row: number, { order, starts }: Leaves, found: Nearby): number {
  const total = found.sums[found.count - 1] as number;
  for (;;) {
    const at = firstAbove(found.sums, random() * total, 0, found.count - 1);
    const leaf = found.leaves[at] as number;
    const start = starts[leaf] as number;
    const other = order[start + Math.floor(random() * ((starts[leaf + 1] as number) - start))] as number;
    if (random() < Math.exp(0.5 * ((found.near[at] as number) - squaredDistance(y, row, other)))) return other;
  }
}

/** @returns the first place in [from, to] whose value is above `value`, `to` if none is; values ascend */
export function firstAbove(values: Float64Array, value: number, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
