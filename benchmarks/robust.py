"""The exact optimum of absolute, quantile and Huber losses, against statsmodels and scikit-learn.

    python -m benchmarks.robust                 the table
    python -m benchmarks.robust 20000 10        other numbers of rows and features

"Above" is by how much the cost exceeds the lower of the two, relative to it. statsmodels' QuantReg reweights and stops
where its steps are small; scikit-learn's QuantileRegressor solves the linear program exactly by HiGHS, and its
HuberRegressor also fits a scale, which ours is then given.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable

import numpy as np

from benchmarks import paired
from benchmarks.paired import Ratio
from groundup.solve.robust import Robust, absolute, huber, quantile

HIGHS_ROWS = 5_000
"""HiGHS takes minutes beyond."""


def timed(run: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    answer = run()
    return time.perf_counter() - start, answer


def line(name: str, ours: tuple[float, Robust], theirs: float, costs: tuple[float, float]) -> None:
    least = min(costs)
    above = "  ".join(f"{cost / least - 1:8.1e}" for cost in costs)
    job, _, peer = name.rpartition(", ")
    who = "; cost above the lower of both: {} ours, {} theirs".format(*above.split())
    paired.line(job + who, peer, Ratio(ours[0], theirs, theirs / ours[0]), 0)
    print(f"{name:34}{ours[0]:9.3f}s{theirs:10.3f}s     {above}     {ours[1].gap:.1e}")


def tilted(X: np.ndarray, y: np.ndarray, tau: float, b: np.ndarray, a: float) -> float:
    r = y - X @ b - a
    return float(np.where(r > 0, tau * r, (tau - 1) * r).sum())


def quantiles(X: np.ndarray, y: np.ndarray) -> None:
    import statsmodels.api as sm
    from sklearn.linear_model import QuantileRegressor

    n, d = X.shape
    for tau in (0.5, 0.9):
        t, ours = timed(lambda tau=tau: quantile(X, y[:, None], tau=tau) if tau != 0.5 else absolute(X, y[:, None]))
        cost = tilted(X, y, tau, ours.coefficients[:, 0], ours.intercept[0])
        s, theirs = timed(lambda tau=tau: sm.QuantReg(y, sm.add_constant(X)).fit(q=tau).params)
        line(f"tau {tau}, {n:,} x {d}, statsmodels", (t, ours), s, (cost, tilted(X, y, tau, theirs[1:], theirs[0])))
        if n <= HIGHS_ROWS:
            s, theirs = timed(lambda tau=tau: QuantileRegressor(quantile=tau, alpha=0, solver="highs").fit(X, y))
            other = tilted(X, y, tau, theirs.coef_, theirs.intercept_)
            line(f"tau {tau}, {n:,} x {d}, scikit-learn", (t, ours), s, (cost, other))


def hubers(X: np.ndarray, y: np.ndarray) -> None:
    from sklearn.linear_model import HuberRegressor

    n, d = X.shape
    s, theirs = timed(lambda: HuberRegressor(alpha=0, max_iter=10_000).fit(X, y))
    delta = 1.35 * theirs.scale_
    t, ours = timed(lambda: huber(X, y[:, None], delta=delta))

    def cost(b: np.ndarray, a: float) -> float:
        r = np.abs(y - X @ b - a)
        return float(np.where(r <= delta, r * r / 2, delta * (r - delta / 2)).sum())

    costs = (cost(ours.coefficients[:, 0], ours.intercept[0]), cost(theirs.coef_, theirs.intercept_))
    line(f"Huber, {n:,} x {d}, scikit-learn", (t, ours), s, costs)


def main() -> None:
    warnings.simplefilter("ignore")
    sizes = [(1_000, 10), (5_000, 20), (100_000, 20)]
    if len(sys.argv) > 2:
        sizes = [(int(sys.argv[1]), int(sys.argv[2]))]
    print(f"{'':34}{'ours':>10}{'theirs':>11}     above      above        gap")
    for n, d in sizes:
        rng = np.random.default_rng(0)
        X = rng.normal(size=(n, d))
        y = X @ rng.normal(size=d) + rng.standard_t(2, size=n)
        quantiles(X, y)
        hubers(X, y)


if __name__ == "__main__":
    main()
