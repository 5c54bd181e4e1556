"""Straight lines with a kink: a far row pulls as hard as a near one, and no harder.

Absolute             |r|                  the median
Quantile             tilted |r|           any quantile
EpsilonInsensitive   |r| beyond epsilon   near enough costs nothing
"""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import Self

from groundup._arrays import Array
from groundup.formulas.losses.base import Residual, keep_nan
from groundup.formulas.losses.parameters import number
from groundup.formulas.totals import Total


class Absolute(Residual):
    """|z - y|: twice as far costs twice as much.

    Labels:    any number.
    Response:  z.      Gradient:  sign(z - y), and 0 at the kink.      Curvature:  0.

    >>> Absolute().gradient([3.0, 1.0, -2.0], [1.0, 1.0, 1.0])
    array([ 1.,  0., -1.])
    """

    name = "mae"
    equation = "|z - y|"
    gradient_equation = "sign(z - y), and 0 at the kink"
    notes = "Its best constant is the median of y, which no single outlier moves."
    source = "Boscovich (1757); Koenker, Quantile Regression (2005), chapter 1."
    smooth = False

    def _cost(self, xp: ModuleType, r: Array) -> Array:
        return xp.abs(r)

    def _slope(self, xp: ModuleType, r: Array) -> Array:
        return xp.sign(r)

    def _bend(self, xp: ModuleType, r: Array) -> Array:
        return keep_nan(xp, r, 0.0)


class Quantile(Residual):
    """(1 - tau) r above the label, tau |r| below it, with r = z - y: the pinball loss.

    Labels:    any number; tau between 0 and 1.
    Response:  z, the tau-quantile of y.      Gradient:  1 - tau above, -tau below, 0 at the kink.      Curvature:  0.
    With tau = 0.9 a prediction that is too low costs nine times as much as one that is too high.

    >>> Quantile(tau=0.9).value([1.0, -1.0], [0.0, 0.0])
    array([0.1, 0.9])
    """

    name = "quantile"
    equation = "(1 - tau) r where r ≥ 0, tau |r| where r < 0, with r = z - y"
    gradient_equation = "1 - tau where r > 0, -tau where r < 0, and 0 at the kink"
    notes = "Its best constant is the tau-quantile of y. Two fits, 0.05 and 0.95, enclose nine rows in ten."
    source = "Koenker and Bassett, Regression quantiles, Econometrica 46 (1978)."
    smooth = False

    def __init__(self, tau: float = 0.5, *, total: Total | None = None):
        super().__init__(total)
        self.tau = number("tau", tau, above=0, below=1)

    @classmethod
    def examples(cls) -> Sequence[Self]:
        """Low, middle, high."""
        return [cls(0.1), cls(0.5), cls(0.9)]

    def _cost(self, xp: ModuleType, r: Array) -> Array:
        return xp.where(r > 0, (1 - self.tau) * r, self.tau * xp.abs(r))

    def _slope(self, xp: ModuleType, r: Array) -> Array:
        side = xp.sign(r)
        return xp.where(r > 0, (1 - self.tau) * side, self.tau * side)

    def _bend(self, xp: ModuleType, r: Array) -> Array:
        return keep_nan(xp, r, 0.0)


class EpsilonInsensitive(Residual):
    """max(|z - y| - epsilon, 0): near enough costs nothing.

    Labels:    any number; epsilon in their units.
    Response:  z.      Gradient:  sign(z - y) outside the tube, 0 inside and on its edge.      Curvature:  0.

    >>> EpsilonInsensitive(epsilon=0.5).value([0.25, 2.0], [0.0, 0.0])
    array([0. , 1.5])
    """

    name = "epsilon_insensitive"
    equation = "max(|z - y| - epsilon, 0)"
    gradient_equation = "sign(z - y) where |z - y| > epsilon, else 0"
    notes = "The loss of support vector regression: rows inside the tube have no say in the line."
    source = "Vapnik, The Nature of Statistical Learning Theory (1995), section 6.1."
    smooth = False

    def __init__(self, epsilon: float = 0.1, *, total: Total | None = None):
        super().__init__(total)
        self.epsilon = number("epsilon", epsilon, least=0)

    @classmethod
    def examples(cls) -> Sequence[Self]:
        """A narrow tube and a wide one."""
        return [cls(0.1), cls(1.0)]

    def _cost(self, xp: ModuleType, r: Array) -> Array:
        return xp.clip(xp.abs(r) - self.epsilon, 0, None)

    def _slope(self, xp: ModuleType, r: Array) -> Array:
        return xp.where(xp.abs(r) <= self.epsilon, 0.0, xp.sign(r))

    def _bend(self, xp: ModuleType, r: Array) -> Array:
        return keep_nan(xp, r, 0.0)
