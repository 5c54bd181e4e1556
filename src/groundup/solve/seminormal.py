"""A'A x = g by products alone, for a slope g: the last digits of a least squares, and the bottom of a bowl.

Golub and Kahan's bidiagonalisation begun with g: A V = U B with V of directions at right angles, B upper bidiagonal and
g = |g| v₁, so that x = V y with B'B y = |g| e₁. In exact arithmetic this is conjugate gradients. But A'A is never
formed and no curvature is a difference: a direction v with |A v| = 1e-8 |A|, whose curvature of 1e-16 conjugate
gradients cannot tell from none, keeps half of its digits. One that A sees by rounding only, as where a column is the
rounded sum of others, shows in B and is left out.

Golub and Kahan, Calculating the singular values and pseudo-inverse of a matrix, SIAM J. Numer. Anal. 2 (1965).
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.solve.lsqr import Product, unit

FLAT = 1e-13
"""A direction v with |A v| at most this |A| is none that A sees: more may be rounding."""
MOST_NUMBERS = 20_000_000
"""So many numbers the directions may be together: 160 MB."""
LINALG: Any = np.linalg


class Bottom(NamedTuple):
    """x, |A x|, how much is left of the slope that A sees, |A'A x - g|, and the least |A v| that any direction has."""

    x: Array
    length: float
    left: float
    flattest: float
    unseen: float
    """How much of the slope lies where A sees nothing: its own rounding, or there is no bottom."""


def seminormal(times: Product, back: Product, g: Array, enough: float, most: int) -> Bottom:
    """The shortest x with A'A x = g but for `enough`; `times(v)` = A v, `back(u)` = A'u; at most `most` steps.

    >>> A = np.array([[1.0, 0.0], [1.0, 1e-8]])
    >>> found = seminormal(lambda v: A @ v, lambda u: A.T @ u, A.T @ A @ np.array([3.0, 5.0]), enough=0.0, most=10)
    >>> found.x.round(6)
    array([3., 5.])
    """
    most = min(most, len(g), MOST_NUMBERS // len(g))
    basis, alphas, betas = np.zeros((0, len(g))), list[float](), list[float]()
    v, size = unit(g)
    u, beta, t, left, largest = np.zeros(0), 0.0, 0.0, size, 0.0
    while left > enough and len(alphas) < most:
        if len(alphas) == len(basis):  # room for as many again
            basis = np.vstack([basis, np.zeros((len(basis) or 16, len(g)))])
        basis[len(alphas)] = v
        u, alpha = unit(times(v) - beta * u if alphas else times(v))
        alphas.append(alpha)
        largest = max(largest, alpha)
        if alpha <= FLAT * largest:
            break
        t = -beta * t / alpha if betas else size / alpha
        v, known = back(u) - alpha * v, basis[: len(alphas)]
        v = v - known.T @ (known @ v)
        v, beta = unit(v - known.T @ (known @ v))
        betas.append(beta)
        left = beta * abs(t)
    if not alphas:
        return Bottom(np.zeros_like(g), 0.0, left, math.inf, 0.0)
    B = np.diag(alphas) + np.diag(betas[: len(alphas) - 1], 1)
    values, turns = LINALG.svd(B)[1:]
    seen = values > FLAT * values[0]
    least, unseen = values[seen][-1], float(LINALG.norm(size * turns[~seen, 0]))
    along, values = np.where(seen, size * turns[:, 0], 0.0), np.where(seen, values, 1.0)
    y = turns.T @ (along / values**2)
    left = abs(float(B[-1] @ y)) * (betas[-1] if len(betas) == len(alphas) else 0.0)
    return Bottom(basis[: len(alphas)].T @ y, float(LINALG.norm(along / values)), left, float(least), unseen)
