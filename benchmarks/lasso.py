"""A lasso path of 100 penalties on 50,000 rows of 500 features, against scikit-learn with its Gram matrix.

    python -m benchmarks.lasso              the table
    python -m benchmarks.lasso 20000 200    other numbers of rows and features

Both are given the same arrays and both times count everything: the sums over the rows and the path. scikit-learn stops
at a duality gap of 1e-10 of |y|² (at its default of 1e-4 the answers differ in the third digit). "Apart" is the largest
difference of a coefficient, relative to the largest coefficient.
"""

from __future__ import annotations

import sys
import time

import numpy as np

from groundup.data.blocks import ArrayBlocks
from groundup.solve.coordinate_descent import largest_l1, lasso_path
from groundup.solve.least_squares import least_squares

ROUNDS = 3


def problems(n: int, d: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(n, d))
    return {"independent columns": X, "columns with correlation 1/2": X + rng.normal(size=(n, 1))}


def main() -> None:
    from sklearn.linear_model import lasso_path as theirs

    n, d = (int(word) for word in sys.argv[1:3]) if len(sys.argv) > 2 else (50_000, 500)
    print(f"{n:,} rows, {d} features, 100 penalties     sums    path    scikit-learn   ratio   apart      gap")
    for name, X in problems(n, d).items():
        rng = np.random.default_rng(1)
        y = X @ np.where(rng.random(d) < 0.2, rng.normal(size=d), 0) + 5 * rng.normal(size=n)
        times = []
        for _ in range(ROUNDS):
            t0 = time.perf_counter()
            solution = least_squares(ArrayBlocks(X, y[:, None]))
            t1 = time.perf_counter()
            l1 = largest_l1(solution, scale=1 / n) * np.logspace(0, -3, 100)
            ours = lasso_path(solution, l1, scale=1 / n)
            t2 = time.perf_counter()
            centred = X - X.mean(axis=0)
            _, coefficients, _ = theirs(centred, y - y.mean(), alphas=l1 / 2, tol=1e-10, max_iter=10**6)
            times.append((t1 - t0, t2 - t1, time.perf_counter() - t2))
        sums, path, sk = np.median(times, axis=0)
        ratio = float(np.median([(a + b) / c for a, b, c in times]))
        apart = np.abs(ours.coefficients[:, :, 0].T - coefficients).max() / np.abs(coefficients).max()
        least = ours.gap.max() / float(y.var())
        print(f"{name:36} {sums:8.2f}s{path:7.2f}s{sk:12.2f}s{ratio:10.2f}{apart:10.1e}{least:10.1e}")


if __name__ == "__main__":
    main()
