"""Full-batch logistic gradient descent: an epoch against PyTorch, and against reading the rows once.

    python -m benchmarks.descent

500,000 x 100 float64. 'Reading once' is the sum of each block of X by the same threads. PyTorch takes all cores, or one
(the faster of the two is what counts); its loop is the eager one with autograd.
"""

from __future__ import annotations

import operator

import numpy as np

from benchmarks.paired import HEAD, Ratio, line, paired
from groundup.data.blocks import ArrayBlocks
from groundup.data.parallel import cores
from groundup.formulas.losses import Logistic
from groundup.models.affine import Affine
from groundup.models.objective import Cost, Objective
from groundup.solve.descent import GradientDescent
from groundup.solve.loop import Training


def rows(dtype: type) -> ArrayBlocks:
    rng = np.random.default_rng(0)
    X = rng.standard_normal((500_000, 100)).astype(dtype)
    return ArrayBlocks(X, (X[:, :1] + rng.standard_normal((len(X), 1)) > 0).astype(dtype))


def ours(data: ArrayBlocks, epochs: int):
    objective = Objective(Cost(Affine(data.n_features), Logistic()), data)

    def run() -> None:
        start = objective.model.start()
        Training(objective, GradientDescent(), parameters=start, learning_rate=1.0, epochs=epochs).run()

    return run


def peer(data: ArrayBlocks, epochs: int, threads: int):
    import torch

    torch.set_num_threads(threads)
    X, y = torch.from_numpy(data.X), torch.from_numpy(data.y)

    def run() -> None:
        torch.set_num_threads(threads)
        layer = torch.nn.Linear(X.shape[1], 1).to(X.dtype)
        optimiser = torch.optim.SGD(layer.parameters(), lr=1.0)
        for _ in range(epochs + 1):
            optimiser.zero_grad()
            torch.nn.functional.binary_cross_entropy_with_logits(layer(X), y).backward()
            optimiser.step()

    return run


def main() -> None:
    """The table."""
    print(HEAD)
    epochs = 9  # both look at all rows once more: 10 passes
    for dtype in (np.float64, np.float32):
        data = rows(dtype)
        name = f"10 passes of 500,000 x 100 {np.dtype(dtype)}"
        for threads in dict.fromkeys((cores(), 1)):
            ratio = paired(ours(data, epochs), peer(data, epochs, threads), rounds=5)
            print(line(name, f"PyTorch, {threads} threads", ratio, 2.5 if dtype is np.float64 else 0.0), flush=True)

        def read(data: ArrayBlocks = data) -> None:
            for _ in range(10):
                data.reduce(lambda block: float(block.X.sum()), operator.add)

        ratio = paired(ours(data, epochs), read, rounds=5)
        print(line(name, "reading the rows 10 times (at least 1 / 2.5)", Ratio(*ratio), 0.4), flush=True)


if __name__ == "__main__":
    main()
