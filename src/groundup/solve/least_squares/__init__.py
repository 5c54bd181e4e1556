"""Exact least squares: minimise Σ w_i |y_i - x_i b - a|², for any rows that come in blocks.

    doubled.py      twice the digits from ordinary float64
    triangle.py     one pass over the rows: their Gram matrix, or the triangle of their QR
    factor.py       what the triangle says: rank, condition, which columns depend on others, the inverse
    refine.py       from a good answer to the last digit: residuals in doubled precision
    this file       which of them when

The story. The first block suggests a shift and an answer. One pass over all rows then finds the Gram matrix of what is
left, and a d x d system gives the correction. That squares the condition of X, so the condition decides:

    condition at most 100, many rows      the pass is enough: the error stays below 1e-11, mostly 1e-15
    condition at most 100, few rows       enough where each coefficient has 15 digits, else refined
    anything else                         Householder QR of the blocks, then refinement in doubled precision

'Few' means below 100,000 numbers, where a refinement takes milliseconds. The condition is that of centred columns of
unit length; scaling costs nothing, because powers of two round nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError
from groundup.solve.least_squares.factor import ROUNDING, Factor, factor
from groundup.solve.least_squares.refine import Refined, Scales, exponents, larger, largest, refine
from groundup.solve.least_squares.triangle import Gram, Guess, Triangle, gram, merge_grams, merge_triangles, triangle

__all__ = ["LeastSquares", "least_squares", "leverages", "ridge_path"]

FEW_NUMBERS = 100_000
SAFE_CONDITION = 100.0


class LeastSquares(NamedTuple):
    """The answer and everything that inference asks of it.

    `coefficients` (d, k) and `intercept` (k,) minimise Σ w |y - X b - a|² + l2 |b|²; with a sequence of l2 both have
    one more axis, in front. The rest describes the fit without penalty: `triangle` R with R'R = X'WX for centred X
    (upper; of fewer rows than columns where the data has fewer), `projections` (d, k) with R b = projections,
    `feature_means` (d,) and `label_means` (k,) (zeros without an intercept), `residual_sum` (k,) Σ w r²,
    `weight_sum`, `n_rows`, `rank`, `condition` of the centred columns at unit length, and `reason`: what was done, why.
    """

    coefficients: Array
    intercept: Array
    triangle: Array
    projections: Array
    feature_means: Array
    label_means: Array
    residual_sum: Array
    residual_norm: Array
    weight_sum: float
    n_rows: int
    rank: int
    condition: float
    reason: str
    fit_intercept: bool


def least_squares(blocks: Any, *, fit_intercept: bool = True, l2: float | Sequence[float] = 0.0) -> LeastSquares:
    """The b and a that minimise Σ_i w_i |y_i - x_i b - a|² + l2 |b|²; the intercept a is never penalised.

    `blocks` hands out rows: `n_rows`, `n_features`, `n_outputs`, iteration over blocks with X (rows, d), y (rows, k)
    and `sample_weight` (rows,) or None, and `reduce(statistic, merge)`. Where columns depend on others, b is the
    answer of least norm, and `reason` names them. NaN or infinity anywhere gives NaN everywhere, and says so.

    >>> from groundup.data.blocks import ArrayBlocks
    >>> X, y = np.array([[0.0], [1.0], [2.0]]), np.array([[1.0], [3.0], [5.0]])
    >>> line = least_squares(ArrayBlocks(X, y))
    >>> line.coefficients, line.intercept
    (array([[2.]]), array([1.]))

    Björck, Numerical Methods for Least Squares Problems, chapters 2 and 6.
    """
    with np.errstate(all="ignore"):
        solution = _by_gram(blocks, fit_intercept)
        if solution is None:
            solution = _by_triangle(blocks, fit_intercept)
        if isinstance(l2, int | float) and l2 == 0:
            return solution
        return _penalised(solution, l2)


def _by_gram(blocks: Any, intercept: bool) -> LeastSquares | None:
    """One pass, where the condition allows it; None where it does not."""
    first = next(iter(blocks))
    guess = _guess(first, blocks, intercept)
    total: Gram = blocks.reduce(partial(gram, guess=guess), merge_grams)
    sums = _centred(total, blocks.n_features, intercept)
    fit = _solved(*sums[:3])
    if fit is None:
        return None
    R, inverse, projections, step, condition = fit
    squares, weight_sum, means, label_means = sums[2:]
    left = squares - (projections**2).sum(axis=0)
    coefficients = step if guess.coefficients is None else guess.coefficients + step
    if guess.coefficients is not None:
        projections = R @ coefficients
        label_means = label_means + means @ guess.coefficients
    feature_means, label_means = guess.features + means, guess.labels + label_means
    start = label_means - feature_means @ coefficients
    reason = f"Gram matrix and Cholesky: condition {condition:.2g}"
    enough = _enough(blocks, condition, inverse, squares, left, coefficients, start, feature_means, label_means)
    solution = LeastSquares(
        coefficients, start, R, projections, feature_means, label_means, left, np.sqrt(left),
        weight_sum, total.n_rows, blocks.n_features, condition, reason, intercept,
    )  # fmt: skip
    if enough:
        return solution
    return _refined(blocks, solution, intercept, inverse)


def _guess(first: Any, blocks: Any, intercept: bool) -> Guess:
    """The means of the first block, and its own answer if more blocks follow and it is a safe one."""
    (n, d), k = first.X.shape, first.y.shape[1]
    if not intercept:
        shift = Guess(np.zeros(d), np.zeros(k), None)
    else:
        means = np.add.reduce(first.X, axis=0, dtype=np.float64) / n
        shift = Guess(means, np.add.reduce(first.y, axis=0, dtype=np.float64) / n, None)
    if n == blocks.n_rows:
        return shift
    fit = _solved(*_centred(gram(first, shift), d, intercept)[:3])
    return shift if fit is None else shift._replace(coefficients=fit[3])


def _centred(total: Gram, d: int, intercept: bool) -> tuple[Array, ...]:
    """X'WX, X'Wy and y'Wy of centred columns, the sum of weights, and the means that were taken away."""
    P = total.products
    weight_sum = P[0, 0]
    if not intercept:
        zeros = np.zeros(len(P) - 1)
        return P[1 : d + 1, 1 : d + 1], P[1 : d + 1, d + 1 :], P.diagonal()[d + 1 :], weight_sum, zeros[:d], zeros[d:]
    means = P[0, 1:] / weight_sum
    C = P[1:, 1:] - P[0, 1:, None] * means
    # Where centring takes away nearly everything, the shift was a poor one: the products are not safe.
    safe = np.where(C.diagonal() > 1e-2 * P.diagonal()[1:], 1.0, np.nan)
    return C[:d, :d] * safe[:d], C[:d, d:], C.diagonal()[d:], weight_sum, means[:d], means[d:]


def _solved(G: Array, g: Array, squares: Array) -> tuple[Array, Array, Array, Array, float] | None:
    """R, its inverse, R^-T g, the solution and the condition; None where the condition is too large to trust them."""
    size = np.sqrt(G.diagonal())
    # Outside this range squares may have overflowed or vanished; NaN fails both comparisons.
    if not (size.min() > 1e-100 and size.max() < 1e100 and squares.max() < 1e200):
        return None
    try:
        values = np.linalg.eigvalsh(G / size / size[:, None])
        if not values[-1] < SAFE_CONDITION**2 * values[0]:
            return None
        R: Array = np.linalg.cholesky(G).T
    except np.linalg.LinAlgError:
        return None
    inverse: Array = np.linalg.inv(R)
    projections: Array = inverse.T @ g
    return R, inverse, projections, inverse @ projections, float(np.sqrt(values[-1] / values[0]))


def _enough(
    blocks: Any, condition: float, inverse: Array, squares: Array, left: Array,
    coefficients: Array, intercept: Array, feature_means: Array, label_means: Array,
) -> bool:  # fmt: skip
    """Whether the one pass gives all digits that were promised."""
    if not np.all(left > 1e-4 * squares):
        return False
    if blocks.n_rows * (blocks.n_features + blocks.n_outputs) > FEW_NUMBERS:
        return True
    error = 4 * ROUNDING * condition * np.sqrt((inverse**2).sum(axis=1)[:, None] * squares)
    if not np.all(error <= 1e-15 * np.abs(coefficients)):
        return False
    sizes = np.abs(feature_means)
    error = 4 * ROUNDING * (np.abs(label_means) + sizes @ np.abs(coefficients)) + sizes @ error
    return bool(np.all(error <= 1e-15 * np.abs(intercept)))


def _scales(blocks: Any) -> Scales:
    features, labels, weights = map(exponents, blocks.reduce(largest, larger))
    return Scales(features, labels, weights + (weights & 1))  # even, so that its root is a power of two as well


def _refined(blocks: Any, rough: LeastSquares, intercept: bool, inverse: Array) -> LeastSquares:
    """`rough` with every digit: `inverse` is that of its triangle."""
    scales = _scales(blocks)
    e, f, g = scales.features, scales.labels, int(scales.weights)
    start = np.ldexp(rough.coefficients, e[:, None] - f)
    means = np.ldexp(rough.feature_means, -e) if intercept else None
    if intercept:
        start = np.concatenate((np.ldexp(rough.intercept, -f)[None], start))
    scaled_inverse = np.ldexp(inverse, e[:, None] + g // 2)
    contraction = 4 * ROUNDING * rough.condition**2
    best = refine(blocks, scales, means, np.ldexp(rough.weight_sum, -g), scaled_inverse, start, contraction)
    return _finished(rough, best, scales, intercept)


def _finished(rough: LeastSquares, best: Refined, scales: Scales, intercept: bool) -> LeastSquares:
    """`rough` with the refined answer, brought back to the user's units."""
    f, high = scales.labels, best.high
    how = "settled" if best.settled else "were still moving"
    return rough._replace(
        intercept=np.ldexp(high[0], f) if intercept else rough.intercept,
        coefficients=np.ldexp(high[1:] if intercept else high, f - scales.features[:, None]),
        residual_sum=np.ldexp(best.residual_sum, 2 * f + scales.weights),
        residual_norm=np.ldexp(np.sqrt(best.residual_sum), f + scales.weights // 2),
        reason=f"{rough.reason}; after {best.passes} refinements in doubled precision all digits {how}",
    )


def _by_triangle(blocks: Any, intercept: bool) -> LeastSquares:
    """Householder QR of scaled blocks, the rank from it, and refinement."""
    d, k, top = blocks.n_features, blocks.n_outputs, blocks.reduce(largest, larger)
    if not all(np.all(np.isfinite(x)) for x in top):
        return _nothing(d, k, blocks.n_rows, "X, y or sample_weight holds NaN or infinity, so there is no answer")
    scales = _scales(blocks)
    total: Triangle = blocks.reduce(partial(triangle, scales=scales, intercept=intercept), merge_triangles)
    whole = total.R * np.where(total.R.diagonal() < 0, -1.0, 1.0)[:, None]
    first = int(intercept)
    means, label_means = whole[0, 1 : d + 1] / whole[0, 0], whole[0, d + 1 :] / whole[0, 0]
    if not intercept:
        means, label_means = np.zeros(d), np.zeros(k)
    R, t = whole[first : first + d, first : first + d], whole[first : first + d, first + d :]
    read = factor(R, means, total.weight_sum, scales.features)
    start = read.solve(t)
    if intercept:
        start = np.concatenate(((label_means - means @ start)[None], start))
    contraction = min(1.0, 4 * ROUNDING * read.condition**2)
    best = refine(blocks, scales, means if intercept else None, total.weight_sum, read.inverse, start, contraction)
    e, f, g = scales.features, scales.labels, scales.weights
    rough = LeastSquares(
        triangle=np.ldexp(R, e + g // 2), projections=np.ldexp(t, f + g // 2),
        feature_means=np.ldexp(means, e), label_means=np.ldexp(label_means, f),
        weight_sum=float(np.ldexp(total.weight_sum, g)), n_rows=total.n_rows, rank=read.rank,
        condition=read.condition, reason=_said(read, d), fit_intercept=intercept,
        coefficients=start, intercept=np.zeros(k), residual_sum=start, residual_norm=start,
    )  # fmt: skip
    return _finished(rough, best, scales, intercept)


def _said(read: Factor, d: int) -> str:
    said = f"Householder QR: condition {read.condition:.2g}"
    if read.rank < d:
        columns = ", ".join(map(str, read.dependent[:10])) + (", ..." if len(read.dependent) > 10 else "")
        said += f"; rank {read.rank} of {d}, columns {columns} depend on columns before them: minimum-norm solution"
    return said


def _nothing(d: int, k: int, n_rows: int, reason: str) -> LeastSquares:
    nan, per_output, per_feature = np.full((d, k), np.nan), np.full(k, np.nan), np.full(d, np.nan)
    return LeastSquares(
        nan, per_output, np.full((d, d), np.nan), nan, per_feature, per_output, per_output, per_output,
        np.nan, n_rows, 0, np.nan, reason, True,
    )  # fmt: skip


def ridge_path(solution: LeastSquares, penalties: Sequence[float]) -> tuple[Array, Array]:
    """b(l2) = (R'R + l2)^-1 R't for each l2, and the intercepts: one factorisation, many penalties.

    With R = U S V' and t = `projections` this is V (S / (S² + l2)) U't; a penalty of 0 gives the solution itself.
    Shapes: coefficients (penalties, d, k), intercepts (penalties, k). Raises InputError for a negative penalty.

    Hoerl and Kennard, Ridge regression, Technometrics 12 (1970).
    """
    for penalty in penalties:
        if not 0 <= penalty < np.inf:
            raise InputError(f"l2 must be a finite number of at least 0; got {penalty!r}. Use 0 for no penalty.")
    with np.errstate(all="ignore"):
        U, S, V = np.linalg.svd(solution.triangle, full_matrices=False)
        rotated = U.T @ solution.projections
        path = [solution.coefficients if l2 == 0 else V.T @ ((1 / (S + l2 / S))[:, None] * rotated) for l2 in penalties]
        coefficients = np.array(path)
        return coefficients, solution.label_means - solution.feature_means @ coefficients


def leverages(solution: LeastSquares, block: Any) -> Array:
    """h_i = w_i (1 / Σ w + |R^-T (x_i - mean)|²): how much row i pulls its own prediction, between 0 and 1; (rows,).

    Without an intercept the first term and the mean are absent. Over all rows they add up to the number of unknowns.

    Hoaglin and Welsch, The hat matrix in regression and ANOVA, The American Statistician 32 (1978).
    """
    with np.errstate(all="ignore"):
        size = np.sqrt((solution.triangle**2).sum(axis=0))
        size = np.where(size > 0, size, 1.0)
        _, S, V = np.linalg.svd(solution.triangle / size, full_matrices=False)
        whitened = ((block.X - solution.feature_means) / size) @ (V[: solution.rank].T / S[: solution.rank])
        pull = (whitened**2).sum(axis=1) + (1 / solution.weight_sum if solution.fit_intercept else 0.0)
        return pull if block.sample_weight is None else pull * block.sample_weight


def _penalised(solution: LeastSquares, l2: float | Sequence[float]) -> LeastSquares:
    one = isinstance(l2, int | float)
    coefficients, intercept = ridge_path(solution, [l2] if one else l2)
    return solution._replace(
        coefficients=coefficients[0] if one else coefficients, intercept=intercept[0] if one else intercept
    )
