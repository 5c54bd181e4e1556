"""Least squares by products alone: min |A x - y|, where A is known by A v and A'u only.

Golub and Kahan's bidiagonalisation: v and u are turned into directions of their own, one of each a step, in which A is
a matrix with two diagonals. Its least squares costs a handful of operations. In exact arithmetic this is conjugate
gradients on A'A x = A'y; in floating point it keeps more digits, because A'A is never formed. From x = 0 it comes to
the answer of least norm. Once it stands still it starts anew from what is left over, which is worked out afresh: that
brings back the digits that rounding took on the way. How upright the residual is on the columns is measured on that.

Paige and Saunders, LSQR: an algorithm for sparse linear equations and sparse least squares, ACM TOMS 8 (1982).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from groundup._arrays import Array

Product = Callable[[Array], Array]
SETTLED = 1e-15
"""|A'r| ≤ this |A| |r|: the residual is as upright as rounding allows."""
STARTS = 3


class Found(NamedTuple):
    """The answer x, the steps made, cos = |A'r| / (|A| |r|), 0 where r is upright on all columns, and |A|, roughly.

    `condition` is the condition of A, in the norms of all its numbers together, as far as the steps have seen it.
    """

    x: Array
    steps: int
    cosine: float
    norm: float
    condition: float


def lsqr(times: Product, back: Product, y: Array, n_unknowns: int, most: int) -> Found:
    """The x that minimises |A x - y|², with `times(v)` = A v and `back(u)` = A'u, in at most `most` steps.

    >>> A = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
    >>> lsqr(lambda v: A @ v, lambda u: A.T @ u, np.array([1.0, 3.0, 5.0]), 2, most=100).x.round(12)
    array([1., 2.])
    """
    best = Found(np.zeros(n_unknowns), 0, 1.0, 0.0, 1.0)
    r, whole = y, math.sqrt(float(np.dot(y, y)))
    for _ in range(STARTS):
        found = _once(times, back, r, n_unknowns, most - best.steps)
        x = best.x + found.x
        r = y - times(x)
        size = math.sqrt(float(np.dot(r, r)))
        slope = back(r)
        cosine = math.sqrt(float(np.dot(slope, slope))) / (found.norm * size) if size * found.norm > 0 else 0.0
        if size <= 1e-14 * (whole + found.norm * math.sqrt(float(np.dot(x, x)))):
            cosine = 0.0  # A x = y as far as rounding lets one see
        if cosine >= best.cosine:
            break  # a new start gained nothing
        best = Found(x, best.steps + found.steps, cosine, found.norm, max(best.condition, found.condition))
        if cosine <= 10 * SETTLED or best.steps >= most:
            break
    return best


def _once(times: Product, back: Product, y: Array, n_unknowns: int, most: int) -> Found:
    x = np.zeros(n_unknowns)
    u, beta = unit(y)
    v, alpha = unit(back(u))
    w, left, rho_bar = v, beta, alpha
    squares, inverse, steps = alpha * alpha, 0.0, 0
    cosine = alpha / math.sqrt(squares) if squares > 0 else 0.0
    for steps in range(1, most + 1):
        if cosine <= SETTLED:
            return Found(x, steps - 1, cosine, math.sqrt(squares), math.sqrt(squares * inverse))
        u, beta = unit(times(v) - alpha * u)
        v, alpha = unit(back(u) - beta * v)
        squares += alpha * alpha + beta * beta
        rho = math.hypot(rho_bar, beta)
        c, s = rho_bar / rho, beta / rho
        x = x + c * left / rho * w
        inverse += float(np.dot(w, w)) / (rho * rho)  # of A'A, the sum of the diagonal
        w = v - s * alpha / rho * w
        rho_bar, left = -c * alpha, s * left
        cosine = abs(c) * alpha / math.sqrt(squares) if left > 0 else 0.0
        if left <= 1e-17 * math.sqrt(squares) * math.sqrt(float(np.dot(x, x))):
            break  # A x = y to the last digit
    return Found(x, steps, cosine, math.sqrt(squares), math.sqrt(squares * inverse))


def unit(x: Array) -> tuple[Array, float]:
    """x / |x| and |x|; zeros stay."""
    size = math.sqrt(float(np.dot(x, x)))
    return (x / size, size) if size > 0 else (x, 0.0)
