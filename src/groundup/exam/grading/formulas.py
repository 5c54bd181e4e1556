"""A learner's formula as a candidate."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np

from groundup.exam.candidates import by_hand
from groundup.exam.grading.names import Target

Array = Any
PREDICTIONS = ("pred", "hat", "score", "prob", "output", "estimate", "yp", "p", "z")


class Formula:
    """The function, what it is compared with, and the conventions that were seen."""

    def __init__(self, function: Any, target: Target):
        self.function, self.target = function, target
        self.conventions: dict[str, str] = {}
        self.promises = " ".join(own.__doc__ or "" for own in (function, *type(function).__mro__[:-1]))
        self.can = {"derivative"} if self.derivative() is not None else set[str]()
        self.swapped = self._predictions_first()

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
