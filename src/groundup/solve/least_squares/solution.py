"""The answer of a least-squares fit, and what can be asked of it once the rows are gone."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array

ROUNDING = 2.0**-53


class LeastSquares(NamedTuple):
    """The answer and everything that inference asks of it, for d features and k outputs.

    `coefficients` (d, k) and `intercept` (k,) minimise Σ w |y - X b - a|² + l2 |b|²; with a sequence of penalties both
    have one more axis, in front. All the rest describes the fit without penalty.
    """

    coefficients: Array
    intercept: Array
    triangle: Array
    """R (d, d), upper, with R'R = X'WX for centred X; fewer rows where the data has fewer."""
    projections: Array
    """(d, k), with R b = projections: how much of y lies along each column of Q."""
    feature_means: Array
    """(d,), weighted; zeros without an intercept."""
    label_means: Array
    """(k,), weighted; zeros without an intercept."""
    residual_sum: Array
    """(k,), Σ w r². Infinite where the square of the norm overflows."""
    residual_norm: Array
    """(k,), its root."""
    weight_sum: float
    n_rows: int
    rank: int
    condition: float
    """Largest over smallest singular value of the centred columns, each at unit length."""
    reason: str
    """What was done and why, in a sentence."""
    fit_intercept: bool

    @property
    def told(self) -> Array:
        """The triangle without what tells nothing: a column that is but the rounding of its mean becomes 0.

        >>> from groundup.data.blocks import ArrayBlocks
        >>> from groundup.solve.least_squares import least_squares
        >>> X = np.array([[0.0, 0.1], [3.0, 0.1], [0.0, 0.1]])
        >>> np.abs(least_squares(ArrayBlocks(X, X[:, :1])).told).round(3)
        array([[2.449, 0.   ],
               [0.   , 0.   ]])
        """
        top = np.abs(self.triangle).max(axis=0, initial=0.0)
        top = np.where(top > 0, top, 1.0)  # squares of 1e200 are no floats
        size = top * np.sqrt(((self.triangle / top) ** 2).sum(axis=0))
        whole = np.hypot(size, np.sqrt(self.weight_sum) * self.feature_means)
        constant = size <= 10 * len(size) * ROUNDING * whole
        return np.where(constant, 0.0, self.triangle)


def no_answer(blocks: Any, intercept: bool, reason: str) -> LeastSquares:
    """NaN everywhere, and the reason why."""
    d, k = blocks.n_features, blocks.n_outputs
    nan, per_output = np.full((d, k), np.nan), np.full(k, np.nan)
    return LeastSquares(
        coefficients=nan, intercept=per_output, triangle=np.full((d, d), np.nan), projections=nan,
        feature_means=np.full(d, np.nan), label_means=per_output, residual_sum=per_output, residual_norm=per_output,
        weight_sum=np.nan, n_rows=blocks.n_rows, rank=0, condition=np.nan, reason=reason, fit_intercept=intercept,
    )  # fmt: skip


def leverages(solution: LeastSquares, block: Any) -> Array:
    """h_i = w_i (1 / Σ w + |R^-T (x_i - mean)|²): how much row i pulls its own prediction, between 0 and 1; (rows,).

    Without an intercept the first term and the mean are absent. Over all rows they add up to the number of unknowns:
    the rank, and one for the intercept.

    Hoaglin and Welsch, The hat matrix in regression and ANOVA, The American Statistician 32 (1978).
    """
    with np.errstate(all="ignore"):
        triangle = solution.told
        size = np.sqrt((triangle**2).sum(axis=0))
        size = np.where(size > 0, size, 1.0)
        _, S, V = np.linalg.svd(triangle / size, full_matrices=False)
        whitened = ((block.X - solution.feature_means) / size) @ (V[: solution.rank].T / S[: solution.rank])
        pull = (whitened**2).sum(axis=1) + (1 / solution.weight_sum if solution.fit_intercept else 0.0)
    return pull if block.sample_weight is None else pull * block.sample_weight
