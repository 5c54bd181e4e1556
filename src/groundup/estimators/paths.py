"""The lasso for many penalties at once: which features come in, and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from groundup.data.blocks import ArrayBlocks
from groundup.data.read import as_matrix, as_targets, as_weights
from groundup.data.sparse import is_sparse
from groundup.errors import InputError
from groundup.estimators.sparse_fit import PAIRED_FEATURES, from_pairs
from groundup.solve.coordinate_descent import LassoPath, largest_l1
from groundup.solve.coordinate_descent import lasso_path as path_of
from groundup.solve.least_squares import least_squares


def lasso_path(
    X: Any,
    y: Any,
    l1: int | Sequence[float] = 100,
    *,
    l2: float = 0.0,
    fit_intercept: bool = True,
    sample_weight: Any = None,
) -> LassoPath:
    """For each price l1: the b and a with the least  mean |y - X b - a|² + l1 Σ|b| + l2/2 Σ b².

    X (rows, features), y (rows,) or (rows, outputs). `l1` are the prices, or how many: then from the largest at which
    any coefficient is not 0 down to a thousandth of it, evenly on a logarithmic scale. One pass over the rows serves
    all prices, and each starts from the answer for the price before. The answer holds `l1` (m,), `coefficients`
    (m, features, outputs) with exact zeros, `intercept` (m, outputs), `gap` (m,), which bounds how far the objective is
    above its minimum, and `n_iter` (m,). Raises InputError for rows or prices that cannot be used.

    >>> import groundup as gu
    >>> flights = gu.examples.flights()
    >>> path = gu.lasso_path(flights.X, flights.y, [1e5, 1e4, 0.0])
    >>> path.coefficients[:, 0, 0].round(4)
    array([0.0348, 0.1171, 0.1262])

    scikit-learn's `alpha` is l1 / 2. Friedman, Hastie, Tibshirani, Regularization paths for generalized linear models
    via coordinate descent, Journal of Statistical Software 33 (2010).
    """
    matrix = as_matrix(X, sparse=True)
    rows = ArrayBlocks(matrix, as_targets(y, len(matrix))[0], as_weights(sample_weight, len(matrix)))
    if is_sparse(matrix) and rows.n_features > PAIRED_FEATURES:
        raise InputError(
            f"a path on sparse rows needs the sums of all pairs of columns; these have {rows.n_features:,} columns, "
            f"more than {PAIRED_FEATURES:,}. Leave rare columns out, or fit one model with l2."
        )
    solution = (
        from_pairs(rows, fit_intercept) if is_sparse(matrix) else least_squares(rows, fit_intercept=fit_intercept)
    )
    scale = 1 / (solution.weight_sum * rows.n_outputs)
    if isinstance(l1, int):
        if l1 < 1:
            raise InputError(f"l1 must be a list of prices, or how many, at least 1; got {l1}. Use l1=100.")
        return path_of(solution, largest_l1(solution, scale=scale) * np.geomspace(1.0, 1e-3, l1), l2, scale=scale)
    return path_of(solution, l1, l2, scale=scale)
