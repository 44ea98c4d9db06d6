/** Data sets: rows with a class each, and where they come from. */
import { type Rows, type RowsLike, toRows } from '@mixup/core';
import { encodeClasses } from './classes.ts';
import { datasetDigest } from './digest.ts';

/** Where data come from, and on what terms. */
export interface DatasetCard {
  readonly title: string;
  /** Who made them, and where they were taken from. */
  readonly source: string;
  readonly licence: string;
  readonly citation: string;
  /** What to know before using them. */
  readonly notes: string;
}

/** Rows with a class each. All of it is the caller's own: nothing is shared with the next one who loads it. */
export interface Dataset {
  readonly name: string;
  /** [rows, features], every value finite */
  readonly features: Rows<Float64Array>;
  /** [rows], each an integer in [0, classNames.length) */
  readonly labels: Int32Array;
  /** [classes], at least 2; the name of class id i is at i */
  readonly classNames: readonly string[];
  /** [features] */
  readonly featureNames: readonly string[];
  readonly card: DatasetCard;
  /** 64 hexadecimal digits that name the content: see `datasetDigest`. */
  readonly digest: string;
}

export interface DatasetInput {
  /** Not empty. */
  readonly name: string;
  /** [rows, features]: copied to float64 */
  readonly features: RowsLike;
  /** [rows], the class of each row: all strings, or all numbers */
  readonly labels: ArrayLike<string> | ArrayLike<number>;
  /** [features], by default "feature 0" and so on */
  readonly featureNames?: readonly string[];
  /** Whatever is known, by default nothing but the name as the title. */
  readonly card?: Partial<DatasetCard>;
}

/**
 * Create a data set from one's own rows.
 *
 * Classes get their ids in sorted order, numbers by value and strings by code unit, as scikit-learn's `LabelEncoder`
 * gives them. Everything is copied and checked here, once, so that nothing after it need check again.
 *
 * @throws TypeError for ragged rows, and for labels that are neither all strings nor all numbers
 * @throws RangeError for NaN, fewer than 2 rows, one class only, and sizes that do not fit each other
 * @example
 * createDataset({ name: 'pets', features: [[4, 9], [30, 60], [5, 8]], labels: ['cat', 'dog', 'cat'] });
 */
export function createDataset({ name, features, labels, featureNames, card }: DatasetInput): Dataset {
  if (typeof name !== 'string' || name === '') {
    throw new TypeError(`createDataset: name must be a string that is not empty, got ${JSON.stringify(name)}`);
  }
  const { data, shape } = toRows(features, 'createDataset: features');
  const [rows, width = 0] = shape;
  if (rows < 2) throw new RangeError(`createDataset: features must have at least 2 rows, got ${rows}`);
  if (shape.length !== 2 || width === 0) {
    throw new RangeError(`createDataset: features must have shape [rows, features], got [${shape.join(', ')}]`);
  }
  if (labels?.length !== rows) {
    throw new RangeError(`createDataset: labels must have one entry for each of ${rows} rows, got ${labels?.length}`);
  }
  if (featureNames && featureNames.length !== width) {
    throw new RangeError(
      `createDataset: featureNames must name each of ${width} features, got ${featureNames.length} names`,
    );
  }
  const { ids, classNames } = encodeClasses(labels);
  const own: Rows<Float64Array> = { data: new Float64Array(data), shape: [rows, width] };
  return {
    name,
    features: own,
    labels: ids,
    classNames,
    featureNames: featureNames ? [...featureNames] : Array.from({ length: width }, (_, i) => `feature ${i}`),
    card: { title: name, source: '', licence: '', citation: '', notes: '', ...card },
    digest: datasetDigest(own, ids),
  };
}
