/** Digits: 1797 handwritten digits, 8 x 8 pixels each. */
import type { Dataset } from './dataset.ts';

const side = 8;

/**
 * Load Digits: 1797 rows of 64 pixels in 0 … 16, row-major images of 8 x 8, 10 classes, as scikit-learn's
 * `load_digits` returns them.
 *
 * The data come with the package, in a module of their own that is imported here: no network, and nothing to pay for
 * those who never call this.
 *
 * @returns a fresh copy each time
 * @example
 * const { features, labels } = await loadDigits(); // features.shape is [1797, 64]
 * @see Alpaydin, Kaynak, "Cascading classifiers", 1998
 */
export async function loadDigits(): Promise<Dataset> {
  const { digest, features, labels } = await import('./digits-data.generated.ts');
  const pixels = features.replaceAll('\n', '');
  const data = new Float64Array(pixels.length);
  for (let i = 0; i < data.length; i++) {
    const code = pixels.charCodeAt(i);
    data[i] = code < 58 ? code - 48 : code - 87; // 0 … 9, then a … g
  }
  const line = Array.from({ length: side }, (_, i) => i);
  return {
    name: 'digits',
    features: { data, shape: [labels.length, side * side] },
    labels: Int32Array.from(labels, Number),
    classNames: Array.from({ length: 10 }, (_, digit) => `${digit}`),
    featureNames: line.flatMap((row) => line.map((column) => `pixel_${row}_${column}`)),
    card: {
      title: 'Optical recognition of handwritten digits',
      source:
        'Made by E. Alpaydin and C. Kaynak (1998) with programs of NIST, the test set of the UCI Machine Learning Repository, exported from scikit-learn (load_digits)',
      licence: 'CC BY 4.0, as the UCI Machine Learning Repository states it',
      citation:
        'Alpaydin, E. and Kaynak, C. "Optical Recognition of Handwritten Digits". UCI Machine Learning Repository, 1998. https://doi.org/10.24432/C50P49',
      notes:
        'Each pixel counts the set bits of a 4 x 4 block of a 32 x 32 scan, so it is an integer in 0 … 16. These are the 13 writers of the test set; a random split has rows of every writer on both sides. Pixels 0, 32 and 39 are 0 in every row.',
    },
    digest,
  };
}
