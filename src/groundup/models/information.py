"""How surely the rows know each parameter: Fisher's information, and the standard errors that follow from it.

    information = Σ w (second derivative of the log loss),   covariance = information^-1,   se = sqrt(its diagonal)

It is worked out in whitened coordinates, where the matrix is far from singular whatever the features are like, and the
covariance is carried back as a product F F': a variance is a sum of squares, so none can be negative, and columns that
nearly agree cost no digits.

McCullagh and Nelder, Generalized Linear Models (1989), 4.4; Bishop, Pattern Recognition and Machine Learning, 4.3.3.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.models.basis import LINALG
from groundup.models.likelihood import Likeliest, likeliest
from groundup.models.objective import Objective
from groundup.models.sampled import exact_hessian
from groundup.models.whitened import WhitenedObjective

UNEVEN = 1e4
"""Above this condition of the information the coordinates are chosen anew, by the curvature of each row."""
VISIBLE = 1e-11
"""A score that has so far to go to the minimum, however few standard errors that is, shows in the standard errors."""


class Information(NamedTuple):
    """F (features + 1, outputs, unknowns): the covariance of parameters i and j is the product of their rows of F.

    The first row belongs to the bias (0 without one). With softmax the weights of the classes add up to 0; a difference
    of two classes has the difference of their rows. `log_likelihood` is Σ w log(chance of the label), without penalty.
    """

    factor: Array
    log_likelihood: float
    rank: int
    level: Array
    """F's first row for the score at the point `shift`, near the rows: digits that the bias at 0 has no room for."""
    shift: Array

    @property
    def errors(self) -> Array:
        """Standard errors of the weights, (features, outputs)."""
        return _length(self.factor[1:])

    @property
    def intercept_errors(self) -> Array:
        """Standard errors of the biases, (outputs,)."""
        return _length(self.factor[0])

    def against(self, base: int = 0) -> Array:
        """Standard errors of each class less class `base`, (features + 1, outputs), the bias first; 0 for the base."""
        return _length(self.factor - self.factor[:, base : base + 1])

    def covariance(self) -> Array:
        """Of all parameters, the biases first, then the weights feature by feature."""
        rows = self.factor.reshape(-1, self.factor.shape[2])
        return rows @ rows.T


def _length(F: Array) -> Array:
    """The length of each last row, without overflow of its squares."""
    top = np.abs(F).max(axis=-1, initial=0.0)
    top = np.where(top > 0, top, 1.0)
    return top * np.sqrt(((F / top[..., None]) ** 2).sum(axis=-1))


def information(objective: Objective, parameters: Array) -> Information:
    """Of an affine model with a convex smooth loss, at the minimum next to `parameters`.

    Newton's method goes the last stretch: with features of mean 1e9 the rounding of a bias to a float is already a
    visible step away from the minimum.

    >>> from groundup.data.blocks import ArrayBlocks
    >>> from groundup.formulas.losses import Logistic
    >>> from groundup.models.affine import Affine
    >>> from groundup.models.objective import Cost
    >>> rows = ArrayBlocks(np.zeros((10, 1)), np.array([[1.0]] * 3 + [[0.0]] * 7))
    >>> objective = Objective(Cost(Affine(1), Logistic()), rows)
    >>> information(objective, np.array([0.0, -0.8])).intercept_errors.round(6)  # 1 / sqrt(10 x 0.3 x 0.7)
    array([0.690066])
    """
    return information_of(likeliest(objective, parameters), objective)


def information_of(found: Likeliest, objective: Objective) -> Information:
    """The same of a fit at hand."""
    whitened, parameters = found.objective, found.coordinates
    if whitened.l2 == 0 and hasattr(found.bowl, "solve"):  # the last stretch costs no pass, and may spare one
        parameters = parameters - found.bowl.solve(whitened.value_and_gradient(parameters)[1])
    H = _without_penalty(whitened, parameters)
    factor = _inverse_factor(H)
    if whitened.l2 == 0:
        step = factor.T @ (factor @ whitened.value_and_gradient(parameters)[1])
        if _is_visible(whitened, step):
            parameters = parameters - step
            factor = _inverse_factor(_without_penalty(whitened, parameters))
    with np.errstate(over="ignore"):
        uneven = float(LINALG.norm(factor)) * math.sqrt(float(np.trace(H))) > math.sqrt(UNEVEN) * len(H)
    if uneven:
        better = whitened.again(objective, parameters)
        if better is not None:
            again = likeliest(objective, objective.model.from_weights_and_bias(found.W.T, found.bias), whitened=better)
            if again.reason.startswith("converged"):
                whitened, parameters = again.objective, again.coordinates
                factor = _inverse_factor(_without_penalty(whitened, parameters))
    weight = whitened.weight * (1 if whitened.cost.loss.rowwise else whitened.whitened.n_outputs)
    slope = whitened.total.slope(1.0, weight)
    likelihood = -(whitened.value_and_gradient(parameters)[0] - _price(whitened, parameters)) / slope
    F, level = _factor(whitened, factor * math.sqrt(slope))
    return Information(F, likelihood, len(factor), level, whitened.basis.shift)


def _is_visible(whitened: WhitenedObjective, step: Array) -> bool:
    """Whether a step of the parameters moves some score visibly; the bound by the longest row often spares a pass."""
    if float(LINALG.norm(step)) * whitened.longest_row(closely=False) <= VISIBLE:
        return False
    forward = whitened.cost.model.forward
    return whitened.blocks.reduce(lambda block: float(np.abs(forward(step, block.X)[0]).max()), max) > VISIBLE


def _inverse_factor(H: Array) -> Array:
    return LINALG.inv(LINALG.cholesky(H))


def _price(whitened: WhitenedObjective, parameters: Array) -> float:
    return 0.0 if whitened.l2 == 0 else whitened.penalty_at(parameters)[0]


def _without_penalty(whitened: WhitenedObjective, parameters: Array) -> Array:
    quick = exact_hessian(whitened, parameters)
    if quick is not None:
        return quick
    bare = whitened.on(whitened.blocks)
    bare.price, bare.is_white = None, False
    return bare.hessian(parameters)


def _factor(whitened: WhitenedObjective, inverse: Array) -> tuple[Array, Array]:
    """F = (how the user's parameters move with the coordinates) L^-T, from the inverse factor L^-1; and its level."""
    model, basis = whitened.whitened, whitened.basis
    half = inverse.T.reshape(model.n_features, model.free, len(inverse))
    if model.C is not None:
        half = np.einsum("km,pmu->pku", model.C, half)
    first = int(model.intercept)
    W = np.tensordot(basis.map, half[first:], axes=(1, 0))
    if not first:
        return np.concatenate([np.zeros_like(W[:1]), W]), np.zeros_like(W[0])
    return np.concatenate([(half[0] - np.tensordot(basis.shift, W, axes=(0, 0)))[None], W]), half[0]
