"""Is the gradient right? Compare it with differences of the objective, one parameter at a time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.models.objective import Objective


class GradientCheck(NamedTuple):
    """The slopes by formula and by differences, and the largest disagreement."""

    places: Array
    """Which parameters were compared"""
    formula: Array
    differences: Array

    @property
    def largest_error(self) -> float:
        """max |formula - differences| / max(1, |differences|): about 1e-10 where it is right, 1e-2 where not."""
        error = np.abs(self.formula - self.differences) / np.maximum(1.0, np.abs(self.differences))
        return float(np.max(error))

    @property
    def passed(self) -> bool:
        """Whether every slope agrees to 1e-6."""
        return self.largest_error <= 1e-6


def gradient_check(objective: Objective, parameters: Array, *, at_most: int = 200) -> GradientCheck:
    """(8 (f(h) - f(-h)) - (f(2h) - f(-2h))) / 12 h for up to `at_most` parameters, spread evenly over all of them.

    The four points cancel the third derivative, so h can be 1e-4 and few digits are lost. At a kink, such as that of
    relu, the two sides differ and the check may fail without a mistake.
    """
    places = np.unique(np.linspace(0, len(parameters) - 1, min(at_most, len(parameters))).astype(int))
    _, gradient = objective.value_and_gradient(parameters)

    def slope(at: int) -> float:
        h = 1e-4 * max(1.0, abs(float(parameters[at])))

        def f(steps: int) -> float:
            moved = parameters.copy()
            moved[at] += steps * h
            return objective.value_and_gradient(moved)[0]

        return (8 * (f(1) - f(-1)) - (f(2) - f(-2))) / (12 * h)

    return GradientCheck(places, gradient[places], np.array([slope(int(at)) for at in places]))
