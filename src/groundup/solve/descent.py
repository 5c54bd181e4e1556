"""Gradient descent: take a step against the slope."""

from __future__ import annotations

from typing import Any

from groundup._arrays import Array
from groundup.solve.loop import Method, Objective, Point


class GradientDescent(Method):
    """w ← w - rate x gradient(w): walk downhill, the steeper the faster.

    With all rows it is gradient descent, with some rows mini-batch descent, with one row stochastic descent; the step
    is the same. On a bowl of largest curvature L it converges for every rate below 2 / L.

    >>> import numpy as np
    >>> here = Point(np.array([1.0]), 1.0, np.array([2.0]))
    >>> GradientDescent().step(None, here, (), learning_rate=0.25)[0]
    array([0.5])

    Cauchy, Méthode générale pour la résolution des systèmes d'équations simultanées (1847).
    """

    def step(self, objective: Objective, here: Point, memory: Any, learning_rate: float) -> tuple[Array, Any]:
        """Against the slope, by rate times its length."""
        return here.parameters - learning_rate * here.gradient, memory
