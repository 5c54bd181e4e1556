"""Sparse rows to their optimum by products alone, because a matrix of all pairs of words would not fit.

squares             LSQR on centred columns of unit length, with l2 as further rows
squares with l1     the sums of all pairs of columns, as long as these fit, and the lasso on them
other smooth costs  Newton's method, each step by conjugate gradients
the same with l1    Newton's method, each step from column to column, over the weights that are not 0
"""

from __future__ import annotations

import math
import warnings
from typing import Any, cast

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks
from groundup.data.parallel import one_blas_thread
from groundup.errors import InputError, NotConvergedWarning, twin
from groundup.estimators import fitting
from groundup.estimators.sparse_separation import Told
from groundup.estimators.sparse_settled import SettledInUnits
from groundup.estimators.sparse_squares import squares_on_sparse
from groundup.formulas.losses import CrossEntropy, Logistic, Squared
from groundup.formulas.penalties import ElasticNet
from groundup.formulas.totals import RootMean
from groundup.models.affine import Affine
from groundup.models.bent import BentObjective
from groundup.models.columns import column_training
from groundup.models.objective import Objective
from groundup.solve.coordinate_descent import lasso
from groundup.solve.least_squares import LeastSquares
from groundup.solve.listeners import History
from groundup.solve.loop import Training
from groundup.solve.newton_cg import NewtonCG

PAIRED_FEATURES = 2_000
"""Up to so many columns the sums of all pairs are made: 32 MB."""


def require_squares(blocks: Any) -> None:
    """InputError for a column whose squares are beyond the floats: the sums of sparse rows are made of these."""
    csr: Any = blocks.X.csr
    largest = np.zeros(csr.shape[1])
    np.maximum.at(largest, csr.indices, np.abs(csr.data))
    wrong = np.flatnonzero((largest > 0) & ~((largest > 1e-140) & (largest < 1e140)))
    if len(wrong):
        raise InputError(
            f"the largest number of each column of sparse rows must be between 1e-140 and 1e140, so that its square "
            f"is a float; column {wrong[0]} has {largest[wrong[0]]:.3g}. Multiply that column by a power of ten."
        )


def likeliest_on_sparse(objective: Objective, start: Array, **settings: Any) -> fitting.Answer:
    """The weights that make the labels most likely; each epoch is one Newton step."""
    require_squares(objective.blocks)
    if not objective.penalty.smooth:
        return kinked_on_sparse(objective, start, **settings)
    tolerance = settings.pop("tolerance")
    extra = settings.pop("listeners")
    bent = BentObjective(objective.cost, objective.blocks, objective.penalty, objective.total)
    classes = isinstance(objective.cost.loss, Logistic | CrossEntropy) and objective.is_free
    done = SettledInUnits(tolerance, bent, start)
    told = Told(bent, done) if classes else None
    watching = [told or done] if tolerance > 0 else []
    loop = Training(bent, NewtonCG(), parameters=start, listeners=[History(), *watching, *extra], **settings)
    with one_blas_thread():
        loop.run()
        found = _levelled(objective, fitting.result(loop))
        reason = None if told is None else told.reason or told.plainly(found.parameters, found.n_iter)
    reason = reason or done.doubt
    if reason is None:
        return found
    _warn(reason)
    return found._replace(reason=reason, gap=math.nan)


def kinked_on_sparse(objective: Objective, start: Array, **settings: Any) -> fitting.Answer:
    """The minimum of a smooth convex cost with l1, and how far above it this can be at most."""
    loop = column_training(objective, start, **settings)
    with one_blas_thread():
        loop.run()
        value = loop.look_at_all().value
        gap = loop.objective.gap(loop.parameters, value)
    history, reason = next(one for one in loop.listeners if isinstance(one, History)).arrays(), loop.reason or ""
    if not reason.startswith("converged"):
        proof = "" if math.isnan(gap) else f", at most {gap:.2g} above its minimum"
        reason = f"not converged: {reason}; the loss is {value:.6g}{proof}. Give more epochs, or a larger l1 or l2."
        _warn(reason)
    return _levelled(objective, fitting.Answer(loop.parameters, reason, loop.epoch, gap, history))


def _levelled(objective: Objective, found: fitting.Answer) -> fitting.Answer:
    """The same softmax as on dense rows: what all classes share adds up to 0; with l1 that is asked of biases only."""
    model = objective.model
    if not (isinstance(objective.cost.loss, CrossEntropy) and isinstance(model, Affine)):
        return found
    weights, bias = model.unpack(found.parameters)
    if objective.penalty.smooth:
        weights = weights - weights.mean(axis=1, keepdims=True)
    return found._replace(parameters=model.pack(weights, bias - bias.mean()))


def _warn(reason: str) -> None:
    warnings.warn(reason, cast(type[Warning], twin(NotConvergedWarning, "ConvergenceWarning")), stacklevel=6)


class SparseObjective(Objective):
    """What sparse rows cost: never condensed, because the triangle of all words would not fit."""

    def condensed(self) -> None:
        """None: a declared narrowing of `Objective.condensed`."""
        return


def answer_on_sparse(objective: Objective, start: Array, **settings: Any) -> fitting.Answer:
    """The optimum of a regression; InputError where there is no way to it without dense rows."""
    require_squares(objective.blocks)
    loss, penalty = objective.cost.loss, objective.penalty
    if type(loss) is Squared and isinstance(penalty, ElasticNet) and isinstance(objective.blocks, ArrayBlocks):
        root = isinstance(objective.total, RootMean)
        if penalty.smooth and not (root and penalty.l2 > 0):
            return squares_on_sparse(objective, objective.blocks)
        if not root and objective.blocks.n_features <= PAIRED_FEATURES:
            return lasso_on_sparse(objective, objective.blocks)
    if loss.smooth and loss.convex and not isinstance(objective.total, RootMean):
        return likeliest_on_sparse(objective, start, **settings)
    raise InputError(
        f"sparse rows have no exact way to the optimum for {loss!r} with {penalty!r} and "
        f"{objective.blocks.n_features:,} features. Use loss='mse' with l2, or solver='adam' with many epochs."
    )


def lasso_on_sparse(objective: Objective, blocks: ArrayBlocks) -> fitting.Answer:
    """The lasso and the elastic net from the sums of all pairs of columns."""
    penalty, model = objective.penalty, cast(Affine, objective.model)
    assert isinstance(penalty, ElasticNet)
    exact = from_pairs(blocks, model.fit_intercept)
    scale = objective.total.slope(1.0, exact.weight_sum * model.n_outputs)
    best = lasso(exact, penalty.l1, penalty.l2, scale=scale)
    parameters = model.pack(best.coefficients, best.intercept)
    history = {"loss": np.array([objective.value(parameters)])}
    return fitting.Answer(parameters, best.reason, best.n_iter, best.gap, history)


def from_pairs(blocks: ArrayBlocks, intercept: bool) -> LeastSquares:
    """What the sums of all pairs of columns say; R = diag(s)^1/2 V' for the centred G = V diag(s) V'."""
    X, y, weight = blocks.X, blocks.y.astype(np.float64), blocks.sample_weight
    w = np.ones(len(X)) if weight is None else weight.astype(np.float64)
    W = float(w.sum())
    means, label_means = (X.T @ w / W, w @ y / W) if intercept else (np.zeros(X.shape[1]), np.zeros(y.shape[1]))
    y = y - label_means
    G = X.pairs(w) - W * np.outer(means, means)
    right = X.T @ (w[:, None] * y) - np.outer(means, w @ y)
    values, V = cast(Any, np.linalg).eigh(G)
    kept = values > 1e-14 * values[-1]
    R = np.where(kept, np.sqrt(np.where(kept, values, 0.0)), 0.0)[:, None] * V.T
    projections = np.where(kept, 1 / np.sqrt(np.where(kept, values, 1.0)), 0.0)[:, None] * (V.T @ right)
    b = V @ (projections * np.where(kept, 1 / np.sqrt(np.where(kept, values, 1.0)), 0.0)[:, None])
    left = np.maximum(w @ (y * y) - (projections**2).sum(axis=0), 0.0)
    rank = int(kept.sum())
    return LeastSquares(
        b, label_means - means @ b, R, projections, means, label_means, left, np.sqrt(left), W, len(X), rank,
        math.sqrt(values[-1] / values[kept][0]) if rank else 1.0, "sums of all pairs of columns", intercept,
    )  # fmt: skip
