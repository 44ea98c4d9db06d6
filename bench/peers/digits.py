"""The article's Digits experiment, as far as it is the same for every peer: the data, the splits, the mixed rows.

A peer's script calls `main` with a function that trains all trials of one arm and returns the accuracy of each on its
held-out rows. Nothing here takes a noticeable part of the time.
"""

import argparse
import json

import numpy as np
from sklearn.datasets import load_digits
from sklearn.preprocessing import StandardScaler

EPOCHS = 30
BATCH = 30
HIDDEN = 80
MIXED = 300
ALPHA = 0.2
INPUTS = 64
CLASSES = 10


def load():
    """Pixels standardised over all rows, as the article does, and one-hot labels: float32, [1797, 64] and [1797, 10]."""
    digits = load_digits()
    x = StandardScaler().fit_transform(digits.data).astype(np.float32)
    return x, np.eye(CLASSES, dtype=np.float32)[digits.target]


def mix(random, x, y, rows):
    """The article's mixed batch: two disjoint halves of a shuffled draw, one lambda a row."""
    first, second = random.permutation(len(x))[: 2 * rows].reshape(2, rows)
    weight = random.beta(ALPHA, ALPHA, (rows, 1)).astype(np.float32)
    return weight * x[first] + (1 - weight) * x[second], weight * y[first] + (1 - weight) * y[second]


def trial_data(x, y, trial, arm):
    """One trial's training rows and held-out rows: x, y, held_x, held_y; 1437 (baseline) or 1737 (append) and 360."""
    random = np.random.RandomState(trial)
    order = random.permutation(len(x))
    held, train = order[:360], order[360:]
    train_x, train_y = x[train], y[train]
    if arm == "append":
        mixed_x, mixed_y = mix(random, train_x, train_y, MIXED)
        train_x, train_y = np.concatenate([train_x, mixed_x]), np.concatenate([train_y, mixed_y])
    return train_x, train_y, x[held], y[held]


def stacked(x, y, trials, arm):
    """The data of all trials, each array with the trials as its first axis."""
    return [np.stack(arrays) for arrays in zip(*(trial_data(x, y, trial, arm) for trial in range(trials)))]


def main(train_arm, **options):
    """Read --trials (and the peer's own options), train both arms, print the mean accuracies as one line of JSON.

    train_arm(x, y, arm, trials, **options) gives the held-out accuracies after the last epoch, one for each trial.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--trials", type=int, default=20)
    for name, default in options.items():
        parser.add_argument(f"--{name}", type=type(default), default=default)
    arguments = vars(parser.parse_args())
    x, y = load()
    accuracy = {arm: float(np.mean(train_arm(x, y, arm, **arguments))) for arm in ("baseline", "append")}
    print(json.dumps({"trials": arguments["trials"], "accuracy": accuracy}))
