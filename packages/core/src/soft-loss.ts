/** Losses of soft labels, and the floor under them: the entropy of the label itself. */
import { checkOptions } from './check-options.ts';
import { toLabelRows } from './labels.ts';
import type { FloatArray, Rows, RowsLike } from './rows.ts';

/** How predictions are written. */
export interface PredictionOptions {
  /** Rows that sum to 1 (a softmax's output, the default), or the numbers before the softmax. */
  readonly from?: 'probabilities' | 'logits';
}

/**
 * Find the entropy of each label: `-sum(y log y)`, in nats.
 *
 * No model has a cross-entropy below it, so under mixup the loss can't go to 0.
 *
 * @param y label rows of shape [rows, classes], each summing to 1
 * @returns [rows], each in [0, log(classes)]; 0 for one-hot labels
 * @throws RangeError when a row is no distribution
 */
export function labelEntropies(y: RowsLike): Float64Array {
  return entropies(toDistributions(y, 'labelEntropies: y'));
}

/** `labelEntropies` of labels that are checked. */
export function entropies(labels: Rows): Float64Array {
  return mapRows(labels, (row) => sumOf(row, (weight) => (weight > 0 ? -weight * Math.log(weight) : 0)));
}

/**
 * Find the cross-entropy of each row: `-sum(y log p)`, in nats.
 *
 * @param predictions rows of shape [rows, classes]
 * @param y label rows of shape [rows, classes], each summing to 1
 * @returns [rows], each >= 0; Infinity where a class of the label has probability 0
 * @throws RangeError when shapes differ, or a row is no distribution
 */
export function softCrossEntropies(predictions: RowsLike, y: RowsLike, options: PredictionOptions = {}): Float64Array {
  const { logs, labels } = readPair(predictions, y, options, 'softCrossEntropies');
  return mapRows(labels, (row, at) => sumOf(row, (weight, k) => (weight > 0 ? -weight * logs(at + k) : 0)));
}

/**
 * Find how far the loss of each row is above the least it can be: cross-entropy minus the entropy of the label,
 * `sum(y (log y - log p))`.
 *
 * This is what a model can still learn, and what can be compared between arms with different mixing.
 *
 * @param predictions rows of shape [rows, classes]
 * @param y label rows of shape [rows, classes], each summing to 1
 * @returns [rows], each >= 0 but for roundings, 0 where the prediction is the label
 * @throws RangeError when shapes differ, or a row is no distribution
 * @see Kullback, Leibler, "On Information and Sufficiency", 1951
 */
export function excessLosses(predictions: RowsLike, y: RowsLike, options: PredictionOptions = {}): Float64Array {
  return pairExcess(readPair(predictions, y, options, 'excessLosses'));
}

/** `excessLosses` of a pair that is read. */
export function pairExcess({ logs, labels }: Pair): Float64Array {
  return mapRows(labels, (row, at) =>
    sumOf(row, (weight, k) => (weight > 0 ? weight * (Math.log(weight) - logs(at + k)) : 0)),
  );
}

/** Predictions and labels of one shape, checked. */
export interface Pair {
  /** [rows, classes], probabilities or logits. */
  readonly given: Rows;
  /** The logarithm of the probability at a place of the data. */
  readonly logs: (at: number) => number;
  readonly labels: Rows;
}

/**
 * Read predictions and the labels that they are held to.
 *
 * @param name what the errors call the caller
 * @throws RangeError when shapes differ, a row is no distribution, or an option is none
 */
export function readPair(predictions: RowsLike, y: RowsLike, options: PredictionOptions, name: string): Pair {
  checkOptions(options, ['from'], name);
  const { from = 'probabilities' } = options;
  if (from !== 'probabilities' && from !== 'logits') {
    throw new RangeError(`${name}: from must be 'probabilities' or 'logits', got ${String(from)}`);
  }
  const labels = toDistributions(y, `${name}: y`);
  const given =
    from === 'logits'
      ? toLabelRows(predictions, `${name}: predictions`)
      : toDistributions(predictions, `${name}: predictions`);
  checkSameShape(given, labels, name);
  if (from === 'probabilities') return { given, logs: (at) => Math.log(given.data[at] as number), labels };
  // log softmax, the greatest taken out: exp would overflow from 710 on.
  const classes = given.shape[1] as number;
  const norms = mapRows(given, (row) => {
    const max = row[argMax(row)] as number;
    return max + Math.log(sumOf(row, (value) => Math.exp(value - max)));
  });
  return { given, logs: (at) => (given.data[at] as number) - (norms[Math.floor(at / classes)] as number), labels };
}

/** @throws RangeError when two sets of rows differ in shape */
export function checkSameShape(predictions: Rows, labels: Rows, name: string): void {
  if (predictions.shape.join() !== labels.shape.join()) {
    const shapes = `[${predictions.shape.join(', ')}] and [${labels.shape.join(', ')}]`;
    throw new RangeError(`${name}: predictions and y must have one shape, got ${shapes}`);
  }
}

/** @returns the place of the greatest value, the first of equal ones */
export function argMax(row: FloatArray): number {
  let best = 0;
  for (let k = 1; k < row.length; k++) if ((row[k] as number) > (row[best] as number)) best = k;
  return best;
}

function sumOf(row: FloatArray, term: (value: number, k: number) => number): number {
  let sum = 0;
  for (let k = 0; k < row.length; k++) sum += term(row[k] as number, k);
  return sum;
}

/** Apply a function to each row and to where it starts. */
export function mapRows(rows: Rows, value: (row: FloatArray, at: number) => number): Float64Array {
  const [count, classes = 0] = rows.shape;
  return Float64Array.from({ length: count }, (_, i) =>
    value(rows.data.subarray(i * classes, (i + 1) * classes), i * classes),
  );
}

/**
 * Check rows that are distributions.
 *
 * @throws RangeError when a value is below 0, or a row is off 1 by more than 1e-3, which a softmax in float16 is not
 */
export function toDistributions(y: RowsLike, name: string): Rows {
  const rows = toLabelRows(y, name);
  mapRows(rows, (row, at) => {
    const sum = sumOf(row, (value) => value);
    if (!(row.every((value) => value >= 0) && Math.abs(sum - 1) <= 1e-3)) {
      const i = at / row.length;
      throw new RangeError(
        `${name}: every row must be >= 0 and sum to 1, got [${Array.from(row).join(', ')}] in row ${i}`,
      );
    }
    return sum;
  });
  return rows;
}
