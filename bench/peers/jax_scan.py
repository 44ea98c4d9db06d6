"""JAX: an arm is one compiled program, `scan` over epochs and steps, `lax.map` (or `vmap`) over trials.

--devices 2 splits the trials over two CPU devices, each mapping over its own.
"""

import os
import sys

if "--devices" in sys.argv:
    count = sys.argv[sys.argv.index("--devices") + 1]
    os.environ["XLA_FLAGS"] = f"{os.environ.get('XLA_FLAGS', '')} --xla_force_host_platform_device_count={count}"

import digits
import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax import lax
from jax.sharding import Mesh, PartitionSpec

optimizer = optax.adam(0.001)


def create_parameters(key):
    glorot = jax.nn.initializers.glorot_uniform()
    first, second = jax.random.split(key)
    return {
        "kernel1": glorot(first, (digits.INPUTS, digits.HIDDEN)),
        "bias1": jnp.zeros(digits.HIDDEN),
        "kernel2": glorot(second, (digits.HIDDEN, digits.CLASSES)),
        "bias2": jnp.zeros(digits.CLASSES),
    }


def score(parameters, x, y, weight):
    """The weighted mean loss, and the weighted sums of loss and hits."""
    hidden = jax.nn.relu(x @ parameters["kernel1"] + parameters["bias1"])
    logits = hidden @ parameters["kernel2"] + parameters["bias2"]
    loss = jnp.sum(weight * optax.softmax_cross_entropy(logits, y))
    hits = jnp.sum(weight * (logits.argmax(1) == y.argmax(1)))
    return loss / jnp.sum(weight), (loss, hits)


def train(trial):
    """One trial: [epochs] of training loss and accuracy, held-out loss and accuracy."""
    x, y, held_x, held_y, key = trial
    rows = x.shape[0]
    steps = -(-rows // digits.BATCH)
    init_key, order_key = jax.random.split(key)
    parameters = create_parameters(init_key)

    def step(state, batch):
        parameters, moments = state
        # The last batch is filled up with rows of no weight: a program has fixed shapes.
        weight = (batch < rows).astype(jnp.float32)
        gradient, sums = jax.grad(score, has_aux=True)(parameters, x[batch], y[batch], weight)
        updates, moments = optimizer.update(gradient, moments)
        return (optax.apply_updates(parameters, updates), moments), sums

    def epoch(state, key):
        order = jax.random.permutation(key, rows)
        filled = jnp.concatenate([order, jnp.full(steps * digits.BATCH - rows, rows)])
        state, (loss, hits) = lax.scan(step, state, filled.reshape(steps, digits.BATCH))
        _, (held_loss, held_hits) = score(state[0], held_x, held_y, jnp.ones(len(held_x)))
        held = len(held_x)
        return state, (loss.sum() / rows, hits.sum() / rows, held_loss / held, held_hits / held)

    _, history = lax.scan(epoch, (parameters, optimizer.init(parameters)), jax.random.split(order_key, digits.EPOCHS))
    return history


def train_arm(x, y, arm, trials, form, devices):
    if form not in ("map", "vmap"):
        raise SystemExit(f"--form must be map or vmap, got {form}")
    data = (*digits.stacked(x, y, trials, arm), jax.random.split(jax.random.key(0), trials))
    over_trials = (lambda trials: lax.map(train, trials)) if form == "map" else jax.vmap(train)
    if devices > 1:
        mesh = Mesh(np.array(jax.devices()), ("trials",))
        split = PartitionSpec("trials")
        over_trials = jax.shard_map(over_trials, mesh=mesh, in_specs=(split,), out_specs=split, check_vma=False)
    return np.asarray(jax.jit(over_trials)(data)[3])[:, -1]


if __name__ == "__main__":
    digits.main(train_arm, form="map", devices=1)
