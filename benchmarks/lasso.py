"""A lasso path of 100 penalties on 50,000 rows of 500 features, against scikit-learn with its Gram matrix.

    python -m benchmarks.lasso              the table
    python -m benchmarks.lasso 20000 200    other numbers of rows and features

Both are given the same arrays and both times count everything: the sums over the rows and the path. scikit-learn is
handed its Gram matrix, which is its fastest way here, and stops at a duality gap of 1e-10 of |y|² (at its default of
1e-4 the answers differ in the third digit). Neutral: the largest duality gap of the path, worked out from the rows by
one function for both, as a share of the cost at b = 0. And the largest difference of a coefficient, relative to the
largest coefficient.
"""

from __future__ import annotations

import sys

import numpy as np

from benchmarks.paired import HEAD, fact, line, paired
from groundup.data.blocks import ArrayBlocks
from groundup.solve.coordinate_descent import LassoPath, largest_l1, lasso_path
from groundup.solve.least_squares import least_squares


def problems(n: int, d: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(n, d))
    return {"independent": X, "correlation 1/2": X + rng.normal(size=(n, 1))}


def worst_gap(X: np.ndarray, y: np.ndarray, l1: np.ndarray, coefficients: np.ndarray) -> float:
    """The largest gap between |y - X b|² / n + l1 |b| and the best dual point along the residual, over the path."""
    X, y, n = X - X.mean(axis=0), y - y.mean(), len(y)
    R = y[:, None] - X @ coefficients.T
    steepest = np.abs(2 / n * X.T @ R).max(axis=0)
    s = np.minimum(1.0, l1 / steepest)
    primal = (R * R).sum(axis=0) / n + l1 * np.abs(coefficients).sum(axis=1)
    dual = (y @ y - ((y[:, None] - s * R) ** 2).sum(axis=0)) / n
    return float((primal - dual).max() / (y @ y / n))


def main() -> None:
    """The table."""
    from sklearn.linear_model import lasso_path as theirs

    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    n, d = numbers if len(numbers) == 2 else (50_000, 500)
    print(HEAD)
    for name, X in problems(n, d).items():
        rng = np.random.default_rng(1)
        y = X @ np.where(rng.random(d) < 0.2, rng.normal(size=d), 0) + 5 * rng.normal(size=n)
        rows = ArrayBlocks(X, y[:, None])
        l1 = largest_l1(least_squares(rows), scale=1 / n) * np.logspace(0, -3, 100)
        found: dict[str, np.ndarray] = {}

        def ours(rows: ArrayBlocks = rows, l1: np.ndarray = l1) -> LassoPath:
            path = lasso_path(least_squares(rows), l1, scale=1 / n)
            found["ours"] = path.coefficients[:, :, 0]
            return path

        def peer(X: np.ndarray = X, y: np.ndarray = y, l1: np.ndarray = l1) -> None:
            centred, labels = X - X.mean(axis=0), y - y.mean()
            gram = centred.T @ centred
            found["theirs"] = theirs(
                centred, labels, alphas=l1 / 2, precompute=gram, Xy=centred.T @ labels, tol=1e-10, max_iter=10**6
            )[1].T

        job = f"lasso path, 100 penalties, {n:,} x {d}, {name}"
        print(line(job, "scikit-learn lasso_path, Gram matrix", paired(ours, peer, rounds=3), 1.5), flush=True)
        apart = np.abs(found["ours"] - found["theirs"]).max() / np.abs(found["theirs"]).max()
        gaps = {who: worst_gap(X, y, l1, b) for who, b in found.items()}
        print(
            fact(
                f"lasso path, {name}: largest duality gap, ours",
                gaps["ours"],
                "of the cost at 0",
                "1e-8",
                gaps["ours"] <= 1e-8,
            )
        )
        print(fact(f"lasso path, {name}: largest duality gap, scikit-learn", gaps["theirs"], "of the cost at 0"))
        print(
            fact(f"lasso path, {name}: coefficients apart", apart, "of the largest", "1e-8", apart <= 1e-8), flush=True
        )


if __name__ == "__main__":
    main()
