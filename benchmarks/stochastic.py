"""Mini-batch and stochastic descent, an epoch at a time, against PyTorch, JAX (where it is there) and scikit-learn.

    python -m benchmarks.stochastic

Ours is `run(epochs=1)` of a training that goes on and on, as `fit` does it: shuffling, all updates, and the pass over
all rows for the history. A PyTorch loop has no such pass; it shuffles, gathers, and steps with autograd. One thread
for PyTorch, which is its faster choice for batches this small. A twentieth of its epoch is timed, and multiplied.
"""

from __future__ import annotations

import itertools
import warnings

import numpy as np

from benchmarks.paired import HEAD, line, paired
from groundup.data.blocks import ArrayBlocks
from groundup.formulas.losses import NAMES
from groundup.models.affine import Affine
from groundup.models.objective import Cost, Objective
from groundup.solve.compiled import CompiledTraining
from groundup.solve.listeners import History
from groundup.solve.methods import METHODS


def rows(n: int, d: int) -> ArrayBlocks:
    rng = np.random.default_rng(0)
    X = rng.standard_normal((n, d))
    return ArrayBlocks(X, (X[:, :1] + rng.standard_normal((n, 1)) > 0).astype(float))


def ours(data: ArrayBlocks, loss: str, solver: str, batch_size: int, history: bool = True):
    objective = Objective(Cost(Affine(data.n_features), NAMES[loss]), data)
    loop = CompiledTraining(
        objective,
        METHODS[solver](),
        parameters=objective.model.start(),
        learning_rate=1e-3,
        epochs=10**6,
        batch_size=batch_size,
        rng=np.random.default_rng(1),
        listeners=[History()] if history else [],
    )
    loop.run(epochs=1)
    return lambda: loop.run(epochs=1)


def torch_epoch(data: ArrayBlocks, loss: str, solver: str, batch_size: int, share: int):
    """One `share`-th of an epoch of the eager loop."""
    import torch

    torch.set_num_threads(1)
    X, y = torch.from_numpy(data.X), torch.from_numpy(data.y)
    layer = torch.nn.Linear(data.n_features, 1).double()
    kind = {"gradient_descent": torch.optim.SGD, "adam": torch.optim.Adam}[solver]
    optimiser = kind(layer.parameters(), lr=1e-3)
    cost = {"logistic": torch.nn.BCEWithLogitsLoss, "mse": torch.nn.MSELoss}[loss]()

    def run() -> None:
        order = torch.randperm(len(X))
        for start in range(0, len(X) // share, batch_size):
            some = order[start : start + batch_size]
            optimiser.zero_grad()
            cost(layer(X[some]), y[some]).backward()
            optimiser.step()

    return run


def jax_epoch(data: ArrayBlocks, batch_size: int):
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    X, y = jnp.asarray(data.X), jnp.asarray(data.y[:, 0])

    def cost(w, some):
        z = X[some] @ w[:-1] + w[-1]
        return jnp.mean(jax.nn.softplus(z) - y[some] * z)

    @jax.jit
    def epoch(w, key):
        order = jax.random.permutation(key, len(X))[: len(X) // batch_size * batch_size]
        return jax.lax.scan(lambda v, s: (v - 1e-3 * jax.grad(cost)(v, s), 0), w, order.reshape(-1, batch_size))[0]

    keys, w = itertools.count(), jnp.zeros(data.n_features + 1)
    return lambda: epoch(w, jax.random.PRNGKey(next(keys))).block_until_ready()


def sklearn_epoch(data: ArrayBlocks, kind: str):
    from sklearn.linear_model import SGDClassifier, SGDRegressor

    # Constant steps, no penalty: the same arithmetic as ours.
    same = {"max_iter": 1, "tol": None, "alpha": 0.0, "penalty": None, "learning_rate": "constant", "eta0": 1e-3}
    peer = SGDClassifier(loss="log_loss", **same) if kind == "SGDClassifier" else SGDRegressor(**same)
    labels = data.y[:, 0]
    return lambda: peer.fit(data.X, labels)


def main() -> None:
    """The table."""
    warnings.simplefilter("ignore")
    print(HEAD)
    for n, d in ((200_000, 20), (500_000, 100)):
        data = rows(n, d)
        for loss, solver in (("logistic", "gradient_descent"), ("mse", "adam")):
            share = 20
            ratio = paired(ours(data, loss, solver, 32), torch_epoch(data, loss, solver, 32, share), rounds=7)
            ratio = ratio._replace(theirs=share * ratio.theirs, times_faster=share * ratio.times_faster)
            print(line(f"{n:,} x {d}, batch 32, {loss}, {solver}", "PyTorch eager", ratio, 30.0), flush=True)
        alone = ours(data, "logistic", "gradient_descent", 32, history=False)
        ratio = paired(alone, torch_epoch(data, "logistic", "gradient_descent", 32, share), rounds=7)
        ratio = ratio._replace(theirs=share * ratio.theirs, times_faster=share * ratio.times_faster)
        print(line(f"{n:,} x {d}, batch 32, logistic, no history", "PyTorch eager", ratio, 30.0), flush=True)
        try:
            ratio = paired(ours(data, "logistic", "gradient_descent", 32), jax_epoch(data, 32), rounds=5)
            print(line(f"{n:,} x {d}, batch 32, logistic", "JAX lax.scan", ratio, 5.0), flush=True)
        except ImportError:
            print("JAX is not installed here", flush=True)
    for kind, loss in (("SGDClassifier", "logistic"), ("SGDRegressor", "mse")):
        ratio = paired(ours(data, loss, "gradient_descent", 1), sklearn_epoch(data, kind), rounds=5)
        print(line(f"{n:,} x {d}, batch 1, {loss}", f"scikit-learn {kind}", ratio, 4.0), flush=True)


if __name__ == "__main__":
    main()
