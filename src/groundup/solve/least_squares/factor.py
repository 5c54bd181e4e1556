"""What the triangle says: rank, condition, which columns depend on others, and its inverse.

A direction counts as none if rounding alone could have made it: with each column divided by its size before centring,
a singular value below `nothing(d, n)`. Among all answers that fit equally well the one of least norm is taken,
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


def nothing(d: int, n_rows: int = 1) -> float:
    """10 d max(1, (n / 25)^(1/4)) rounding: what the QR of n rows leaves of a direction that is none.

    At most half of it was seen, with columns that are constant or sums of others, of 50 to 500,000 rows.

    >>> nothing(3) == 30 * 2.0**-53
    True
    """
    return 10 * d * max(1.0, (n_rows / 25) ** 0.25) * ROUNDING


def factor(R: Array, means: Array, weight_sum: float, n_rows: int, features: Array) -> Factor:
    """Read the centred triangle R (at most d rows, d), in scaled units; `features` are the exponents of the scale."""
    d = R.shape[1]
    centred = np.sqrt((R**2).sum(axis=0))
    size = np.sqrt(centred**2 + weight_sum * means**2)
    size = np.where(size > 0, size, 1.0)
    least = nothing(d, n_rows)
    told = centred > least * size
    known = np.where(told, R, 0.0)  # a constant column has no direction, not that of its rounding
    left, values, right = np.linalg.svd(known / size, full_matrices=False)
    rank = int((values > least).sum())
    if rank == d:
        unit: Any = np.linalg.svd(R / centred, compute_uv=False)
        return Factor(np.linalg.inv(R), None, d, float(unit[0] / unit[-1]), [])
    dependent = dependent_columns(known / size, rank, least)
    condition = float(values[0] / values[rank - 1]) if rank else 1.0
    inverse = _least_norm_inverse(values[:rank], np.where(told, right[:rank] * size, 0.0), features)
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


def dependent_columns(R: Array, rank: int, least: float) -> list[int]:
    """Which columns are combinations of those before them: the d - rank ones of which least is left.

    >>> dependent_columns(np.array([[1.0, 2.0, 0.0], [0.0, 0.0, 1.0]]), rank=2, least=1e-15)
    [1]

    Golub and Van Loan, Matrix Computations, 5.2.8: Gram-Schmidt, each projection taken twice.
    """
    d = R.shape[1]
    basis, sizes = np.zeros((len(R), 0)), np.zeros(d)
    for j in range(d):
        left = R[:, j] - basis @ (basis.T @ R[:, j])
        left = left - basis @ (basis.T @ left)
        sizes[j] = np.sqrt((left**2).sum())
        if sizes[j] > least and basis.shape[1] < rank:
            basis = np.concatenate((basis, left[:, None] / sizes[j]), axis=1)
        elif basis.shape[1] == rank:
            sizes[j] = 0.0
    return sorted(np.argsort(sizes, kind="stable")[: d - rank].tolist())
