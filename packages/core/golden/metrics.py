"""Write the golden file of training metrics: what NumPy and SciPy give, for the tests to hold TypeScript to.

    python packages/core/golden/metrics.py

Needs numpy and scipy. Floats are written by repr, which reads back to the same bits.
"""

import json
import platform
from pathlib import Path

import numpy as np
import scipy
from scipy.special import entr, log_softmax, rel_entr, softmax, xlogy

TARGET = Path(__file__).parent.parent / "test" / "golden" / "metrics.golden.json"
COMMAND = "python packages/core/golden/metrics.py"


def case(seed, rows, classes, scale):
    random = np.random.default_rng(seed)
    ids = random.integers(0, classes, rows)
    partner = random.permutation(rows)
    weight = np.where(random.random(rows) < 0.2, random.integers(0, 2, rows), random.beta(0.4, 0.4, rows))
    hot = np.eye(classes)[ids]
    labels = weight[:, None] * hot + (1 - weight)[:, None] * hot[partner]
    logits = random.normal(0, scale, (rows, classes))
    p = softmax(logits, axis=1)
    hits = weight * (p.argmax(1) == ids) + (1 - weight) * (p.argmax(1) == ids[partner])
    squares = ((p - hot) ** 2).mean(1), ((p - hot[partner]) ** 2).mean(1)
    return {
        "ids": ids.tolist(),
        "classes": classes,
        "partner": partner.tolist(),
        "lambda": weight.tolist(),
        "logits": logits.tolist(),
        "probabilities": p.tolist(),
        "entropies": entr(labels).sum(1).tolist(),
        "losses": (-xlogy(labels, p).sum(1)).tolist(),
        "lossesOfLogits": (-(labels * log_softmax(logits, axis=1)).sum(1)).tolist(),
        "excess": rel_entr(labels, p).sum(1).tolist(),
        "accuracy": hits.mean(),
        "ceiling": labels.max(1).mean(),
        "squaredTwoLosses": (weight * squares[0] + (1 - weight) * squares[1]).tolist(),
        "squaredMixedLabel": ((p - labels) ** 2).mean(1).tolist(),
    }


if __name__ == "__main__":
    head = {
        "what": "mixed labels and predictions: scipy.special entr, xlogy, rel_entr, log_softmax; means and squares of NumPy",
        "command": COMMAND,
        "versions": {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__},
    }
    cases = [case(0, 12, 3, 1), case(1, 20, 10, 3), case(2, 7, 2, 10), case(3, 1, 4, 1)]
    parts = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    parts.append('"cases": [\n' + ",\n".join(json.dumps(each, allow_nan=False) for each in cases) + "\n]")
    TARGET.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
