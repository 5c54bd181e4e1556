"""Logistic and softmax regression to a gradient of 1e-8, against scikit-learn, statsmodels and glum.

    python -m benchmarks.logistic [--plain] [--default]

Every model goes to a largest gradient entry of 1e-8 or less, measured by one function for all of them; a peer that
does not get there is named with what it reached. Times are medians, fit to fit, data checks included. `--plain` leaves
out numba's passes; `--default` keeps our own tolerance of 1e-8 standard errors, where the gradient is about 1e-12.
"""

from __future__ import annotations

import importlib
import statistics
import sys
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

import groundup as gu
from benchmarks.paired import seconds
from groundup.models import passes

PROBLEMS = {  # rows, features, classes, correlated: goals against the best of scikit-learn, and against the others
    (500_000, 100, 2, False): (8, 10),
    (500_000, 100, 2, True): (8, 10),
    (60_000, 200, 10, False): (5, 0),
    (60_000, 200, 10, True): (5, 0),
}
SOLVERS = ("lbfgs", "newton-cg", "newton-cholesky")
ROUNDS = 5


def rows(n: int, d: int, K: int, correlated: bool) -> tuple[np.ndarray, np.ndarray]:
    """Independent features are the easiest there are; correlated ones share a common part, as most real ones do."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(n, d))
    if correlated:
        X += 2 * rng.normal(size=(n, 1)) + 1
    return X, (X @ rng.normal(size=(d, K)) * 0.2 + rng.gumbel(size=(n, K))).argmax(axis=1)


def gradient(X: np.ndarray, y: np.ndarray, W: np.ndarray, b: np.ndarray) -> float:
    """The largest entry of the slope of the mean log loss at these weights (scores, features)."""
    z = X @ W.T + b
    z = np.column_stack([0 * z, z]) if z.shape[1] == 1 else z
    z -= z.max(axis=1, keepdims=True)
    miss = np.exp(z)
    miss /= miss.sum(axis=1, keepdims=True)
    miss[np.arange(len(y)), y] -= 1
    return float(max(np.abs(miss.T @ X).max(), np.abs(miss.sum(axis=0)).max()) / len(y))


Weights = tuple[np.ndarray, np.ndarray]


def sklearn(solver: str) -> Callable[[Any, Any], Weights]:
    from sklearn.linear_model import LogisticRegression

    def fit(X: Any, y: Any) -> Weights:
        model = LogisticRegression(C=np.inf, solver=solver, tol=1e-8, max_iter=5000).fit(X, y)
        return model.coef_, model.intercept_

    return fit


def by_statsmodels(X: Any, y: Any) -> Weights:
    sm = importlib.import_module("statsmodels.api")
    found = sm.Logit(y, sm.add_constant(X, prepend=False)).fit(disp=0, tol=1e-9)
    return found.params[None, :-1], found.params[-1:]


def by_glum(X: Any, y: Any) -> Weights:
    glum = importlib.import_module("glum")
    model = glum.GeneralizedLinearRegressor(family="binomial", alpha=0, gradient_tol=1e-8, scale_predictors=False)
    model.fit(X, y.astype(float))
    return model.coef_[None, :], np.array([model.intercept_])


def ours(X: Any, y: Any) -> Weights:
    tolerance = 1e-8 if "--default" in sys.argv else 1e-4
    model = gu.LogisticRegression(tolerance=tolerance).fit(X, y)
    return model.coef_, model.intercept_


def peers(K: int) -> dict[str, Callable[[Any, Any], Weights]]:
    """Those that take minutes are left out: newton-cholesky with 2,000 unknowns."""
    every = {f"scikit-learn {solver}": sklearn(solver) for solver in SOLVERS if K == 2 or solver != "newton-cholesky"}
    return {**every, "statsmodels": by_statsmodels, "glum": by_glum} if K == 2 else every


def timed(fit: Callable[[Any, Any], Weights], X: Any, y: Any, rounds: int) -> tuple[float, float]:
    """The median time, and the gradient that it reached."""
    kept: list[Weights] = []
    times = [seconds(lambda: kept.append(fit(X, y))) for _ in range(rounds)]
    return statistics.median(times), gradient(X, y, *kept[-1])


def main() -> None:
    """A table for each problem."""
    warnings.simplefilter("ignore")
    if "--plain" in sys.argv:
        passes._compiled = lambda *_: None  # type: ignore[assignment]
    print("| job | who | seconds | gradient | times slower than ours | goal | |\n|---|---|---|---|---|---|---|")
    for (n, d, K, correlated), goals in PROBLEMS.items():
        X, y = rows(n, d, K, correlated)
        ours(X, y)
        job = f"{n:,} x {d}, {K} classes, {'correlated' if correlated else 'independent'}"
        mine, reached = timed(ours, X, y, ROUNDS)
        print(f"| {job} | groundup | {mine:.3f} | {reached:.0e} | 1 | | |", flush=True)
        best = np.inf
        for name, fit in peers(K).items():
            try:
                took, reached = timed(fit, X, y, 1)
            except ImportError:
                print(f"| {job} | {name} | not installed | | | | |", flush=True)
                continue
            best = min(best, took) if name.startswith("scikit") else best
            goal = (
                "" if name.startswith("scikit") else f"{goals[1]} | {'met' if took >= goals[1] * mine else 'NOT MET'}"
            )
            print(f"| {job} | {name} | {took:.3f} | {reached:.0e} | {took / mine:.1f} | {goal or ' |'} |", flush=True)
        verdict = "met" if best >= goals[0] * mine else "NOT MET"
        print(
            f"| {job} | best of scikit-learn | {best:.3f} | | {best / mine:.1f} | {goals[0]} | {verdict} |", flush=True
        )


if __name__ == "__main__":
    main()
