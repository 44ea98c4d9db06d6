"""Write test/golden/keras.golden.json: short trainings by Keras, for the tests to hold the engine to.

    KERAS_BACKEND=jax python packages/models/golden/trainings.py

Needs keras and jax (`pip install keras==3.15.0 jax==0.10.2`). The file carries this command and the versions that made it.
"""

import json
import os
import platform
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"

import jax
import keras
import numpy as np

TARGET = Path(__file__).parent.parent / "test" / "golden" / "keras.golden.json"
ROWS, INPUTS, UNITS, OUTPUTS, BATCH, EPOCHS = 24, 5, 8, 3, 8, 6
STEPS = EPOCHS * ROWS // BATCH

random = np.random.RandomState(0)


def float32(*shape):
    return random.uniform(-1, 1, shape).astype(np.float32)


def train(head, activation, loss, y, optimizer, sample_weights):
    kernels = [float32(INPUTS, UNITS), float32(UNITS, OUTPUTS)]
    biases = [float32(UNITS), float32(OUTPUTS)]
    x = float32(ROWS, INPUTS)
    weights = random.uniform(0, 2, ROWS).astype(np.float32) if sample_weights else None
    model = keras.Sequential(
        [
            keras.layers.Input((INPUTS,)),
            keras.layers.Dense(UNITS, activation="tanh"),
            keras.layers.Dense(OUTPUTS, activation=activation),
        ]
    )
    model.compile(optimizer=optimizer, loss=loss)
    start = [value for pair in zip(kernels, biases) for value in pair]
    model.set_weights(start)
    losses = []
    for step in range(STEPS):
        rows = slice(step * BATCH % ROWS, step * BATCH % ROWS + BATCH)
        model.reset_metrics()
        losses.append(
            float(
                model.train_on_batch(x[rows], y[rows], sample_weight=None if weights is None else weights[rows])
            )
        )
    return {
        "head": head,
        "optimizer": optimizer.get_config(),
        "x": x.ravel().tolist(),
        "y": y.ravel().tolist(),
        "sampleWeights": None if weights is None else weights.tolist(),
        "start": [value.ravel().tolist() for value in start],
        "losses": losses,
        "end": [value.ravel().tolist() for value in model.get_weights()],
    }


soft = random.dirichlet(np.ones(OUTPUTS), ROWS).astype(np.float32)
several = (random.uniform(size=(ROWS, OUTPUTS)) < 0.4).astype(np.float32)
targets = (3 * float32(ROWS, OUTPUTS)).astype(np.float32)
cosine = keras.optimizers.schedules.CosineDecay(0.02, STEPS)
optimizers = keras.optimizers
cross_entropy = keras.losses.CategoricalCrossentropy(from_logits=True)
binary = keras.losses.BinaryCrossentropy(from_logits=True)
cases = {
    "softmax, AdamW on a cosine, sample weights": train(
        "softmax", None, cross_entropy, soft, optimizers.AdamW(cosine, weight_decay=0.1), True
    ),
    "softmax, AdamW as it comes": train("softmax", None, cross_entropy, soft, optimizers.AdamW(), False),
    "sigmoid, Adam, sample weights": train("sigmoid", None, binary, several, optimizers.Adam(0.01), True),
    "sigmoid, SGD": train("sigmoid", None, binary, several, optimizers.SGD(0.5, momentum=0.5), False),
    "linear, AdamW": train("linear", None, "mse", targets, optimizers.AdamW(0.01, weight_decay=0.5), False),
    "linear, SGD on a cosine, sample weights": train(
        "linear", None, "mse", targets, optimizers.SGD(cosine, momentum=0.9), True
    ),
}
versions = {
    "python": platform.python_version(),
    "keras": keras.__version__,
    "jax": jax.__version__,
    "numpy": np.__version__,
}
golden = {
    "what": f"{STEPS} steps on batches of {BATCH} of {ROWS} rows in their order, {INPUTS}-{UNITS}-{OUTPUTS}, tanh",
    "command": "KERAS_BACKEND=jax python packages/models/golden/trainings.py",
    "versions": versions,
    "cosine": {"from": 0.02, "steps": STEPS, "rates": [float(cosine(step)) for step in range(STEPS)]},
    "cases": cases,
}
TARGET.write_text(json.dumps(golden, indent=None, separators=(",", ":"), default=float) + "\n")
print(TARGET, TARGET.stat().st_size, "bytes")
