"""The safe way: Householder QR of scaled blocks, merged as triangles.

R of sqrt(W) [1, X, y]. The column of ones comes first, so what is left after it is the triangle of the centred columns,
and no pass is needed for the means. Orthogonal steps never square the condition; they take six times as long.

Golub and Van Loan, Matrix Computations, 5.2; Demmel, Grigori, Hoemmen, Langou, SIAM J. Sci. Comput. 34 (2012).
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError
from groundup.solve.least_squares.factor import Factor, factor
from groundup.solve.least_squares.refine import (
    Equations,
    Scales,
    contraction,
    finished,
    larger,
    largest,
    least_norm,
    refine,
    scales_of,
)
from groundup.solve.least_squares.solution import LeastSquares, no_answer


class Triangle(NamedTuple):
    """R of the QR of the rows, the sum of their weights, and their number."""

    R: Array
    weight_sum: float
    n_rows: int


def triangle(block: Any, scales: Scales, intercept: bool) -> Triangle:
    """R of sqrt(W) [1, X, y], or of sqrt(W) [X, y] without an intercept, in scaled units."""
    X, y, weight = scales.scaled(block)
    n = len(X)
    Z = np.concatenate((np.ones((n, 1)), X, y) if intercept else (X, y), axis=1)
    if weight is not None:
        np.multiply(Z, np.sqrt(weight), out=Z)
    return Triangle(np.linalg.qr(Z, mode="r"), float(n if weight is None else weight.sum()), n)


def merge_triangles(one: Triangle, other: Triangle) -> Triangle:
    """The triangle of both: a QR of one triangle above the other."""
    R = np.linalg.qr(np.concatenate((one.R, other.R)), mode="r")
    return Triangle(R, one.weight_sum + other.weight_sum, one.n_rows + other.n_rows)


def by_triangle(blocks: Any, intercept: bool) -> LeastSquares:
    """The answer by QR, with the rank from it, refined in doubled precision."""
    top = blocks.reduce(largest, larger)
    if not all(np.isfinite(x).all() for x in top):
        return no_answer(blocks, intercept, "X, y or sample_weight holds NaN or infinity, so there is no answer")
    scales, d = scales_of(top), blocks.n_features
    total: Triangle = blocks.reduce(partial(triangle, scales=scales, intercept=intercept), merge_triangles)
    if not total.weight_sum > 0:
        raise InputError("sample_weight must have a positive sum; all weights are 0. Give some row a weight.")
    R, t, means, label_means = _parts(total.R, d, intercept)
    read = factor(R, means, total.weight_sum, total.n_rows, scales.features)
    start = read.solve(t)
    if intercept:
        start = np.concatenate(((label_means - means @ start)[None], start))
    equations = Equations(means if intercept else None, total.weight_sum, read.inverse)
    best = refine(blocks, scales, equations, start, contraction(read.condition, R, means, total.weight_sum))
    if read.rank < d:
        best = least_norm(blocks, scales, equations, best)
    e, f, g = scales.features, scales.labels, scales.weights
    rough = LeastSquares(
        coefficients=start, intercept=label_means, residual_sum=label_means, residual_norm=label_means,
        triangle=np.ldexp(R, e + g // 2), projections=np.ldexp(t, f + g // 2),
        feature_means=np.ldexp(means, e), label_means=np.ldexp(label_means, f),
        weight_sum=float(np.ldexp(total.weight_sum, g)), n_rows=total.n_rows, rank=read.rank,
        condition=read.condition, reason=_reason(read, d), fit_intercept=intercept,
    )  # fmt: skip
    return finished(rough, best, scales)


def _parts(R: Array, d: int, intercept: bool) -> tuple[Array, Array, Array, Array]:
    """The triangle of the centred columns, the projections of y, and the means."""
    whole = R * np.where(R.diagonal() < 0, -1.0, 1.0)[:, None]  # so that the diagonal is not negative
    first = int(intercept)
    means = whole[0] / whole[0, 0] if intercept else np.zeros(whole.shape[1])
    rows = whole[first : first + d, first:]
    return rows[:, :d], rows[:, d:], means[first : first + d], means[first + d :]


def _reason(read: Factor, d: int) -> str:
    said = f"Householder QR: condition {read.condition:.2g}"
    if read.rank < d:
        columns = ", ".join(map(str, read.dependent[:10])) + (", ..." if len(read.dependent) > 10 else "")
        said += f"; rank {read.rank} of {d}, columns {columns} depend on columns before them: minimum-norm solution"
    return said
