"""The fast way: one pass, one matrix product a block.

Z'WZ for Z = [1, y - shift - (X - shift) b, X - shift] holds every sum that least squares needs. The shift and the b are
a guess from the first block: the products stay small, and a rounding error counts relative to what the guess missed
only. Cholesky then gives the triangle. The price: the condition of X is squared, so above 100 this way is closed.

Golub and Van Loan, Matrix Computations, 5.3.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple, cast

import numpy as np

from groundup._arrays import Array
from groundup.solve.least_squares.refine import ROUNDING, polish
from groundup.solve.least_squares.solution import LeastSquares

SAFE_CONDITION = 100.0
FEW_NUMBERS = 5000
"""For so few numbers a refinement takes a fraction of a millisecond, so 15 digits of each coefficient are promised."""


class Guess(NamedTuple):
    """What the first block suggests: a shift (d,) and (k,), and coefficients (d, k) or None.

    `shifted` is False where the shift of X is 0, because the means are small: then no block has to be copied.
    """

    features: Array
    labels: Array
    coefficients: Array | None
    shifted: bool = True


class Gram(NamedTuple):
    """Z'WZ, whose first row holds the sums, and the number of rows."""

    products: Array
    n_rows: int


class Normal(NamedTuple):
    """The normal equations of centred columns: X'WX, X'Wy, y'Wy, Σ w, and the means beyond the shift."""

    matrix: Array
    right: Array
    squares: Array
    weight_sum: float
    means: Array
    label_means: Array


class Solved(NamedTuple):
    """R, R^-1, t = R^-T X'Wy, b = R^-1 t, the condition, and by what factor centring made rounding errors larger."""

    triangle: Array
    inverse: Array
    projections: Array
    coefficients: Array
    condition: float
    cancelled: float


def gram(block: Any, guess: Guess) -> Gram:
    """Z'WZ of one block."""
    weight = block.sample_weight
    if not guess.shifted and weight is None and block.X.dtype == np.float64:
        return gram_in_place(block, guess)
    (n, d), k = block.X.shape, block.y.shape[1]
    Z = np.empty((n, 1 + k + d))
    y, X = Z[:, 1 : k + 1], Z[:, k + 1 :]
    Z[:, 0] = 1.0
    np.subtract(block.y, guess.labels, out=y)
    np.subtract(block.X, guess.features, out=X)
    if guess.coefficients is not None:
        np.subtract(y, X @ guess.coefficients, out=y)
    if weight is not None:
        np.multiply(Z, np.sqrt(weight)[:, None], out=Z)
    products = Z.T @ Z
    if weight is not None:
        products[0, 0] = weight.sum()  # exact for whole numbers
    return Gram(products, n)


def gram_in_place(block: Any, guess: Guess) -> Gram:
    """The same for rows that need no shift: X is used where it lies. It saves 17 % of the time of 500,000 x 100."""
    (n, d), k = block.X.shape, block.y.shape[1]
    front = np.empty((n, 1 + k))
    front[:, 0] = 1.0
    np.subtract(block.y, guess.labels, out=front[:, 1:])
    if guess.coefficients is not None:
        np.subtract(front[:, 1:], block.X @ guess.coefficients, out=front[:, 1:])
    P = np.empty((1 + k + d, 1 + k + d))
    P[: 1 + k, : 1 + k] = front.T @ front
    P[1 + k :, 1 + k :] = block.X.T @ block.X
    P[: 1 + k, 1 + k :] = side = front.T @ block.X
    P[1 + k :, : 1 + k] = side.T
    return Gram(P, n)


def merge_grams(one: Gram, other: Gram) -> Gram:
    """Sums of the sums."""
    return Gram(one.products + other.products, one.n_rows + other.n_rows)


def by_gram(blocks: Any, intercept: bool) -> LeastSquares | None:
    """The answer by normal equations; None where the condition or the range of the numbers does not allow them."""
    if blocks.n_rows <= blocks.n_features:
        return None
    guess = guess_from(next(iter(blocks)), blocks, intercept)
    for passes in ("one pass", "two passes"):
        total: Gram = blocks.reduce(partial(gram, guess=guess), merge_grams)
        normal = centred(total.products, blocks.n_outputs, intercept)
        solved = solve(normal)
        if solved is None:
            return None
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


def guess_from(first: Any, blocks: Any, intercept: bool) -> Guess:
    """The means of the first block, and its own answer if more blocks follow and it is a safe one."""
    (n, d), k = first.X.shape, first.y.shape[1]
    means, label_means = np.zeros(d), np.zeros(k)
    if intercept:
        means = np.add.reduce(first.X, axis=0, dtype=np.float64) / n
        label_means = np.add.reduce(first.y, axis=0, dtype=np.float64) / n
    guess = Guess(means, label_means, None)
    if n == blocks.n_rows:
        return guess
    normal = centred(gram(first, guess).products, k, intercept)
    solved = solve(normal)
    if solved is None:
        return guess
    b = solved.coefficients
    if (means**2 <= normal.matrix.diagonal() / normal.weight_sum).all():
        return Guess(np.zeros(d), label_means - means @ b, b, shifted=False)
    return Guess(means, label_means, b)


def centred(P: Array, k: int, intercept: bool) -> Normal:
    """The normal equations from Z'WZ; without an intercept nothing is centred."""
    weight_sum = P[0, 0]
    means = P[0, 1:] / weight_sum if intercept else np.zeros(len(P) - 1)
    C = P[1:, 1:] - P[0, 1:, None] * means
    return Normal(C[k:, k:], C[k:, :k], C.diagonal()[:k], weight_sum, means[k:], means[:k])


def solve(normal: Normal) -> Solved | None:
    """Cholesky, and the condition; None where the condition is too large for it, or nothing is known."""
    diagonal = normal.matrix.diagonal()
    # Outside this range squares may have overflowed or vanished. A mean ten standard deviations away from the shift
    # took two digits with it. NaN fails every comparison.
    if not (diagonal.min() > 1e-200 and diagonal.max() < 1e200 and normal.squares.max() < 1e200):
        return None
    cancelled = 1 + (normal.weight_sum * normal.means**2 / diagonal).max()
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
        return R, cast(Any, np.linalg.inv(R)), float(np.sqrt(values[-1] / values[0]))
    except np.linalg.LinAlgError:
        return None


def few(blocks: Any) -> bool:
    """Whether there are so few numbers that a refinement costs next to nothing."""
    return blocks.n_rows * (blocks.n_features + blocks.n_outputs) <= FEW_NUMBERS


def enough(blocks: Any, answer: LeastSquares, normal: Normal, solved: Solved) -> bool:
    """Whether the one pass gives all the digits that were promised.

    Few numbers: 15 digits of each coefficient and of the intercept, by an error bound. Many: 13 digits, where the
    effect b_j |x_j| of a column counts against the largest effect or |y|, and 12 of the sums of squares.
    """
    left, squares, effects = answer.residual_sum, normal.squares, np.abs(answer.coefficients)
    rounding = 4 * ROUNDING * solved.condition * solved.cancelled
    missed = rounding * np.sqrt((solved.inverse**2).sum(axis=1)[:, None] * squares)
    if not few(blocks):
        size = np.sqrt(normal.matrix.diagonal())[:, None]
        largest = np.maximum((effects * size).max(axis=0), np.sqrt(squares))
        # What is left must stand out from what centring and the guess took away, and from the rounding of y - X b.
        stands_out = (left > 1e-4 * squares) & (squares > 1e-14 * largest**2) | (squares == 0)
        return bool(stands_out.all() and (missed * size <= 1e-13 * largest).all())
    if not ((left > 0.1 * squares).all() and (missed <= 1e-15 * effects).all()):
        return False
    means = np.abs(answer.feature_means)
    missed = 4 * ROUNDING * (np.abs(answer.label_means) + means @ effects) + means @ missed
    return not answer.fit_intercept or bool((missed <= 1e-15 * np.abs(answer.intercept)).all())
