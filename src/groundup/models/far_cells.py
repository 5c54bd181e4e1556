"""Cells so far from all others of their column that their row alone decides what the column's weight is.

    far:  |x - m| > 10^8 u,    m the median of the column, u the median of all |x - m| that are not 0

Next to 10^30 the other numbers of a column are all the same in floats: mostly it stands for a missing number, or for
another unit. A column of 0 with a single 10^30 has no such cell, since it says no more than a column of 0 and 1.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.formulas.totals import Mean

TIMES = 1e8
SURE = 800.0
"""A class that is so far ahead leaves the others a chance of e^-800, which is 0."""
ROUNDING = 1e-6
"""What is less far ahead, as a share of the terms of its score, may be so by chance."""
TOGETHER = 1 << 20
"""Numbers that are looked at together, so that a large table is not copied as a whole."""


class FarCells(NamedTuple):
    """The first far cell, with how many times further away it is than is usual, and all rows that have some."""

    row: int
    column: int
    value: float
    times: float
    rows: Array
    """True for each row with a far cell, (rows,)."""


class WhileOthersCostNothing(Mean):
    """share x S / W: the mean over all rows, where those that are left out cost nothing.

    >>> WhileOthersCostNothing(0.75).value(6.0, 3.0)  # 6 / 4
    1.5
    """

    equation = "share x S / W"

    def __init__(self, share: float):
        self.share = share

    def value(self, S: float, W: float) -> float:
        """Share x S / W."""
        return self.share * super().value(S, W)

    def slope(self, S: float, W: float) -> float:
        """Share / W."""
        return self.share * super().slope(S, W)


def far_cells(X: Array) -> FarCells | None:
    """Where the far cells are; None where there is none.

    >>> X = np.array([[1.0], [2.0], [4.0], [1e30], [3.0]])
    >>> far_cells(X)[:4]
    (3, 0, 1e+30, 5e+29)
    >>> far_cells(np.array([[0.0], [0.0], [1e30]])) is None
    True
    """
    step = max(1, TOGETHER // max(1, len(X)))
    far, usual = np.zeros(X.shape, dtype=bool), np.zeros(X.shape[1])
    for some in (slice(j, j + step) for j in range(0, X.shape[1], step)):
        away = _away(X[:, some])
        usual[some] = np.nan_to_num(_median_of_some(away))
        far[:, some] = (away / TIMES > usual[some]) & (usual[some] > 0)
    if not far.any():
        return None
    row, column = (int(k) for k in np.argwhere(far)[0])
    with np.errstate(over="ignore"):
        times = float(_away(X[:, [column]])[row, 0] / usual[column])
    return FarCells(row, column, float(X[row, column]), times, far.any(axis=1))


def surely_right(X: Array, y: Array, W: Array, bias: Array) -> bool:
    """Whether each row has its class so far ahead that it costs 0 in floats, and so does its slope.

    y (rows, 1) says whether it is the second of two classes, or (rows, classes) which one it is.

    >>> X, W, bias = np.array([[1e30]]), np.array([[1.0]]), np.zeros(1)
    >>> surely_right(X, np.array([[1.0]]), W, bias), surely_right(X, np.array([[0.0]]), W, bias)
    (True, False)
    """
    with np.errstate(over="ignore", invalid="ignore"):
        z, size = X @ W + bias, np.abs(X) @ np.abs(W) + np.abs(bias)
        if z.shape[1] == 1:
            z, y = np.concatenate([np.zeros_like(z), z], axis=1), np.concatenate([1 - y, y], axis=1)
        ahead = z.max(axis=1, where=y == 1, initial=-np.inf) - z.max(axis=1, where=y < 1, initial=-np.inf)
        return bool((ahead > np.maximum(SURE, ROUNDING * size.max(axis=1))).all())


def _away(X: Array) -> Array:
    """Half of |x - median|, which no float is too small for."""
    half: Any = 0.5 * X
    return np.abs(half - np.median(half, axis=0))


def _median_of_some(away: Array) -> Array:
    """The median of the numbers above 0 of each column; 0 where there are none."""
    ordered = np.sort(away, axis=0)
    zeros = (away == 0).sum(axis=0)
    middle = np.minimum((zeros + len(away)) // 2, len(away) - 1)
    return np.take_along_axis(ordered, middle[None, :], axis=0)[0]
