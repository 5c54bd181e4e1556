"""Full-batch gradient descent against PyTorch: passes over the rows, and a thousand epochs of least squares.

    python -m benchmarks.descent

500,000 x 100 float64. 'Reading once' is the sum of each block of X by the same threads. PyTorch takes all cores, or one
(the faster of the two is what counts); its loop is the eager one with autograd.

For the squared loss ours is a whole fit of 1,000 epochs, sums over the rows included. Three epochs of PyTorch are timed
and multiplied, and those three must end at the same weights to 1e-10.
"""

from __future__ import annotations

import operator

import numpy as np

import groundup as gu
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


def thousand() -> gu.LinearRegression:
    """A thousand epochs, and no early end."""
    return gu.LinearRegression(solver="gradient_descent", learning_rate=0.3, epochs=1000, tolerance=0)


def least_squares(data: ArrayBlocks, threads: int) -> Ratio:
    """A fit of 1,000 epochs, and 1,000 / 3 times three epochs of a loop; the same weights after three."""
    import torch

    X, y, few = torch.from_numpy(data.X), torch.from_numpy(data.y), 3
    ended: list[torch.nn.Linear] = []

    def loop() -> None:
        torch.set_num_threads(threads)
        layer = torch.nn.Linear(X.shape[1], 1).to(X.dtype)
        torch.nn.init.zeros_(layer.weight), torch.nn.init.zeros_(layer.bias)
        optimiser = torch.optim.SGD(layer.parameters(), lr=0.3)
        for _ in range(few):
            optimiser.zero_grad()
            torch.nn.functional.mse_loss(layer(X), y).backward()
            optimiser.step()
        ended[:] = [layer]

    labels = data.y[:, 0]
    ratio = paired(lambda: thousand().fit(data.X, labels), loop, rounds=7)
    state = thousand().training(data.X, labels).run(epochs=few)
    np.testing.assert_allclose(state.weights, ended[0].weight.detach().numpy()[0], rtol=1e-10, atol=1e-10)
    return Ratio(ratio.ours, ratio.theirs * 1000 / few, ratio.times_faster * 1000 / few)


def main() -> None:
    """The table."""
    print(HEAD)
    epochs = 9  # both look at all rows once more: 10 passes
    for dtype in (np.float64, np.float32):
        data = rows(dtype)
        if dtype is np.float64:
            for threads in dict.fromkeys((cores(), 1)):
                job = "mse, 1,000 epochs of 500,000 x 100 (theirs: 3, multiplied)"
                print(line(job, f"PyTorch, {threads} threads", least_squares(data, threads), 300.0), flush=True)
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
