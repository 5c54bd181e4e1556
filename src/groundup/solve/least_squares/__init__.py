"""Exact least squares: minimise Σ w_i |y_i - x_i b - a|², for any rows that come in blocks.

    normal_equations.py   the fast way: one pass, around a guess
    repeated.py           the way between: again, on rows that the pass before has made independent
    triangle.py           the safe way: QR of the blocks, merged as triangles
    gram.py               what the first two sum up: one matrix product a block
    factor.py             what a triangle says: rank, condition, which columns depend on others, the least-norm inverse
    refine.py             from a good answer to the last digit: residuals in doubled precision
    doubled.py            twice the digits from ordinary float64
    ridge.py              a price on the coefficients: one triangle, many penalties
    solution.py           the answer, and what can be asked of it once the rows are gone

The condition of the centred columns, each at unit length, decides which way is taken:

    at most 100, many rows    the fast way is enough if an error bound says 13 digits (15 up to 2), else refined
    at most 100, few rows     it is enough if the bound says 15 digits of each coefficient, else refined
    more, many rows           the way between, then refined, until every digit is settled
    anything else             the safe way, then refined, until every digit is settled

The fast way takes a second pass where the guess was too rough, or y lies so close to X b that the sum of squares loses
digits. 'Few' is at most 5,000 numbers, where a refinement takes a fraction of a millisecond. Scaling costs no digit:
powers of two round nothing. Memory holds a few blocks and a few (d, d) matrices, whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from groundup.errors import InputError
from groundup.solve.least_squares.normal_equations import by_gram
from groundup.solve.least_squares.ridge import penalised, ridge_path
from groundup.solve.least_squares.solution import LeastSquares, leverages
from groundup.solve.least_squares.triangle import by_triangle

__all__ = ["LeastSquares", "least_squares", "leverages", "ridge_path"]


def least_squares(blocks: Any, *, fit_intercept: bool = True, l2: float | Sequence[float] = 0.0) -> LeastSquares:
    """The b and a that minimise Σ_i w_i |y_i - x_i b - a|² + l2 |b|²; the intercept a is never penalised.

    `blocks` hands out rows: `n_rows`, `n_features`, `n_outputs`, iteration over blocks with X (rows, d), y (rows, k)
    and `sample_weight` (rows,) or None, `reduce(statistic, merge)`, and `first` and `alone` as in `Blocks`. Sums are
    float64, whatever the rows are. With a sequence of penalties, `coefficients` and `intercept` have one more axis in
    front, one entry for each.

    Where columns depend on others, b is the answer of least norm, and `reason` names the columns. NaN or infinity
    anywhere gives NaN everywhere. Raises InputError without rows or columns, where all weights are 0, or for a negative
    penalty.

    >>> from groundup.data.blocks import ArrayBlocks
    >>> X, y = np.array([[0.0], [1.0], [2.0]]), np.array([[1.0], [3.0], [5.0]])
    >>> line = least_squares(ArrayBlocks(X, y))
    >>> line.coefficients, line.intercept
    (array([[2.]]), array([1.]))

    Björck, Numerical Methods for Least Squares Problems, chapters 2 and 6.
    """
    if not blocks.n_rows or not blocks.n_features:
        raise InputError(
            f"X must have a row and a column; it has {blocks.n_rows} rows and {blocks.n_features} columns. Without "
            "columns the best prediction is the mean of y: give a column of ones, and fit_intercept=False."
        )
    with np.errstate(all="ignore"):
        solution = by_gram(blocks, fit_intercept) or by_triangle(blocks, fit_intercept)
    if isinstance(l2, int | float):
        if l2 == 0:
            return solution
        coefficients, intercept = penalised(blocks, solution, [l2])
        return solution._replace(coefficients=coefficients[0], intercept=intercept[0])
    coefficients, intercept = penalised(blocks, solution, l2)
    return solution._replace(coefficients=coefficients, intercept=intercept)
