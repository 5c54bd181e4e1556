"""The fast way: normal equations around a guess, one pass over the rows.

Cholesky of the Gram matrix gives the triangle. The price: the condition of X is squared, so above 100 the rows are
made independent first (`repeated.py`).

Golub and Van Loan, Matrix Computations, 5.3.
"""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import numpy as np

from groundup._arrays import Array
from groundup.solve.least_squares.gram import (
    Gram,
    Guess,
    Normal,
    cancellation,
    centred,
    in_range,
    merge_grams,
    way_to_sum,
)
from groundup.solve.least_squares.refine import ROUNDING, polish
from groundup.solve.least_squares.repeated import by_repeated_gram
from groundup.solve.least_squares.solution import LeastSquares

SAFE_CONDITION = 100.0
FEW_NUMBERS = 5000
"""For so few numbers a refinement takes a fraction of a millisecond, so 15 digits of each coefficient are promised."""

ENOUGH_ROWS = 1000
"""A guess from so many rows of the first block, or 20 for each unknown, is as good: a fifth of 100,000 x 10 in time."""

SMALL = 24
"""Triangles of up to twice so many rows are inverted like any matrix."""


class Solved(NamedTuple):
    """R, R^-1, t = R^-T X'Wy, b = R^-1 t, the condition, and by what factor centring made rounding errors larger."""

    triangle: Array
    inverse: Array
    projections: Array
    coefficients: Array
    condition: float
    cancelled: float


def by_gram(blocks: Any, intercept: bool) -> LeastSquares | None:
    """The answer by normal equations; None where the condition or the range of the numbers does not allow them."""
    if blocks.n_rows <= blocks.n_features:
        return None
    summed, rows = way_to_sum(blocks)
    guess = blocks.first(partial(guess_from, summed=summed, n_rows=blocks.n_rows, intercept=intercept))
    for passes in ("one pass", "two passes"):
        total: Gram = rows.reduce(partial(summed, guess=guess), merge_grams)
        normal = centred(total.products, blocks.n_outputs, intercept)
        if not in_range(normal):
            return None
        solved = blocks.alone(partial(solve, normal))
        if solved is None:
            return None if few(blocks) else by_repeated_gram(blocks, guess, normal, intercept)
        left = normal.squares - (solved.projections**2).sum(axis=0)
        answer = _in_users_units(guess, normal, solved, left, total.n_rows, intercept, passes)
        if enough(blocks, answer, normal, solved):
            return answer
        if passes == "two passes" or few(blocks):
            return polish(blocks, answer, solved.inverse)
        guess = Guess(answer.feature_means, answer.label_means, answer.coefficients)
    return None


def _in_users_units(
    guess: Guess, normal: Normal, solved: Solved, left: Array, n_rows: int, intercept: bool, passes: str
) -> LeastSquares:
    coefficients, projections, label_means = solved.coefficients, solved.projections, normal.label_means
    if guess.coefficients is not None:
        coefficients = coefficients + guess.coefficients
        projections = solved.triangle @ coefficients
        label_means = label_means + normal.means @ guess.coefficients
    feature_means, label_means = guess.features + normal.means, guess.labels + label_means
    return LeastSquares(
        coefficients, label_means - feature_means @ coefficients, solved.triangle, projections,
        feature_means, label_means, left, np.sqrt(left), float(normal.weight_sum), n_rows, len(feature_means),
        solved.condition, f"Gram matrix and Cholesky, {passes}: condition {solved.condition:.2g}", intercept,
    )  # fmt: skip


def guess_from(first: Any, summed: Any, n_rows: int, intercept: bool) -> Guess:
    """The means of the first block, and its own answer if more blocks follow and it is a safe one."""
    (n, d), k = first.X.shape, first.y.shape[1]
    if n < n_rows:
        n = min(n, max(ENOUGH_ROWS, 20 * (d + k)))
        weight = None if first.sample_weight is None else first.sample_weight[:n]
        first = SimpleNamespace(X=first.X[:n], y=first.y[:n], sample_weight=weight)
    means, label_means = np.zeros(d), np.zeros(k)
    if intercept:
        means = np.add.reduce(first.X, axis=0, dtype=np.float64) / n
        label_means = np.add.reduce(first.y, axis=0, dtype=np.float64) / n
    guess = Guess(means, label_means, None)
    if n == n_rows:
        return guess
    normal = centred(summed(first, guess).products, k, intercept)
    b = quick_solution(normal) if in_range(normal) and cancellation(normal) < 100 else None
    if b is None:
        return guess
    if (means**2 <= normal.matrix.diagonal() / normal.weight_sum).all():
        return Guess(np.zeros(d), label_means - means @ b, b, shifted=False)
    return Guess(means, label_means, b)


def quick_solution(normal: Normal) -> Array | None:
    """b without the condition; None where that is not a safe one: no square of R^-1 is larger than their sum."""
    size = np.sqrt(normal.matrix.diagonal())
    try:
        inverse = upper_inverse(cast(Any, np.linalg.cholesky(normal.matrix / size / size[:, None])).T)
    except np.linalg.LinAlgError:
        return None
    if not (inverse * inverse).sum() < SAFE_CONDITION**2:
        return None
    return inverse @ (inverse.T @ (normal.right / size[:, None])) / size[:, None]


def solve(normal: Normal) -> Solved | None:
    """Cholesky, and the condition; None where the condition is too large for it."""
    diagonal, cancelled = normal.matrix.diagonal(), cancellation(normal)
    if not cancelled < 100:
        return None
    factors = cholesky(normal.matrix, np.sqrt(diagonal))
    if factors is None:
        return None
    R, inverse, condition = factors
    projections = inverse.T @ normal.right
    return Solved(R, inverse, projections, inverse @ projections, condition, cancelled)


def cholesky(G: Array, size: Array) -> tuple[Array, Array, float] | None:
    """R, its inverse and the condition of the columns at unit length; None where the condition is not a safe one."""
    if len(G) == 1:  # a column is its own triangle; three calls of LAPACK would take a third of the time of a small fit
        return np.sqrt(G), 1 / np.sqrt(G), 1.0
    try:
        values = np.linalg.eigvalsh(G / size / size[:, None])
        if not values[-1] < SAFE_CONDITION**2 * values[0]:
            return None
        R = cast(Any, np.linalg.cholesky(G)).T
        return R, upper_inverse(R), float(np.sqrt(values[-1] / values[0]))
    except np.linalg.LinAlgError:
        return None


def upper_inverse(R: Array) -> Array:
    """R^-1 for an upper triangle: [A, B; 0, D]^-1 = [A^-1, -A^-1 B D^-1; 0, D^-1], a fifth of the time of any matrix.

    >>> upper_inverse(np.array([[2.0, 1.0], [0.0, 4.0]]))
    array([[ 0.5  , -0.125],
           [ 0.   ,  0.25 ]])
    """
    half = len(R) // 2
    if half < SMALL:
        return cast(Any, np.linalg.inv(R))
    inverse = np.zeros_like(R)
    inverse[:half, :half], inverse[half:, half:] = upper_inverse(R[:half, :half]), upper_inverse(R[half:, half:])
    inverse[:half, half:] = -inverse[:half, :half] @ R[:half, half:] @ inverse[half:, half:]
    return inverse


def few(blocks: Any) -> bool:
    """Whether there are so few numbers that a refinement costs next to nothing."""
    return blocks.n_rows * (blocks.n_features + blocks.n_outputs) <= FEW_NUMBERS


def enough(blocks: Any, answer: LeastSquares, normal: Normal, solved: Solved) -> bool:
    """Whether the one pass gives all the digits that were promised.

    Few numbers: 15 digits of each coefficient and of the intercept, by an error bound. Many: 13 digits, where the
    effect b_j |x_j| of a column counts against the largest effect or |y|, and 12 of the sums of squares; 11 of the
    intercept, where that or the deviation of y is the unit. The bound grows with the condition: up to 2 it says 15.
    """
    left, squares, effects = answer.residual_sum, normal.squares, np.abs(answer.coefficients)
    rounding = 4 * ROUNDING * solved.condition * solved.cancelled
    missed = rounding * np.sqrt((solved.inverse**2).sum(axis=1)[:, None] * squares)
    size = np.sqrt(normal.matrix.diagonal())[:, None]
    largest = np.maximum((effects * size).max(axis=0), np.sqrt(squares))
    if not few(blocks):
        # What is left must stand out from what centring and the guess took away, and from the rounding of y - X b.
        stands_out = (left > 1e-4 * squares) & (squares > 1e-8 * largest**2) | (squares == 0)
        level = np.maximum(np.abs(answer.intercept), largest / np.sqrt(normal.weight_sum))
        stands_out &= np.abs(answer.feature_means) @ missed <= 1e-11 * level
        return bool(stands_out.all() and (missed * size <= 1e-13 * largest).all())
    if not ((left > 0.1 * squares).all() and (left > 0.01 * largest**2).all() and (missed <= 1e-15 * effects).all()):
        return False
    means = np.abs(answer.feature_means)
    missed = 4 * ROUNDING * (np.abs(answer.label_means) + means @ effects) + means @ missed
    return not answer.fit_intercept or bool((missed <= 1e-15 * np.abs(answer.intercept)).all())
