"""Exact linear regression of 500,000 x 100 against scikit-learn, NumPy's normal equations and statsmodels.

    python -m benchmarks.least_squares

Fit to fit, on the same arrays. With the memory that the fit takes beyond them, and its share of two physical limits,
both measured here: the time to read X once on all cores, and the time for the products of a Gram matrix (n d² for one
half of it) at the rate of the fastest matrix product. Then the same rows with two columns that nearly agree, where the
digits of each answer are counted against the refined one.
"""

from __future__ import annotations

import operator
import tracemalloc

import numpy as np
from sklearn.linear_model import LinearRegression

import groundup as gu
from benchmarks.paired import HEAD, Ratio, Run, fact, line, missing, paired, seconds
from groundup.data.blocks import ArrayBlocks
from groundup.solve.least_squares import least_squares

N, D = 500_000, 100


def rows(n: int, d: int, seed: int = 0, noise: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, d))
    return X, X @ rng.standard_normal(d) + 3.0 + noise * rng.standard_normal(n)


def normal_equations(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    means, label_mean = X.mean(axis=0), y.mean()
    Xc = X - means
    b = np.linalg.solve(Xc.T @ Xc, Xc.T @ (y - label_mean))
    return np.append(b, label_mean - means @ b)


def peak_memory(run: Run) -> float:
    """MB of new arrays at the highest moment."""
    tracemalloc.start()
    run()
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return highest / 1e6


def peak_rate() -> float:
    """Floating-point operations a second in the product of two matrices of 2,000 x 2,000, on all cores."""
    A = np.random.default_rng(0).standard_normal((2000, 2000))
    return 2 * 2000.0**3 / min(seconds(lambda: A @ A) for _ in range(5))


def digits(found: np.ndarray, wanted: np.ndarray) -> float:
    """The fewest correct digits of a coefficient."""
    with np.errstate(divide="ignore"):
        return float(-np.log10(np.abs(found / wanted - 1).max()))


def large() -> None:
    """The main row, its memory and its limits."""
    X, y = rows(N, D)
    job = f"exact linear regression, {N:,} x {D}"

    def ours() -> gu.LinearRegression:
        return gu.LinearRegression().fit(X, y)

    ratio = paired(ours, lambda: normal_equations(X, y), rounds=9)
    print(line(job, "NumPy, normal equations", ratio, 2.5), flush=True)
    theirs = paired(ours, lambda: LinearRegression().fit(X, y), rounds=3)
    print(line(job, "scikit-learn LinearRegression", theirs, 25), flush=True)
    try:
        from statsmodels.api import OLS, add_constant

        design = add_constant(X)
        slow = seconds(lambda: OLS(y, design).fit(method="qr"))  # once: it takes a quarter of a minute
        print(line(job, "statsmodels OLS, QR", Ratio(ratio.ours, slow, slow / ratio.ours), 0), flush=True)
    except ImportError:
        print(missing(job, "statsmodels OLS, QR"))
    megabytes = peak_memory(ours)
    print(fact(f"{job}: extra memory", megabytes, "MB", "100 MB", megabytes < 100))
    blocks = ArrayBlocks(X, y[:, None])
    reading = min(seconds(lambda: blocks.reduce(lambda block: float(block.X.sum()), operator.add)) for _ in range(7))
    products = N * D**2 / peak_rate()
    print(fact("reading X once, all cores", reading * 1e3, "ms"))
    print(fact("half a Gram matrix at the rate of the fastest product", products * 1e3, "ms"))
    share = max(reading, products) / ratio.ours
    print(fact(f"{job}: the larger of these two limits", share, "of the time taken"), flush=True)


def nearly_equal_columns() -> None:
    """A condition of 2e5: how long the solver takes, and how many digits the others have."""
    X, y = rows(200_000, D)
    X[:, 1] = X[:, 0] + 1e-5 * X[:, 1]
    job, peer = f"200,000 x {D}, two columns nearly equal", LinearRegression()
    blocks = ArrayBlocks(X, y[:, None])
    ratio = paired(lambda: least_squares(blocks), lambda: peer.fit(X, y), rounds=3)
    print(line(job, "scikit-learn LinearRegression", ratio, 0))
    exact = least_squares(blocks).coefficients[:, 0]
    print(fact(f"{job}: digits of scikit-learn", digits(peer.coef_, exact), "digits"))
    print(fact(f"{job}: digits of the normal equations", digits(normal_equations(X, y)[:-1], exact), "digits"))


def main() -> None:
    """The tables."""
    print(HEAD)
    large()
    nearly_equal_columns()


if __name__ == "__main__":
    main()
