"""Export scikit-learn's Iris and Digits to the data modules of @mixup/datasets.

    python packages/datasets/scripts/export_datasets.py

Needs scikit-learn; run it from the root of the repository. What is written is exact: the digests come from the arrays
that scikit-learn returned, and the tests decode the modules and compare the bytes.
"""

import hashlib
from pathlib import Path

import numpy as np
import sklearn
from sklearn.datasets import load_digits, load_iris

TARGET = Path(__file__).parent.parent / "src"
COMMAND = "python packages/datasets/scripts/export_datasets.py"
DIGITS = "0123456789abcdefg"


def sha256(*arrays):
    return hashlib.sha256(b"".join(array.tobytes() for array in arrays)).hexdigest()


def tenths(row):
    """Two decimal digits per value: 5.1 is 51."""
    whole = np.rint(row * 10).astype(int)
    assert np.array_equal(whole / 10, row) and whole.min() >= 0 and whole.max() <= 99
    return "".join(f"{value:02d}" for value in whole)


def pixels(row):
    """One digit of base 17 per value."""
    whole = np.rint(row).astype(int)
    assert np.array_equal(whole, row) and whole.min() >= 0 and whole.max() <= 16
    return "".join(DIGITS[value] for value in whole)


def export(name, bunch, encode, how):
    features = np.ascontiguousarray(bunch.data, dtype="<f8")
    labels = np.ascontiguousarray(bunch.target, dtype="<i4")
    assert bunch.data.dtype == np.float64 and np.array_equal(labels, bunch.target)
    assert labels.min() >= 0 and labels.max() <= 9
    shape = np.array(features.shape, dtype="<i4")
    rows = "\n".join(encode(row) for row in features)
    text = f"""/**
 * {name} as scikit-learn {sklearn.__version__} returns it. Generated; do not edit.
 *
 * {COMMAND}
 */

/** A row a line, {how}. */
export const features = `{rows}`;

/** The class of each row, one digit each. */
export const labels = '{"".join(map(str, labels))}';

/** SHA-256 of the bytes, little-endian: float64 features, int32 labels. */
export const sha256 = {{
  features: '{sha256(features)}',
  labels: '{sha256(labels)}',
}};

/** SHA-256 of shape (int32), features and labels together: what `datasetDigest` gives. */
export const digest = '{sha256(shape, features, labels)}';
"""
    (TARGET / f"{name.lower()}-data.generated.ts").write_text(text, encoding="utf-8")


export("Iris", load_iris(), tenths, "two decimal digits a value, in tenths of a centimetre")
export("Digits", load_digits(), pixels, "one digit of base 17 a pixel")
