"""How the cost grows with the rows and with the features: both are straight lines on paper with logarithmic scales.

    python -m benchmarks.growth

Exact linear regression and logistic regression to a gradient of 1e-8, 10 features, 100,000 to 10,000,000 rows; then
20,000 rows, 10 to 640 features. The slope of log time against log n is to lie between 0.9 and 1.1, and memory beyond
the rows is to stay small. Logistic regression starts from a part of the rows, which costs the same whatever there is
beyond it, so its slope is lower. Least of three runs.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import numpy as np

import groundup as gu
from benchmarks.paired import fact, point, seconds

ROWS = (100_000, 300_000, 1_000_000, 3_000_000, 10_000_000)
FEATURES = (10, 20, 40, 80, 160, 320, 640)
Fit = Callable[[np.ndarray, np.ndarray], object]


def numbers(n: int, d: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    X = rng.standard_normal((n, d))
    return X, X[:, 0] - X[:, 1] + rng.standard_normal(n)


def fits() -> dict[str, Fit]:
    found: dict[str, Fit] = {
        "linear regression, exact": lambda X, y: gu.LinearRegression().fit(X, y),
        "logistic regression": lambda X, y: gu.LogisticRegression().fit(X, y > 0),
    }
    try:
        from sklearn.linear_model import LinearRegression

        found["scikit-learn LinearRegression"] = lambda X, y: LinearRegression().fit(X, y)
    except ImportError:
        pass
    return found


def extra(run: Callable[[], object]) -> float:
    """MB of new arrays at the highest moment."""
    tracemalloc.start()
    run()
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return highest / 1e6


def main() -> None:
    """The slopes and the points of the picture."""
    X, y = numbers(ROWS[-1], 10)
    for name, fit in fits().items():
        fit(X[:1000], y[:1000])
        sizes = [n for n in ROWS if "scikit" not in name or n <= 3_000_000]
        times = [min(seconds(lambda n=n: fit(X[:n], y[:n])) for _ in range(3)) for n in sizes]
        for n, taken in zip(sizes, times, strict=True):
            point("rows", name, n, taken)
        slope = float(np.polyfit(np.log(sizes), np.log(times), 1)[0])
        ours, exact = "scikit" not in name, "exact" in name
        goal, met = ("0.9 to 1.1", 0.9 <= slope <= 1.1) if exact else ("at most 1.1", slope <= 1.1)
        print(
            fact(f"{name}: slope of log time against log rows", slope, "", goal * ours, met if ours else None),
            flush=True,
        )
        if ours:
            few, many = (extra(lambda n=n: fit(X[:n], y[:n])) for n in (ROWS[2], ROWS[-1]))
            print(fact(f"{name}: memory beyond {ROWS[2]:,} x 10 rows", few, "MB"))
            print(fact(f"{name}: memory beyond {ROWS[-1]:,} x 10 rows", many, "MB"), flush=True)
    X, y = numbers(20_000, FEATURES[-1])
    for name, fit in fits().items():
        for d in FEATURES:
            some = np.ascontiguousarray(X[:, :d])
            point("features", name, d, min(seconds(lambda some=some: fit(some, y)) for _ in range(2)))


if __name__ == "__main__":
    main()
