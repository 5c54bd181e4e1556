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


class Total(ABC):
    """One number from the sum of costs S and the sum of weights W."""

    @abstractmethod
    def value(self, S: float, W: float) -> float:
        """The total."""

    @abstractmethod
    def slope(self, S: float, W: float) -> float:
        """d total / d S."""

    def bend(self, S: float, W: float) -> float:
        """d² total / d S²: nothing for sums and means."""
        return 0.0

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

    def value(self, S: float, W: float) -> float:
        """S / W."""
        return S / W

    def slope(self, S: float, W: float) -> float:
        """1 / W."""
        return 1.0 / W


class RootMean(Total):
    """sqrt(S / W): the mean, brought back to the units of y.

    At S = 0 the root has a kink; its slope there is taken to be 0, because a perfect fit has nowhere to go.

    >>> RootMean().value(12.0, 3.0)
    2.0
    """

    def value(self, S: float, W: float) -> float:
        """sqrt(S / W)."""
        return math.sqrt(S / W)

    def slope(self, S: float, W: float) -> float:
        """1 / (2 W sqrt(S / W))."""
        return 0.5 / (W * math.sqrt(S / W)) if S > 0 else 0.0

    def bend(self, S: float, W: float) -> float:
        """-1 / (4 W² (S / W)^(3/2))."""
        return -0.25 / (W * W * (S / W) ** 1.5) if S > 0 else 0.0
