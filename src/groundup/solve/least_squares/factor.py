"""What the triangle says: rank, condition, which columns depend on others, and its inverse.

A direction counts as none if the rounding of X alone could have made it: with each column divided by its size before
centring, a singular value below 10 d rounding. Among all answers that fit equally well the one of least norm is taken,
in the units of the user: b = V c, where the columns of V span the rows of X, and no part of b is without effect.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array

ROUNDING = 2.0**-53


class Factor(NamedTuple):
    """B (d, rank) and U (rows of the triangle, rank) with b = B U't the least-norm solution of R b = t."""

    inverse: Array
    left: Array | None
    rank: int
    condition: float
    dependent: list[int]

    def solve(self, t: Array) -> Array:
        """B U't."""
        return self.inverse @ (t if self.left is None else self.left.T @ t)


def factor(R: Array, means: Array, weight_sum: float, features: Array) -> Factor:
    """Read the centred triangle R (at most d rows, d), in scaled units; `features` are the exponents of the scale."""
    d = R.shape[1]
    centred = np.sqrt((R**2).sum(axis=0))
    size = np.sqrt(centred**2 + weight_sum * means**2)
    size = np.where(size > 0, size, 1.0)
    left, values, right = np.linalg.svd(R / size, full_matrices=False)
    rank = int((values > 10 * d * ROUNDING).sum())
    if rank == d:
        unit: Any = np.linalg.svd(R / centred, compute_uv=False)
        return Factor(np.linalg.inv(R), None, d, float(unit[0] / unit[-1]), [])
    dependent = dependent_columns(R / size)
    condition = float(values[0] / values[rank - 1]) if rank else 1.0
    inverse = _least_norm_inverse(values[:rank], right[:rank] * size, features)
    return Factor(inverse, left[:, :rank], rank, condition, dependent)


def _least_norm_inverse(values: Array, rows: Array, features: Array) -> Array:
    """B with R = U diag(values) rows, so that b = B U't lies in the span of the rows, in the user's units."""
    highest = features.max()
    span = np.ldexp(rows, features - highest).T
    order = np.argsort(
        -np.abs(span).max(axis=1, initial=0.0), kind="stable"
    )  # large rows first: Householder keeps small ones exact
    basis = np.empty_like(span)
    basis[order], T = np.linalg.qr(span[order])
    inverse = basis @ np.linalg.inv(T).T / values
    return np.ldexp(inverse, (features - highest)[:, None])


def dependent_columns(R: Array) -> list[int]:
    """Which columns are combinations of those before them: what is left of such a column is only rounding.

    >>> dependent_columns(np.array([[1.0, 2.0, 0.0], [0.0, 0.0, 1.0]]))
    [1]
    """
    d = R.shape[1]
    basis = np.zeros((R.shape[0], 0))
    found: list[int] = []
    for j in range(d):
        if basis.shape[1] == len(R):
            return found + list(range(j, d))
        left = R[:, j] - basis @ (basis.T @ R[:, j])
        left = left - basis @ (basis.T @ left)
        size = np.sqrt((left**2).sum())
        if size <= 10 * d * ROUNDING:
            found.append(j)
        else:
            basis = np.concatenate((basis, left[:, None] / size), axis=1)
    return found
