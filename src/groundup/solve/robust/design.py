"""The rows as the robust solvers want them: centred, scaled and turned so that the columns are nearly orthonormal.

A shift by any number and a scale by a power of two lose nothing, so centre and scale are taken where outliers cannot
move them: at the median. T then turns the columns, Q = [1, S] T, and every Newton matrix is as well conditioned as the
rows allow. Rows that do not span all columns leave T with fewer columns, and coefficients T c of least norm.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.solve.least_squares.factor import ROUNDING
from groundup.solve.untyped import cholesky, inv, qr, where

NUMBERS_IN_A_BLOCK = 1 << 17
SAFE_CONDITION = 1e5
"""Up to here a Gram matrix gives a T that is good enough."""


class Design(NamedTuple):
    """What turns rows into Q, and coordinates c into coefficients."""

    X: Array
    """The rows as they came, (n, d)."""
    centre: Array
    exponents: Array
    """S = (X - centre) 2^-exponents, both (d,)."""
    intercept: bool
    turn: Array
    """T (d + intercept, r): [a; beta] = T c in units of S."""
    Q: Array
    """(n, r), with Q'Q close to n times the identity."""
    dependent: bool
    """Whether columns depend on others, so that coefficients of least norm were taken."""

    def blocks(self) -> Iterator[tuple[slice, Array]]:
        """[1, S], some rows at a time."""
        return scaled(self.X, self.centre, self.exponents, self.intercept)

    def score(self, coordinates: Array) -> Array:
        """[1, S] times (a, beta), straight from the rows."""
        z = np.empty(len(self.X))
        for rows, A in self.blocks():
            z[rows] = A @ coordinates
        return z

    def pull_back(self, d: Array) -> Array:
        """T'[1, S]'d, straight from the rows."""
        total = np.zeros(len(self.turn))
        for rows, A in self.blocks():
            total += A.T @ d[rows]
        return self.turn.T @ total

    def in_users_units(self, coordinates: Array, exponent: int, shift: float) -> tuple[Array, float]:
        """b and a for labels that were scaled as (y - shift) 2^-exponent."""
        beta = np.ldexp(coordinates[int(self.intercept) :], exponent - self.exponents)
        if not self.intercept:
            return beta, 0.0
        return beta, float(np.ldexp(coordinates[0], exponent) + shift - self.centre @ beta)


def scaled(X: Array, centre: Array, exponents: Array, intercept: bool) -> Iterator[tuple[slice, Array]]:
    """[1, (X - centre) 2^-exponents] in blocks that fit the cache; the ones are there with an intercept only."""
    n, d = X.shape
    step = max(1, NUMBERS_IN_A_BLOCK // (d + 1))
    scale = np.ldexp(1.0, -exponents)
    for start in range(0, n, step):
        rows = slice(start, min(n, start + step))
        A = np.empty((rows.stop - start, d + intercept))
        A[:, :intercept] = 1.0
        S = A[:, int(intercept) :]
        np.subtract(X[rows], centre, out=S)
        np.multiply(S, scale, out=S)
        yield rows, A


def design(X: Array, intercept: bool, penalised: bool, price: float = 0.0) -> Design:
    """Centre, scale and turn the rows of X (n, d); `penalised` coefficients need no rows to be unique.

    `price` is a square price on coefficients, in units of what a row costs. It turns the columns as if it were d more
    rows, so that a column it all but shuts out does not ruin the condition.
    """
    centre, exponents = centre_and_scale(X, intercept)
    n = len(X)
    R = triangle(X, centre, exponents, intercept)
    if price > 0:
        one, prices = int(intercept), np.diag(np.ldexp(np.sqrt(price), -exponents))
        R[one:, one:] = qr(np.concatenate((R[one:, one:], prices)), mode="r")
    turn, dependent = _turn(R, centre, exponents, intercept, n, penalised)
    Q = np.empty((n, turn.shape[1]))
    for rows, A in scaled(X, centre, exponents, intercept):
        np.matmul(A, turn, out=Q[rows])
    return Design(X, centre, exponents, intercept, turn, Q, dependent)


def centre_and_scale(X: Array, intercept: bool) -> tuple[Array, Array]:
    """The median of some ten thousand rows, and the exponent of the typical distance from it."""
    some = X[:: max(1, len(X) // 10_000)]
    centre = np.median(some, axis=0) if intercept else np.zeros(X.shape[1])
    size = np.median(np.abs(some - centre), axis=0)
    widest = np.maximum(X.max(axis=0) - centre, centre - X.min(axis=0))
    # A column of mostly one value (an indicator) has a median distance of 0: there the widest is the typical one.
    size = where(size > 1e-6 * widest, size, widest)
    return centre, where(size > 0, np.frexp(size)[1], 0)


def triangle(X: Array, centre: Array, exponents: Array, intercept: bool) -> Array:
    """R (D, D) with R'R = [1, S]'[1, S]: by Cholesky where the condition allows, else by QR of the blocks."""
    D = X.shape[1] + intercept
    gram = np.zeros((D, D))
    for _, block in scaled(X, centre, exponents, intercept):
        gram += block.T @ block
    size = np.sqrt(np.diagonal(gram))
    if D and size.min() > 0 and np.isfinite(size).all():
        values = np.linalg.eigvalsh(gram / np.outer(size, size))
        if values[0] * SAFE_CONDITION**2 > values[-1] and len(X) > D:
            return cholesky(gram).T
    top = np.zeros((0, D))
    for _, A in scaled(X, centre, exponents, intercept):
        top = qr(np.concatenate((top, A)), mode="r")
    return np.concatenate((top, np.zeros((max(0, D - len(top)), D))))


def _turn(R: Array, centre: Array, exponents: Array, intercept: bool, n: int, penalised: bool) -> tuple[Array, bool]:
    """T with ([1, S] T)'([1, S] T) = n: the inverse of R, or where columns depend on others its least-norm inverse."""
    one = int(intercept)
    R1 = R[one:, one:]
    means = R[0, 1:] / R[0, 0] if intercept else np.zeros(R.shape[1])
    inner, dependent = _inverse(R1, means + np.ldexp(centre, -exponents), exponents, n, penalised)
    inner = np.sqrt(n) * inner
    if not intercept:
        return inner, dependent
    T = np.zeros((len(R), inner.shape[1] + 1))
    T[0, 0], T[0, 1:], T[1:, 1:] = 1.0, -means @ inner, inner
    return T, dependent


def _inverse(R: Array, means: Array, exponents: Array, n: int, penalised: bool) -> tuple[Array, bool]:
    """A direction counts as none where the rounding of X alone could have made it, as in exact least squares."""
    d = R.shape[1]
    if d == 0:
        return np.zeros((0, 0)), False
    size = np.sqrt((R * R).sum(axis=0) + n * means**2)
    size = where(size > 0, size, 1.0)
    _, values, right = np.linalg.svd(R / size)
    rank = int((values > 10 * d * ROUNDING).sum())
    if rank == d:
        inverse = inv(R)
        return inverse, False
    if penalised:
        lifted = np.concatenate((R, 1e-3 * np.sqrt(n) * np.eye(d)))
        return inv(qr(lifted, mode="r")), False
    units = exponents - exponents.max()  # the norm is least in the units of the user
    rows = np.ldexp(values[:rank, None] * right[:rank] * size, units).T
    basis, triangular = qr(rows)
    return np.ldexp(basis @ inv(triangular).T, units[:, None]), True
