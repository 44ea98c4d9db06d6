"""PyTorch, plain: the usual loop over epochs and batches, a new model for each arm and trial.

Tensors are indexed in place of a DataLoader, which costs several times as much on rows this small; Adam is fused; one
thread, since two are slower on products of this size.
"""

from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import digits
import torch
from torch import nn
from torch.nn import functional as F


def fit(x, y, arm, trial):
    torch.set_num_threads(1)
    torch.manual_seed(trial)
    train_x, train_y, held_x, held_y = map(torch.from_numpy, digits.trial_data(x, y, trial, arm))
    model = nn.Sequential(nn.Linear(digits.INPUTS, digits.HIDDEN), nn.ReLU(), nn.Linear(digits.HIDDEN, digits.CLASSES))
    for layer in (model[0], model[2]):
        nn.init.xavier_uniform_(layer.weight)
        nn.init.zeros_(layer.bias)
    optimizer = torch.optim.Adam(model.parameters(), fused=True)
    rows = len(train_x)
    history = []
    for _ in range(digits.EPOCHS):
        loss_sum = torch.zeros(())
        hits = torch.zeros((), dtype=torch.long)
        for batch in torch.randperm(rows).split(digits.BATCH):
            batch_x, batch_y = train_x[batch], train_y[batch]
            logits = model(batch_x)
            loss = F.cross_entropy(logits, batch_y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            with torch.no_grad():
                loss_sum += loss * len(batch)
                hits += (logits.argmax(1) == batch_y.argmax(1)).sum()
        with torch.no_grad():
            logits = model(held_x)
            held_loss = F.cross_entropy(logits, held_y).item()
            held_accuracy = (logits.argmax(1) == held_y.argmax(1)).float().mean().item()
        history.append((loss_sum.item() / rows, hits.item() / rows, held_loss, held_accuracy))
    return history[-1][3]


def train_arm(x, y, arm, trials, workers):
    if workers == 1:
        return [fit(x, y, arm, trial) for trial in range(trials)]
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        return list(pool.map(partial(fit, x, y, arm), range(trials)))


if __name__ == "__main__":
    digits.main(train_arm, workers=1)
