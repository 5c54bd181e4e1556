"""Mini-batch and stochastic descent, an epoch at a time, against PyTorch, JAX (where it is there) and scikit-learn.

    python -m benchmarks.stochastic

Times are of one epoch. Ours is a fifth of `run(epochs=5)` of a training that goes on, as `fit` does it: shuffling,
all updates, and after every epoch the pass over all rows for the history, by another core while the next epoch begins.
A PyTorch loop has no such pass; it shuffles, gathers, and steps with autograd. One thread for PyTorch, which is its
faster choice for batches this small. A twentieth of its epoch is timed, and multiplied. scikit-learn makes five epochs.
"""

from __future__ import annotations

import itertools
import warnings

import numpy as np

from benchmarks.paired import HEAD, Ratio, Run, line, paired
from groundup.data.blocks import ArrayBlocks
from groundup.formulas.losses import NAMES
from groundup.models.affine import Affine
from groundup.models.objective import Cost, Objective
from groundup.solve.compiled import CompiledTraining
from groundup.solve.listeners import History
from groundup.solve.methods import METHODS

EPOCHS, SHARE = 5, 20


def an_epoch(ours: Run, theirs: Run, rounds: int, *, share: float) -> Ratio:
    """Seconds of one epoch, where ours makes five and theirs a `share`-th of one."""
    ratio = paired(ours, theirs, rounds)
    return Ratio(ratio.ours / EPOCHS, ratio.theirs * share, ratio.times_faster * EPOCHS * share)


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
    return lambda: loop.run(epochs=EPOCHS)


def torch_epoch(data: ArrayBlocks, loss: str, solver: str, batch_size: int):
    """One `SHARE`-th of an epoch of the eager loop."""
    import torch

    torch.set_num_threads(1)
    X, y = torch.from_numpy(data.X), torch.from_numpy(data.y)
    layer = torch.nn.Linear(data.n_features, 1).double()
    kind = {"gradient_descent": torch.optim.SGD, "adam": torch.optim.Adam}[solver]
    optimiser = kind(layer.parameters(), lr=1e-3)
    cost = {"logistic": torch.nn.BCEWithLogitsLoss, "mse": torch.nn.MSELoss}[loss]()

    def run() -> None:
        order = torch.randperm(len(X))
        for start in range(0, len(X) // SHARE, batch_size):
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


def sklearn_epochs(data: ArrayBlocks, kind: str):
    from sklearn.linear_model import SGDClassifier, SGDRegressor

    # Constant steps, no penalty: the same arithmetic as ours.
    same = {"max_iter": EPOCHS, "tol": None, "alpha": 0.0, "penalty": None, "learning_rate": "constant", "eta0": 1e-3}
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
            peer = torch_epoch(data, loss, solver, 32)
            ratio = an_epoch(ours(data, loss, solver, 32), peer, rounds=7, share=SHARE)
            print(line(f"{n:,} x {d}, batch 32, {loss}, {solver}", "PyTorch eager", ratio, 30.0), flush=True)
        alone = ours(data, "logistic", "gradient_descent", 32, history=False)
        peer = torch_epoch(data, "logistic", "gradient_descent", 32)
        ratio = an_epoch(alone, peer, rounds=7, share=SHARE)
        print(line(f"{n:,} x {d}, batch 32, logistic, no history", "PyTorch eager", ratio, 30.0), flush=True)
        try:
            ratio = an_epoch(ours(data, "logistic", "gradient_descent", 32), jax_epoch(data, 32), rounds=5, share=1)
            print(line(f"{n:,} x {d}, batch 32, logistic", "JAX lax.scan", ratio, 5.0), flush=True)
        except ImportError:
            print("JAX is not installed here", flush=True)
    for kind, loss in (("SGDClassifier", "logistic"), ("SGDRegressor", "mse")):
        both = ours(data, loss, "gradient_descent", 1), sklearn_epochs(data, kind)
        ratio = an_epoch(*both, rounds=5, share=1 / EPOCHS)
        print(line(f"{n:,} x {d}, batch 1, {loss}", f"scikit-learn {kind}", ratio, 4.0), flush=True)


if __name__ == "__main__":
    main()
