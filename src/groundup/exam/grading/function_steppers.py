# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""A step function `adam(w, g, m, v, t, lr)` as an optimiser, and which adapter is for which optimiser."""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import NotExamined
from groundup.exam.grading.steppers import (
    GRADIENTS,
    MEMORIES,
    PARAMETERS,
    STEPS,
    MethodStepper,
    ObjectStepper,
    Stepper,
)

Array = Any


class FunctionStepper(Stepper):
    """A function of parameters, gradient and memories that returns the next of each."""

    def __init__(self, thing: Any, rule: str):
        super().__init__(thing, rule)
        plain = {name: spelling.plain(name) for name in self.named}
        taken = set(self.knobs.values())
        free = [n for n in plain if n not in taken]
        self.g = next((n for n in free if plain[n] in GRADIENTS), "")
        self.w = next((n for n in free if plain[n] in PARAMETERS), "")
        if not (self.g and self.w) and len(free) >= 2:
            self.w, self.g = (self.w or next(n for n in free if n != self.g)), self.g
            self.g = self.g or next(n for n in free if n != self.w)
        self.t = next((n for n in free if plain[n] in STEPS), "")
        rest = [n for n in free if n not in (self.w, self.g, self.t)]
        self.whole = next((n for n in rest if plain[n] in MEMORIES), "")
        self.memories = [] if self.whole else [n for n in rest if self._is_memory(n)]
        self.from_zero = False

    def _is_memory(self, name: str) -> bool:
        kind = self.named[name].kind
        return kind in (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY) and (
            self.named[name].default in (inspect.Parameter.empty, None)
        )

    def fresh(self, w: Array, settings: dict[str, Any]) -> Any:
        """Memories start at zero, or at None where that is how they are given by default."""
        if not (self.w and self.g):
            raise NotExamined("which of its arguments are the parameters and which the gradient could not be made out")
        given = self.given(settings)
        place: dict[str, Any] = {self.w: w, **{n: np.zeros_like(w) for n in self.memories}}
        if self.whole:
            place[self.whole] = self._first_state(w)
        counter = [0 if self.from_zero else 1]

        def walker(g: Array) -> Array:
            more = {self.t: counter[0]} if self.t else {}
            before = place[self.w].copy()
            out = self.function(**place, **{self.g: g}, **more, **given)
            counter[0] += 1
            self._keep(out, place, before)
            return place[self.w]

        return walker

    def _first_state(self, w: Array) -> Any:
        """What the file's own adam_init(w) or the like gives; else an empty dict, or None where that is the default."""
        if self.named[self.whole].default is not inspect.Parameter.empty:
            return None
        found = getattr(self.thing, "__globals__", {})
        home = getattr(self.thing, "__module__", "")
        inits = {n: f for n, f in found.items() if "init" in n.lower() and getattr(f, "__module__", "") == home}
        start = self.thing.__name__.lower().partition("_")[0] if hasattr(self.thing, "__name__") else ""
        for name in sorted(inits, key=lambda n: start not in n.lower()):
            function = inits[name]
            needed = [p for p in spelling.parameters(function).values() if p.default is p.empty]
            if inspect.isfunction(function) and len(needed) <= 1:
                return function(*([w.copy()] if needed else []))
        return {}

    def function(self, **arguments: Any) -> Any:
        """The candidate."""
        return self.thing(**arguments)

    def _keep(self, out: Any, place: dict[str, Any], before: Array) -> None:
        if out is None:
            return  # in place
        if not isinstance(out, tuple | list):
            place[self.w] = out
            if self.memories and np.shape(out) == np.shape(before):
                return  # memories are kept in place
            return
        values = [v for v in out if not (self.t and np.ndim(v) == 0 and not isinstance(v, dict))]
        if self.whole:
            values = [v for v in out if not np.isscalar(v)]
            state = next((v for v in values if not isinstance(v, np.ndarray)), None)
            place[self.w] = next(v for v in values if isinstance(v, np.ndarray))
            place[self.whole] = state if state is not None else place[self.whole]
            return
        names = [self.w, *self.memories]
        order = [n for n in self.named if n in names]
        if len(values) == len(names):
            mine = order if self._last(values, before) and order[-1] == self.w else names
            place.update(zip(mine, values, strict=True))
        else:
            place[self.w] = values[0]

    def _last(self, values: list[Any], before: Array) -> bool:
        """Whether the parameters are the last of what is returned: those stay nearer to what they were."""
        gaps = [float(np.abs(np.asarray(v, dtype=float) - before).max()) for v in (values[0], values[-1])]
        return gaps[1] < gaps[0]


def stepper(thing: Any, rule: str) -> Stepper:
    """The adapter for this shape of optimiser."""
    cls = thing if inspect.isclass(thing) else type(thing)
    if any(base.__module__.startswith("torch.optim") for base in cls.__mro__):
        from groundup.exam.grading.torch_steppers import TorchStepper

        return TorchStepper(cls, rule)
    if hasattr(cls, "init") and hasattr(cls, "step"):
        return MethodStepper(cls, rule)
    from groundup.exam.grading import boxed_steppers, functional_steppers, parameter_steppers

    if inspect.isclass(cls) and boxed_steppers.wants_boxes(cls):
        return boxed_steppers.BoxedStepper(cls, rule)
    if inspect.isclass(cls) and parameter_steppers.wants_parameters(cls):
        return parameter_steppers.ParameterStepper(cls, rule)
    if functional_steppers.makes_steps(thing):
        return functional_steppers.MadeStepper(thing, rule)
    if not inspect.isroutine(thing):
        made = ObjectStepper(cls, rule)
        if made.method():
            return made
    return FunctionStepper(thing, rule)
