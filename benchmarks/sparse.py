"""Sparse rows, 100,000 texts of 50 words out of 20,000: logistic, linear and ridge regression against scikit-learn.

    python -m benchmarks.sparse

Words are drawn by a power law, rows have length 1, C = 1. Every solver is asked for so small a tolerance that its
gradient is at most 1e-6 of that at the start (the bias included), measured by one function; ours stops at 1e-8.
liblinear is left out: it penalises the bias, and so has another optimum. So is lbfgs: after 190 passes its gradient is
3e-4 of the first. Linear and ridge regression: the gradient as a share of that at the start as well.

With l1 the objective decides, by one function, and ours is asked for a hundredth of a standard error: that is never
further above the least than theirs. liblinear solves the problem without a bias, which it would penalise, saga the one
with it.
"""

from __future__ import annotations

import warnings

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.linear_model import LogisticRegression as Peer

import groundup as gu
from benchmarks.paired import HEAD, Ratio, Run, line, paired, seconds
from groundup.data.blocks import ArrayBlocks
from groundup.data.sparse import SparseRows
from groundup.formulas.losses import Logistic
from groundup.formulas.penalties import ElasticNet
from groundup.models.affine import Affine
from groundup.models.objective import Cost, Objective


def texts(n: int = 100_000, d: int = 20_000, words: int = 50):
    rng = np.random.default_rng(0)
    often = 1 / np.arange(1, d + 1) ** 0.8
    columns = rng.choice(d, size=n * words, p=often / often.sum())
    X = sp.csr_matrix((np.ones(n * words), columns, np.arange(0, n * words + 1, words)), shape=(n, d))
    X.sum_duplicates()
    X.data = np.log1p(X.data)
    X = sp.csr_matrix(X.multiply(1 / np.sqrt(X.multiply(X).sum(axis=1))))
    z = X @ (2 * rng.standard_normal(d))
    return X, (rng.random(n) < 1 / (1 + np.exp(-3 * (z - z.mean())))).astype(int)


def logistic(X: sp.csr_matrix, y: np.ndarray) -> None:
    n, d = X.shape
    data = ArrayBlocks(SparseRows(X), y[:, None].astype(float))
    objective = Objective(Cost(Affine(d), Logistic()), data, ElasticNet(l2=1 / n))
    first = np.linalg.norm(objective.value_and_gradient(np.zeros(d + 1))[1])

    def left(model) -> float:
        """|gradient| / |gradient at the start|."""
        parameters = np.append(np.ravel(model.coef_), model.intercept_)
        return float(np.linalg.norm(objective.value_and_gradient(parameters)[1]) / first)

    ours = gu.LogisticRegression(l2=1 / n)
    for solver, tolerance in (("newton-cg", 1e-8), ("sag", 1e-6)):
        peer = Peer(C=1.0, solver=solver, tol=tolerance, max_iter=2000)
        ratio = paired(lambda: ours.fit(X, y), lambda: peer.fit(X, y), rounds=3)
        job = f"sparse logistic regression; gradient left: ours {left(ours):.0e}, theirs {left(peer):.0e}"
        print(line(job, f"scikit-learn {solver}", ratio, 1.5), flush=True)


def once(ours: Run, theirs: Run, rounds: int) -> Ratio:
    """For a peer that takes most of a minute: one run of it, and three of ours."""
    seconds(ours)
    mine, other = sorted(seconds(ours) for _ in range(3))[1], seconds(theirs)
    return Ratio(mine, other, other / mine)


def kinked(X: sp.csr_matrix, y: np.ndarray, solver: str, C: float, tolerance: float, rounds: int) -> None:
    """l1 with the same objective for both; without a bias for liblinear, which would penalise it."""
    n, bias = len(y), solver != "liblinear"

    def cost(model) -> float:
        z = X @ np.ravel(model.coef_) + model.intercept_
        return float(np.mean(np.logaddexp(0, z) - y * z) + np.abs(model.coef_).sum() / (C * n))

    ours = gu.LogisticRegression(l1=1 / (C * n), fit_intercept=bias, tolerance=1e-2)
    peer = Peer(C=C, l1_ratio=1.0, solver=solver, fit_intercept=bias, tol=tolerance, max_iter=1000, random_state=0)
    ratio = (paired if rounds > 1 else once)(lambda: ours.fit(X, y), lambda: peer.fit(X, y), rounds)
    least = min(cost(ours), cost(peer))
    above = f"above the least: ours {cost(ours) / least - 1:.0e}, theirs {cost(peer) / least - 1:.0e}"
    job = f"sparse logistic regression with l1, C={C:g}, {np.count_nonzero(ours.coef_):,} words kept; {above}"
    print(line(job, f"scikit-learn {solver}", ratio, 1), flush=True)


def linear(X: sp.csr_matrix, y: np.ndarray) -> None:
    def left(model, alpha: float) -> float:
        miss = y - X @ model.coef_ - model.intercept_
        return float(np.linalg.norm(X.T @ miss - alpha * model.coef_) / np.linalg.norm(X.T @ (y - y.mean())))

    peers = {0.0: LinearRegression(tol=1e-10), 1.0: Ridge(alpha=1.0, solver="sparse_cg", tol=1e-10)}
    for alpha, peer in peers.items():
        ours = gu.LinearRegression(l2=2 * alpha / len(y))
        ratio = paired(lambda: ours.fit(X, y), lambda: peer.fit(X, y), rounds=3)
        name = "ridge" if alpha else "linear"
        job = f"sparse {name} regression; gradient left: ours {left(ours, alpha):.0e}, theirs {left(peer, alpha):.0e}"
        print(line(job, f"scikit-learn {type(peer).__name__}", ratio, 0), flush=True)


def main() -> None:
    """The table."""
    warnings.simplefilter("ignore")
    X, y = texts()
    print(HEAD)
    logistic(X, y)
    kinked(X, y, "liblinear", 0.1, 1e-4, rounds=3)
    kinked(X, y, "liblinear", 1.0, 1e-5, rounds=3)
    kinked(X, y, "saga", 1.0, 1e-3, rounds=1)
    linear(X, y + np.random.default_rng(1).standard_normal(len(y)))


if __name__ == "__main__":
    main()
