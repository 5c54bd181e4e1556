# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""What a class must be made with, where nothing that the exam turns is of that name: a usual value for it.

Lasso(w, b, alpha)                      weights and a bias to start from: zeros
Descent(tolerance, learning_rate)       a rate without epochs
Line(lr, epochs, verbose)               switches are off
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Mapping
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling, torch_models

Parameter = inspect.Parameter
USUAL: dict[str, Any] = {
    **{"rate": 0.01, "epochs": 1000, "batch": 16, "tolerance": 1e-8, "l1": 0.0, "l2": 0.0, "momentum": 0.0},
    **{"decay": 0.0, "seed": 7, "intercept": True, "shuffle": True, "degree": 1, "clip": 1e12, "mix": 0.0},
}
QUIET = (
    "verbose",
    "print_cost",
    "plot",
    "debug",
    "show",
    "log",
    "logging",
    "print_loss",
    "display",
    "trace",
    "visualize",
)
START = {"w": 7, "b": 4}
"""How many of the spellings of weights and biases are meant: `params` may be anything."""
PENALTY = re.compile(
    r"^(?:reg(?:ulari[sz]ation)?_?)?penal(?:i?ty|i[sz]ation)(?:_?(?:term|rate|strength|factor|weight))?$"
)


def filled(make: Any, init: Mapping[str, Parameter], given: Mapping[str, Any], columns: int) -> dict[str, Any]:
    """What is given, and a usual value for what must be given as well and is known by its name.

    >>> filled(None, inspect.signature(lambda w, b, learning_rate, verbose: None).parameters, {}, 2)
    {'w': array([0., 0.]), 'b': 0.0, 'learning_rate': 0.01, 'verbose': False}
    """
    missing = [n for n, p in init.items() if p.default is p.empty and n not in given]
    known = {name: word for word, name in spelling.knobs([*missing, "epochs"]).items()}
    found: dict[str, Any] = {}
    for name in missing:
        word = starts(name)
        if known.get(name) in USUAL:
            found[name] = USUAL[known[name]]
        elif word:
            found[name] = _zeros(make, (columns,) if word == "w" else ())
        elif spelling.plain(name) in QUIET:
            found[name] = False
    return {**given, **found}


def has_no_pace(init: Mapping[str, Parameter], knobs: Mapping[str, str]) -> bool:
    """Whether it must be given a learning rate, and can be told no epochs: when it stops is not in our hands.

    >>> has_no_pace(inspect.signature(lambda lr, tol: None).parameters, {"tolerance": "tol"})
    True
    """
    rates = [n for n, p in init.items() if p.default is p.empty and spelling.knobs([n, "epochs"]).get("rate") == n]
    return bool(rates) and "epochs" not in knobs and rates[0] not in knobs.values()


class Epochs(int):
    """A small number of epochs, of which a tenth is still 1: `i % (epochs // 10)` tells how it goes.

    >>> Epochs(3) // 10, Epochs(30) // 10, len(range(Epochs(3)))
    (1, 3, 3)
    """

    def __floordiv__(self, other: Any) -> Any:
        return max(int(self) // other, 1)


def few_epochs(settings: Mapping[str, Any]) -> dict[str, Any] | None:
    """The same settings, with epochs of which a share is never 0; None where that is not what was divided by."""
    many = settings.get("epochs")
    return {**settings, "epochs": Epochs(many)} if type(many) is int and 0 < many < 100 else None


def starts(name: str) -> str:
    """Whether an argument wants weights ("w") or a bias ("b") to start from.

    >>> starts("init_weights"), starts("b"), starts("C")
    ('w', 'b', '')
    """
    bare = re.sub(r"^(init(ial)?|start)_|_(in|init|initial|start)$", "", spelling.plain(name))
    return next((w for w in ("w", "b") if bare in spelling.ARGUMENTS[w][: START[w]]), "")


def _zeros(make: Any, shape: tuple[int, ...]) -> Any:
    if torch_models.used_by(make):
        return sys.modules["torch"].zeros(shape or (1,))
    return np.zeros(shape) if shape else 0.0


def price_by_name(thing: Any, given: Mapping[str, Parameter], knobs: Mapping[str, str]) -> dict[str, str]:
    """{"l2": name} for a `penalty` that is a number, and not the word for one: its default is, or it is multiplied."""
    name = next((n for n in given if PENALTY.match(spelling.plain(n))), "")
    if not name or {"l1", "l2", "mix"} & knobs.keys():
        return {}
    default = given[name].default
    number = isinstance(default, int | float) and not isinstance(default, bool)
    return {"l2": name} if number or (default is Parameter.empty and _multiplied(thing, name)) else {}


def _multiplied(thing: Any, name: str) -> bool:
    try:
        text = inspect.getsource(thing)
    except (OSError, TypeError):
        return False
    return re.search(rf"\*\s*\(?(?:self\.)?_?{name}\b|\b_?{name}\s*\*(?!\*)", text) is not None
