"""Write the golden file of mixed tables: what NumPy and scikit-learn give, for the tests to hold `mixTable` to.

    python packages/core/golden/tables.py

Needs numpy and scikit-learn. Floats are written by repr, which reads back to the same bits; null is a missing value.
"""

import json
import platform
from pathlib import Path

import numpy as np
import sklearn
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder

TARGET = Path(__file__).parent.parent / "test" / "golden" / "tables.golden.json"
COMMAND = "python packages/core/golden/tables.py"
SIZES = ["S", "M", "L", "XL"]
CITIES = ["Oslo", "Rome", "São Paulo"]
ROWS, BATCH = 40, 60


def gaps(random, values):
    """Every fifth value or so is missing."""
    return np.where(random.random(len(values)) < 0.2, None, values)


def blend(own, other, weight, missing):
    """l * own + (1 - l) * other, and for a missing value what the policy says; weights of 0 and 1 copy."""
    mixed = weight * own + (1 - weight) * other
    if missing == "other":
        mixed = np.where(np.isnan(own), other, np.where(np.isnan(other), own, mixed))
    return np.where(weight == 1, own, np.where(weight == 0, other, mixed))


def swapped(own, other, weight, swap, missing):
    mixed = np.where(swap < weight, own, other)
    absent = np.equal(own, None) | np.equal(other, None)
    instead = np.where(np.equal(own, None), other, own) if missing == "other" else np.full(len(own), None)
    mixed = np.where(absent, instead, mixed)
    return np.where(weight == 1, own, np.where(weight == 0, other, mixed))


def case(seed, missing):
    random = np.random.default_rng(seed)
    columns = {
        "height": gaps(random, random.normal(170, 10, ROWS)),
        "visits": gaps(random, random.integers(-5, 6, ROWS)),
        "share": gaps(random, random.integers(0, 11, ROWS) / 10),
        "size": gaps(random, random.choice(SIZES, ROWS)),
        "city": gaps(random, random.choice(CITIES, ROWS)),
        "label": gaps(random, random.choice(CITIES, ROWS)),
    }
    index, partner = random.integers(0, ROWS, (2, BATCH))
    # Quarters, so that halves have to be rounded.
    weight = np.where(random.random(BATCH) < 0.4, random.integers(0, 5, BATCH) / 4, random.beta(0.2, 0.2, BATCH))
    swap = random.random(BATCH)

    def numbers(name):
        return columns[name].astype(float)

    def mixed(values):
        return blend(values[index], values[partner], weight, missing)

    share = numbers("share")
    ranks = OrdinalEncoder(categories=[SIZES], handle_unknown="use_encoded_value", unknown_value=np.nan)
    places = np.rint(mixed(ranks.fit_transform(columns["size"].reshape(-1, 1))[:, 0]))
    hot = OneHotEncoder(categories=[CITIES], handle_unknown="ignore", sparse_output=False)
    weights = hot.fit_transform(columns["label"].reshape(-1, 1))
    weights[np.equal(columns["label"], None)] = np.nan
    result = {
        "height": mixed(numbers("height")),
        "visits": np.rint(mixed(numbers("visits"))),
        "share": np.clip(mixed(share), np.fmin(share[index], share[partner]), np.fmax(share[index], share[partner])),
        "size": [None if np.isnan(place) else SIZES[int(place)] for place in places],
        "city": swapped(columns["city"][index], columns["city"][partner], weight, swap, missing),
        **{f"label={city}": mixed(weights[:, place]) for place, city in enumerate(CITIES)},
    }
    return {
        "missing": missing,
        "columns": {name: plain(values) for name, values in columns.items()},
        "index": plain(index),
        "partner": plain(partner),
        "lambda": plain(weight),
        "swap": plain(swap),
        "result": {name: plain(values) for name, values in result.items()},
    }


def plain(values):
    items = values.tolist() if isinstance(values, np.ndarray) else values
    return [None if isinstance(item, float) and np.isnan(item) else item for item in items]


if __name__ == "__main__":
    head = {
        "what": "a table of every kind of column, mixed by NumPy's expression; rint, OrdinalEncoder, OneHotEncoder, where",
        "command": COMMAND,
        "versions": {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "scikit-learn": sklearn.__version__,
        },
        "sizes": SIZES,
        "cities": CITIES,
    }
    cases = [case(seed, missing) for seed in range(3) for missing in ("either", "other")]
    parts = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    rows = ",\n".join(json.dumps(each, ensure_ascii=False, allow_nan=False) for each in cases)
    parts.append(f'"cases": [\n{rows}\n]')
    TARGET.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
