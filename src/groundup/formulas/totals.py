"""How the costs of rows become one number.

Let S be the weighted sum of the costs and W the sum of the weights (the number of costs where no weights are given).

    Sum       S             L1, L2        its gradient grows with the rows, so its usable learning rate shrinks
    Mean      S / W         MAE, MSE      the same learning rate for ten rows or ten million
    RootMean  sqrt(S / W)   RMSE          in the units of y; the same minimum as the mean

A total is a function of S alone once the weights are known, so its gradient is `slope` times the gradient of S, and
how that gradient moves is `slope` times the curvature of S plus `bend` times (gradient of S)(gradient of S)'.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from types import ModuleType
from typing import Protocol

import numpy as np

from groundup._arrays import Array, floating


class Costs(Protocol):
    """What a total asks of a loss: the cost of each row, and a root whose square is that cost."""

    def value(self, z: Array, y: Array) -> Array:
        """The cost of each row."""
        ...

    def root(self, z: Array, y: Array) -> Array:
        """A number whose square is the cost of the row."""
        ...


class Total(ABC):
    """One number from the sum of costs S and the sum of weights W."""

    equation: str = ""

    @abstractmethod
    def value(self, S: float, W: float) -> float:
        """The total."""

    @abstractmethod
    def slope(self, S: float, W: float) -> float:
        """d total / d S."""

    def bend(self, S: float, W: float) -> float:
        """d² total / d S²: nothing for sums and means."""
        return 0.0

    def of(self, loss: Costs, z: Array, y: Array, sample_weight: Array | None = None) -> float:
        """The total of `loss` over rows of scores z with labels y; weights are a column, one for each row."""
        xp, costs = floating(loss.value(z, y))
        return self.value(weighted_sum(xp, costs, sample_weight), sum_of_weights(xp, costs, sample_weight))

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))


class Sum(Total):
    """S: every row adds its cost.

    >>> Sum().value(6.0, 3.0)
    6.0
    """

    equation = "S"

    def value(self, S: float, W: float) -> float:
        """S."""
        return S

    def slope(self, S: float, W: float) -> float:
        """1."""
        return 1.0


class Mean(Total):
    """S / W: the cost of an average row.

    >>> Mean().value(6.0, 3.0)
    2.0
    """

    equation = "S / W"

    def value(self, S: float, W: float) -> float:
        """S / W."""
        return float(S) / float(W)

    def slope(self, S: float, W: float) -> float:
        """1 / W."""
        return 1.0 / float(W)


class RootMean(Total):
    """sqrt(S / W): the mean, brought back to the units of y.

    At S = 0 the root has a kink; its slope there is taken to be 0, because a perfect fit has nowhere to go.

    >>> RootMean().value(12.0, 3.0)
    2.0
    """

    equation = "sqrt(S / W)"

    def value(self, S: float, W: float) -> float:
        """sqrt(S / W)."""
        return math.sqrt(float(S) / float(W))

    def slope(self, S: float, W: float) -> float:
        """1 / (2 W sqrt(S / W))."""
        root = self.value(S, W)
        return 0.0 if root == 0 else 0.5 / float(W) / root

    def bend(self, S: float, W: float) -> float:
        """-1 / (4 W² (S / W)^(3/2))."""
        root, weight = self.value(S, W), float(W)
        # Divided one after the other: the product of these five can overflow or vanish where the answer does neither.
        return 0.0 if root == 0 else -0.25 / weight / root / weight / root / root

    def of(self, loss: Costs, z: Array, y: Array, sample_weight: Array | None = None) -> float:
        """sqrt(S / W) from the roots of the costs, scaled: misses of 1e200 have an RMSE of 1e200, not infinity."""
        xp, roots = floating(loss.root(z, y))
        roots = xp.abs(roots)
        if sample_weight is not None:
            roots = xp.where(sample_weight > 0, roots, xp.zeros_like(roots))
        largest = float(xp.max(roots))
        if not 0 < largest < math.inf:
            return largest
        # A power of two, so that the scaling itself rounds nothing.
        scale = math.ldexp(1.0, math.frexp(largest)[1] - 1)
        with np.errstate(all="ignore"):
            S = weighted_sum(xp, (roots / scale) ** 2, sample_weight)
        return scale * self.value(S, sum_of_weights(xp, roots, sample_weight))


def weighted_sum(xp: ModuleType, costs: Array, sample_weight: Array | None) -> float:
    """Σ w c, where a row of weight 0 does not count even if its cost is infinite."""
    with np.errstate(all="ignore"):
        if sample_weight is not None:
            costs = xp.where(sample_weight > 0, sample_weight * costs, xp.zeros_like(costs))
        return float(xp.sum(costs))


def sum_of_weights(xp: ModuleType, costs: Array, sample_weight: Array | None) -> float:
    """Σ w over all costs: a row with two outputs counts twice."""
    outputs = math.prod(costs.shape[1:])
    rows = costs.shape[0] if sample_weight is None else float(xp.sum(sample_weight))
    return float(rows * outputs)
