"""What a linear model keeps of its rows, so that questions can be answered once they are gone.

A triangle R with R'R = X'WX for the centred rows, their means, the least-squares answer and what it leaves over: a few
numbers for each pair of features, whatever the number of rows. They are there anyway after an exact fit, and after a
descent on the condensed objective, so keeping them costs no pass over the rows.
"""

from __future__ import annotations

import math
from functools import partial
from typing import NamedTuple, cast

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import Block, Blocks
from groundup.formulas.penalties import ElasticNet
from groundup.models.basis import Basis, basis_of
from groundup.models.objective import Condensed, Objective
from groundup.solve.least_squares.normal_equations import few

KEPT_FEATURES = 500
"""With more features a fitted model would weigh megabytes; then `summary(X, y)` asks for the rows again."""
ROUGH = 1e4
"""Above this condition, or with means so many deviations away from 0, R has lost digits that matter."""
ROUGH_FOR_FEW = 30.0
"""The same where there are so few rows that another look at them costs next to nothing."""


class Kept(NamedTuple):
    """What inference asks of the rows, for d features and k outputs."""

    triangle: Array
    """R (d, d), or with fewer rows where the data has fewer."""
    means: Array
    """(d,), weighted; zeros without an intercept."""
    coefficients: Array
    """(d, k), the least squares: the optimum without a penalty."""
    intercept: Array
    """(k,), of the same."""
    residual_norm: Array
    """(k,), the root of Σ w r² there."""
    projections: Array
    """(d, k), Q'y: what lies along the columns; (rank, k) where there is a geometry in doubled precision."""
    weight_sum: float
    n_rows: int
    """Rows with a weight above 0."""
    log_weights: float
    """Σ log w over those."""
    weighted: bool
    rank: int
    condition: float
    fit_intercept: bool
    l1: float
    l2: float
    price: float
    """l2 in the units of a sum of squares: the minimum of Σ w r² + price |b|² is that of the objective."""
    shift: Array | None = None
    map: Array | None = None
    root: Array | None = None
    """The geometry of the rows in doubled precision, where the triangle is too rough for it."""
    doubled: bool = False

    @property
    def fit_norm(self) -> Array:
        """(k,), the root of Σ w (prediction - mean of y)², or without an intercept of Σ w prediction²."""
        told = self.rank == len(self.coefficients) or self.root is not None
        return column_norms(self.projections if told else self.triangle @ self.coefficients)


class Remembering(Objective):
    """An objective that hands out what inference needs of its rows.

    A fit condenses them to find the answer; what is kept for inference is the same statistic.
    """

    def kept(self, parameters: Array) -> Kept | None:
        """What is to be kept, if the rows were condensed on the way; None where that would cost another pass."""
        if self.seen is None or self.blocks.n_features > KEPT_FEATURES:
            return None
        exact = self.seen.exact
        # Rows of 1e308 have a triangle beyond the floats; a model that predicts is not to fail for that.
        if not (np.isfinite(exact.triangle).all() and np.isfinite(exact.residual_norm).all()):
            return None
        return keep(self.seen, parameters)


def keep(condensed: Condensed, parameters: Array) -> Kept:
    """The statistic of these rows; one more pass over them where there are weights or the triangle is rough.

    `parameters` are the fitted ones: with loss "rmse" the units of a penalty depend on where the model stands.
    """
    exact, penalty, blocks = condensed.exact, condensed.penalty, condensed.blocks
    assert isinstance(penalty, ElasticNet)
    n_rows, log_weights, weighted = blocks.n_rows, 0.0, next(iter(blocks)).sample_weight is not None
    if weighted:
        n_rows, log_weights = blocks.reduce(_weights, _added)
    kept = Kept(
        exact.triangle, exact.feature_means, exact.coefficients, exact.intercept, exact.residual_norm,
        exact.projections, exact.weight_sum, n_rows, log_weights, weighted, exact.rank, exact.condition,
        exact.fit_intercept, penalty.l1, penalty.l2, _price(condensed, parameters, penalty.l2),
    )  # fmt: skip
    rough = _is_rough(kept, ROUGH_FOR_FEW if few(blocks) else ROUGH)
    return _in_doubled_precision(kept, blocks, exact.label_means) if rough else kept


def column_norms(x: Array) -> Array:
    """The length of each column, also where its square is beyond the floats.

    >>> column_norms(np.array([[3e200, 0.0], [4e200, 1e-200]]))
    array([5.e+200, 1.e-200])
    """
    top = np.abs(x).max(axis=0, initial=0.0)
    scale = np.where(top > 0, top, 1.0)
    return scale * np.sqrt(np.square(x / scale).sum(axis=0))


def _price(condensed: Condensed, parameters: Array, l2: float) -> float:
    if l2 == 0:
        return 0.0
    S, W, _ = condensed.tally(parameters)
    slope = condensed.total.slope(S, W)
    return l2 / (2 * slope) if slope > 0 else 0.0


def _weights(block: Block) -> tuple[int, float]:
    assert block.sample_weight is not None
    some: Array = block.sample_weight[block.sample_weight > 0]
    return len(some), float(np.log(some).sum())


def _added(one: tuple[int, float], other: tuple[int, float]) -> tuple[int, float]:
    return one[0] + other[0], one[1] + other[1]


def _is_rough(kept: Kept, limit: float) -> bool:
    if kept.condition > limit:
        return True
    R, means, W = kept.triangle, kept.means, kept.weight_sum
    with np.errstate(all="ignore"):
        if len(R) == len(means) and math.sqrt(W) * np.abs(means).max() <= limit * R.diagonal().min():
            return False  # the quick way: no column is shorter than its place on the diagonal
        return bool((W * np.square(means) > limit**2 * np.square(R).sum(axis=0)).any())


def _in_doubled_precision(kept: Kept, blocks: Blocks, label_means: Array) -> Kept:
    """The Gram matrix of whitened rows is nearly 1, so its inverse has all its digits, whatever the rows are.

    What of y lies along them has all its digits too: the triangle's own projections are off by as much as a column's
    rounding times its coefficient, which for dependent columns is far more than what the two explain together.
    """
    basis, first = basis_of(blocks, kept.fit_intercept), int(kept.fit_intercept)
    statistic = partial(_gram, basis=basis, intercept=kept.fit_intercept, label_means=label_means)
    products: Array = blocks.reduce(statistic, np.add)
    G, right = products[:, : len(products)], products[:, len(products) :]
    try:
        root = inverse_root(G)
    except np.linalg.LinAlgError:  # more columns than the rows can tell apart: the triangle's own digits must do
        return kept
    along = (root.T @ right)[first:]
    return kept._replace(shift=basis.shift, map=basis.map, root=root, projections=along, doubled=basis.doubled)


def inverse_root(G: Array) -> Array:
    """V with V V' = G^-1.

    >>> inverse_root(np.array([[4.0]]))
    array([[0.5]])
    """
    lower = cast(Array, np.linalg.cholesky(G))
    return cast(Array, np.linalg.inv(lower)).T


def _gram(block: Block, basis: Basis, intercept: bool, label_means: Array) -> Array:
    """Q'W [Q, y - mean]."""
    Q = basis.rows(block.X, intercept)
    both = np.concatenate((Q, block.y - label_means), axis=1)
    return Q.T @ (both if block.sample_weight is None else block.sample_weight[:, None] * both)
