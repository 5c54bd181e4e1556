"""Descent with a memory of where it was going: momentum, and Nesterov's look ahead.

In a long narrow valley plain descent swings from wall to wall and creeps along the floor. A velocity averages the
swings away and adds up what is the same in every step. With momentum μ a steady slope is followed 1 / (1 - μ) times as
fast, and on a bowl of condition c the number of updates falls from about c to about sqrt(c).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from groundup._arrays import Array
from groundup.solve.loop import Method, Objective, Point
from groundup.solve.settings import fraction


class Velocity(NamedTuple):
    """Where it was going, in the units of a gradient."""

    velocity: Array


@dataclass(frozen=True, repr=False)
class Momentum(Method):
    """v ← μ v + (1 - dampening) g;   w ← w - rate v: a heavy ball that rolls downhill.

    With dampening 0 it is the heavy ball: at a constant rate it takes the same steps as the classical
    u ← μ u - rate g, w ← w + u. With dampening = momentum, v is a running average of the gradients, and the length of a
    step stays that of plain descent. On a bowl of largest curvature L the heavy ball converges for every rate below
    2 (1 + μ) / L.

    >>> here = Point(np.array([1.0]), 1.0, np.array([2.0]))
    >>> Momentum(0.5).step(None, here, Velocity(np.array([4.0])), learning_rate=0.25)
    (array([0.]), Velocity(velocity=array([4.])))

    Polyak, Some methods of speeding up the convergence of iteration methods (1964).
    """

    momentum: float = 0.9
    dampening: float = 0.0

    def __post_init__(self):
        fraction("momentum", self.momentum)
        fraction("dampening", self.dampening)

    def init(self, parameters: Array) -> Velocity:
        """It starts at rest."""
        return Velocity(np.zeros_like(parameters))

    def step(
        self, objective: Objective | None, here: Point, memory: Velocity, learning_rate: float
    ) -> tuple[Array, Velocity]:
        """Roll on, pushed by the slope."""
        velocity = self.momentum * memory.velocity + (1 - self.dampening) * here.gradient
        return here.parameters - learning_rate * velocity, Velocity(velocity)


@dataclass(frozen=True, repr=False)
class Nesterov(Method):
    """v ← μ v + g;   w ← w - rate (g + μ v): the slope is felt where the ball will be, not where it is.

    The w that is kept is the place looked ahead to, so the gradient of every row of the history belongs to the weights
    beside it. In the variables of the book, x is the ball and w = x - rate μ v the place where the gradient is taken.
    It brakes before the ball overshoots, and swings less than the heavy ball.

    >>> here = Point(np.array([1.0]), 1.0, np.array([2.0]))
    >>> Nesterov(0.5).step(None, here, Velocity(np.array([4.0])), learning_rate=0.25)
    (array([0.]), Velocity(velocity=array([4.])))

    Nesterov, A method of solving a convex programming problem with convergence rate O(1/k²) (1983);
    Sutskever, Martens, Dahl, Hinton, On the importance of initialization and momentum in deep learning, ICML (2013).
    """

    momentum: float = 0.9

    def __post_init__(self):
        fraction("momentum", self.momentum)

    def init(self, parameters: Array) -> Velocity:
        """It starts at rest."""
        return Velocity(np.zeros_like(parameters))

    def step(
        self, objective: Objective | None, here: Point, memory: Velocity, learning_rate: float
    ) -> tuple[Array, Velocity]:
        """Roll on, and look ahead by one more roll."""
        velocity = self.momentum * memory.velocity + here.gradient
        ahead = here.gradient + self.momentum * velocity
        return here.parameters - learning_rate * ahead, Velocity(velocity)
