"""A network of 64-64-10 neurons on digits, an epoch at a time, against an eager PyTorch loop and scikit-learn.

    python -m benchmarks.networks

Adam, batches of 32, 1,797 rows of 64 features, the same rate and number of updates for all. Ours is a training that
goes on and on, as `fit` does it: shuffling, all updates, and the pass over all rows for the history. PyTorch (float32,
one thread: its faster choice here) shuffles, gathers and steps with autograd; scikit-learn's MLPClassifier is timed
over 20 epochs of `fit`. Without numba ours goes step by step in NumPy.

What an epoch of ours is made of, in CPU milliseconds on a busy machine: tanh 1.7 for the updates, of which 0.4 are
Adam's, and 1.4 for the pass over all rows.
"""

from __future__ import annotations

import warnings

import numpy as np
from sklearn.datasets import load_digits
from sklearn.neural_network import MLPClassifier

from benchmarks.paired import HEAD, line, paired
from groundup.data.blocks import ArrayBlocks
from groundup.data.parallel import one_blas_thread
from groundup.estimators.network_base import rows_that_fit
from groundup.formulas.losses import cross_entropy, one_hot
from groundup.models.network import Network
from groundup.models.objective import Cost, Objective
from groundup.solve.adaptive import Adam
from groundup.solve.compiled import CompiledTraining
from groundup.solve.listeners import History
from groundup.solve.loop import Training

EPOCHS = 20


def ours(X: np.ndarray, y: np.ndarray, activation: str, kind: type[Training]):
    rng = np.random.default_rng(0)
    network = Network(64, (64,), 10, activation=activation)
    loop = kind(
        Objective(Cost(network, cross_entropy), ArrayBlocks(X, one_hot(y), block_rows=rows_that_fit(network))),
        Adam(),
        parameters=network.start(rng),
        learning_rate=1e-3,
        epochs=10**6,
        batch_size=32,
        rng=rng,
        listeners=[History()],
    )

    def run() -> None:
        with one_blas_thread():
            loop.run(epochs=EPOCHS)
        loop.listeners[0].lines.clear()  # pyright: ignore

    return run


def torch_epochs(X: np.ndarray, y: np.ndarray, activation: str):
    import torch

    torch.set_num_threads(1)
    bend = {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}[activation]
    network = torch.nn.Sequential(torch.nn.Linear(64, 64), bend(), torch.nn.Linear(64, 10))
    optimiser, cost = torch.optim.Adam(network.parameters(), lr=1e-3), torch.nn.CrossEntropyLoss()
    rows, labels = torch.tensor(X, dtype=torch.float32), torch.tensor(y)

    def run() -> None:
        for _ in range(EPOCHS):
            order = torch.randperm(len(rows))
            for start in range(0, len(rows), 32):
                some = order[start : start + 32]
                optimiser.zero_grad()
                cost(network(rows[some]), labels[some]).backward()
                optimiser.step()

    return run


def sklearn_epochs(X: np.ndarray, y: np.ndarray, activation: str):
    def run() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            MLPClassifier(
                (64,),
                activation,
                batch_size=32,
                max_iter=EPOCHS,
                alpha=0,
                tol=0,
                n_iter_no_change=EPOCHS,
                random_state=0,
            ).fit(X, y)

    return run


def main() -> None:
    X, y = load_digits(return_X_y=True)
    X = X / 16
    print(HEAD)
    for activation in ("relu", "tanh"):
        job = f"{EPOCHS} epochs, {activation}"
        run = ours(X, y, activation, CompiledTraining)
        print(
            line(job, "scikit-learn MLPClassifier", paired(run, sklearn_epochs(X, y, activation), 5), 1.5), flush=True
        )
        try:
            peer = torch_epochs(X, y, activation)
        except ImportError:
            print("PyTorch is not installed here", flush=True)
            continue
        print(line(job, "PyTorch, eager", paired(run, peer, 5), 4), flush=True)
        steps = ours(X, y, activation, Training)
        print(line(job, "ours, step by step", paired(run, steps, 5), 0), flush=True)


if __name__ == "__main__":
    main()
