"""A learner's formula as a candidate."""

from __future__ import annotations

import functools
import inspect
from dataclasses import replace
from typing import Any

import numpy as np

from groundup.exam.candidates import by_hand, spelling
from groundup.exam.grading.names import Target
from groundup.exam.variants import SETTINGS
from groundup.formulas import activations

Array = Any
PREDICTIONS = ("pred", "hat", "score", "prob", "output", "estimate", "yp", "p", "z")


def by_the_book(function: Any, target: Target) -> Any:
    """The function with its setting as the book has it, where its own default is another."""
    if target.name not in SETTINGS:
        return function
    ours, _, theirs = SETTINGS[target.name]
    own = spelling.parameters(function)
    name = next((n for n in theirs if n in own and isinstance(own[n].default, int | float)), "")
    value = getattr(target.reference, ours, None)
    if not name or value is None or own[name].default == value:
        return function
    return functools.update_wrapper(functools.partial(function, **{name: value}), function)


class Formula:
    """The function, what it is compared with, and the conventions that were seen."""

    def __init__(self, function: Any, target: Target):
        self.function, self.target = by_the_book(function, target), target
        self.conventions: dict[str, str] = {}
        self.promises = " ".join(own.__doc__ or "" for own in (function, *type(function).__mro__[:-1]))
        self._approximate()
        self.can = {"derivative"} if self.derivative() is not None else set[str]()
        self.swapped = self._predictions_first()

    def _approximate(self) -> None:
        """A GELU may be the approximation by tanh: then that is what it is compared with."""
        if self.target.name != "gelu":
            return
        f: Any = activations.named("gelu_tanh")
        book = f.derivative if self.target.slope else f
        x = np.array([-2.0, -0.7, 0.4, 1.5])
        try:
            near = np.allclose(np.asarray(self.function(x.copy()), dtype=float), book(x), rtol=1e-9)
        except Exception:
            return
        if near:
            self.conventions["formula"] = "it is the approximation of GELU by tanh"
            self.target = replace(self.target, reference=f)

    def lacks(self, word: str) -> str:
        """Why it cannot be asked for this."""
        return {"derivative": "it has no derivative beside it"}.get(word, f"it has no {word}")

    def derivative(self) -> Any:
        """The derivative that comes with it as an attribute, or the function itself where the slope is graded."""
        if self.target.slope:
            return self.function
        return next(
            (getattr(self.function, n) for n in ("derivative", "grad", "prime") if hasattr(self.function, n)), None
        )

    def _predictions_first(self) -> bool:
        """Whether the names of its arguments say that the prediction comes first."""
        try:
            names = [name.lower() for name in inspect.signature(self.function).parameters][:2]
        except (TypeError, ValueError):
            return False
        if len(names) < 2:
            return False
        first, second = (any(n == w or (len(w) > 2 and w in n) for w in PREDICTIONS) for n in names)
        return first and not second

    @property
    def readable(self) -> bool:
        """Whether the names of its arguments tell label from prediction."""
        try:
            names = [name.lower() for name in inspect.signature(self.function).parameters][:2]
        except (TypeError, ValueError):
            return False
        return any(any(n == w or (len(w) > 2 and w in n) for w in PREDICTIONS) for n in names)

    def of(self, y: Array, prediction: Array) -> Array:
        """The metric of labels and predictions, in its own order of arguments."""
        a, b = (prediction, y) if self.swapped else (y, prediction)
        return np.asarray(self.function(a, b))

    def code(self, *arguments: Array, right: Any, found: Any) -> str:
        """Lines that repeat one call."""
        name = getattr(self.function, "__name__", "f")
        name = "f" if name == "<lambda>" else name
        try:
            self.function(*arguments)
        except (TypeError, AttributeError, IndexError, ValueError):
            arguments = tuple(np.atleast_1d(a) for a in arguments)  # it takes arrays only
        shown = ", ".join(by_hand.literal(np.asarray(a) if np.ndim(a) else a) for a in arguments)
        lines = ["import numpy as np", *by_hand.importing(self.function), f"print({name}({shown}))"]
        return "\n".join([*lines, f"# yours:        {found}", f"# by the book:  {right}"])
