"""Error against time: how near each solver and each peer has come after so many seconds.

    python -m benchmarks.curves

Linear regression, 200,000 x 50 correlated features: the share of the loss above its minimum. Logistic regression,
100,000 x 50: |gradient| / |gradient at the start|, measured by one function for all, the intercept included. A point is
a fit of its own, with a tolerance or a number of epochs of its own, joined in the order of their effort: after one
warm-up the median of three, or one alone where a fit takes longer than half a second.
"""

from __future__ import annotations

import statistics
import warnings
from collections.abc import Callable, Iterable

import numpy as np

import groundup as gu
from benchmarks.paired import missing, point, seconds

Weights = Callable[[], np.ndarray]


def features(n: int, d: int) -> np.ndarray:
    rng = np.random.default_rng(0)
    return rng.normal(size=(n, d)) + 0.5 * rng.normal(size=(n, 1))


def packed(model: object) -> np.ndarray:
    """Weights, then the intercept, of any model with scikit-learn's names."""
    return np.append(np.ravel(model.coef_), model.intercept_)  # pyright: ignore


def draw(picture: str, curve: str, runs: Iterable[Weights], error: Callable[[np.ndarray], float]) -> None:
    """A point for each run."""
    for run in runs:
        off = max(error(run()), 1e-17)
        taken = seconds(run)
        if taken < 0.5:
            taken = statistics.median([taken, seconds(run), seconds(run)])
        point(picture, curve, taken, off)
        print(f"{picture:10} {curve:32} {taken * 1e3:9.1f} ms {off:9.1e}", flush=True)


def linear() -> None:
    from sklearn.linear_model import LinearRegression, SGDRegressor

    X = features(200_000, 50)
    rng = np.random.default_rng(1)
    y = X @ rng.normal(size=50) + rng.normal(size=len(X))
    best = packed(gu.LinearRegression().fit(X, y))
    centre, Q = X.mean(axis=0), np.linalg.qr(X - X.mean(axis=0), mode="r")
    least = float(np.mean((y - X @ best[:-1] - best[-1]) ** 2))

    def error(w: np.ndarray) -> float:
        """(Loss - least loss) / least loss, from the distance to the optimum, so that no digits cancel."""
        step = w - best
        return float((np.sum((Q @ step[:-1]) ** 2) / len(X) + (centre @ step[:-1] + step[-1]) ** 2) / least)

    def ours(**settings: object) -> Weights:
        return lambda: packed(gu.LinearRegression(**settings).fit(X, y))  # pyright: ignore

    draw("linear", "groundup, exact", [ours()], error)
    descents = [ours(solver="gradient_descent", epochs=e, tolerance=0) for e in (10, 100, 1000)]
    draw("linear", "groundup, gradient descent", descents, error)
    draw("linear", "groundup, lbfgs", [ours(solver="lbfgs", epochs=e, tolerance=0) for e in (2, 5, 10, 20)], error)
    draw("linear", "scikit-learn LinearRegression", [lambda: packed(LinearRegression().fit(X, y))], error)
    stochastic = [lambda e=e: packed(SGDRegressor(max_iter=e, tol=None, alpha=0).fit(X, y)) for e in (1, 4)]
    draw("linear", "scikit-learn SGDRegressor", stochastic, error)
    Z = np.column_stack((X, np.ones(len(X))))
    draw("linear", "NumPy lstsq", [lambda: np.linalg.lstsq(Z, y, rcond=None)[0]], error)
    draw("linear", "NumPy, normal equations", [lambda: np.linalg.solve(Z.T @ Z, Z.T @ y)], error)
    try:
        import torch

        T, t = torch.from_numpy(Z), torch.from_numpy(y)[:, None]
        draw("linear", "PyTorch lstsq", [lambda: torch.linalg.lstsq(T, t).solution[:, 0].numpy()], error)
    except ImportError:
        print(missing("error against time, linear", "PyTorch"))
    try:
        import jax

        jax.config.update("jax_enable_x64", True)
        J, j = jax.numpy.asarray(Z), jax.numpy.asarray(y)
        solve = jax.jit(lambda Z, y: jax.numpy.linalg.solve(Z.T @ Z, Z.T @ y))
        draw("linear", "JAX, normal equations", [lambda: np.asarray(solve(J, j))], error)
    except ImportError:
        print(missing("error against time, linear", "JAX"))


def logistic() -> None:
    from sklearn.linear_model import LogisticRegression

    X = features(100_000, 50)
    rng = np.random.default_rng(1)
    y = (X @ rng.normal(size=50) * 0.3 + rng.logistic(size=len(X)) > 0).astype(float)

    def gradient(w: np.ndarray) -> np.ndarray:
        miss = 1 / (1 + np.exp(-(X @ w[:-1] + w[-1]))) - y
        return np.append(X.T @ miss, miss.sum())

    first = np.linalg.norm(gradient(np.zeros(51)))

    def error(w: np.ndarray) -> float:
        return float(np.linalg.norm(gradient(w)) / first)

    def ours(**settings: object) -> Weights:
        return lambda: packed(gu.LogisticRegression(**settings).fit(X, y))  # pyright: ignore

    def theirs(solver: str, tolerance: float) -> Weights:
        return lambda: packed(LogisticRegression(C=np.inf, solver=solver, tol=tolerance, max_iter=2000).fit(X, y))

    draw("logistic", "groundup, auto", [ours(epochs=e) for e in (1, 2, 3, 4)] + [ours()], error)
    descents = [ours(solver="nesterov", epochs=e, tolerance=0) for e in (10, 30, 100)]
    draw("logistic", "groundup, nesterov", descents, error)
    for solver in ("lbfgs", "newton-cholesky", "newton-cg", "sag"):
        tolerances = (1e-2, 1e-4, 1e-6, 1e-8) if solver != "sag" else (1e-2, 1e-4)
        draw("logistic", f"scikit-learn {solver}", [theirs(solver, tol) for tol in tolerances], error)
    try:
        from statsmodels.api import Logit

        Z = np.column_stack((X, np.ones(len(X))))
        fits = [lambda e=e: Logit(y, Z).fit(disp=0, maxiter=e).params for e in (2, 4, 8)]
        draw("logistic", "statsmodels Logit", fits, error)
    except ImportError:
        print(missing("error against time, logistic", "statsmodels"))
    try:
        from glum import GeneralizedLinearRegressor as Glum

        fits = [lambda t=t: packed(Glum(family="binomial", alpha=0, gradient_tol=t).fit(X, y)) for t in (1e-4, 1e-10)]
        draw("logistic", "glum", fits, error)
    except ImportError:
        print(missing("error against time, logistic", "glum"))


def main() -> None:
    """The points of both pictures."""
    warnings.simplefilter("ignore")
    linear()
    logistic()


if __name__ == "__main__":
    main()
