"""PyTorch, stacked: all trials of an arm as one batch of networks, products by `baddbmm`, one fused Adam for all.

One thread: the products are so small that a second one costs more than it brings (--threads 2 shows it).
"""

import digits
import torch
from torch import nn
from torch.nn import functional as F


def layer(trials, inputs, outputs):
    limit = (6 / (inputs + outputs)) ** 0.5
    kernel = torch.empty(trials, inputs, outputs).uniform_(-limit, limit)
    return nn.Parameter(kernel), nn.Parameter(torch.zeros(trials, 1, outputs))


def forward(parameters, x):
    """Logits of shape [trials, rows, classes]."""
    kernel1, bias1, kernel2, bias2 = parameters
    return torch.baddbmm(bias2, torch.relu_(torch.baddbmm(bias1, x, kernel1)), kernel2)


def losses(logits, y):
    """The mean loss of each network: their sum has, for each, the gradient of its own."""
    return -(F.log_softmax(logits, 2) * y).sum(2).mean(1)


def train_arm(x, y, arm, trials, threads):
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    train_x, train_y, held_x, held_y = map(torch.from_numpy, digits.stacked(x, y, trials, arm))
    parameters = [
        *layer(trials, digits.INPUTS, digits.HIDDEN),
        *layer(trials, digits.HIDDEN, digits.CLASSES),
    ]
    optimizer = torch.optim.Adam(parameters, fused=True)
    rows = train_x.shape[1]
    network = torch.arange(trials)[:, None]
    history = []
    for _ in range(digits.EPOCHS):
        # One order for each network; the rows are gathered once an epoch, batches are views of them.
        order = torch.rand(trials, rows).argsort(1)
        epoch_x, epoch_y = train_x[network, order], train_y[network, order]
        loss_sum = torch.zeros(trials)
        hits = torch.zeros(trials, dtype=torch.long)
        for batch_x, batch_y in zip(epoch_x.split(digits.BATCH, 1), epoch_y.split(digits.BATCH, 1)):
            logits = forward(parameters, batch_x)
            loss = losses(logits, batch_y)
            optimizer.zero_grad()
            loss.sum().backward()
            optimizer.step()
            with torch.no_grad():
                loss_sum += loss * batch_x.shape[1]
                hits += (logits.argmax(2) == batch_y.argmax(2)).sum(1)
        with torch.no_grad():
            logits = forward(parameters, held_x)
            held_accuracy = (logits.argmax(2) == held_y.argmax(2)).float().mean(1)
            history.append((loss_sum / rows, hits / rows, losses(logits, held_y), held_accuracy))
    return history[-1][3].numpy()


if __name__ == "__main__":
    digits.main(train_arm, threads=1)
