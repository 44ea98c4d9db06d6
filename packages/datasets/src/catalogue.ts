/** The catalogue: the embedded data sets by name. */
import type { Dataset } from './dataset.ts';
import { loadDigits } from './digits.ts';
import { loadIris } from './iris.ts';

/** The names that `loadDataset` knows. */
export const datasetNames = ['iris', 'digits'] as const;

export type DatasetName = (typeof datasetNames)[number];

const loaders: ReadonlyMap<string, () => Promise<Dataset>> = new Map(
  Object.entries({ iris: loadIris, digits: loadDigits } satisfies Record<DatasetName, () => Promise<Dataset>>),
);

/**
 * Load an embedded data set by its name.
 *
 * @param name one of `datasetNames`
 * @returns a fresh copy each time
 * @throws RangeError (as a rejection) for any other name
 */
export async function loadDataset(name: DatasetName): Promise<Dataset> {
  const load = loaders.get(name);
  if (!load) {
    throw new RangeError(
      `loadDataset: name must be one of ${datasetNames.join(', ')}, got ${JSON.stringify(name) ?? String(name)}`,
    );
  }
  return load();
}
