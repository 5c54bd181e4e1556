"""What a wrong answer costs, as a function of the score z, beside the slope of that cost.

A loss has two parts: the cost of one row, and a `total` that makes one number of them. Five familiar names are two
costs and three totals:

    name    cost of a row     total      in words
    l1      |z - y|           Sum        all the misses added up
    mae     |z - y|           Mean       the average miss
    l2      (z - y)²          Sum        squares: a miss of 10 costs as much as a hundred misses of 1
    mse     (z - y)²          Mean       the average square
    rmse    (z - y)²          RootMean   the root of that, in the units of y

A sum and a mean have the same minimum, but the gradient of the sum is larger by the number of rows, and the usable
learning rate smaller by as much. Squares pull the line towards outliers; absolute values do not.

Each cost carries `value(z, y)`, `gradient(z, y)` and `curvature(z, y, v)` (how the gradient moves when z moves along
v), all with respect to the score and in its shape. Called with (y, prediction), a loss is a metric.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import ModuleType
from typing import ClassVar

from groundup._arrays import Array, floating, like
from groundup.errors import UnknownNameError
from groundup.formulas.totals import Mean, RootMean, Sum, Total


class Loss(ABC):
    """The cost of a row in the score z, and the total that makes one number of many rows.

    A new loss writes `_value`, `_gradient` and `_curvature`: each takes the array namespace, the score and the label as
    floating-point arrays of one library. Everything else follows.
    """

    curvature_bound: ClassVar[float | None] = None
    """The largest second derivative there is, where it is finite: it gives the safe learning rate."""

    def __init__(self, total: Total | None = None):
        self.total = Mean() if total is None else total

    @abstractmethod
    def _value(self, xp: ModuleType, z: Array, y: Array) -> Array: ...

    @abstractmethod
    def _gradient(self, xp: ModuleType, z: Array, y: Array) -> Array: ...

    @abstractmethod
    def _curvature(self, xp: ModuleType, z: Array, y: Array, v: Array) -> Array: ...

    def response(self, z: Array) -> Array:
        """The score in the units of y; for regression losses the score itself."""
        return z

    def value(self, z: Array, y: Array) -> Array:
        """The cost, in the shape of z."""
        xp, z = floating(z)
        return self._value(xp, z, like(xp, z, y))

    def gradient(self, z: Array, y: Array) -> Array:
        """d cost / d z."""
        xp, z = floating(z)
        return self._gradient(xp, z, like(xp, z, y))

    def curvature(self, z: Array, y: Array, v: Array) -> Array:
        """d gradient / d z times v: how the gradient moves when the score moves along v."""
        xp, z = floating(z)
        return self._curvature(xp, z, like(xp, z, y), like(xp, z, v))

    def __repr__(self) -> str:
        total = "" if self.total == Mean() else f"total={self.total!r}"
        return f"{type(self).__name__}({total})"


class Squared(Loss):
    """(z - y)²: twice as far costs four times as much.

    Labels:    any number.
    Response:  z.      Gradient:  2 (z - y).      Curvature:  2.
    Its minimum over a constant z is the mean of y.

    >>> Squared().gradient(3.0, 1.0)
    np.float64(4.0)

    Gauss, Theoria motus (1809); Legendre, Nouvelles méthodes (1805).
    """

    curvature_bound = 2.0

    def _value(self, xp: ModuleType, z: Array, y: Array) -> Array:
        return (z - y) ** 2

    def _gradient(self, xp: ModuleType, z: Array, y: Array) -> Array:
        return 2 * (z - y)

    def _curvature(self, xp: ModuleType, z: Array, y: Array, v: Array) -> Array:
        return 2 * v


class Absolute(Loss):
    """|z - y|: twice as far costs twice as much.

    Labels:    any number.
    Response:  z.      Gradient:  sign(z - y), and 0 at the kink.      Curvature:  0.
    Its minimum over a constant z is the median of y, which no single outlier moves.

    >>> Absolute().gradient([3.0, 1.0, -2.0], [1.0, 1.0, 1.0])
    array([ 1.,  0., -1.])

    Boscovich (1757); Koenker, Quantile Regression (2005), chapter 1.
    """

    def _value(self, xp: ModuleType, z: Array, y: Array) -> Array:
        return xp.abs(z - y)

    def _gradient(self, xp: ModuleType, z: Array, y: Array) -> Array:
        return xp.sign(z - y)

    def _curvature(self, xp: ModuleType, z: Array, y: Array, v: Array) -> Array:
        return xp.zeros_like(z)


l1 = Absolute(Sum())
mae = Absolute(Mean())
l2 = Squared(Sum())
mse = Squared(Mean())
rmse = Squared(RootMean())

NAMES: dict[str, Loss] = {"l1": l1, "mae": mae, "l2": l2, "mse": mse, "rmse": rmse}


def named(loss: str | Loss) -> Loss:
    """The loss of that name; a Loss is returned as it is.

    >>> named("mse")
    Squared()
    """
    if isinstance(loss, Loss):
        return loss
    if loss not in NAMES:
        raise UnknownNameError("loss", loss, NAMES)
    return NAMES[loss]
