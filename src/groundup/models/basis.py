"""Coordinates in which every linear model is easy: features centred, scaled and made independent.

    q = (x - m) T        and back        b = T c,   a' = a - m b

T comes from the triangle R of the centred rows, so that the mean of q q' over the rows is 1 on the diagonal and 0
elsewhere: offsets of 1e9, units of 1e-8 and columns that nearly agree are gone before the first step. Any T would
give the same model; a good one gives it with all digits. So T is used as if it were exact, and q = (x - m) T is
worked out in doubled precision wherever the plain product would lose digits.

Where columns depend on others T has fewer columns than rows, and b = T c is the answer of least norm.

Golub and Van Loan, Matrix Computations, 5.5; the doubled product after Ozaki, Ogita, Oishi and Rump (2012).
"""

from __future__ import annotations

import math
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks, Block, Blocks
from groundup.data.parallel import parallel_reduce
from groundup.errors import InputError
from groundup.solve.compiled import gram as machine
from groundup.solve.least_squares.doubled import add, cut, exact_bits, two_sum
from groundup.solve.least_squares.factor import factor
from groundup.solve.least_squares.gram import Guess, tall
from groundup.solve.least_squares.refine import exponents, larger, largest

SAFE_CONDITION = 1e3
"""Up to here the Gram matrix gives T; above, the QR of the rows."""
SAFE_LOSS = 1e3
"""How much larger than q the terms of the sum (x - m) T may be before it is worked out in doubled precision."""
HARMLESS = 200
"""Squares of numbers below two to this power, and above its inverse, can be summed up as they are."""
FAINT = 1e-290
"""Below, a weight may be beyond the floats, and a square is surely 0."""
CHUNK_ROWS = 1024
LINALG: Any = np.linalg
FAR_BELOW = 300
"""A column is measured in units of at most so many powers of two below those in which the penalty is 1."""


class Basis(NamedTuple):
    """The shift m (d,), the map T (d, rank), and what was found on the way."""

    shift: Array
    map: Array
    rank: int
    condition: float
    dependent: list[int]
    doubled: bool

    def rows(self, X: Array, intercept: bool) -> Array:
        """[1, (X - m) T], or without an intercept (X - m) T alone; (rows, rank + 1) or (rows, rank)."""
        first = int(intercept)
        out = np.empty((len(X), first + self.rank))
        out[:, :first] = 1.0
        if not self.doubled:
            np.matmul(X - self.shift, self.map, out=out[:, first:])
            return out
        base = product(self.shift[None, :], self.map)
        for start in range(0, len(X), CHUNK_ROWS):
            rows = slice(start, start + CHUNK_ROWS)
            high, low = product(X[rows].astype(float), self.map)
            out[rows, first:] = add(high, low, -base[0], -base[1])[0]
        return out

    def back(self, coordinates: Array, level: Array) -> tuple[Array, Array]:
        """W (d, k) and bias (k,) in the user's units, from c (rank, k) and the bias at the centre (k,)."""
        W = product(self.map, coordinates)[0]
        moved = product(self.shift[None, :], W)
        bias = two_sum(level, -moved[0][0])
        return W, bias[0] + (bias[1] - moved[1][0])

    def there(self, W: Array, bias: Array) -> tuple[Array, Array]:
        """c and the bias at the centre for given weights: the inverse of `back`, as near as the columns of T come."""
        size = np.abs(self.map).max(axis=1, initial=0.0)
        size = np.where(size > 0, size, 1.0)[:, None]
        coordinates = LINALG.lstsq(self.map / size, W / size)[0]
        moved = product(self.shift[None, :], W)
        return coordinates, bias + moved[0][0] + moved[1][0]


def basis_of(blocks: Blocks, intercept: bool, l2: float = 0.0, compiled: bool = False) -> Basis:
    """The basis of these rows, by their weights; `l2` is added to their mean square, as a penalty would do.

    With `l2` every column keeps its place: there is one answer, however much the columns depend on each other.
    `compiled` takes the products of least squares in machine code where that knows such rows: 2 instead of 7 ms for
    10,000 x 100.
    """
    top, _, top_weight = blocks.reduce(largest, larger)
    faint = np.flatnonzero((top > 0) & (top < FAINT))
    if len(faint):
        raise InputError(
            f"the largest number of a column must be 0 or at least {FAINT:.0e}, so that its weight is a float; column "
            f"{faint[0]} has {top[faint[0]]:.3g}. Multiply that column by a power of ten."
        )
    features, weights = exponents(top), exponents(top_weight)
    if l2 > 0:  # in its own unit a column may be so small that the penalty's square is no float
        features = np.maximum(features, math.frexp(math.sqrt(l2))[1] - FAR_BELOW)
    weight, total = blocks.reduce(partial(_sums, scale=np.ldexp(1.0, -features), weights=weights), _added)
    shift = np.ldexp(total / weight, features) if intercept else np.zeros(blocks.n_features)
    scale = np.ldexp(1.0, -features)
    found: Any = _tall(blocks, shift, features) if compiled else None
    if found is None:
        found = parallel_reduce(blocks, partial(_gram, shift=shift, scale=scale, weights=weights), np.add)
    gram, missed = found[:-1], found[-1] / weight
    if intercept:
        # What the sums have lost to rounding: it would make a column of its own out of a constant one.
        shift = shift + np.ldexp(missed, features)
        gram = gram - weight * np.outer(missed, missed)
    if l2 > 0:
        gram[np.diag_indices_from(gram)] += weight * l2 * scale * scale
    # A column whose spread is the rounding of its mean is constant, or nearly so: the triangle tells.
    flat = bool((gram.diagonal() < weight * np.square(2.0**-36 * shift * scale)).any())
    read = None if flat else _by_gram(gram, math.sqrt(weight), scale)
    if read is None:
        statistic = partial(_triangle, shift=shift, scale=scale, weights=weights)
        R: Array = blocks.reduce(statistic, _stacked)
        if l2 > 0:
            read = _with_penalty(R, math.sqrt(weight * l2) * scale, math.sqrt(weight), scale)
        else:
            read = _by_triangle(R, shift * scale, weight, blocks.n_rows, scale, features)
    T, condition, dependent = read
    with np.errstate(over="ignore"):
        lost = ((top + np.abs(shift)) @ np.abs(T)).max(initial=0.0) if intercept else (top @ np.abs(T)).max(initial=0.0)
    # Rows are subtracted from their mean without error, so an offset alone loses nothing.
    doubled = condition > SAFE_LOSS and lost > SAFE_LOSS
    return Basis(shift, T, T.shape[1], condition, dependent, bool(doubled))


def product(A: Array, B: Array) -> tuple[Array, Array]:
    """A B as high + low, with about 30 digits of the largest term of each sum.

    A row of A and a column of B may differ in size from the others; powers of two make them alike and round nothing.

    >>> high, low = product(np.array([[1.0, 1e-20, -1.0]]), np.ones((3, 1)))
    >>> float(high[0, 0] + low[0, 0])
    1e-20
    """
    if A.shape[1] == 0:
        return np.zeros((A.shape[0], B.shape[1])), np.zeros((A.shape[0], B.shape[1]))
    inner = exponents(np.abs(A).max(axis=0))
    left, right = np.ldexp(A, -inner), np.ldexp(B, inner[:, None])
    columns = exponents(np.abs(right).max(axis=0))
    right = np.ldexp(right, -columns)
    bits = exact_bits(max(2, A.shape[1]))
    A1, A2, A3 = cut(left, bits)
    B1, B2, B3 = cut(right, bits)
    middle, error = two_sum(A1 @ B2, A2 @ B1)
    rest = A1 @ B3 + A2 @ (B2 + B3) + A3 @ right
    high, low = add(A1 @ B1, rest + error, middle)
    return np.ldexp(high, columns), np.ldexp(low, columns)


def _sums(block: Block, scale: Array, weights: Array) -> tuple[float, Array]:
    if block.sample_weight is None:
        return float(len(block.X)), (block.X * scale).sum(axis=0, dtype=float)
    w = np.ldexp(block.sample_weight, -weights)
    return float(w.sum()), w @ (block.X * scale)


def _added(one: tuple[float, Array], other: tuple[float, Array]) -> tuple[float, Array]:
    return one[0] + other[0], one[1] + other[1]


def _centred(block: Block, shift: Array, scale: Array, weights: Array) -> Array:
    Z = (block.X - shift) * scale
    return Z if block.sample_weight is None else Z * np.sqrt(np.ldexp(block.sample_weight, -weights))[:, None]


def _gram(block: Block, shift: Array, scale: Array, weights: Array) -> Array:
    """Z'Z of the centred rows, and below it what is left of their sums."""
    Z = _centred(block, shift, scale, weights)
    root = np.ones(len(Z)) if block.sample_weight is None else np.sqrt(np.ldexp(block.sample_weight, -weights))
    return np.concatenate((Z.T @ Z, (root @ Z)[None, :]))


def _tall(blocks: Blocks, shift: Array, features: Array) -> Array | None:
    """All that `_gram` says of rows that have no weights and whose squares are far from the ends of the floats."""
    if not isinstance(blocks, ArrayBlocks) or blocks.sample_weight is not None:
        return None
    known = blocks.X.flags.c_contiguous and blocks.X.dtype == float and np.abs(features).max(initial=0) < HARMLESS
    kernel = machine.compiled() if known else None
    if kernel is None:
        return None
    first, guess = 1 + blocks.n_outputs, Guess(shift, np.zeros(blocks.n_outputs), None)
    P: Array = parallel_reduce(blocks, lambda block: tall(*kernel, block, guess).products, np.add)
    scale = np.ldexp(1.0, -features)
    return np.concatenate((P[first:, first:] * scale * scale[:, None], (P[0, first:] * scale)[None, :]))


def _triangle(block: Block, shift: Array, scale: Array, weights: Array) -> Array:
    return np.linalg.qr(_centred(block, shift, scale, weights), mode="r")


def _stacked(one: Array, other: Array) -> Array:
    return np.linalg.qr(np.concatenate((one, other)), mode="r")


def _by_gram(gram: Array, root: float, scale: Array) -> tuple[Array, float, list[int]] | None:
    """T from the Cholesky factor of the Gram matrix; None where its condition is too large to trust it."""
    size = np.sqrt(gram.diagonal())
    if not size.min(initial=1.0) > 1e-100:
        return None
    if len(size) == 1:
        return (root / size * scale)[:, None], 1.0, []
    unit = gram / size / size[:, None]
    try:
        lower = LINALG.cholesky(unit)
    except np.linalg.LinAlgError:
        return None
    inverse = LINALG.inv(lower)
    # The product of the Frobenius norms is at least the condition, and costs next to nothing.
    condition = float(LINALG.norm(lower) * LINALG.norm(inverse)) / len(size)
    if not condition * len(size) < SAFE_CONDITION:
        return None
    return (root * scale / size)[:, None] * inverse.T, condition, []


def _by_triangle(
    R: Array, means: Array, weight: float, n_rows: int, scale: Array, features: Array
) -> tuple[Array, float, list[int]]:
    """T from the QR of the rows, and the rank that it shows."""
    d = R.shape[1]
    read = factor(np.vstack([R, np.zeros((max(0, d - len(R)), d))]), means, weight, n_rows, features)
    T = math.sqrt(weight) * scale[:, None] * read.inverse
    return T, read.condition, read.dependent


def _with_penalty(R: Array, penalty: Array, root: float, scale: Array) -> tuple[Array, float, list[int]]:
    """T from the QR of the rows with the penalty's rows below: of full rank by itself."""
    whole: Array = np.linalg.qr(np.concatenate((R, np.diag(penalty))), mode="r")
    size = np.sqrt((whole**2).sum(axis=0))
    values: Any = np.linalg.svd(whole / size, compute_uv=False)
    condition = float(values[0] / values[-1]) if values[-1] > 0 else math.inf
    return root * (scale / size)[:, None] * LINALG.inv(whole / size), condition, []
