"""Write the golden files of @mixup/datasets: what scikit-learn gives, for the tests to hold TypeScript to.

    python packages/datasets/golden/sklearn_goldens.py

Needs numpy and scikit-learn; run it from the root of the repository. Each file carries this command and the versions
that made it. Floats are written by repr, which reads back to the same bits.
"""

import hashlib
import json
import platform
from pathlib import Path

import numpy as np
import sklearn
from sklearn.datasets import load_digits, load_iris, make_blobs, make_circles, make_moons
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import MinMaxScaler, StandardScaler

TARGET = Path(__file__).parent.parent / "test" / "golden"
COMMAND = "python packages/datasets/golden/sklearn_goldens.py"
VERSIONS = {"python": platform.python_version(), "numpy": np.__version__, "scikit-learn": sklearn.__version__}


def write(name, what, cases):
    head = json.dumps({"what": what, "command": COMMAND, "versions": VERSIONS})[1:-1]
    rows = ",\n".join(json.dumps(case, allow_nan=False) for case in cases)
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / f"{name}.golden.json").write_text("{" + head + ',\n"cases": [\n' + rows + "\n]}\n", encoding="utf-8")


# --- data sets -----------------------------------------------------------------------------------------------------


def describe(name, bunch):
    return {
        "name": name,
        "shape": bunch.data.shape,
        "featureNames": list(bunch.feature_names),
        "classNames": [str(value) for value in bunch.target_names],
        "classCounts": np.bincount(bunch.target).tolist(),
        "columnSums": [float(value) for value in bunch.data.sum(axis=0)],
        "rows": {str(row): bunch.data[row].tolist() for row in (0, 34, 37, len(bunch.data) - 1)},
    }


iris, digits = load_iris(), load_digits()
write("datasets", "load_iris() and load_digits()", [describe("iris", iris), describe("digits", digits)])

# --- splits --------------------------------------------------------------------------------------------------------

SEEDS = [0, 1, 42, 2**32 - 1]
SIZES = [
    (2, 0.5, None), (3, None, None), (5, 0.2, None), (10, 0.33, None), (10, 3, None), (10, 1, None), (10, None, 0.5),
    (10, None, 7), (20, 0.3, 0.5), (20, 5, 0.5), (20, 0.1, 3), (97, 0.999 * 96 / 97, None), (150, 0.2, None),
    (150, 0.25, 0.75), (1000, 0.1, None), (1797, 0.2, None),
]


def rows(values):
    """The row numbers where they are few, else their first ones and the digest of all, as little-endian int32."""
    if len(values) <= 40:
        return {"values": [int(value) for value in values]}
    data = np.asarray(values, dtype="<i4").tobytes()
    first = [int(value) for value in values[:5]]
    return {"length": len(values), "first": first, "sha256": hashlib.sha256(data).hexdigest()}


def split(n, test_size, train_size, seed, strata=None, calls=1):
    options = {"test_size": test_size, "train_size": train_size, "stratify": strata}
    # One state over several calls moves on; a single call gets the seed itself.
    state = np.random.RandomState(seed) if calls > 1 else seed
    for _ in range(calls):
        train, test = train_test_split(np.arange(n), random_state=state, **options)
    case = {"n": n, "seed": seed, "calls": calls, "train": rows(train), "test": rows(test)}
    if test_size is not None:
        case["testSize"] = test_size
    if train_size is not None:
        case["trainSize"] = train_size
    if strata is not None:
        case["strata"] = " ".join(str(value) for value in strata)
    return case


write("splits", "train_test_split(np.arange(n), …)", [
    *(split(n, test, train, seed) for n, test, train in SIZES for seed in SEEDS),
    *(split(30, 0.2, None, seed, calls=3) for seed in SEEDS),
])

random = np.random.default_rng(3)
STRATA = [
    ([0, 0, 1, 1], 0.5, None),
    ([1, 0, 1, 0, 0, 1, 1], 2, None),
    ([0] * 5 + [1] * 5 + [2] * 5, 4, None),  # equal remainders in every class
    ([0] * 5 + [1] * 5 + [2] * 5, 4, 7),
    ([2, 2, 2, 2, 1, 1, 0, 0, 0], 0.34, None),
    ([7, -1, 7, -1, 30, 30, 30, 7, -1, -1], 0.3, 0.5),  # ids with gaps
    ([0] * 90 + [1] * 8 + [2] * 2, 0.1, None),  # rare classes
    ([0] * 2 + [1] * 98, 2, None),
    (random.integers(0, 3, 50), 0.25, None),
    (random.integers(0, 3, 50), 7, 11),
    (random.integers(0, 17, 400), 0.2, None),
    (np.repeat(np.arange(12), 7), 0.2, None),  # ties among 12 classes
    (np.repeat(np.arange(12), 7), 0.3, 0.4),
    (random.choice(5, 500, p=[0.6, 0.2, 0.1, 0.06, 0.04]), 0.15, 0.5),
    # Remainders that are equal, or not, only as size / total * draws rounds; size * draws / total rounds otherwise.
    (np.repeat(np.arange(4), [9, 11, 5, 5]), 20, None),
    (np.repeat(np.arange(4), [5, 5, 9, 8]), 18, None),
    (np.repeat(np.arange(3), [10, 7, 4]), 14, None),
    (iris.target, 0.2, None),
    (iris.target, 0.25, None),
    (iris.target, 31, None),  # not a multiple of 3
    (digits.target, 0.2, None),
    (digits.target, 0.5, 0.1),
]
write("stratified-splits", "train_test_split(np.arange(n), stratify=…)", [
    *(split(len(strata), test, train, seed, strata) for strata, test, train in STRATA for seed in SEEDS),
    *(split(150, 0.3, None, seed, iris.target, calls=3) for seed in SEEDS),
])

# --- scalers -------------------------------------------------------------------------------------------------------


def fit(name, x, subset=None, feature_range=(0, 1)):
    fitted = x if subset is None else x[subset]
    standard, span = StandardScaler().fit(fitted), MinMaxScaler(feature_range=feature_range).fit(fitted)
    standard_out, span_out = standard.transform(x), span.transform(x)

    # scikit-learn is left to compute with what it was given; float32 goes to JSON exactly through float64.
    def lists(array):
        return np.asarray(array, dtype=np.float64).tolist()

    case = {
        "name": name,
        "dtype": str(x.dtype),
        "range": list(feature_range),
        "standard": {"mean": lists(standard.mean_), "scale": lists(standard.scale_), "out": lists(standard_out)},
        "minMax": {"scale": lists(span.scale_), "offset": lists(span.min_), "out": lists(span_out)},
    }
    if name in ("iris", "digits"):
        # The rows are those of the data set itself, and the results are many: some rows of them.
        for kind in ("standard", "minMax"):
            case[kind]["out"] = case[kind]["out"][:3]
    else:
        case["x"] = lists(x)
    if subset is not None:
        case["rows"] = [int(row) for row in subset]
    return case


random = np.random.default_rng(4)
scales = np.array([1e-30, 1e-3, 1, 1e6, 1e30])
wide = random.standard_normal((12, 5)) * scales + scales
tenth = np.full((10, 1), 0.1)
near = np.column_stack([
    np.full(9, 3.0), np.full(9, 0.0), np.full(9, 1e20), np.full(9, 1 / 3), np.full(9, -7e-12),
    1e8 + np.arange(9) * 1e-8,  # within the error bound of a constant
    1e20 + np.arange(9) * 2.0**14,  # within it too, though its variance is 2e9
    1e8 + np.arange(9) * 1e-6,  # outside
    1.0 + np.arange(9) * 2.0**-52,
    np.arange(9) * 1e-200,  # its squares underflow
    np.arange(9) * 1e-15,
])
write("scalers", "StandardScaler and MinMaxScaler: fit, then transform of all rows", [
    fit("iris", iris.data),
    fit("iris", iris.data, subset=np.arange(0, 150, 4)),
    fit("iris", iris.data, feature_range=(-1, 1)),
    fit("digits", digits.data),
    fit("digits", digits.data, subset=np.arange(5, 1797, 3)),
    fit("columns of very different scale", wide),
    fit("columns of very different scale, some rows", wide, subset=np.array([3, 0, 11, 7, 7])),
    fit("a column of 0.1", tenth),
    fit("constant and nearly constant columns", near),
    fit("one row", np.array([[4.0, -2.5, 0.0]]), feature_range=(2, 5)),
    fit("a large mean", 1e9 + random.standard_normal((40, 2))),
    fit("float32", random.standard_normal((20, 3)).astype(np.float32) * np.float32(3) + np.float32(1)),
    fit("float32, nearly constant", (1 + np.arange(8).reshape(8, 1) * 2.0**-23).astype(np.float32)),
])

# --- problems in the plane -----------------------------------------------------------------------------------------


def plane(name, make, seed, rows, noise, **options):
    features, labels = make(seed)
    return {"name": name, "seed": seed, "rows": rows, "noise": noise, **options,
            "features": features.tolist(), "labels": labels.tolist()}


CENTERS = [(1.0, 0.0), (-0.5, 2.0), (-3.0, -1.5)]
write("plane", "make_moons, make_circles and make_blobs", [
    *(plane("moons", lambda seed: make_moons(rows, noise=noise or None, random_state=seed), seed, rows, noise)
      for seed, rows, noise in [(0, 20, 0.1), (1, 7, 0.3), (42, 12, 0)]),
    *(plane("circles", lambda seed: make_circles(rows, noise=noise or None, factor=factor, random_state=seed),
            seed, rows, noise, factor=factor)
      for seed, rows, noise, factor in [(0, 20, 0.1, 0.5), (1, 7, 0.3, 0.8), (42, 12, 0, 0)]),
    *(plane("blobs", lambda seed: make_blobs(rows, centers=CENTERS, cluster_std=noise, random_state=seed),
            seed, rows, noise, centers=CENTERS)
      for seed, rows, noise in [(0, 20, 1.0), (1, 7, 0.3)]),
])
