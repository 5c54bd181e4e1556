"""Curves that level off on both sides: they turn a score into a probability or a bounded signal."""

from __future__ import annotations

from types import ModuleType

from groundup._arrays import Array
from groundup.formulas.activations.base import Elementwise


class Sigmoid(Elementwise):
    """1 / (1 + e^-x): a score becomes a probability.

    >>> Sigmoid().value([0.0, -800.0, 800.0])
    array([0.5, 0. , 1. ])
    """

    name = "sigmoid"
    equation = "f(x) = 1 / (1 + e⁻ˣ)"
    derivative_equation = "f'(x) = f(x) (1 - f(x))"
    notes = "For the probability of one of two classes. In hidden layers its slope, at most 1/4, vanishes with depth."
    source = "Verhulst, Nouveaux mémoires de l'Académie de Bruxelles 18 (1845)."
    initialisation = "xavier"

    def _value(self, xp: ModuleType, x: Array) -> Array:
        e = xp.exp(-xp.abs(x))
        return xp.where(x < 0, e, 1.0) / (1 + e)

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        # y (1 - y) would lose every digit once y rounds to 1.
        e = xp.exp(-xp.abs(x))
        return e / (1 + e) / (1 + e)

    def _second_derivative(self, xp: ModuleType, x: Array) -> Array:
        return -self._derivative(xp, x, None) * xp.tanh(x / 2)


class Tanh(Elementwise):
    """(eˣ - e⁻ˣ) / (eˣ + e⁻ˣ): a sigmoid around zero.

    >>> Tanh().derivative([0.0, 400.0])
    array([1., 0.])
    """

    name = "tanh"
    equation = "f(x) = tanh x"
    derivative_equation = "f'(x) = 1 - f(x)²"
    notes = "For hidden layers of small networks: centred at zero and smooth. Saturates beyond |x| = 3."
    source = "LeCun, Bottou, Orr, Müller, Efficient BackProp (1998), section 4.4."
    initialisation = "xavier"

    def _value(self, xp: ModuleType, x: Array) -> Array:
        return xp.tanh(x)

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        # 1 - y² would lose every digit once y rounds to 1: this is the same number, 4 e^(-2|x|) / (1 + e^(-2|x|))².
        e = xp.exp(-2 * xp.abs(x))
        return 4 * e / (1 + e) / (1 + e)

    def _second_derivative(self, xp: ModuleType, x: Array) -> Array:
        return -2 * xp.tanh(x) * self._derivative(xp, x, None)
