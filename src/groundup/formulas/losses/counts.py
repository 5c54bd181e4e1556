"""Counts and amounts: labels that cannot be negative, predicted as e^z.

    Poisson   e^z - y z                how often?         variance = mean
    Tweedie   between the two          how much in all?   variance = mean^power, exact zeros allowed
    Gamma     z + y e^-z               how much each?     variance = mean²

Each is minus a log-likelihood without the terms that hold no z, so a value can be negative. The gradient is
(e^z - y) e^((1 - power) z): Poisson is power 1, gamma is power 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
from typing import Self

from groundup._arrays import Array
from groundup.formulas.domains import NonNegative, Positive
from groundup.formulas.losses.base import Loss, keep_nan
from groundup.formulas.losses.parameters import number
from groundup.formulas.totals import Total


class Poisson(Loss):
    """e^z - y z: the surprise of a count y where e^z is expected, without log y!.

    Labels:    0 or more: counts, or rates with their exposure as sample_weight.
    Response:  e^z.      Gradient:  e^z - y.      Curvature:  e^z.

    >>> Poisson().gradient([0.0, 1e-20], [3.0, 1.0])
    array([-2.e+00,  1.e-20])
    """

    name = "poisson"
    equation = "e^z - y z"
    gradient_equation = "e^z - y"
    notes = (
        "For counts: calls an hour, accidents a year. The curvature has no bound, so prefer Newton's method or L-BFGS."
    )
    source = "Nelder and Wedderburn, Generalized linear models, JRSS A 135 (1972)."
    domain = NonNegative()
    nonnegative = False

    def _response(self, xp: ModuleType, z: Array) -> Array:
        return xp.exp(z)

    def _value(self, xp: ModuleType, z: Array, y: Array) -> Array:
        rate = xp.exp(z)
        # Once e^z is infinite so is the cost; infinity - infinity would not be.
        return xp.where(xp.isinf(rate) | (y == 0), rate, rate - y * z)

    def _gradient(self, xp: ModuleType, z: Array, y: Array) -> Array:
        return excess(xp, z, y)

    def _curvature(self, xp: ModuleType, z: Array, y: Array, v: Array) -> Array:
        return xp.exp(z) * v


class Gamma(Loss):
    """z + y e^-z: the surprise of an amount y where e^z is expected, and errors are a percentage.

    Labels:    above 0.
    Response:  e^z.      Gradient:  1 - y e^-z.      Curvature:  y e^-z.

    >>> Gamma().gradient([0.0, 0.0], [1.0, 3.0])
    array([ 0., -2.])
    """

    name = "gamma"
    equation = "z + y e^-z"
    gradient_equation = "1 - y e^-z"
    notes = "For durations and prices, where 10 too much on 100 is as bad as 1 too much on 10."
    source = "McCullagh and Nelder, Generalized Linear Models (1989), chapter 8."
    domain = Positive()
    nonnegative = False

    def _response(self, xp: ModuleType, z: Array) -> Array:
        return xp.exp(z)

    def _value(self, xp: ModuleType, z: Array, y: Array) -> Array:
        share = _share(xp, z, y)
        return xp.where(xp.isinf(share), share, z + share)

    def _gradient(self, xp: ModuleType, z: Array, y: Array) -> Array:
        return xp.where(xp.abs(z) < 1, xp.exp(-z) * excess(xp, z, y), 1 - _share(xp, z, y))

    def _curvature(self, xp: ModuleType, z: Array, y: Array, v: Array) -> Array:
        return _share(xp, z, y) * v


def _share(xp: ModuleType, z: Array, y: Array) -> Array:
    """y e^-z, by two halves: e^-z alone overflows where the product need not."""
    half = xp.exp(-z / 2)
    return y * half * half


class Tweedie(Loss):
    """e^((2 - power) z) / (2 - power) - y e^((1 - power) z) / (1 - power), for power from 1 to 2.

    Labels:    0 or more; above 0 for power 2.
    Response:  e^z.      Gradient:  e^((2 - power) z) - y e^((1 - power) z).
    Curvature: (2 - power) e^((2 - power) z) - (1 - power) y e^((1 - power) z).
    A power e^(a z) / a becomes z where a = 0, so power 1 is Poisson and power 2 is gamma.

    >>> Tweedie(power=1.5).gradient([0.0, 0.0], [0.0, 3.0])
    array([ 1., -2.])
    """

    name = "tweedie"
    equation = "e^((2 - power) z) / (2 - power) - y e^((1 - power) z) / (1 - power)"
    gradient_equation = "e^((2 - power) z) - y e^((1 - power) z)"
    notes = "For totals that are often exactly 0: rain in a day, an insurance policy's claims in a year."
    source = "Jørgensen, Exponential dispersion models, JRSS B 49 (1987)."
    nonnegative = False

    def __init__(self, power: float = 1.5, *, total: Total | None = None):
        super().__init__(total)
        self.power = number("power", power, least=1, most=2)
        self.domain = Positive() if self.power == 2 else NonNegative()

    @classmethod
    def examples(cls) -> Sequence[Self]:
        """Between Poisson and gamma, and the two themselves."""
        return [cls(1.1), cls(1.5), cls(1.9), cls(1.0), cls(2.0)]

    def _response(self, xp: ModuleType, z: Array) -> Array:
        return xp.exp(z)

    def _value(self, xp: ModuleType, z: Array, y: Array) -> Array:
        first, second = 2 - self.power, 1 - self.power
        grows = integral(xp, first, z)
        falls = xp.where(y == 0, 0.0, y * -integral(xp, second, z))
        return xp.where(xp.isinf(grows) & (grows > 0), grows, xp.where(xp.isinf(falls), falls, grows + falls))

    def _gradient(self, xp: ModuleType, z: Array, y: Array) -> Array:
        near = exponential(xp, 1 - self.power, z) * excess(xp, z, y)
        return xp.where(xp.abs(z) < 1, near, exponential(xp, 2 - self.power, z) - self._share(xp, z, y))

    def _curvature(self, xp: ModuleType, z: Array, y: Array, v: Array) -> Array:
        grows = (2 - self.power) * exponential(xp, 2 - self.power, z)
        return (grows + (self.power - 1) * self._share(xp, z, y)) * v

    def _share(self, xp: ModuleType, z: Array, y: Array) -> Array:
        # y = 0 times an exponential that overflows is still 0.
        return xp.where(y == 0, 0.0, y * exponential(xp, 1 - self.power, z))


def excess(xp: ModuleType, z: Array, y: Array) -> Array:
    """e^z - y, with all its digits where e^z is near y = 1."""
    return xp.where(xp.abs(z) < 1, xp.expm1(z) - (y - 1), xp.exp(z) - y)


def exponential(xp: ModuleType, a: float, z: Array) -> Array:
    """e^(a z), which is 1 for a = 0 even where z is infinite."""
    return xp.exp(a * z) if a != 0 else keep_nan(xp, z, 1.0)


def integral(xp: ModuleType, a: float, z: Array) -> Array:
    """e^(a z) / a, whose slope in z is e^(a z); for a = 0 that is z itself."""
    return xp.exp(a * z) / a if a != 0 else z
