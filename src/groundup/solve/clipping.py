"""Clipping: a step that is never too long. Only when asked, for it changes what is minimised."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from groundup._arrays import Array
from groundup.errors import InputError, InputTypeError
from groundup.solve.loop import Method, Objective, Point
from groundup.solve.settings import positive


@dataclass(frozen=True, repr=False)
class Clipped(Method):
    """g ← g min(1, norm / |g|), or every entry of g kept within ±value; then the step of another method.

    By norm the direction stays and only the length is cut; by value the direction bends towards the small entries.
    For losses with cliffs, where one steep batch would throw the weights far away.

    >>> from groundup.solve.descent import GradientDescent
    >>> here = Point(np.zeros(2), 1.0, np.array([30.0, 40.0]))
    >>> Clipped(GradientDescent(), norm=5.0).step(None, here, (), learning_rate=1.0)[0]
    array([-3., -4.])
    >>> Clipped(GradientDescent(), value=5.0).step(None, here, (), learning_rate=1.0)[0]
    array([-5., -5.])

    Pascanu, Mikolov, Bengio, On the difficulty of training recurrent neural networks, ICML (2013).
    """

    method: Method
    norm: float | None = None
    value: float | None = None

    def __post_init__(self):
        if not isinstance(self.method, Method):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InputTypeError(
                f"method must be a Method; got {self.method!r}. Use for instance Clipped(Adam(), norm=1)."
            )
        if (self.norm is None) == (self.value is None):
            raise InputError("Clipped needs either a norm or a value; use for instance Clipped(Adam(), norm=1).")
        if self.norm is not None:
            positive("norm", self.norm, example=1)
        if self.value is not None:
            positive("value", self.value, example=1)

    @property
    def default_learning_rate(self) -> float | None:  # pyright: ignore[reportIncompatibleVariableOverride]
        """That of the method inside."""
        return self.method.default_learning_rate

    def init(self, parameters: Array) -> Any:
        """What the method inside remembers."""
        return self.method.init(parameters)

    def step(self, objective: Objective | None, here: Point, memory: Any, learning_rate: float) -> tuple[Array, Any]:
        """Cut the gradient, then step."""
        return self.method.step(objective, here._replace(gradient=self.cut(here.gradient)), memory, learning_rate)  # pyright: ignore[reportArgumentType]

    def cut(self, g: Array) -> Array:
        """The gradient, no longer than asked.

        >>> from groundup.solve.descent import GradientDescent
        >>> Clipped(GradientDescent(), norm=5.0).cut(np.array([3e200, 4e200]))
        array([3., 4.])
        """
        if self.value is not None:
            return np.clip(g, -self.value, self.value)
        largest = float(np.max(np.abs(g), initial=0.0))
        if largest == 0 or not math.isfinite(largest):
            return g
        assert self.norm is not None
        length = largest * math.sqrt(float(np.sum((g / largest) ** 2)))  # squares of 1e200 would overflow
        return g if length <= self.norm else g / length * self.norm
