# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Optimisers that are made of functions: `adam(rate)` gives init, update, and mostly a third that gives the parameters.

update(i, gradients, state) -> state           and get_params(state)
update(gradients, state[, parameters]) -> (steps or parameters, state)
"""

from __future__ import annotations

import inspect
from types import CodeType
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import NotExamined
from groundup.exam.grading.function_steppers import FunctionStepper
from groundup.exam.grading.steppers import GRADIENTS, PARAMETERS, STEPS, Stepper

Array = Any
BOTH = ("init", "update")
STATES = ("state", "opt_state", "optimizer_state", "s", "memory")


def inner(thing: Any) -> dict[str, tuple[str, ...]]:
    """The functions that are written inside a function, and their arguments; nothing is called.

    >>> def sgd(rate):
    ...     def init(w): return w
    ...     def update(g, w): return w - rate * g
    ...     return init, update
    >>> inner(sgd)
    {'init': ('w',), 'update': ('g', 'w')}
    """
    if not inspect.isfunction(thing):
        return {}
    codes = [c for c in thing.__code__.co_consts if isinstance(c, CodeType)]
    return {c.co_name: c.co_varnames[: c.co_argcount] for c in codes}


def makes_steps(thing: Any) -> bool:
    """Whether a function makes an init and an update."""
    return {*BOTH} <= inner(thing).keys()


class MadeStepper(FunctionStepper):
    """The functions that it makes, called in turn."""

    def __init__(self, thing: Any, rule: str):
        Stepper.__init__(self, thing, rule)
        self.words = inner(thing)["update"]
        self.t = next((n for n in self.words if spelling.plain(n) in STEPS), "")
        self.from_zero = spelling.plain(self.t) == "i"

    def fresh(self, w: Array, settings: dict[str, Any]) -> Any:
        """A list of arrays, or one array, whichever it takes."""
        made = self.thing(**self.given(settings))
        parts = list(made.values()) if isinstance(made, dict) else made if isinstance(made, tuple | list) else []
        own = {getattr(part, "__name__", ""): part for part in parts or vars(made).values() if callable(part)}
        get = next((f for name, f in own.items() if name not in BOTH and "param" in name), None)
        if not {*BOTH} <= own.keys():
            raise NotExamined("it makes no init and update that are known by their names")
        for pack in (_listed, np.asarray):
            walker = _Walk(self, own, get, pack, w)
            try:
                if np.shape(walker.next(np.ones_like(w))[0]) == np.shape(w):
                    return _Walk(self, own, get, pack, w)
            except (TypeError, ValueError, IndexError, AttributeError, KeyError):
                continue
        raise NotExamined(f"tried its update({', '.join(self.words)}) with a list of arrays and with one array")


def _listed(a: Array) -> list[Array]:
    return [a]


class _Walk:
    def __init__(self, stepper: MadeStepper, own: dict[str, Any], get: Any, pack: Any, w: Array):
        self.stepper, self.own, self.get, self.pack, self.w = stepper, own, get, pack, w.copy()
        self.memory = own["init"](pack(w.copy()))
        self.count = 0 if stepper.from_zero else 1

    def __call__(self, g: Array) -> Array:
        self.w, self.memory = self.next(g)
        self.count += 1
        return self.w

    def next(self, g: Array) -> tuple[Array, Any]:
        """(the parameters, the state) after this gradient."""
        given: list[Any] = []
        for name in self.stepper.words:
            bare = spelling.plain(name)
            if name == self.stepper.t:
                given.append(self.count)
            elif bare in GRADIENTS:
                given.append(self.pack(g))
            elif bare in STATES:
                given.append(self.memory)
            elif bare in PARAMETERS:
                given.append(self.pack(self.w.copy()))
            else:
                raise NotExamined(f"it is not known what the {name} of its update may be")
        out = self.own["update"](*given)
        if self.get is not None:
            return self._array(self.get(out)), out
        first, state = out
        moved = self._array(first)
        near = np.abs(moved - self.w).max() < np.abs(moved).max()  # parameters, or steps
        return (moved if near else self.w + moved), state

    def _array(self, found: Any) -> Array:
        return np.array(found[0] if isinstance(found, list | tuple) else found, dtype=float)
