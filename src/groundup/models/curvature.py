"""How steep an objective can get: the bowl for a forecast, and the learning rate that is safe.

For squared loss on an affine model the bowl is exact. For a loss whose second derivative never exceeds c, the cost
lies below the bowl of c/2 times the squares, so that bowl's rate is safe as well.
"""

from __future__ import annotations

import math

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import Block
from groundup.data.sparse import SparseRows, is_sparse
from groundup.errors import InputError
from groundup.formulas.losses import Squared
from groundup.formulas.penalties import ElasticNet
from groundup.formulas.totals import RootMean, Sum
from groundup.models.affine import Affine
from groundup.models.objective import Condensed, Cost, Objective
from groundup.solve.forecast import Forecast, bowl


def forecast_of(objective: Objective) -> Forecast:
    """The bowl of the objective from weight 0 and bias 0, and what standardising the features would make of it.

    Raises InputError where the squares of the features are beyond what a float holds.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        forecast = _forecast_of(objective)
    if not np.isfinite(forecast.curvatures).all():
        raise InputError(
            "a forecast needs features whose squares a float can hold (below 1e150 or so); these are larger. "
            "Standardise them first, or give them in larger units."
        )
    return forecast


def _forecast_of(objective: Objective) -> Forecast:
    squares = objective if isinstance(objective, Condensed) else _squares(objective)
    scale = _curvature_bound(objective) / 2 * _steepest_slope(objective, squares)
    l2 = objective.penalty.l2 if isinstance(objective.penalty, ElasticNet) else 0.0
    exact, means = squares.exact, squares.exact.feature_means
    standardised = None
    if squares.affine.fit_intercept and l2 == 0:  # under a penalty, other units are another problem
        deviation = np.linalg.norm(exact.triangle, axis=0) / squares.root_weight
        deviation = np.where(deviation > 0, deviation, 1.0)
        at_mean = exact.intercept + means @ exact.coefficients
        centred = _distance(squares.affine, deviation[:, None] * exact.coefficients, at_mean)
        standardised = bowl(
            squares.with_bias(exact.triangle / deviation, 0 * means), centred, scale, scale * squares.least
        )
    factor = squares.factor
    best = squares.optimum() or exact
    minimum = scale * squares.least
    if l2 > 0:
        factor = np.vstack([factor, math.sqrt(l2 / (2 * scale)) * np.eye(squares.affine.n_features, factor.shape[1])])
        minimum = squares.value(squares.affine.pack(best.coefficients, best.intercept))
    forecast = bowl(factor, _distance(squares.affine, best.coefficients, best.intercept), scale, minimum, standardised)
    is_bowl = type(objective.cost.loss) is Squared and not isinstance(objective.total, RootMean)
    return forecast if is_bowl else forecast.shape_only()


def safe_learning_rate(objective: Objective, batch_size: int | None = None) -> float:
    """1 / L, with L the largest curvature that a batch of this size is expected to show.

    With b of n rows drawn at random  L_b = n (b-1) / (b (n-1)) L + (n-b) / (b (n-1)) L_row,  with L_row the curvature
    of the steepest single row: Gower et al., SGD: general analysis and improved rates, ICML (2019), proposition 3.8.
    """
    sparse, n = is_sparse(getattr(objective.blocks, "X", None)), objective.blocks.n_rows
    largest = _by_power(objective) if sparse else forecast_of(objective).largest_curvature
    if batch_size is not None and batch_size < n:
        share = n if isinstance(objective.total, Sum) else 1  # for a sum, the average row has 1/n of L
        row = _steepest_row(objective)
        batch = (n * (batch_size - 1) * largest / share + (n - batch_size) * row) / (batch_size * (n - 1))
        largest = batch * batch_size if isinstance(objective.total, Sum) else batch
    return 1 / largest if largest > 0 else 1.0


def _by_power(objective: Objective) -> float:
    """The largest curvature by power iteration, which needs products only: v <- H v / |H v| for 30 passes.

    Its estimate grows towards the largest from below; the 10 % on top are more than what is left after 30 passes.
    """
    squares = Objective(Cost(objective.model, Squared()), objective.blocks, None, objective.total)
    v = np.random.default_rng(0).standard_normal(objective.model.n_parameters)
    largest = 0.0
    for _ in range(30):
        v /= np.linalg.norm(v)
        v = squares.curve(squares.model.start(), v)
        largest = float(np.linalg.norm(v))
    slope = objective.total.slope(1.0, squares.tally(squares.model.start()).weight / _shared(objective))
    l2 = objective.penalty.l2 if isinstance(objective.penalty, ElasticNet) else 0.0
    return 1.1 * slope * largest * _curvature_bound(objective) / 2 + l2


def _steepest_row(objective: Objective) -> float:
    """The largest curvature of the objective on a single row: c (|x|² + 1)."""
    bias = float(getattr(objective.model, "fit_intercept", True))

    def longest(block: Block) -> float:
        if isinstance(block.X, SparseRows):
            return float(np.max(block.X.squared() @ np.ones(block.X.shape[1]))) + bias
        return float(np.max(np.einsum("ij,ij->i", block.X, block.X))) + bias

    # The slope of the total for a row of weight 1, which has a cost for each output unless they share one.
    slope = objective.total.slope(1.0, objective.model.n_outputs / _shared(objective))
    return objective.blocks.reduce(longest, max) * _curvature_bound(objective) * slope


def _curvature_bound(objective: Objective) -> float:
    """The largest second derivative of the loss; where there is none, one that serves on these labels.

    A kink is taken to be rounded off within 2 % of the deviation of the labels: descent then ends within about that
    distance. A curvature that grows with the score is taken where the scores end up, with a factor of 2 to spare.
    """
    loss = objective.cost.loss
    if loss.curvature_bound is not None:
        return loss.curvature_bound
    largest, squares, total, n = objective.blocks.reduce(_label_sizes, _merge_sizes)
    if not loss.smooth:
        deviation = math.sqrt(max(squares / n - (total / n) ** 2, 0.0))
        return 1 / (0.02 * deviation) if deviation > 0 else 1.0
    scores = np.array([0.0, math.log1p(largest)])
    label = np.clip(1.0, 0.0, largest)
    return 2 * float(np.max(loss.curvature(scores, np.full(2, label), np.ones(2))))


def _label_sizes(block: Block) -> tuple[float, float, float, int]:
    y = block.y
    return float(np.max(np.abs(y))), float(np.sum(y * y)), float(np.sum(y)), y.size


def _merge_sizes(
    a: tuple[float, float, float, int], b: tuple[float, float, float, int]
) -> tuple[float, float, float, int]:
    return max(a[0], b[0]), a[1] + b[1], a[2] + b[2], a[3] + b[3]


def _squares(objective: Objective) -> Condensed:
    """The mean of squares on the same rows and model."""
    if is_sparse(getattr(objective.blocks, "X", None)):
        raise InputError("a forecast needs dense rows; give X.toarray() of some of the columns, or a learning rate.")
    squares = Objective(Cost(objective.model, Squared()), objective.blocks, objective.penalty).condensed()
    if squares is None:
        raise InputError("a forecast needs a linear model; for a network, train and look at history_['loss'] instead.")
    return squares


def _shared(objective: Objective) -> int:
    """How many scores share one cost: all of a row for softmax, where squares would have a cost for each."""
    return objective.model.n_outputs if objective.cost.loss.rowwise else 1


def _steepest_slope(objective: Objective, squares: Condensed) -> float:
    """d total / d S where it is steepest; for a root that is the minimum, taken to be at least 0.1 % of the start."""
    if not isinstance(objective.total, RootMean):
        return objective.total.slope(1.0, squares.weight / _shared(objective))
    start = squares.tally(squares.model.start()).cost
    least = max(squares.least, 1e-6 * start)
    return objective.total.slope(least, squares.weight) if least > 0 else 1 / squares.weight


def _distance(affine: Affine, coefficients: Array, intercept: Array) -> Array:
    """From the optimum to weight 0 and bias 0, a row a parameter."""
    return -np.vstack([coefficients, intercept]) if affine.fit_intercept else -coefficients
