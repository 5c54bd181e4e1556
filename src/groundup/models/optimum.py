"""The optimum itself, for losses on an affine model that have a direct way to it.

    squared                                             the exact least squares; with l1 the lasso, exact zeros included
    absolute, quantile, epsilon-insensitive, Huber      a linear or quadratic programme, proved by its duality gap
    any other convex smooth loss                        Newton's method, until standard errors are too coarse a unit

The second kind is told for sums of costs: a mean has the same minimum once the penalties are multiplied by the rows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import ArrayBlocks
from groundup.formulas.losses import (
    Absolute,
    EpsilonInsensitive,
    Huber,
    LogCosh,
    PseudoHuber,
    Quantile,
    SmoothL1,
    Squared,
)
from groundup.formulas.penalties import ElasticNet
from groundup.formulas.totals import RootMean
from groundup.models.affine import Affine
from groundup.models.likelihood import likeliest
from groundup.models.objective import Cost, Objective
from groundup.solve import robust
from groundup.solve.coordinate_descent import lasso


class Optimum(NamedTuple):
    """Where the objective is least, what it is there, how far above the minimum that can be at most, and why."""

    parameters: Array
    value: float
    gap: float
    n_iter: int
    reason: str


def optimum(objective: Objective) -> Optimum | None:
    """The exact answer; None where this loss, total and penalty have no direct way to one."""
    return _least_squares(objective) or _robust(objective) or _newton(objective)


def _least_squares(objective: Objective) -> Optimum | None:
    condensed = objective.condensed()
    if condensed is None:
        return None
    best, penalty = condensed.optimum(), condensed.penalty
    if best is not None:
        parameters = condensed.affine.pack(best.coefficients, best.intercept)
        return Optimum(parameters, condensed.value(parameters), 0.0, 1, best.reason)
    if isinstance(condensed.total, RootMean) or not isinstance(penalty, ElasticNet):
        return None
    scale = condensed.total.slope(1.0, condensed.weight)
    sparse = lasso(condensed.exact, penalty.l1, penalty.l2, scale=scale)
    parameters = condensed.affine.pack(sparse.coefficients, sparse.intercept)
    return Optimum(parameters, condensed.value(parameters), sparse.gap, sparse.n_iter, sparse.reason)


def _robust(objective: Objective) -> Optimum | None:
    way, blocks, model = _way(objective.cost.loss), objective.blocks, objective.model
    penalty, total = objective.penalty, objective.total
    if way is None or isinstance(total, RootMean) or not isinstance(penalty, ElasticNet):
        return None
    if not (isinstance(blocks, ArrayBlocks) and isinstance(model, Affine)):
        return None
    solve, unit, settings = way
    weights = blocks.sample_weight
    rows = float(blocks.n_rows if weights is None else weights.sum())
    price = unit * total.slope(1.0, rows * model.n_outputs)  # what one unit of the solver's own sum is in ours
    penalties = {"l1": penalty.l1 / price, "l2": penalty.l2 / price}
    found = solve(blocks.X, blocks.y, weights, fit_intercept=model.fit_intercept, **penalties, **settings)
    parameters = model.pack(found.coefficients, found.intercept)
    return Optimum(parameters, objective.value(parameters), price * found.gap, found.n_iter, found.reason)


def _newton(objective: Objective) -> Optimum | None:
    loss, penalty, model = objective.cost.loss, objective.penalty, objective.model
    if not (
        loss.smooth and loss.convex and (penalty.smooth or type(penalty) is ElasticNet) and isinstance(model, Affine)
    ):
        return None
    if type(loss) is Squared or isinstance(objective.total, RootMean):
        return None
    found = likeliest(objective, _among_the_rows(objective))
    parameters = model.pack(found.W, found.bias)
    return Optimum(parameters, objective.value(parameters), found.gap, found.steps, found.reason)


def _among_the_rows(objective: Objective) -> Array | None:
    """Where Huber's loss is least, for losses that become as straight: they are about the same there.

    Newton's method needs curvature, and that of log cosh is no float but 0 on rows more than 20 away, as all may be at
    the usual start.
    """
    loss, blocks = objective.cost.loss, objective.blocks
    joint = 1.0 if type(loss) is LogCosh else loss.delta if type(loss) is PseudoHuber else 0.0
    if not (joint and isinstance(blocks, ArrayBlocks) and np.abs(blocks.y).max() > 5 * joint):
        return None
    cost = Cost(objective.model, Huber(joint))
    found = _robust(Objective(cost, blocks, objective.penalty, objective.total))
    return None if found is None else found.parameters


def _way(loss: Any) -> tuple[Callable[..., robust.Robust], float, dict[str, float]] | None:
    """The solver for this loss, what one unit of its cost is in ours, and its settings."""
    if type(loss) is Absolute:
        return robust.absolute, 1.0, {}
    if type(loss) is Quantile:
        return robust.quantile, 1.0, {"tau": loss.tau}
    if type(loss) is EpsilonInsensitive:
        return robust.epsilon_insensitive, 1.0, {"epsilon": loss.epsilon}
    if type(loss) is Huber:
        return robust.huber, 1.0, {"delta": loss.delta}
    if type(loss) is SmoothL1:
        return robust.huber, 1 / loss.beta, {"delta": loss.beta}
    return None
