"""What one row costs: a model and a loss, and their sums over the rows of a block."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.data.blocks import Block
from groundup.formulas.losses import Loss
from groundup.models.affine import Model


class Tally(NamedTuple):
    """What a block adds: Σ w cost, Σ w, and the gradient of the first."""

    cost: float
    weight: float
    gradient: Array

    def merge(self, other: Tally) -> Tally:
        """Two blocks together."""
        return Tally(self.cost + other.cost, self.weight + other.weight, self.gradient + other.gradient)


class Cost(NamedTuple):
    """A model and a loss: the cost of a row and its slope, as statistics of a block."""

    model: Model
    loss: Loss

    def tally(self, parameters: Array) -> Callable[[Block], Tally]:
        """The statistic whose sum over blocks is cost, weight and gradient at these parameters."""

        def of(block: Block) -> Tally:
            z, trace = self.model.forward(parameters, block.X)
            cost, g = self.loss.value_and_gradient(z, block.y)
            if block.sample_weight is None:
                total, weight = cost.sum(dtype=np.float64), float(cost.size)
            else:
                w = block.sample_weight[:, None]
                total, weight = (w * cost).sum(dtype=np.float64), float(w.sum()) * cost.shape[1]
                g = w * g
            return Tally(float(total), weight, self.model.pullback(parameters, trace, g))

        return of

    def curve(self, parameters: Array, v: Array) -> Callable[[Block], Array]:
        """The statistic whose sum over blocks is (second derivative of Σ w cost) times v.

        For a network this is the Gauss-Newton product: the curvature of the loss, carried back through the slopes of
        the layers. For an affine model it is exact.
        """

        def of(block: Block) -> Array:
            z, trace = self.model.forward(parameters, block.X)
            moved = self.loss.curvature(z, block.y, self.model.pushforward(parameters, trace, v))
            if block.sample_weight is not None:
                moved = block.sample_weight[:, None] * moved
            return self.model.pullback(parameters, trace, moved)

        return of
