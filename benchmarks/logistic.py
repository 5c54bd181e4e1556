"""Logistic and softmax regression to a gradient of 1e-8, against scikit-learn, statsmodels and glum.

    python -m benchmarks.logistic [--plain] [--default]

Every model goes to a largest gradient entry of 1e-8 or less, measured by one function for all of them; a line below
each problem says what everybody reached. Times are medians of pairs, fit to fit, data checks included; slow peers run
once. `--plain` leaves out numba's passes; `--default` keeps our own tolerance of 1e-8 standard errors, where the
gradient is about 1e-12.
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
from benchmarks.paired import HEAD, Ratio, line, missing, seconds
from groundup.models import passes, sampled

PROBLEMS = {  # rows, features, classes, correlated: goals against the best of scikit-learn, and against the others
    (500_000, 100, 2, False): (8, 10),
    (500_000, 100, 2, True): (8, 10),
    (60_000, 200, 10, False): (5, 0),
    (60_000, 200, 10, True): (5, 0),
}
ROUNDS = 3


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


def peers(K: int, correlated: bool) -> dict[str, tuple[Callable[[Any, Any], Weights], int]]:
    """Their fits and how often each is timed: the fastest several times, a slow one once, and where it takes long, not.

    newton-cholesky with 2,000 unknowns takes minutes, lbfgs with ten classes of correlated features half a minute, and
    statsmodels and newton-cg take with correlated features what they take with independent ones, or twice that.
    """
    lbfgs, newton_cg = sklearn("lbfgs"), sklearn("newton-cg")
    if K > 2 and correlated:
        return {"scikit-learn newton-cg": (newton_cg, 1)}
    if K > 2:
        return {"scikit-learn lbfgs": (lbfgs, 1), "scikit-learn newton-cg": (newton_cg, ROUNDS)}
    every = {"scikit-learn lbfgs": (lbfgs, ROUNDS)}
    every |= {"scikit-learn newton-cholesky": (sklearn("newton-cholesky"), 1), "glum": (by_glum, 2)}
    slow = {"scikit-learn newton-cg": (newton_cg, 1), "statsmodels": (by_statsmodels, 1)}
    return every if correlated else every | slow


def main() -> None:
    """A row for each problem and peer, and how near to the optimum everybody came."""
    warnings.simplefilter("ignore")
    if "--plain" in sys.argv:
        passes._compiled = sampled._compiled = lambda *_, **__: None  # type: ignore[assignment]
    print(HEAD)
    for (n, d, K, correlated), (best, others) in PROBLEMS.items():
        X, y = rows(n, d, K, correlated)
        job = f"{n:,} x {d}, {K} classes, {'correlated' if correlated else 'independent'}"
        left = {"groundup": gradient(X, y, *ours(X, y))}
        for name, (fit, rounds) in peers(K, correlated).items():
            goal = best if name.startswith("scikit") else others
            kept: list[Weights] = []
            try:
                pairs = [
                    (seconds(lambda X=X, y=y: ours(X, y)), seconds(lambda X=X, y=y: kept.append(fit(X, y))))
                    for _ in range(rounds)
                ]
            except ImportError:
                print(missing(job, name), flush=True)
                continue
            times = (statistics.median(one) for one in zip(*((a, b, b / a) for a, b in pairs), strict=True))
            print(line(job, name, Ratio(*times), goal), flush=True)
            left[name] = gradient(X, y, *kept[-1])
        said = ", ".join(f"{name} {size:.0e}" for name, size in left.items())
        print(f"({job}: largest entry of the gradient: {said})", flush=True)


if __name__ == "__main__":
    main()
