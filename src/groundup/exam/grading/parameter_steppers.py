# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Optimisers that step one parameter at a time, an object with its numbers and its gradient: SGD(lr).update(param)."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.grading.boxed_steppers import SPELLINGS, Box
from groundup.exam.grading.steppers import ObjectStepper, Stepper

Array = Any
NAMES = ("param", "parameter", "p", "variable", "var", "tensor", "weight")
MEMORIES = ("velocity", "v", "m", "s", "momentum", "cache", "h", "moment", "accumulator", "sum_squares")


class Parameter(Box):
    """One parameter under every usual name; what an optimiser remembers on it starts at zero.

    >>> p = Parameter(np.array([1.0, 2.0]))
    >>> p.velocity = 0.9 * p.velocity + 1.0
    >>> p.tensor -= p.velocity
    >>> p.data
    array([0., 1.])
    """

    require_grad = trainable = True

    def __getattr__(self, name: str) -> Any:
        if name == "tensor":
            return self.data
        if name in MEMORIES:
            return np.zeros_like(vars(self)["data"])
        return super().__getattr__(name)

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__("data" if name == "tensor" else name, value)


def wants_parameters(cls: Any) -> bool:
    """Whether a class steps with one argument, a parameter by its name, and reads the gradient that is on it."""
    method = getattr(cls, ObjectStepper(cls, "sgd").method() or "step", None)
    if not inspect.isfunction(method):
        return False
    needed = [n for n, p in list(spelling.parameters(method).items())[1:] if p.default is p.empty]
    reads = {spelling.plain(name) for name in method.__code__.co_names}
    grads, data = {*SPELLINGS["grad"][:2]}, {*SPELLINGS["data"], "tensor"}
    return len(needed) == 1 and spelling.plain(needed[0]) in NAMES and bool(reads & grads) and bool(reads & data)


class ParameterStepper(Stepper):
    """An optimiser that is given one such object a call."""

    def fresh(self, w: Array, settings: dict[str, Any]) -> Any:
        """One parameter, whose gradient is set by hand."""
        walk = self._walker([w], settings)

        def one(g: Array) -> Array:
            return walk([g])

        return one

    def run_halves(self, w: Array, gradients: Array, settings: dict[str, Any]) -> Array:
        """Two parameters, one after the other."""
        walk = self._walker(np.split(w, 2), settings)
        return np.array([walk(np.split(g, 2)) for g in gradients])

    def _walker(self, parts: list[Array], settings: dict[str, Any]) -> Any:
        owned = [Parameter(np.array(part, dtype=float)) for part in parts]
        step = getattr(self.thing(**self.given(settings)), ObjectStepper(self.thing, self.rule).method())

        def walk(gradients: list[Array]) -> Array:
            for parameter, g in zip(owned, gradients, strict=True):
                parameter.grad = np.array(g, dtype=float)
                step(parameter)
            return np.concatenate([np.array(parameter.data) for parameter in owned])

        return walk
