# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false
"""Optimisers that own objects with `.data` and `.grad`, as PyTorch's and many small ones do: SGD(params, lr).step()."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling, torch_models
from groundup.exam.grading.steppers import PARAMETERS, ObjectStepper, Stepper

Array = Any
SPELLINGS = {"data": ("data", "value", "values", "val"), "grad": ("grad", "gradient", "g")}
"""What the two parts of a parameter are called; an underscore may stand before them."""


class Slope(np.ndarray):
    """A gradient whose `.data` is the numbers themselves, as that of a tensor is."""

    @property
    def data(self) -> Any:
        """The same numbers."""
        return self.view(np.ndarray)


class Box:
    """One parameter: its numbers and its gradient, under every usual name.

    >>> p = Box(np.array([1.0, 2.0]))
    >>> p._grad = np.array([1.0, 1.0])
    >>> p.data = p.data - 0.5 * p.grad.data
    >>> p.data
    array([0.5, 1.5])
    """

    requires_grad = True

    def __init__(self, data: Array):
        self.data = data
        self.grad = np.zeros_like(data)

    def __getattr__(self, name: str) -> Any:
        word = _word(name)
        if word in vars(self):
            return vars(self)[word]
        return getattr(vars(self).get("data"), name)

    def __setattr__(self, name: str, value: Any) -> None:
        word = _word(name) or name
        vars(self)[word] = np.asarray(value).view(Slope) if word == "grad" else value

    def __array__(self, dtype: Any = None, copy: Any = None) -> Array:
        return np.array(self.data, dtype=dtype)


def _word(name: str) -> str:
    return next((word for word, names in SPELLINGS.items() if spelling.plain(name) in names), "")


def wants_boxes(cls: Any) -> bool:
    """Whether a class is made with parameters, steps without arguments, and reads the gradients of what it owns."""
    method = getattr(cls, ObjectStepper(cls, "sgd").method() or "step", None)
    if not inspect.isfunction(method) or len(spelling.parameters(method)) > 1 or not _owner(cls):
        return False
    own = [f for f in vars(cls).values() if inspect.isfunction(f)]
    return any(spelling.plain(name) in SPELLINGS["grad"][:2] for f in own for name in f.__code__.co_names)


def _owner(cls: Any) -> str:
    return next((n for n in spelling.parameters(cls) if spelling.plain(n) in PARAMETERS), "")


class BoxedStepper(Stepper):
    """An optimiser of such objects; of PyTorch's own where its file uses those."""

    def fresh(self, w: Array, settings: dict[str, Any]) -> Any:
        """One parameter, whose gradient is set by hand."""
        walk = self._walker([w], settings)

        def one(g: Array) -> Array:
            return walk([g])

        return one

    def run_halves(self, w: Array, gradients: Array, settings: dict[str, Any]) -> Array:
        """Two parameters of one optimiser."""
        walk = self._walker(np.split(w, 2), settings)
        return np.array([walk(np.split(g, 2)) for g in gradients])

    def _walker(self, parts: list[Array], settings: dict[str, Any]) -> Any:
        torch: Any = __import__("torch") if torch_models.used_by(self.thing) else None
        own = [np.array(part, dtype=float) for part in parts]
        boxes = [Box(a) if torch is None else torch.tensor(a, requires_grad=True) for a in own]
        optimiser = self.thing(**self.given(settings), **{_owner(self.thing): boxes})
        step = getattr(optimiser, ObjectStepper(self.thing, self.rule).method())

        def walk(gradients: list[Array]) -> Array:
            for box, g in zip(boxes, gradients, strict=True):
                box.grad = np.array(g, dtype=float) if torch is None else torch.tensor(g)
            step()
            return np.concatenate([np.array(box.data if torch is None else box.detach().numpy()) for box in boxes])

        return walk
