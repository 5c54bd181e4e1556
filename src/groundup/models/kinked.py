"""An affine model with a price l1 on its weights: proximal Newton steps on centred and scaled columns.

    u_j = s_j w_j,  price_j = l1 / s_j

The price is of the weights in the user's units, so columns may be scaled but not mixed: a mixed weight would be zero
where no weight of the user is. All classes of a softmax keep their weights, since the price tells them apart.
"""

from __future__ import annotations

import math

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import Block
from groundup.data.parallel import parallel_reduce
from groundup.formulas.penalties import ElasticNet
from groundup.models.affine import Affine
from groundup.models.basis import Basis
from groundup.models.objective import Objective
from groundup.models.whitened import WhitenedObjective


class KinkedObjective(WhitenedObjective):
    """f(u) + Σ price |u|, with f the cost and the smooth part of the penalty."""

    def __init__(self, objective: Objective):
        affine, penalty = objective.model, objective.penalty
        assert isinstance(affine, Affine)
        assert isinstance(penalty, ElasticNet)
        basis = scaling(objective)
        super().__init__(objective, basis, C=np.eye(affine.n_outputs) if objective.cost.loss.rowwise else None)
        prices = np.zeros((self.whitened.n_features, self.whitened.free))
        prices[int(self.whitened.intercept) :] = penalty.l1 * np.abs(basis.map.diagonal())[:, None]
        self.prices = prices.ravel()

    def smooth(self, parameters: Array) -> tuple[float, Array]:
        """F and its slope, without the kinks."""
        return super().value_and_gradient(parameters)

    def value_and_gradient(self, parameters: Array) -> tuple[float, Array]:
        """The whole, and its slope; at a kink the one between both sides."""
        value, gradient = self.smooth(parameters)
        return value + float(self.prices @ np.abs(parameters)), gradient + self.prices * np.sign(parameters)


def scaling(objective: Objective) -> Basis:
    """The basis that centres each column and gives it a mean square of 1; a constant column becomes 0."""
    rows, intercept = objective.blocks, bool(getattr(objective.model, "fit_intercept", True))

    def sums(block: Block) -> Array:
        w = np.ones(len(block.X)) if block.sample_weight is None else block.sample_weight
        return np.concatenate([[w.sum()], w @ block.X])

    total = parallel_reduce(rows, sums, np.add)
    weight, shift = total[0], total[1:] / total[0] if intercept else np.zeros(rows.n_features)

    def squares(block: Block) -> Array:
        w = np.ones(len(block.X)) if block.sample_weight is None else block.sample_weight
        return w @ np.square(block.X - shift)

    size = np.sqrt(parallel_reduce(rows, squares, np.add) / weight)
    constant = size <= 8 * np.finfo(float).eps * np.abs(shift) * math.sqrt(rows.n_rows)
    T = np.diag(np.where(constant, 0.0, 1 / np.where(constant, 1.0, size)))
    return Basis(shift, T, len(T), 1.0, [int(j) for j in np.flatnonzero(constant)], False)
