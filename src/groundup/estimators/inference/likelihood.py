"""What a logistic regression keeps of its rows: how the log-likelihood bends at its top.

    covariance of the coefficients = F F',      F F' = (Σ w second derivative of the log loss)^-1

One pass over the rows at the end of Newton's method finds F. It has a number for each pair of coefficients.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks, Block
from groundup.estimators.inference.geometry import Geometry
from groundup.formulas.penalties import ElasticNet
from groundup.models.affine import Affine
from groundup.models.basis import LINALG, Basis
from groundup.models.information import Information, information_of
from groundup.models.likelihood import Likeliest, likeliest
from groundup.models.objective import Objective

KEPT_COEFFICIENTS = 500
"""With more a fitted model would weigh megabytes; then `summary(X, y)` asks for the rows again."""


class Likelihood(NamedTuple):
    """What inference asks of the rows, for a model with d features and k scores."""

    factor: Array | None
    """F (coefficients, k, unknowns), the bias first where there is one; None where the likelihood has no top."""
    shift: Array
    map: Array
    """The basis of the rows: shift (d,) and map (d, rank)."""
    condition_standardised: float
    W: Array
    """(d, k), the weights of the model that is spoken of."""
    bias: Array
    log_likelihood: float
    """Σ w log(chance of the label), without the constants of grouped counts."""
    null: float
    """The same for the best model without features; without a bias, for equal chances."""
    n_rows: int
    weight_sum: float
    weighted: bool
    fit_intercept: bool
    l1: float
    l2: float
    distance: float
    """How far the model is from the likeliest, in standard errors of the direction."""
    reason: str
    """Why there is no likeliest model; empty where there is one."""
    level: Array | None = None
    """The bias's row of F as it is at the shift (k, unknowns): it has digits that the bias at 0 has lost."""

    @property
    def geometry(self) -> Geometry:
        """Which directions the rows know; its root is that of rows that all weigh the same."""
        rank = self.map.shape[1]
        basis = Basis(self.shift, self.map, rank, self.condition_standardised, [], False)
        spread = np.sqrt(np.square(LINALG.pinv(_balanced(self.map))).sum(axis=0)) / _sizes(self.map)
        return Geometry(basis, np.eye(rank + 1), self.fit_intercept, np.maximum(spread, np.abs(self.shift)))

    @property
    def condition(self) -> float:
        """Of [1, X] as it stands, each row by its weight."""
        spread: Array = LINALG.pinv(_balanced(self.map)) / _sizes(self.map)
        if self.fit_intercept:
            below = np.concatenate([np.zeros((len(spread), 1)), spread], axis=1)
            spread = np.concatenate([np.append(1.0, self.shift)[None], below])
        values = LINALG.svd(spread, compute_uv=False)
        return float(values[0] / values[-1]) if len(spread) == spread.shape[1] and values[-1] > 0 else math.inf


def _sizes(T: Array) -> Array:
    size = np.abs(T).max(axis=1, initial=0.0)
    return np.where(size > 0, size, 1.0)


def _balanced(T: Array) -> Array:
    """The rows of T at size one, so that its pseudo-inverse loses nothing to units."""
    return T / _sizes(T)[:, None]


def of_fit(found: Likeliest, objective: Objective) -> Likelihood:
    """After Newton's method; F costs one pass over the rows."""
    penalty, rows = objective.penalty, objective.blocks
    assert isinstance(penalty, ElasticNet)
    assert isinstance(rows, ArrayBlocks)
    reason = "" if found.reason.startswith("converged") else found.reason
    factor, level, basis, first = None, None, found.objective.basis, found.objective.whitened.intercept
    log_likelihood = math.nan
    if not reason:
        try:
            known = information_of(found, objective)
            factor = known.factor if first else known.factor[1:]
            log_likelihood, level = known.log_likelihood, _at(known, basis.shift)
        except np.linalg.LinAlgError:
            reason = "rounding hides how the likelihood bends at its top"
    if factor is None:
        log_likelihood = -_log_loss(found, objective)
    weight = float(len(rows.X)) if rows.sample_weight is None else float(rows.sample_weight.sum())
    return Likelihood(
        factor, basis.shift, basis.map, basis.condition, found.W, found.bias, log_likelihood, _null(objective, weight),
        rows.n_rows, weight, rows.sample_weight is not None, first, penalty.l1, penalty.l2, 0.0, reason, level,
    )  # fmt: skip


def of_rows(objective: Objective, W: Array, bias: Array) -> Likelihood:
    """For a model trained in any way: F at the top of the likelihood, and how far from there the model is."""
    affine, penalty = objective.model, objective.penalty
    assert isinstance(affine, Affine)
    assert isinstance(penalty, ElasticNet)
    own = affine.pack(W, bias)
    smooth = objective if penalty.l1 == 0 else Objective(objective.cost, objective.blocks, None, objective.total)
    top = of_fit(likeliest(smooth, own), smooth)
    S = objective.tally(own).cost
    distance = 0.0
    if top.factor is not None:
        best = affine.pack(top.W, top.bias)
        # A sum is wanted and not its mean, whatever the objective divides by.
        distance = math.sqrt(max(float((own - best) @ objective.curve(best, own - best)), 0.0))
    if penalty.l1 > 0:
        top = top._replace(factor=None, reason="", l1=penalty.l1, l2=penalty.l2)
    return top._replace(W=W, bias=bias, log_likelihood=-S, distance=distance)


def _at(known: Information, shift: Array) -> Array:
    """The bias's row of F at the point `shift`, which need not be where F was worked out."""
    return known.level + np.tensordot(shift - known.shift, known.factor[1:], axes=1)


def _log_loss(found: Likeliest, objective: Objective) -> float:
    """Σ w log loss, without the penalty."""
    affine = objective.model
    assert isinstance(affine, Affine)
    return objective.tally(affine.pack(found.W, found.bias)).cost


def _of_each_class(block: Block) -> Array:
    """Σ w y, a number for each column."""
    return block.y.sum(axis=0) if block.sample_weight is None else block.sample_weight @ block.y


def _null(objective: Objective, weight: float) -> float:
    """Σ_k w_k log(w_k / w): the log-likelihood of the shares of the classes; without a bias that of equal chances."""
    rows, affine = objective.blocks, objective.model
    assert isinstance(rows, ArrayBlocks)
    assert isinstance(affine, Affine)
    if not affine.fit_intercept:
        return -weight * math.log(max(2, affine.n_outputs))
    counts = rows.reduce(_of_each_class, np.add)
    counts = np.append(counts, weight - counts[0]) if affine.n_outputs == 1 else counts
    counts = counts[counts > 0]
    return float((counts * np.log(counts / weight)).sum())
