"""Straight pieces: the positive side passes, the negative side is cut, bent or replaced."""

from __future__ import annotations

from types import ModuleType

from groundup._arrays import Array
from groundup.formulas.activations.base import Elementwise


class ReLU(Elementwise):
    """max(0, x): what is positive passes.

    >>> ReLU().derivative([-1.0, 0.0, 2.0])
    array([0., 0., 1.])
    """

    name = "relu"
    equation = "f(x) = max(0, x)"
    derivative_equation = "f'(x) = 1 for x > 0, else 0; at 0 by convention 0"
    notes = "The usual choice for hidden layers. A unit whose input is always negative learns nothing more."
    source = "Nair and Hinton, Rectified linear units improve restricted Boltzmann machines, ICML (2010)."
    initialisation = "he"

    def _value(self, xp: ModuleType, x: Array) -> Array:
        return xp.clip(x, 0, None)

    def _derivative(self, xp: ModuleType, x: Array, y: Array | None) -> Array:
        return xp.sign(xp.clip(x, 0, None))

    def _second_derivative(self, xp: ModuleType, x: Array) -> Array:
        return xp.where(xp.isnan(x), x, xp.zeros_like(x))
