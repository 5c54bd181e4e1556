"""Exact least squares against scikit-learn, NumPy's normal equations and `lstsq`.

    python -m benchmarks.least_squares          all tables, about a minute
    python -m benchmarks.least_squares small    the small fits only

Each round times ours and then every rival once, in turn, in one process, so that a busy machine disturbs all alike. A
ratio is the median over rounds of rival / ours: larger is better. 'fast' takes whole blocks on each core with a BLAS of
one thread (extra `fast`), 'plain' leaves the threads to the BLAS. Memory is the peak of new arrays by tracemalloc.

On two cores that others used at the same time (load 3 to 5), 500,000 x 100: 9 to 23 times scikit-learn, 1.9 to 12 times
the normal equations, 1.2 MB at the peak. In CPU seconds of one thread, which a busy machine disturbs less: 0.20 against
4.3 to 5.1 of scikit-learn and 0.32 of the normal equations. 100 x 1: 0.04 ms alone, 0.08 ms between the rivals' turns.
"""

from __future__ import annotations

import sys
import time
import tracemalloc
from collections.abc import Callable

import numpy as np
from sklearn.linear_model import LinearRegression

from groundup.data.blocks import ArrayBlocks
from groundup.data.parallel import merged, parallel_reduce
from groundup.solve.least_squares import least_squares

Run = Callable[[], object]


class ArrayBlocks(ArrayBlocks):
    def reduce(self, statistic, merge):
        return parallel_reduce(self, statistic, merge)


class Plain(ArrayBlocks):
    def reduce(self, statistic, merge):
        return merged(map(statistic, self), merge)


def rows(n: int, d: int, seed: int = 0, noise: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, d))
    return X, X @ rng.standard_normal((d, 1)) + 3.0 + noise * rng.standard_normal((n, 1))


def normal_equations(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    means, label_mean = X.mean(axis=0), y.mean(axis=0)
    Xc = X - means
    b = np.linalg.solve(Xc.T @ Xc, Xc.T @ (y - label_mean))
    return np.concatenate(((label_mean - means @ b)[None], b))


def paired(runs: dict[str, Run], rounds: int) -> dict[str, np.ndarray]:
    """Seconds of each run, one after the other in each round."""
    for run in runs.values():
        run()
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - start)
    return {name: np.array(taken) for name, taken in seconds.items()}


def table(title: str, runs: dict[str, Run], ours: list[str], rounds: int) -> None:
    seconds = paired(runs, rounds)
    print(f"\n{title}   ({rounds} rounds)")
    print(f"{'':22}{'median':>12}{'best':>12}" + "".join(f"{'/ ' + name:>12}" for name in ours))
    for name, taken in seconds.items():
        ratios = "".join(f"{np.median(taken / seconds[mine]):12.2f}" for mine in ours)
        print(f"{name:22}{1e3 * np.median(taken):9.3f} ms{1e3 * taken.min():9.3f} ms{ratios}")


def peak(run: Run) -> float:
    """MB of new arrays at the highest moment."""
    tracemalloc.start()
    run()
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return highest / 1e6


def large() -> None:
    X, y = rows(500_000, 100)
    runs: dict[str, Run] = {
        "fast": lambda: least_squares(ArrayBlocks(X, y)),
        "plain": lambda: least_squares(Plain(X, y)),
        "normal equations": lambda: normal_equations(X, y),
        "scikit-learn": lambda: LinearRegression().fit(X, y),
    }
    table("500,000 x 100", runs, ["fast", "plain"], 5)
    for name in ("fast", "plain", "normal equations"):
        print(f"{name:22}{peak(runs[name]):9.1f} MB at the peak")
    half = X[:250_000], y[:250_000]
    runs = {"all rows": runs["fast"], "half of them": lambda: least_squares(ArrayBlocks(*half))}
    table("growth with the rows", runs, ["half of them"], 7)
    X[:, 1] = X[:, 0] + 1e-5 * X[:, 1]
    start = time.perf_counter()
    reason = least_squares(ArrayBlocks(X, y)).reason
    print(f"\nnear collinear          {time.perf_counter() - start:9.3f} s    {reason}")


def small() -> None:
    for n, d in ((100, 1), (1000, 10)):
        for noise in (1.0, 0.01):
            X, y = rows(n, d, noise=noise)
            blocks = ArrayBlocks(X, y)
            runs: dict[str, Run] = {
                "least_squares": lambda blocks=blocks: least_squares(blocks),
                "normal equations": lambda X=X, y=y: normal_equations(X, y),
                "scikit-learn": lambda X=X, y=y: LinearRegression().fit(X, y),
            }
            table(f"{n} x {d}, noise {noise}", runs, ["least_squares"], 300)
            print(least_squares(blocks).reason)


if __name__ == "__main__":
    small()
    if "small" not in sys.argv[1:]:
        large()
