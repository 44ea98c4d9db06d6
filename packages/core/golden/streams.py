"""Write the golden files of @mixup/core: what NumPy and SciPy give, for the tests to hold TypeScript to.

    python packages/core/golden/streams.py

Needs numpy and scipy. Each file carries this command and the versions that made it. Floats are written by repr, which
reads back to the same bits.
"""

import hashlib
import json
import platform
from pathlib import Path

import numpy as np
import scipy
from scipy import stats

TARGET = Path(__file__).parent.parent / "test" / "golden"
COMMAND = "python packages/core/golden/streams.py"


def write(name, what, **content):
    versions = {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "libc": " ".join(platform.libc_ver()),
    }
    head = {"what": what, "command": COMMAND, "versions": versions}
    parts = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    for key, value in content.items():
        rows = ",\n".join(json.dumps(row, ensure_ascii=False, allow_nan=False) for row in value)
        parts.append(f"{json.dumps(key)}: [\n{rows}\n]")
    TARGET.mkdir(parents=True, exist_ok=True)
    text = "{\n" + ",\n".join(parts) + "\n}\n"
    (TARGET / f"{name}.golden.json").write_text(text, encoding="utf-8")


def sha256(words, dtype):
    return hashlib.sha256(np.asarray(words, dtype=dtype).tobytes()).hexdigest()


# --- the words of a seed -------------------------------------------------------------------------------------------

SEEDS = [0, 1, 42, 2**31, 2**32 - 1, 2**32, 2**40 + 5, 2**53 - 1]
PATHS = [[], ["order"], [""], ["é"], ["a longer label than sixteen bytes"], ["ab"], ["a", "b"], ["trial 7", "init"]]


def label_words(label):
    """Its length in bytes, then its UTF-8 bytes, four to a little-endian word."""
    data = label.encode("utf-8")
    padded = data + b"\0" * (-len(data) % 4)
    return [len(data), *np.frombuffer(padded, dtype="<u4").tolist()]


def spawn_key(path):
    return tuple(word for label in path for word in label_words(label))


def seed_words(seed):
    """The words that NumPy makes of an integer, low word first."""
    return [seed] if seed < 2**32 else [seed % 2**32, seed // 2**32]


def seed_sequence_cases():
    for seed in SEEDS:
        for path in PATHS:
            key = spawn_key(path)
            for size in (4, 9):
                state = np.random.SeedSequence(seed, spawn_key=key).generate_state(size).tolist()
                yield {"entropy": seed_words(seed), "spawnKey": list(key), "size": size, "state": state}
    for words in ([1, 2, 3, 4], [1, 2, 3, 4, 5, 6, 7]):
        for key in ((), (9,)):
            state = np.random.SeedSequence(words, spawn_key=key).generate_state(4).tolist()
            yield {"entropy": words, "spawnKey": list(key), "size": 4, "state": state}


# --- xoshiro128** --------------------------------------------------------------------------------------------------


def xoshiro128starstar(state):
    """Blackman and Vigna, https://prng.di.unimi.it/xoshiro128starstar.c (public domain), in Python's integers."""
    mask = 2**32 - 1

    def rotl(x, k):
        return ((x << k) | (x >> (32 - k))) & mask

    s = list(state)
    while True:
        yield (rotl((s[1] * 5) & mask, 7) * 9) & mask
        t = (s[1] << 9) & mask
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 11)


def xoshiro_cases():
    for seed in SEEDS:
        for path in PATHS:
            state = np.random.SeedSequence(seed, spawn_key=spawn_key(path)).generate_state(4).tolist()
            stream = xoshiro128starstar(state)
            words = [next(stream) for _ in range(1000)]
            doubles = [((a >> 5) * 2**26 + (b >> 6)) / 2**53 for a, b in zip(words[:8:2], words[1:8:2])]
            yield {
                "seed": seed,
                "forks": path,
                "first": words[:8],
                "doubles": doubles,
                "sha256": sha256(words, "<u4"),
            }


# --- RandomState ---------------------------------------------------------------------------------------------------

METHODS = {
    "randomSample": "random_sample",
    "uniform": "uniform",
    "standardNormal": "standard_normal",
    "standardGamma": "standard_gamma",
    "beta": "beta",
}
SHAPES = [0, 0.1, 0.5, 1, 2.5, 100]
BETAS = [(0.2, 0.2), (1, 1), (1e-3, 1e-3), (2, 3), (0.5, 4), (8, 8)]
BETA_EXTREMES = [(1e-4, 1e-4), (0.01, 0.01), (1e-4, 1e4), (1, 1e-3), (1e4, 1e4)]

SEQUENCES = {
    "randomSample": [("randomSample", [], None), ("randomSample", [], 40), ("randomSample", [], 0)],
    "uniform": [("uniform", [-1, 3], None), ("uniform", [0, 1e-3], 30), ("uniform", [5, -5], 5)],
    "standardNormal": [("standardNormal", [], None), ("standardNormal", [], 40), ("standardNormal", [], None)],
    "standardGamma": [("standardGamma", [shape], 30) for shape in SHAPES],
    "beta": [("beta", [a, b], 30) for a, b in BETAS],
    "beta at the extremes": [("beta", [a, b], 30) for a, b in BETA_EXTREMES],
    "shuffle": [("shuffle", [], n) for n in (0, 1, 2, 3, 20, 64, 65)],
    "permutation": [("permutation", [], n) for n in (1, 2, 3, 10, 100)],
    "interleaved": [
        ("standardNormal", [], None),
        ("randomSample", [], 3),
        ("standardNormal", [], None),
        ("beta", [0.2, 0.2], None),
        ("standardNormal", [], 3),
        ("permutation", [], 17),
        ("standardNormal", [], None),
        ("standardGamma", [2.5], None),
        ("uniform", [-2, 2], 4),
        ("shuffle", [], 33),
        ("beta", [2, 3], 5),
        ("standardGamma", [0.5], 4),
        ("beta", [8, 8], None),
        ("randomSample", [], None),
    ],
    "the README": [("permutation", [], 5), ("beta", [0.2, 0.2], 3), ("standardNormal", [], None)],
    "past one refill": [("randomSample", [], 700), ("permutation", [], 50), ("beta", [0.2, 0.2], 20)],
}


def run_step(state, method, args, size):
    if method == "shuffle":
        array = np.arange(size)
        state.shuffle(array)
        return array.tolist()
    if method == "permutation":
        return state.permutation(size).tolist()
    value = getattr(state, METHODS[method])(*args, size=size)
    return value if size is None else value.tolist()


def random_state_cases():
    for seed in (0, 1, 42, 2**32 - 1):
        for name, steps in SEQUENCES.items():
            state = np.random.RandomState(seed)
            run = [
                {"method": method, "args": args, "size": size, "values": run_step(state, method, args, size)}
                for method, args, size in steps
            ]
            yield {"seed": seed, "name": name, "steps": run}


def digits_permutations():
    for seed in (0, 1, 42, 2**32 - 1):
        order = np.random.RandomState(seed).permutation(1797)
        yield {"seed": seed, "n": 1797, "first": order[:10].tolist(), "sha256": sha256(order, "<i4")}


# --- the article's generator ---------------------------------------------------------------------------------------


class MixupGenerator:
    """Disjoint halves of a shuffled run of 2B rows, one lambda a row, the remainder of a pass dropped.

    Written from the published behaviour of yu4u/mixup-generator, which the article uses.
    """

    def __init__(self, x, y, batch_size, alpha, shuffle):
        self.x, self.y = x, y
        self.batch_size, self.alpha, self.shuffle = batch_size, alpha, shuffle

    def __call__(self):
        n, b = len(self.x), self.batch_size
        while True:
            order = np.arange(n)
            if self.shuffle:
                np.random.shuffle(order)
            for i in range(n // (2 * b)):
                run = order[i * 2 * b : (i + 1) * 2 * b]
                index, partner = run[:b], run[b:]
                lam = np.random.beta(self.alpha, self.alpha, b)
                column = lam.reshape(b, 1)
                x = self.x[index] * column + self.x[partner] * (1 - column)
                y = self.y[index] * column + self.y[partner] * (1 - column)
                yield x, y, index, partner, lam


def generator_cases():
    shapes = [
        # rows, features, classes, batch size, passes, alphas
        ("Iris-sized", 120, 4, 3, 30, 5, (0.2, 1, 8)),
        ("Digits-like, 3 rows left over", 101, 3, 10, 7, 3, (0.2, 1, 8)),
    ]
    for name, rows, features, classes, batch_size, passes, alphas in shapes:
        data = np.random.RandomState(7)
        x = data.standard_normal((rows, features))
        labels = data.randint(0, classes, rows)
        y = np.eye(classes)[labels]
        for alpha in alphas:
            # One case in a fixed order, two seeds of the article's alpha, one seed of the others.
            for seed, shuffle in ((0, True), (2**32 - 1, True), (0, False)) if alpha == 0.2 else ((42, True),):
                np.random.seed(seed)
                stream = MixupGenerator(x, y, batch_size, alpha, shuffle)()
                batches = [next(stream) for _ in range(passes * (rows // (2 * batch_size)))]
                yield {
                    "name": name,
                    "seed": seed,
                    "alpha": alpha,
                    "batchSize": batch_size,
                    "shuffle": shuffle,
                    "classes": classes,
                    "passes": passes,
                    "data": x.tolist(),
                    "labels": labels.tolist(),
                    "batches": [
                        dict(zip(("x", "y", "index", "partner", "lambda"), (part.tolist() for part in batch)))
                        for batch in batches
                    ],
                }


# --- Beta ----------------------------------------------------------------------------------------------------------

BETA_SHAPES = [(a, a) for a in (1e-4, 1e-3, 0.01, 0.05, 0.1, 0.2, 0.5, 1, 2, 8, 32, 1000, 1e4)] + [
    (0.2, 3),
    (3, 0.2),
    (1e-4, 1e4),
    (1e4, 1e-4),
    (0.5, 1),
    (1, 1e-3),
    (1e-3, 0.5),
    (1, 1000),
    (30, 4),
    (0.4, 0.4),
    (0.4, 0.1),
    (0.3, 0.3),
]


def beta_cases():
    for a, b in BETA_SHAPES:
        law = stats.beta(a, b)
        mean, variance, _, kurtosis = (float(value) for value in law.stats(moments="mvsk"))
        # Quantiles where they are ordinary numbers, powers of ten where the mass sits in the tails.
        points = set(law.ppf(np.arange(1, 100) / 100).tolist())
        points |= {10.0**-k for k in (1, 2, 3, 5, 10, 20, 50, 100, 200, 300)}
        points |= {1 - 10.0**-k for k in (1, 2, 3, 5, 10, 15)}
        inside = np.array(sorted(point for point in points if 1e-300 <= point < 1))
        yield {
            "a": a,
            "b": b,
            "mean": mean,
            "variance": variance,
            "excessKurtosis": kurtosis,
            "points": inside.tolist(),
            "cdf": law.cdf(inside).tolist(),
        }


if __name__ == "__main__":
    write(
        "seed-sequence",
        "numpy.random.SeedSequence(entropy, spawn_key=spawnKey).generate_state(size)",
        cases=list(seed_sequence_cases()),
    )
    write(
        "xoshiro",
        "xoshiro128** by its published reference, its state filled by numpy.random.SeedSequence; sha256 of 1000 words",
        cases=list(xoshiro_cases()),
    )
    write(
        "random-state",
        "numpy.random.RandomState(seed), the steps one after the other",
        cases=list(random_state_cases()),
        permutations=list(digits_permutations()),
    )
    write(
        "generator",
        "the article's MixupGenerator after numpy.random.seed(seed), over several passes through the data",
        cases=list(generator_cases()),
    )
    write("beta", "scipy.stats.beta(a, b): moments, and cdf at points", cases=list(beta_cases()))
