/** The data that can be mixed here: Digits as pictures, all others as points in the plane. */
import { createRandom } from '@mixup/core';
import { circles, createDataset, type Dataset, loadDigits, loadIris, moons, spirals } from '@mixup/datasets';
import type { DataName } from './settings.ts';

export const dataTitles: Readonly<Record<DataName, string>> = {
  digits: 'Digits (pictures)',
  iris: 'Iris, two of its columns',
  moons: 'Two moons',
  circles: 'Two circles',
  spirals: 'Three spirals',
  csv: 'Your own CSV',
};

/** Load data, always the same. */
export async function loadSource(name: Exclude<DataName, 'csv'>): Promise<Dataset> {
  const random = createRandom(0).fork('data');
  switch (name) {
    case 'digits':
      return loadDigits();
    case 'iris':
      return petals(await loadIris());
    case 'moons':
      return moons(random, { rows: 200, noise: 0.1 });
    case 'circles':
      return circles(random, { rows: 200, noise: 0.06, factor: 0.5 });
    case 'spirals':
      return spirals(random, { rows: 240, noise: 0.02, classes: 3 });
    default:
      return name satisfies never;
  }
}

/** Two rows of different classes to begin with. */
export function firstPair(name: DataName): { readonly first: number; readonly second: number } {
  return name === 'digits' ? { first: 3, second: 17 } : { first: 20, second: 120 };
}

/** Iris by its petals: the two columns in which the species lie farthest apart. */
function petals({ features, labels, classNames, featureNames, ...rest }: Dataset): Dataset {
  const columns = [2, 3];
  const { name, card } = rest;
  return createDataset({
    name,
    card,
    features: Array.from(labels, (_, row) => columns.map((column) => features.data[4 * row + column] as number)),
    labels: Array.from(labels, (label) => classNames[label] as string),
    featureNames: columns.map((column) => featureNames[column] as string),
  });
}

/** Whether rows are pictures of 8 x 8 pixels; else they are points. */
export function isPictures({ features }: Dataset): boolean {
  return features.shape[1] === 64;
}
