"""Write the golden files of the methods: what the libraries themselves give for lambdas and partners that they draw.

    python packages/core/golden/presets.py

Needs numpy, scipy, scikit-learn, torch, torchvision, timm, keras (with the torch backend), fastai and mosaicml. The
libraries are run as they are; only what they draw is noted on the way (the draws of numpy.random, of torch and of their
own methods). The paper's code, RegMixup, Remix and C-Mixup are no packages: their cases are the formulas of the papers
in NumPy, and say so.
"""

import json
import os
import platform
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

os.environ["KERAS_BACKEND"] = "torch"

import composer
import fastai
import fastai.callback.mixup
import keras
import numpy as np
import scipy
import sklearn
import timm
import timm.data.mixup
import torch
import torchvision
from composer.algorithms.mixup import mixup_batch
from composer.loss.utils import ensure_targets_one_hot
from scipy.optimize import linear_sum_assignment
from sklearn.neighbors import KernelDensity
from torchvision.transforms import v2

TARGET = Path(__file__).parent.parent / "test" / "golden"
COMMAND = "python packages/core/golden/presets.py"
CLASSES = 3


def write(name, what, **content):
    modules = (np, scipy, sklearn, torch, torchvision, timm, keras, fastai, composer)
    versions = {"python": platform.python_version()} | {module.__name__: module.__version__ for module in modules}
    head = {"what": what, "command": COMMAND, "versions": versions}
    parts = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    for key, value in content.items():
        rows = ",\n".join(json.dumps(row, allow_nan=False) for row in value)
        parts.append(f"{json.dumps(key)}: [\n{rows}\n]")
    (TARGET / f"{name}.golden.json").write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def images(seed, batch, height=4, width=6, channels=2):
    """Float32 images [n, c, h, w] and class ids."""
    random = np.random.RandomState(seed)
    x = random.standard_normal((batch, channels, height, width)).astype(np.float32)
    return torch.tensor(x), torch.tensor(random.randint(0, CLASSES, batch))


def last(x):
    """[n, c, h, w] to the flat values of [n, h, w, c]."""
    return torch.as_tensor(x).detach().permute(0, 2, 3, 1).reshape(-1).tolist()


def case(preset, x, labels, mixed, mixed_labels, *, betas, order=None, **more):
    batch, channels, height, width = x.shape
    return {
        "preset": preset,
        "shape": [batch, height, width, channels],
        "x": last(x),
        "classes": labels.tolist(),
        "betas": betas,
        "order": order,
        "mixed": last(mixed),
        "mixedLabels": torch.as_tensor(mixed_labels).detach().double().reshape(-1).tolist(),
        **more,
    }


def noting(function, notes):
    def noted(*args, **kwargs):
        value = function(*args, **kwargs)
        notes.append(value)
        return value

    return noted


def one_hot(labels):
    return torch.nn.functional.one_hot(labels, CLASSES).float()


# --- timm ----------------------------------------------------------------------------------------------------------


def timm_cases():
    for mode in ("batch", "pair", "elem"):
        for seed in (0, 1):
            x, labels = images(seed, 8)
            np.random.seed(seed)
            mixer = timm.data.mixup.Mixup(mode=mode, num_classes=CLASSES)
            betas = []
            with mock.patch.object(np.random, "beta", noting(np.random.beta, betas)):
                mixed, mixed_labels = mixer(x.clone(), labels)
            # Pair and elem round their lambdas to float32.
            drawn = np.atleast_1d(betas[0]).tolist()
            used = drawn if mode == "batch" else [float(np.float32(value)) for value in drawn]
            yield case(f"timm-{mode}", x, labels, mixed, mixed_labels, betas=used)


def timm_cut_cases():
    for mode in ("batch", "pair", "elem"):
        for seed in range(4):
            x, labels = images(seed, 8, 7, 10)
            np.random.seed(seed)
            mixer = timm.data.mixup.Mixup(mixup_alpha=0, cutmix_alpha=1, mode=mode, num_classes=CLASSES)
            betas, centres = [], []
            with (
                mock.patch.object(np.random, "beta", noting(np.random.beta, betas)),
                mock.patch.object(np.random, "randint", noting(np.random.randint, centres)),
            ):
                mixed, mixed_labels = mixer(x.clone(), labels)
            drawn = np.atleast_1d(betas[0]).tolist()
            used = drawn if mode == "batch" else [float(np.float32(value)) for value in drawn]
            yield case(f"timm-{mode}", x, labels, mixed, mixed_labels, betas=used, centres=[int(c) for c in centres])


# --- torchvision ---------------------------------------------------------------------------------------------------


def torchvision_cases():
    for seed in (0, 1):
        x, labels = images(seed, 5)
        torch.manual_seed(seed)
        mixer = v2.MixUp(num_classes=CLASSES)
        params = []
        mixer.make_params = noting(mixer.make_params, params)
        mixed, mixed_labels = mixer(x.clone(), labels)
        yield case("torchvision", x, labels, mixed, mixed_labels, betas=[params[0]["lam"]])


def torchvision_cut_cases():
    for seed in range(6):
        x, labels = images(seed, 5, 7, 10)
        torch.manual_seed(seed)
        cutter = v2.CutMix(num_classes=CLASSES)
        params = []
        cutter.make_params = noting(cutter.make_params, params)
        mixed, mixed_labels = cutter(x.clone(), labels)
        left, top, right, bottom = params[0]["box"]
        yield case("torchvision", x, labels, mixed, mixed_labels, betas=[], box=[top, left, bottom, right])


# --- keras ---------------------------------------------------------------------------------------------------------


def keras_cases():
    for seed in (0, 1):
        x, labels = images(seed, 5)
        layer = keras.layers.MixUp(seed=seed, data_format="channels_last")
        drawn = []
        layer.get_random_transformation = noting(layer.get_random_transformation, drawn)
        out = layer({"images": x.permute(0, 2, 3, 1), "labels": one_hot(labels)}, training=True)
        yield case(
            "keras", x, labels, torch.as_tensor(out["images"]).permute(0, 3, 1, 2), out["labels"],
            betas=torch.as_tensor(drawn[0]["mix_weight"]).tolist(),
            order=torch.as_tensor(drawn[0]["permutation_order"]).tolist(),
        )  # fmt: skip


# --- fastai --------------------------------------------------------------------------------------------------------


def fastai_cases():
    for seed in (0, 1):
        x, labels = images(seed, 7)
        torch.manual_seed(seed)
        callback = fastai.callback.mixup.MixUp()
        learn = SimpleNamespace(xb=(x.clone(),), yb=(one_hot(labels),), x=x, y=one_hot(labels))
        callback.learn, callback.stack_y = learn, False
        orders, betas = [], []
        callback.distrib = SimpleNamespace(sample=noting(callback.distrib.sample, betas))
        with mock.patch.object(torch, "randperm", noting(torch.randperm, orders)):
            callback.before_batch()
        yield case(
            "fastai", x, labels, learn.xb[0], learn.yb[0], betas=betas[0].tolist(), order=orders[0].tolist()
        )


# --- composer ------------------------------------------------------------------------------------------------------


def composer_cases():
    import composer.algorithms.mixup.mixup as module

    for seed in (0, 1, 2):
        x, labels = images(seed, 6)
        np.random.seed(seed)
        torch.manual_seed(seed)
        betas, orders = [], []
        with (
            mock.patch.object(np.random, "beta", noting(np.random.beta, betas)),
            mock.patch.object(module, "_gen_indices", noting(module._gen_indices, orders)),
        ):
            mixed, partner_labels, mixing = mixup_batch(x, labels, alpha=0.2)
        y = ensure_targets_one_hot(torch.zeros(6, CLASSES), labels)
        partner = ensure_targets_one_hot(torch.zeros(6, CLASSES), partner_labels)
        # As MixUp.apply blends labels where it does not blend the losses.
        mixed_labels = y * (1 - mixing) + partner * mixing
        yield case(
            "composer", x, labels, mixed, mixed_labels, betas=[float(betas[0])], order=orders[0].tolist()
        )


# --- from the papers' equations, in float32 as their code runs -----------------------------------------------------


def blend(x, labels, lam, order):
    lam_label = np.broadcast_to(np.asarray(lam, dtype=np.float64), len(x))
    y = one_hot(labels).double()
    weight = torch.tensor(lam_label).reshape(-1, 1)
    return lam * x + (1 - lam) * x[order], weight * y + (1 - weight) * y[order]


def paper_cases():
    for seed in (0, 1):
        x, labels = images(seed, 6)
        random = np.random.RandomState(seed)
        lam, order = random.beta(1, 1), random.permutation(6)
        mixed, mixed_labels = blend(x, labels, lam, order)
        yield case("paper", x, labels, mixed, mixed_labels, betas=[lam], order=order.tolist())


def regmixup_cases():
    for seed in (0, 1):
        x, labels = images(seed, 6)
        random = np.random.RandomState(seed)
        lam, order = random.beta(20, 20), random.permutation(6)
        mixed, mixed_labels = blend(x, labels, lam, order)
        both = torch.cat([x, mixed]), torch.cat([one_hot(labels).double(), mixed_labels])
        yield case("regmixup", x, labels, *both, betas=[lam], order=order.tolist())


def remix_cases():
    """lambda_y = 0 where n_i / n_j >= kappa and lambda < tau; 1 where n_i / n_j <= 1 / kappa and 1 - lambda < tau."""
    for seed in range(6):
        x, _ = images(seed, 12)
        random = np.random.RandomState(seed)
        labels = torch.tensor(random.permutation([0] * 8 + [1] * 2 + [2] * 2))
        lam, order = random.beta(1, 1), random.permutation(12)
        mixed, _ = blend(x, labels, lam, order)
        counts = np.bincount(labels)
        own, other = counts[labels], counts[labels[order]]
        lam_label = np.where((own / other >= 3) & (lam < 0.5), 0, np.where((own / other <= 1 / 3) & (1 - lam < 0.5), 1, lam))
        y = one_hot(labels).double()
        weight = torch.tensor(lam_label).reshape(-1, 1)
        mixed_labels = weight * y + (1 - weight) * y[order]
        yield case("remix", x, labels, mixed, mixed_labels, betas=[lam], order=order.tolist())


def kernel_cases():
    """The law of C-Mixup's partners as its code makes it: scikit-learn's kernel density around each label."""
    random = np.random.RandomState(0)
    targets = {
        "normal": random.standard_normal((30, 1)),
        "two clusters and ties": np.repeat(np.concatenate([random.rand(8), 50 + random.rand(7)]), 2)[:, None],
        "two columns": random.standard_normal((25, 2)) * [1, 3],
    }
    for name, y in targets.items():
        for bandwidth in (0.05, 0.5, 4.0):
            law = []
            for row in y:
                density = KernelDensity(kernel="gaussian", bandwidth=bandwidth).fit(row[None])
                rate = np.exp(density.score_samples(y))
                law.append((rate / rate.sum()).tolist())
            yield {"name": name, "bandwidth": bandwidth, "targets": y.tolist(), "law": law}


def assignment_cases():
    random = np.random.RandomState(0)
    for n in (1, 2, 3, 5, 8, 16, 40):
        for kind in ("even", "distances", "whole numbers with ties", "negative"):
            cost = {
                "even": lambda: random.rand(n, n),
                "distances": lambda: ((random.randn(n, 1, 3) - random.randn(1, n, 3)) ** 2).sum(-1),
                "whole numbers with ties": lambda: random.randint(0, 4, (n, n)).astype(float),
                "negative": lambda: random.randn(n, n) * 1e3,
            }[kind]()
            rows, columns = linear_sum_assignment(cost)
            yield {"kind": kind, "n": n, "cost": cost.reshape(-1).tolist(), "columns": columns.tolist(), "total": float(cost[rows, columns].sum())}


def bandwidth_cases():
    """0.9 min(sd, IQR / 1.34) n ** -0.2, from NumPy's std and percentile."""
    random = np.random.RandomState(0)
    for y in (random.standard_normal(50), random.exponential(3, 17), random.standard_t(1, 200)):
        q75, q25 = np.percentile(y, [75, 25])
        yield {"targets": y.tolist(), "bandwidth": 0.9 * min(y.std(ddof=1), (q75 - q25) / 1.34) * len(y) ** -0.2}


def resize_cases():
    random = np.random.RandomState(0)
    for height, width, tall, wide in ((8, 8, 3, 3), (7, 10, 5, 2), (4, 6, 1, 1), (5, 5, 4, 4), (6, 4, 6, 4)):
        x = torch.tensor(random.standard_normal((1, 2, height, width)))
        small = torch.nn.functional.interpolate(x, size=(tall, wide), mode="bilinear", align_corners=False)
        yield {"shape": [1, height, width, 2], "x": last(x), "size": [tall, wide], "small": last(small)}


if __name__ == "__main__":
    mixes = (timm_cases, torchvision_cases, keras_cases, fastai_cases, composer_cases, paper_cases, regmixup_cases, remix_cases)
    write(
        "presets",
        "each library's mixup with its defaults; paper, regmixup and remix: the papers' formulas in NumPy and torch",
        cases=[row for cases in mixes for row in cases()],
    )
    write(
        "cut-mix",
        "timm.data.mixup.Mixup and torchvision's v2.CutMix; torch.nn.functional.interpolate",
        timm=list(timm_cut_cases()),
        torchvision=list(torchvision_cut_cases()),
        resized=list(resize_cases()),
    )
    write(
        "pairings",
        "scikit-learn's KernelDensity as the law of C-Mixup; scipy.optimize.linear_sum_assignment",
        kernels=list(kernel_cases()),
        bandwidths=list(bandwidth_cases()),
        assignments=list(assignment_cases()),
    )
