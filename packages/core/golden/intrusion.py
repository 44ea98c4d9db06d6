"""Write the golden file of manifold intrusion: scikit-learn's nearest neighbours of mixed points of Iris and Digits.

    python packages/core/golden/intrusion.py

Needs numpy and scikit-learn. Rows of Digits are base64 of bytes; floats are written by repr.
"""

import base64
import json
import platform
from pathlib import Path

import numpy as np
import sklearn
from sklearn.datasets import load_digits, load_iris
from sklearn.neighbors import NearestNeighbors

TARGET = Path(__file__).parent.parent / "test" / "golden" / "intrusion.golden.json"
COMMAND = "python packages/core/golden/intrusion.py"


def case(name, x, ids, scale, seed, batch):
    """`x` holds whole numbers from 0 to 255; the rows are x / scale."""
    random = np.random.default_rng(seed)
    index = random.integers(0, len(x), batch)
    partner = random.integers(0, len(x), batch)
    weight = random.beta(1, 1, batch)
    rows = x / scale
    mixed = weight[:, None] * rows[index] + (1 - weight[:, None]) * rows[partner]
    search = NearestNeighbors(n_neighbors=1, algorithm="brute", metric="euclidean").fit(rows)
    nearest = search.kneighbors(mixed, return_distance=False)[:, 0]
    # Rows may be there twice: of equal ones the first is meant.
    first = {row.tobytes(): i for i, row in reversed(list(enumerate(x)))}
    nearest = np.array([first[x[i].tobytes()] for i in nearest])
    third = (ids[nearest] != ids[index]) & (ids[nearest] != ids[partner])
    return {
        "name": name,
        "bytes": base64.b64encode(x.astype(np.uint8).tobytes()).decode(),
        "shape": list(x.shape),
        "scale": scale,
        "ids": ids.tolist(),
        "index": index.tolist(),
        "partner": partner.tolist(),
        "lambda": weight.tolist(),
        "nearest": nearest.tolist(),
        "intruded": np.flatnonzero(third).tolist(),
    }


if __name__ == "__main__":
    iris = load_iris()
    digits = load_digits()
    head = {
        "what": "NearestNeighbors(n_neighbors=1, algorithm='brute') of mixed points; of rows that are equal the first",
        "command": COMMAND,
        "versions": {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "scikit-learn": sklearn.__version__,
        },
    }
    cases = [
        case("Iris", np.rint(iris.data * 10).astype(int), iris.target, 10, 0, 600),
        case("Digits", digits.data.astype(int), digits.target, 16, 1, 600),
    ]
    parts = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    parts.append('"cases": [\n' + ",\n".join(json.dumps(each) for each in cases) + "\n]")
    TARGET.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
