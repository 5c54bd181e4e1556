"""A learner's formula as a candidate."""

from __future__ import annotations

import functools
import inspect
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np

from groundup.exam.candidates import by_hand, spelling, tensors
from groundup.exam.evidence import Asked
from groundup.exam.grading.names import Target
from groundup.exam.variants import SETTINGS, averaged, with_mean, with_setting
from groundup.formulas import activations

Array = Any
PREDICTIONS = ("pred", "hat", "score", "prob", "output", "estimate", "logit", "yp", "p", "z")

OTHER_FORMS = {
    "gelu": {
        "gelu_tanh": "it is the approximation of GELU by tanh",
        "quick_gelu": "it is the approximation of GELU by x sigmoid(1.702 x)",
    },
    "hard_sigmoid_torch": {"hard_sigmoid_keras2": "it has the slope 0.2 of older books"},
}
"""Other forms that a formula of this name may have, and what to say of them."""
FORMS = ((-1,), (-1, 1), (1, -1))
"""Labels and predictions of some rows: in a row; as a column; as one row of a table whose columns are the samples."""


def by_the_book(function: Any, target: Target) -> Any:
    """The function with its setting as the book has it, where its own default is another, or it has none."""
    if target.name not in SETTINGS:
        return function
    ours, _, theirs = SETTINGS[target.name]
    own = spelling.parameters(function)
    free = {n for n, p in list(own.items())[1:] if isinstance(p.default, int | float) or p.default is p.empty}
    name = next((n for n in theirs if n in free), "")
    value = getattr(target.reference, ours, None)
    if not name or value is None or own[name].default == value:
        return function
    return with_setting(function, name, value)


def without_cache(function: Any) -> Any:
    """The first of what a function hands back, where that is a tuple (A, cache) for what it is given; else itself.

    >>> without_cache(lambda z: (np.tanh(z), z))(np.array([0.0]))
    array([0.])
    """
    x = np.array([[0.5, -0.5, 1.0]])
    try:
        found = function(x.copy())
    except Exception:
        return function
    if not isinstance(found, tuple) or len(found) < 2 or np.shape(found[0]) != x.shape:  # pyright: ignore[reportUnknownArgumentType]
        return function

    def first(x: Array) -> Any:
        return function(x)[0]

    return functools.update_wrapper(first, function)


HOW_MANY = ("n_classes", "num_classes", "nclasses", "n_labels", "num_labels")
WHICH = ("labels", "classes", "class_labels", "class_names")
"""What a third argument is called that says how many classes there are, or which."""


def needs_classes(function: Any) -> str:
    """The third argument of a metric that is told the classes; empty where it is told none.

    >>> needs_classes(lambda y_true, y_pred, n_classes: 0.0), needs_classes(lambda y_true, y_pred, labels=None: 0.0)
    ('n_classes', '')
    """
    third = list(spelling.parameters(function).values())[2:3]
    known = [p.name for p in third if spelling.plain(p.name) in (*HOW_MANY, *WHICH)]
    return next((p.name for p in third if p.default is p.empty), "") if known else ""


def told_classes(function: Any) -> Any:
    """The same function of labels and predictions alone, which is told the classes of both."""
    name = needs_classes(function)
    if not name:
        return function

    def told(a: Array, b: Array) -> Any:
        every = np.unique(np.concatenate([np.ravel(a), np.ravel(b)]))
        return function(a, b, **{name: int(every.max()) + 1 if spelling.plain(name) in HOW_MANY else every.tolist()})

    functools.update_wrapper(told, function)
    some = [p for n, p in spelling.parameters(function).items() if n != name][:2]
    told.__signature__ = inspect.Signature(some)  # pyright: ignore[reportFunctionMemberAccess]
    return told


BOTH = (2,)
"""The form in which a prediction has a column for each of two classes."""


def in_columns(p: Array) -> Array:
    """The chances of the class 0 and of the class 1."""
    return np.column_stack([1 - p, p])


class Formula(Asked):
    """The function, what it is compared with, and the conventions that were seen."""

    LACKS: ClassVar = {"derivative": "it has no derivative beside it"}

    def __init__(self, function: Any, target: Target):
        super().__init__()
        self.function, self.target = by_the_book(function, target), target
        if target.kind in ("elementwise", "rowwise"):
            self.function, whole = without_cache(self.function), self.function
            if self.function is not whole:
                self.conventions["answer"] = "it hands back more than one thing, of which the first is the value"
        mean = averaged(function, target) if target.data == "labels" else ""
        if mean:
            self.target = with_mean(target, mean)
            self.conventions["average"] = f"an average over the classes: {mean}"
        self.function = told_classes(self.function) if self.target.data == "classes" else self.function
        self.promises = " ".join(own.__doc__ or "" for own in (function, *type(function).__mro__[:-1]))
        self.form: tuple[int, ...] | None = None
        self.scale = 1.0
        self._approximate()
        self.can |= {"derivative"} if self.derivative() is not None else set()
        self.swapped = self._predictions_first()

    def _approximate(self) -> None:
        """Some formulas have another usual form: then that is what it is compared with."""
        x = np.array([-4.0, -2.0, -0.7, 0.4, 1.5, 2.7])
        for name, words in OTHER_FORMS.get(self.target.name, {}).items():
            f: Any = activations.named(name)
            book: Any = f.derivative if self.target.slope else f
            try:
                near = np.allclose(np.asarray(self.function(x.copy()), dtype=float), book(x), rtol=1e-9)
            except Exception:
                return
            if near:
                self.conventions["formula"] = words
                self.target = replace(self.target, reference=f)
                return

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
        """The metric of labels and predictions, in its own order of arguments, and in a shape that it takes."""
        a, b = (prediction, y) if self.swapped else (y, prediction)
        if self.form is None:
            self.form = self._form(a, b)
        shape = self.form
        given = (a, b) if shape in ((-1,), BOTH) else (a.reshape(shape), b.reshape(shape))
        if shape == BOTH:
            given = (in_columns(a), b) if self.swapped else (a, in_columns(b))
        return np.asarray(tensors.in_lists(self.function, *given))

    def _form(self, a: Array, b: Array) -> tuple[int, ...]:
        """The first shape of which it makes something, where it cannot do without a second dimension."""
        if self.target.name == "log_loss" and self._takes_classes(a, b):
            self.conventions["samples"] = "it takes a column of chances for each class"
            return BOTH
        for shape in FORMS:
            try:
                found = self.function(a.reshape(shape), b.reshape(shape))
            except IndexError:
                continue
            except Exception:
                return (-1,)
            if shape != (-1,) and np.size(found) not in (1, a.size):
                continue
            if shape != (-1,):
                words = "rows of a table of one column" if shape == (-1, 1) else "columns of a table of one row"
                self.conventions["samples"] = f"it takes labels and predictions as the {words}"
            return shape
        return (-1,)

    def _takes_classes(self, a: Array, b: Array) -> bool:
        """Whether it refuses one chance a row, and takes one for each of two classes."""
        try:
            self.function(a, b)
        except (IndexError, ValueError):
            both = (in_columns(a), b) if self.swapped else (a, in_columns(b))
            try:
                return np.size(self.function(*both)) in (1, len(a))
            except (IndexError, ValueError, TypeError):
                return False
        except Exception:
            return False
        return False

    def code(self, *arguments: Array, right: Any, found: Any) -> str:
        """Lines that repeat one call."""
        name = getattr(self.function, "written", getattr(self.function, "__name__", "f"))
        name = "f" if name == "<lambda>" else name
        try:
            self.function(*arguments)
        except (TypeError, AttributeError, IndexError, ValueError):
            arguments = tuple(np.atleast_1d(a) for a in arguments)  # it takes arrays only
        set_to: dict[str, Any] = getattr(self.function, "keywords", {})  # of a partial
        given = [by_hand.literal(np.asarray(a) if np.ndim(a) else a) for a in arguments]
        shown = ", ".join([*given, *(f"{name}={value!r}" for name, value in set_to.items())])
        lines = ["import numpy as np", *by_hand.importing(self.function), f"print({name}({shown}))"]
        return "\n".join([*lines, f"# yours:        {found}", f"# by the book:  {right}"])
