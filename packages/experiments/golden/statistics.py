"""Make test/golden/statistics.golden.json: what SciPy, NumPy and exact integers say about the statistics.

    python packages/experiments/golden/statistics.py

Needs numpy and scipy. The versions that made the committed file are written in it.
"""

import json
import platform
import warnings
from fractions import Fraction
from pathlib import Path

import numpy as np
import scipy
from scipy import stats

TARGET = Path(__file__).resolve().parent.parent / "test" / "golden" / "statistics.golden.json"
random = np.random.default_rng(3)


def student():
    """[df, p, quantile at p] by t.ppf, and [df, t, P(T <= t)] by t.cdf, from the centre to the far tails."""
    dfs = [1, 1.5, 2, 3, 4, 5, 9, 19, 30, 31, 32, 33, 99, 199, 999, 1e4, 123456, 1e5, 1e6]
    lower = [1e-10, 1e-8, 1e-5, 1e-3, 0.005, 0.025, 0.04, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.49, 0.4999]
    ps = lower + [0.5] + [1 - p for p in reversed(lower)]
    ts = [0, 1e-8, 1e-3, 0.3, 0.9, 1, 1.1, 1.7, 1.73, 1.74, 2, 2.5, 4, 6, 8, 20, 100, 1e4, 1e9]
    ts = [-t for t in reversed(ts)] + ts[1:]
    quantile = [[df, p, float(stats.t.ppf(p, df))] for df in dfs for p in ps]
    cdf = [[df, t, float(stats.t.cdf(t, df))] for df in dfs for t in ts]
    # Left out, because SciPy 1.17.1 is off by more than 1e-10 there: t.cdf(1e-8, 1) says 0.5000000047 where
    # 1/2 + arctan(1e-8) / pi is 0.5000000032; and t.ppf(0.4999, 4). The tests hold both to the closed forms.
    quantile = [row for row in quantile if row[0] != 4 or abs(row[1] - 0.5) > 1e-3 or row[1] == 0.5]
    # Below 1e-300 the last digits are those of subnormal numbers.
    cdf = [row for row in cdf if row[2] > 1e-300 and not (row[0] == 1 and 0 < abs(row[1]) < 1e-6)]
    return {"quantile": quantile, "cdf": cdf}


def samples():
    """Differences of many kinds: real-valued, accuracies with ties, tiny, large, next to a large mean."""
    yield [0.02, 0.03, 0.01]
    yield [1e-170, -2e-170, 4e-170]
    yield [1e160, -3e160, 2.5e160, 1e160]
    yield (1e6 + random.normal(size=50)).tolist()
    for n in [2, 3, 5, 12, 20, 200]:
        yield random.normal(0.3, 1, n).tolist()
        yield (np.round(random.normal(0.5, 2, n)) / 360).tolist()


def interval(values, confidence):
    mean, error = np.mean(values), stats.sem(np.array(values) / np.max(np.abs(values))) * np.max(np.abs(values))
    low, high = stats.t.interval(confidence, len(values) - 1, loc=mean, scale=error)
    return {"mean": float(mean), "standardError": float(error), "low": float(low), "high": float(high)}


def intervals():
    cases = [(values, confidence) for values in samples() for confidence in [0.5, 0.95, 0.999]]
    # Samples without spread have no interval by SciPy.
    return [
        {"values": values, "confidence": confidence, **interval(values, confidence)}
        for values, confidence in cases
        if np.ptp(values) > 0
    ]


def paired_t():
    cases = []
    for values in samples():
        # The squares of the extreme ones leave the range of a double in SciPy.
        if np.ptp(values) == 0 or not 1e-100 < np.max(np.abs(values)) < 1e100:
            continue
        result = stats.ttest_rel(values, np.zeros(len(values)))
        bounds = result.confidence_interval(0.95)
        figures = {"t": result.statistic, "df": result.df, "p": result.pvalue, "low": bounds.low, "high": bounds.high}
        cases.append({"differences": values, **{key: float(value) for key, value in figures.items()}})
    return cases


def corrected_t():
    """Nadeau and Bengio (2003): t with the variance (1 / n + testRows / trainRows) * s ** 2."""
    cases = []
    for case in paired_t():
        values, n = case["differences"], len(case["differences"])
        for train, test in [(120, 30), (1437, 360), (10, 90)]:
            error = np.sqrt((1 / n + test / train) * np.var(values, ddof=1))
            t = np.mean(values) / error
            low, high = stats.t.interval(0.95, n - 1, loc=np.mean(values), scale=error)
            figures = {"t": t, "df": n - 1, "p": 2 * stats.t.sf(abs(t), n - 1), "low": low, "high": high}
            sizes = {"trainRows": train, "testRows": test}
            cases.append({"differences": values, **sizes, **{key: float(value) for key, value in figures.items()}})
    return cases


def permutation():
    """p of scipy.stats.permutation_test over all sign flips, of integers (so ties are ties) and of real numbers."""

    def p(values):
        return float(
            stats.permutation_test(
                (np.array(values, dtype=float),),
                lambda x, axis: np.sum(x, axis=axis),
                permutation_type="samples",
                n_resamples=np.inf,
                vectorized=True,
            ).pvalue
        )

    cases = [[1, -1], [2, 2, -4], [1, 2, 3, 4], [0, 0, 5, 1]]
    for n in [2, 5, 8, 12, 16]:
        cases += [random.integers(-3, 6, n).tolist() for _ in range(3)]
        cases += [random.normal(0.5, 1, n).tolist()]
    return [{"differences": values, "p": p(values)} for values in cases]


def sign_flips():
    """p by counting in whole numbers: how many of the 2 ** n sums are as far from zero."""

    def p(counts):
        ways = {0: 1}
        for count in counts:
            after = {}
            for total, number in ways.items():
                for moved in (total + count, total - count):
                    after[moved] = after.get(moved, 0) + number
            ways = after
        seen = abs(sum(counts))
        return Fraction(sum(number for total, number in ways.items() if abs(total) >= seen), 2 ** len(counts))

    cases = []
    drawn = [(20, 1, 2), (200, 0.1, 2), (200, 0.3, 2), (200, 2, 3), (200, 6, 1), (400, 0, 5), (1500, 0.5, 3)]
    for n, mean, spread in drawn:
        counts = [int(count) for count in np.round(random.normal(mean, spread, n))]
        cases.append({"counts": counts, "p": float(p(counts))})
    # More differences than the exponent of a double has halvings.
    for n, lost in [(1000, 1), (1100, 20), (1300, 150)]:
        counts = [1] * (n - lost) + [-1] * lost
        cases.append({"counts": counts, "p": float(p(counts))})
    return cases


def areas():
    curves = [[0.5], [0.5, 0.9], [0.5, 0.9, 1.0], random.random(30).tolist(), random.random(1000).tolist()]
    return [
        {"values": v, "area": float(np.trapezoid(v) / (len(v) - 1)) if len(v) > 1 else v[0]} for v in curves
    ]


def bands():
    histories = np.round(random.uniform(0.3, 1, (20, 6)) * 360) / 360
    epochs = [interval(values, 0.95) for values in histories.T.tolist()]
    return {"histories": histories.tolist(), "epochs": epochs}


warnings.simplefilter("error")
golden = {
    "command": "python packages/experiments/golden/statistics.py",
    "versions": {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__},
    "student": student(),
    "interval": intervals(),
    "pairedT": paired_t(),
    "correctedT": corrected_t(),
    "permutation": permutation(),
    "signFlip": sign_flips(),
    "area": areas(),
    "band": bands(),
}
TARGET.parent.mkdir(parents=True, exist_ok=True)
TARGET.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
