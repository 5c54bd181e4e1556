"""One pass over the rows, and all that least squares needs to know of them.

Two statistics, both merged block by block:

    Gram       Z'WZ for Z = [1, X - shift, y - shift]: one matrix product a block: fast, but it squares the condition
    triangle   R of a Householder QR of sqrt(W) [1, X, y], scaled: several times slower, safe at any condition

The column of ones comes first, so what is left after it is the triangle of the centred columns: no pass for the means.

Golub and Van Loan, Matrix Computations, 5.2 and 5.3.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.solve.least_squares.refine import Scales


class Guess(NamedTuple):
    """What the first block suggests: a shift that makes the products small, and an answer that leaves little to fit.

    The pass finds the correction to the guess, so a rounding error counts relative to the correction only.
    """

    features: Array
    labels: Array
    coefficients: Array | None


class Gram(NamedTuple):
    """Weighted products of rows and their number; the first row of `products` holds the sums."""

    products: Array
    n_rows: int


def gram(block: Any, guess: Guess) -> Gram:
    """Z'WZ of [1, X - shift, y - shift - (X - shift) b]."""
    (n, d), k = block.X.shape, block.y.shape[1]
    Z = np.empty((n, 1 + d + k))
    Z[:, 0] = 1.0
    np.subtract(block.X, guess.features, out=Z[:, 1 : d + 1])
    np.subtract(block.y, guess.labels, out=Z[:, d + 1 :])
    if guess.coefficients is not None:
        Z[:, d + 1 :] -= Z[:, 1 : d + 1] @ guess.coefficients
    if block.sample_weight is not None:
        np.multiply(Z, np.sqrt(block.sample_weight)[:, None], out=Z)
    return Gram(Z.T @ Z, n)


def merge_grams(one: Gram, other: Gram) -> Gram:
    """Sums of the sums."""
    return Gram(one.products + other.products, one.n_rows + other.n_rows)


class Triangle(NamedTuple):
    """R of the QR of the rows, the sum of their weights, and their number."""

    R: Array
    weight_sum: float
    n_rows: int


def triangle(block: Any, scales: Scales, intercept: bool) -> Triangle:
    """R of sqrt(W) [1, X, y], or of sqrt(W) [X, y] without an intercept, in scaled units."""
    X, y, weight = scales.scaled(block)
    n = len(X)
    columns = (np.ones((n, 1)), X, y) if intercept else (X, y)
    Z = np.concatenate(columns, axis=1, dtype=np.float64)
    if weight is not None:
        np.multiply(Z, np.sqrt(weight), out=Z)
    return Triangle(np.linalg.qr(Z, mode="r"), float(n if weight is None else weight.sum()), n)


def merge_triangles(one: Triangle, other: Triangle) -> Triangle:
    """The triangle of both: a QR of one triangle above the other."""
    R = np.linalg.qr(np.concatenate((one.R, other.R)), mode="r")
    return Triangle(R, one.weight_sum + other.weight_sum, one.n_rows + other.n_rows)
