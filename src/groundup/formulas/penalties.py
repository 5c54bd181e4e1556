"""A price on large weights, never on the bias.

    L2          s/2 Σ w²                     pulls every weight towards zero, none all the way
    L1          s Σ |w|                      sets weights to exactly zero
    ElasticNet  l1 Σ |w| + l2/2 Σ w²         both

The half is there so that the gradient of L2 is s w. Beside value, gradient and curvature stands
`prox(w, step) = argmin_u  penalty(u) + |u - w|² / (2 step)`, the step that a kink needs.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from groundup._arrays import Array, floating
from groundup.errors import InputError


class Penalty(ABC):
    """A price on the weights w: any array, taken entry by entry."""

    smooth: bool = True

    @abstractmethod
    def value(self, w: Array) -> Array:
        """The price, one number."""

    @abstractmethod
    def gradient(self, w: Array) -> Array:
        """d price / d w, in the shape of w; at a kink the subgradient 0."""

    @abstractmethod
    def curvature(self, w: Array, v: Array) -> Array:
        """How the gradient moves when w moves along v."""

    @abstractmethod
    def prox(self, w: Array, step: float) -> Array:
        """argmin over u of price(u) + |u - w|² / (2 step)."""


class ElasticNet(Penalty):
    """l1 Σ |w| + l2/2 Σ w²: some weights exactly zero, the others held small.

    Gradient: l1 sign(w) + l2 w.  Prox: sign(w) max(|w| - step l1, 0) / (1 + step l2).

    >>> ElasticNet(l1=1.0, l2=1.0).prox([3.0, 0.5], step=1.0)
    array([1., 0.])

    Zou and Hastie, Regularization and variable selection via the elastic net, JRSS B 67 (2005).
    """

    def __init__(self, l1: float = 0.0, l2: float = 0.0):
        for name, strength in (("l1", l1), ("l2", l2)):
            if not 0 <= strength < float("inf"):
                raise InputError(
                    f"{name} must be a finite number of at least 0; got {strength!r}. Use 0 for no penalty."
                )
        self.l1, self.l2 = l1, l2

    @property
    def smooth(self) -> bool:  # pyright: ignore[reportIncompatibleVariableOverride]
        """Whether the price has no kink."""
        return self.l1 == 0

    def value(self, w: Array) -> Array:
        """l1 Σ |w| + l2/2 Σ w²."""
        xp, w = floating(w)
        return self.l1 * xp.sum(xp.abs(w)) + 0.5 * self.l2 * xp.sum(w * w)

    def gradient(self, w: Array) -> Array:
        """l1 sign(w) + l2 w."""
        xp, w = floating(w)
        return self.l1 * xp.sign(w) + self.l2 * w

    def curvature(self, w: Array, v: Array) -> Array:
        """l2 v."""
        return self.l2 * floating(v)[1]

    def prox(self, w: Array, step: float) -> Array:
        """Shrink by step l1, never past zero; then divide by 1 + step l2."""
        xp, w = floating(w)
        shrunk = xp.where(xp.abs(w) > step * self.l1, w - step * self.l1 * xp.sign(w), xp.zeros_like(w))
        return shrunk / (1 + step * self.l2)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(l1={self.l1!r}, l2={self.l2!r})"


class L2(ElasticNet):
    """strength/2 Σ w²: ridge, weight decay.

    >>> L2(0.5).gradient([2.0, -4.0])
    array([ 1., -2.])

    Hoerl and Kennard, Ridge regression, Technometrics 12 (1970).
    """

    def __init__(self, strength: float = 1.0):
        super().__init__(l2=strength)


class L1(ElasticNet):
    """strength Σ |w|: the lasso.

    >>> L1(1.0).prox([3.0, -0.5], step=2.0)
    array([1., 0.])

    Tibshirani, Regression shrinkage and selection via the lasso, JRSS B 58 (1996).
    """

    def __init__(self, strength: float = 1.0):
        super().__init__(l1=strength)
