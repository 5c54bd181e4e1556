"""The exact optimum of losses that outliers cannot bend: absolute, quantile, epsilon-insensitive, Huber.

    design.py      the rows, centred, scaled and turned
    band.py        many rows: which of them matter
    interior.py    to 8 digits or more in some 20 steps, for every loss made of straight and square pieces
    corner.py      straight pieces: from there to the exact corner, with a certificate that proves it
    pieces.py      square pieces, or a square penalty: from there to the exact answer of a linear system

Each function minimises Σ_i w_i loss(y_i - x_i b - a) + l1 Σ|b| + l2/2 Σ b², the intercept a never penalised: a sum over
rows, so for a mean multiply the penalties by Σ w. Several outputs are as many problems.
"""

from __future__ import annotations

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError
from groundup.solve.robust.answer import Loss, Robust, solve

__all__ = ["Robust", "absolute", "epsilon_insensitive", "huber", "quantile"]


def absolute(
    X: Array,
    y: Array,
    sample_weight: Array | None = None,
    *,
    fit_intercept: bool = True,
    l1: float = 0.0,
    l2: float = 0.0,
) -> Robust:
    """The least Σ w |y - X b - a| + l1 Σ|b| + l2/2 Σ b²: a plane with as many rows above as below.

    X (n, d), y (n, k), weights (n,). The plane goes through at least d + 1 rows, and `gap` is 0 but for rounding. Where
    several planes cost the same (an even number of rows and no slope, say) one of them is
    returned, and `reason` says so.

    >>> X, y = np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([[1.0], [3.0], [5.0], [1000.0]])
    >>> line = absolute(X, y)
    >>> line.coefficients, line.intercept
    (array([[2.]]), array([1.]))

    Bloomfield and Steiger, Least Absolute Deviations (1983).
    """
    return solve(X, y, sample_weight, Loss(1.0, 1.0), fit_intercept, l1, l2)


def quantile(
    X: Array,
    y: Array,
    sample_weight: Array | None = None,
    *,
    tau: float,
    fit_intercept: bool = True,
    l1: float = 0.0,
    l2: float = 0.0,
) -> Robust:
    """The least Σ w (tau (y - z)₊ + (1 - tau) (z - y)₊) with z = X b + a: a share tau of the rows lies below the plane.

    >>> X, y = np.zeros((9, 0)), np.arange(9.0)[:, None]
    >>> quantile(X, y, tau=0.3).intercept
    array([2.])

    Koenker, Quantile Regression (2005).
    """
    if not 0 < tau < 1:
        raise InputError(f"tau must be between 0 and 1; got {tau!r}. Use tau=0.5 for the median.")
    return solve(X, y, sample_weight, Loss(tau, 1 - tau), fit_intercept, l1, l2)


def epsilon_insensitive(
    X: Array,
    y: Array,
    sample_weight: Array | None = None,
    *,
    epsilon: float,
    fit_intercept: bool = True,
    l1: float = 0.0,
    l2: float = 0.0,
) -> Robust:
    """The least Σ w max(|y - X b - a| - epsilon, 0): a row within epsilon of the plane costs nothing.

    Without a penalty many planes often cost the same; `reason` says so. With l2 it is the support vector regression.

    >>> X, y = np.array([[0.0], [1.0], [2.0]]), np.array([[0.0], [1.5], [2.0]])
    >>> epsilon_insensitive(X, y, epsilon=0.25).gap < 1e-15
    True

    Smola and Schölkopf, A tutorial on support vector regression, Statistics and Computing 14 (2004).
    """
    if not 0 <= epsilon < np.inf:
        raise InputError(f"epsilon must be a finite number of at least 0; got {epsilon!r}. Use 0 for absolute values.")
    return solve(X, y, sample_weight, Loss(1.0, 1.0, epsilon=epsilon), fit_intercept, l1, l2)


def huber(
    X: Array,
    y: Array,
    sample_weight: Array | None = None,
    *,
    delta: float = 1.0,
    fit_intercept: bool = True,
    l1: float = 0.0,
    l2: float = 0.0,
) -> Robust:
    """The least Σ w h(y - X b - a), with h(r) = r²/2 while |r| ≤ delta, then delta (|r| - delta/2).

    >>> X, y = np.arange(5.0)[:, None], np.array([[1.0], [3.0], [1000.0], [7.0], [9.0]])
    >>> line = huber(X, y, delta=1.0)
    >>> line.coefficients.round(6), line.intercept.round(6)
    (array([[2.]]), array([1.25]))

    Huber, Robust estimation of a location parameter, Annals of Mathematical Statistics 35 (1964).
    """
    if not 0 < delta < np.inf:
        raise InputError(f"delta must be a finite number above 0; got {delta!r}. Try delta=1.35 in units of the noise.")
    return solve(X, y, sample_weight, Loss(delta, delta, delta=delta), fit_intercept, l1, l2)
