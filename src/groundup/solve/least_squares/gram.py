"""What the fast way sums up: one matrix product a block.

    gram            the definition
    gram_in_place   the same for rows that need no shift
    tall            the same in machine code, for many rows (extra `fast`)

Z'WZ for Z = [1, y - shift - (X - shift) b, X - shift] holds every sum that least squares needs. The shift and the b are
a guess: the products stay small, and a rounding error counts relative to what the guess missed only.

Golub and Van Loan, Matrix Computations, 5.3.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.solve.compiled import gram as machine

MANY_NUMBERS = 1 << 24
"""From so many numbers in X on machine code is loaded: 0.2 s of numba once a process, for half of each fit."""
WIDEST = 512
"""Beyond so many columns a BLAS is as fast."""


class Guess(NamedTuple):
    """What the rows seen so far suggest: a shift (d,) and (k,), and coefficients (d, k) or None.

    `shifted` is False where the shift of X is 0, because the means are small: then no block has to be copied. A `map`
    (d, d) takes the place of X - shift by (X - shift) map.
    """

    features: Array
    labels: Array
    coefficients: Array | None
    shifted: bool = True
    map: Array | None = None


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
    if guess.map is not None:
        X[...] = X @ guess.map
    if weight is not None:
        np.multiply(Z, np.sqrt(weight)[:, None], out=Z)
    products = Z.T @ Z
    if weight is not None:
        products[0, 0] = weight.sum()  # exact for whole numbers
    return Gram(products, n)


def gram_in_place(block: Any, guess: Guess) -> Gram:
    """The same for rows that need no shift: X is used where it lies. It saves 17 % of the time of 500,000 x 100."""
    (n, d), k = block.X.shape, block.y.shape[1]
    front = np.empty((1 + k, n))  # across, so that each of its rows lies in one piece
    front[0] = 1.0
    np.subtract(block.y.T, guess.labels[:, None], out=front[1:])
    if guess.coefficients is not None:
        np.subtract(front[1:], (block.X @ guess.coefficients).T, out=front[1:])
    P = np.empty((1 + k + d, 1 + k + d))
    P[: 1 + k, : 1 + k] = front @ front.T
    P[1 + k :, 1 + k :] = block.X.T @ block.X
    P[: 1 + k, 1 + k :] = side = front @ block.X
    P[1 + k :, : 1 + k] = side.T
    return Gram(P, n)


def way_to_sum(blocks: Any) -> tuple[Callable[..., Gram], Any]:
    """The fastest of these ways for these rows, and the rows in the blocks that suit it."""
    X: Any = getattr(blocks, "X", None)
    if hasattr(X, "flags") and X.size >= MANY_NUMBERS and X.shape[1] + blocks.n_outputs < WIDEST:
        known = X.flags.c_contiguous and X.dtype in (np.float32, np.float64)
        found = machine.compiled() if known else None
        if found is not None:
            return partial(tall, *found), blocks.larger()
    return gram, blocks


def tall(kernel: Any, lanes: int, block: Any, guess: Guess) -> Gram:
    """`gram` in one reading: `kernel` is what `groundup.solve.compiled.gram.compiled` returns."""
    (n, d), k, weight = block.X.shape, block.y.shape[1], block.sample_weight
    y = np.subtract(block.y, guess.labels, dtype=np.float64, order="C")
    b = np.zeros((d, k)) if guess.coefficients is None else guess.coefficients
    moved = guess.map is not None
    X, shift = ((block.X - guess.features) @ guess.map, np.zeros(d)) if moved else (block.X, guess.features)
    root = np.ones(n) if weight is None else np.sqrt(weight, dtype=np.float64)
    P = np.empty((1 + k + d, 1 + k + d))
    kernel(X, y, root, shift, b.T.ravel(), *machine.room(1 + k + d, lanes), P)
    if weight is not None:
        P[0, 0] = weight.sum()  # exact for whole numbers
    return Gram(P, n)


def merge_grams(one: Gram, other: Gram) -> Gram:
    """Sums of the sums, in the memory of the first."""
    return Gram(np.add(one.products, other.products, out=one.products), one.n_rows + other.n_rows)


def centred(P: Array, k: int, intercept: bool) -> Normal:
    """The normal equations from Z'WZ; without an intercept nothing is centred."""
    weight_sum = P[0, 0]
    means = P[0, 1:] / weight_sum if intercept else np.zeros(len(P) - 1)
    C = P[1:, 1:] - P[0, 1:, None] * means
    return Normal(C[k:, k:], C[k:, :k], C.diagonal()[:k], weight_sum, means[k:], means[:k])


def in_range(normal: Normal) -> bool:
    """Whether no square can have overflowed or vanished. NaN fails every comparison."""
    diagonal = normal.matrix.diagonal()
    return bool(diagonal.min() > 1e-200 and diagonal.max() < 1e200 and normal.squares.max() < 1e200)


def cancellation(normal: Normal) -> float:
    """By what factor centring made errors larger: a mean ten deviations away from the shift costs two digits."""
    return float(1 + (normal.weight_sum * normal.means**2 / normal.matrix.diagonal()).max())
