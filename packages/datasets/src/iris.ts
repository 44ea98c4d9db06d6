/** Iris: Fisher's 150 flowers of three species. */
import type { Dataset } from './dataset.ts';

/**
 * Load Iris: 150 rows of 4 lengths in centimetres, 3 classes of 50, as scikit-learn's `load_iris` returns them.
 *
 * The data come with the package, in a module of their own that is imported here: no network, in Node and in the
 * browser alike.
 *
 * @returns a fresh copy each time
 * @example
 * const { features, labels } = await loadIris(); // features.shape is [150, 4]
 * @see Fisher, "The use of multiple measurements in taxonomic problems", 1936
 */
export async function loadIris(): Promise<Dataset> {
  const { digest, features, labels } = await import('./iris-data.generated.ts');
  const tenths = features.replaceAll('\n', '');
  const data = new Float64Array(tenths.length / 2);
  // Dividing by 10 rounds once, as reading "5.1" does.
  for (let i = 0; i < data.length; i++) data[i] = Number(tenths.slice(2 * i, 2 * i + 2)) / 10;
  return {
    name: 'iris',
    features: { data, shape: [labels.length, 4] },
    labels: Int32Array.from(labels, Number),
    classNames: ['setosa', 'versicolor', 'virginica'],
    featureNames: ['sepal length (cm)', 'sepal width (cm)', 'petal length (cm)', 'petal width (cm)'],
    card: {
      title: 'Iris plants',
      source:
        'Measured by Edgar Anderson, published by R. A. Fisher (1936), given to the UCI Machine Learning Repository by Michael Marshall (1988), exported from scikit-learn (load_iris)',
      licence: 'CC BY 4.0, as the UCI Machine Learning Repository states it',
      citation:
        'Fisher, R. A. "The use of multiple measurements in taxonomic problems". Annals of Eugenics 7 (2), 179-188, 1936. https://doi.org/10.1111/j.1469-1809.1936.tb02137.x',
      notes:
        "scikit-learn's copy follows Fisher's paper, as R's does; the file of the UCI Machine Learning Repository differs from it in rows 35 and 38 (counted from 1). One species is linearly separable from the other two, those two are not from each other.",
    },
    digest,
  };
}
