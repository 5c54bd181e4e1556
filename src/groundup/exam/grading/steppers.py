# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false
"""Optimisers in any shape, asked in one way: here is a gradient, where do the parameters go?

A class with `step` or `update`, or a method of `gu.methods`; functions and PyTorch's have files of their own. What its
settings are called is found out, and so is what it does not let us set.
"""

from __future__ import annotations

import copy
import inspect
from types import SimpleNamespace
from typing import Any

import numpy as np

from groundup.exam import own_errors
from groundup.exam.candidates import spelling
from groundup.exam.evidence import NotExamined
from groundup.exam.grading import layer_steppers, named_steppers, packing

Array = Any

KNOBS: dict[str, tuple[str, ...]] = {
    "rate": ("learning_rate", "lr", "eta", "rate", "step_size", "alpha", "learnrate"),
    "momentum": ("momentum", "mu", "beta", "gamma", "beta1", "mom", "rho", "alpha"),
    "beta1": ("beta1", "beta_1", "b1"),
    "beta2": ("beta2", "beta_2", "b2"),
    "betas": ("betas",),
    "rho": ("rho", "decay_rate", "alpha", "beta", "gamma", "decay", "smoothing", "beta2"),
    "epsilon": ("epsilon", "eps", "delta", "e"),
    "weight_decay": ("weight_decay", "wd", "l2", "lam", "lambda", "weight_decay_rate"),
    "dampening": ("dampening",),
    "nesterov": ("nesterov",),
    "amsgrad": ("amsgrad",),
}
GRADIENTS = (
    "ds",
    "g",
    "grad",
    "grads",
    "gradient",
    "gradients",
    "dw",
    "dtheta",
    "dparams",
    "dx",
    "d",
    "delta",
    "derivative",
)
PARAMETERS = (
    "w",
    "x",
    "params",
    "parameters",
    "theta",
    "weights",
    "param",
    "p",
    "var",
    "variables",
    "parameter",
    "values",
)
STEPS = ("t", "step", "iteration", "i", "k", "n_steps", "steps", "iter", "time", "epoch", "timestep")
SWITCHES = ("nesterov", "amsgrad")
"""Settings that are on or off; off where nothing is said."""
MEMORIES = ("state", "memory", "cache_dict", "optimizer_state", "opt_state")
ADAPTIVE = ("rate", "beta1", "beta2", "betas", "epsilon", "weight_decay")
NEEDS: dict[str, tuple[str, ...]] = {
    "sgd": ("rate", "weight_decay"),
    "momentum": ("rate", "momentum", "dampening", "weight_decay"),
    "nesterov": ("rate", "momentum", "nesterov", "weight_decay"),
    "adagrad": ("rate", "epsilon", "weight_decay"),
    "rmsprop": ("rate", "rho", "epsilon", "weight_decay"),
    "adadelta": ("rate", "rho", "epsilon", "weight_decay"),
    **dict.fromkeys(("adam", "adamw", "nadam", "adamax", "amsgrad"), ADAPTIVE),
    "lion": ("rate", "beta1", "beta2", "betas", "weight_decay"),
}


def knobs(names: list[str], rule: str) -> dict[str, str]:
    """Which of these arguments turn which setting of the rule; each argument turns one."""
    given = {spelling.plain(name): name for name in names}
    found: dict[str, str] = {}
    for word in (*NEEDS[rule], *SWITCHES):
        spellings = KNOBS[word]
        if word == "rho" and "rate" not in found:
            spellings = tuple(s for s in spellings if s != "alpha")
        name = next((given[s] for s in spellings if s in given and given[s] not in found.values()), None)
        if name is not None:
            found[word] = name
    return found


class Stepper:
    """What every shape has: knobs, and `run(w, gradients, settings)` -> the parameters after each gradient."""

    def __init__(self, thing: Any, rule: str):
        self.thing, self.rule = thing, rule
        self.named = spelling.parameters(thing)
        self.knobs = knobs(list(self.named), rule)
        self.many = False
        self.switched: dict[str, bool] = {}

    def given(self, settings: dict[str, Any]) -> dict[str, Any]:
        """The settings by their own names."""
        found = {self.knobs[word]: value for word, value in settings.items() if word in self.knobs and word != "betas"}
        if "betas" in self.knobs:
            found[self.knobs["betas"]] = (settings.get("beta1", 0.9), settings.get("beta2", 0.999))
        if "nesterov" in self.knobs and "nesterov" in NEEDS[self.rule]:
            found[self.knobs["nesterov"]] = True
        if "amsgrad" in self.knobs and self.rule == "amsgrad":
            found[self.knobs["amsgrad"]] = True
        return {**found, **self.switched}

    def can_set(self, word: str) -> bool:
        """Whether this setting can be chosen."""
        return word in self.knobs or (word in ("beta1", "beta2") and "betas" in self.knobs)

    def fresh(self, w: Array, settings: dict[str, Any]) -> Any:
        """A walker: called with a gradient it gives the next parameters."""
        raise NotImplementedError

    def run(self, w: Array, gradients: Array, settings: dict[str, Any]) -> Array:
        """The parameters after each gradient, one row a step."""
        walker = self.fresh(w.copy(), settings)
        return np.array([np.array(walker(g.copy()), dtype=float) for g in gradients])

    def run_halves(self, w: Array, gradients: Array, settings: dict[str, Any]) -> Array:
        """The same where the parameters are two arrays of one length, which are stepped together."""
        raise NotExamined("it steps one array at a time")


class MethodStepper(Stepper):
    """init(parameters) -> memory and step(objective, here, memory, learning_rate) -> (parameters, memory)."""

    def fresh(self, w: Array, settings: dict[str, Any]) -> Any:
        """Pure functions and a memory that is handed on."""
        method = self.thing(**self.given(settings))
        place: list[Any] = [w, method.init(w)]

        def walker(g: Array) -> Array:
            here = SimpleNamespace(parameters=place[0], gradient=g, value=0.0)
            place[:] = method.step(None, here, place[1], settings["rate"])
            return place[0]

        return walker

    def can_set(self, word: str) -> bool:
        """The rate is an argument of its step."""
        return word == "rate" or super().can_set(word)


class ObjectStepper(Stepper):
    """A class with step(w, g), update(w, g) or the like."""

    CALLS = (
        "step",
        "update",
        "apply",
        "apply_gradients",
        "update_params",
        "update_parameters",
        "optimize",
        "update_weights",
        "__call__",
    )

    shape = ""
    """Which of the shapes it wants; found out at its first step."""

    def method(self) -> str:
        """What its step is called."""
        return next((name for name in self.CALLS if inspect.isfunction(getattr(self.thing, name, None))), "")

    def fresh(self, w: Array, settings: dict[str, Any]) -> Any:
        """A new object, taught where to put parameters and gradients."""
        return _ObjectWalk(self, w, settings)

    def made(self, w: Any, settings: dict[str, Any]) -> tuple[Any, bool]:
        """A new object, and whether it was given the parameters when made."""
        given = self.given(settings)
        owner = next((n for n in self.named if spelling.plain(n) in PARAMETERS), "")
        if owner:
            given[owner] = w
        return self.thing(**given), bool(owner)

    def run_halves(self, w: Array, gradients: Array, settings: dict[str, Any]) -> Array:
        """A list or a dict of two arrays; not examined where it takes one array."""
        self.fresh(w.copy(), settings)(gradients[0].copy())  # finds out its shape
        box: Any = [half.copy() for half in np.split(w, 2)]
        owns = any(spelling.plain(n) in PARAMETERS for n in self.named)
        if owns and self.shape != "list":
            raise NotExamined("it is not given its parameters in a list")
        made, owner = self.made(box, settings)
        step = layer_steppers.with_hooks(made, self.method())
        if named_steppers.named(step):
            return named_steppers.halves(step, w, gradients)
        names = list(spelling.parameters(step))
        direction = bool(names) and spelling.plain(names[0]) in GRADIENTS and spelling.plain(names[-1]) in STEPS
        if self.shape in ("array", "layered", "layers") or len(names) > 2 or direction:
            raise NotExamined("it steps one array at a time")
        path: list[Array] = []
        for g in gradients:
            slopes: Any = [half.copy() for half in np.split(g, 2)]
            if self.shape != "list":
                box = dict(zip(("W1", "W2"), box, strict=True))
                slopes = packing.slopes_of(dict(zip(box, slopes, strict=True)), self.shape)
            order = (slopes, box) if names and spelling.plain(names[0]) in GRADIENTS else (box, slopes)
            out = step(slopes) if owner and not _takes_both(names) else step(*order)
            out = box if out is None else out[0] if isinstance(out, tuple) and np.ndim(out[0]) > 1 else out
            moved = [np.array(half, dtype=float) for half in (out.values() if isinstance(out, dict) else out)]
            path.append(np.concatenate(moved))
            box = box if owner else moved
        return np.array(path)


class _ObjectWalk:
    def __init__(self, stepper: ObjectStepper, w: Array, settings: dict[str, Any]):
        self.stepper, self.settings = stepper, settings
        self.w: Array = w
        self.calls, self.sign = 0, 1.0
        self.handed: dict[str, Any] = {}
        self.layer: list[Any] = []
        self._make((stepper.shape,) if stepper.shape else ("list", "dict", "array"))  # the array last: all take it

    def _make(self, shapes: tuple[str, ...]) -> None:
        """A new object; one that owns the parameters is given them as a list, a dict or an array, as it takes them."""
        for shape in shapes:
            self.box, self.boxed = packing.packed(self.w.copy(), shape), shape
            try:
                self.object, self.owner = self.stepper.made(self.box, self.settings)
            except (TypeError, AttributeError, KeyError, IndexError, ValueError):
                if shape == shapes[-1]:
                    raise
            else:
                return

    def __call__(self, g: Array) -> Array:
        known = self.stepper.shape
        function = self._step()
        kind = "" if self.owner else layer_steppers.wanted(list(spelling.parameters(function)))
        if kind:
            self.stepper.shape = "array"  # both of its arrays belong to one layer
            self.w = layer_steppers.stepped(function, kind, self.w, g, self.layer)
            return self.w
        raised: list[Exception] = []
        still = ""
        for shape in (known,) if known else packing.SHAPES:
            try:
                if self.owner and shape != self.boxed:
                    self._make((shape,))
                found = np.array(self._ask(g, shape), dtype=float)
                if not known and found.shape != np.shape(g):
                    raise ValueError("it answers in another shape than that of the parameters")
                if known or not np.array_equal(found, self.w) or not np.any(g):
                    self.w, self.stepper.shape = found, shape if np.any(g) else known
                    return self.w
                still = still or shape  # a list of one has no layers, and nothing to step
            except (TypeError, AttributeError, KeyError, IndexError, ValueError) as error:
                if known:
                    raise
                raised.append(error)
            if not self.owner:
                self._make((self.boxed,))
        if still:
            self.stepper.shape = still
            return self.w
        own = raised[:1] if len({*map(repr, raised)}) == 1 else [e for e in raised if own_errors.its_own(e)]
        if own:
            raise own[0]  # the same whatever it is given, or whoever calls it
        words = f"tried its {self.stepper.method()} with lists, arrays and dicts of parameters and gradients"
        raise NotExamined(f"{words}; with arrays it raised {type(raised[1]).__name__}: {raised[1]}")

    def _step(self) -> Any:
        """Its step, told the name of the array where it wants one."""
        return named_steppers.bound(layer_steppers.with_hooks(self.object, self.stepper.method()))

    def _ask(self, g: Array, shape: str) -> Any:
        function = self._step()
        names = list(spelling.parameters(function))
        if self.owner and not _takes_both(names):
            out = function(packing.packed(g, shape, "d")) if names else function()
            return packing.inside(self.box if out is None else out)
        both: tuple[Any, Any] = (
            self.box if self.owner else packing.packed(self.w.copy(), shape),
            packing.packed(g, shape, "d"),
        )
        given: dict[str, Any] = {}
        bare = [spelling.plain(n) for n in names]
        gradient_first = bool(names) and bare[0] in GRADIENTS
        self.calls += 1
        if gradient_first and (len(names) == 1 or bare[1] in STEPS):
            return self._direction(function, g, names)
        order = both[::-1] if gradient_first else both
        if len(names) > 2:
            more = {spelling.plain(n): n for n in names[2:]}
            rate = next((more[s] for s in KNOBS["rate"] if s in more), "")
            given |= {rate: self.settings["rate"]} if rate else {}
            given |= {n: self.calls for word, n in more.items() if word in STEPS}
            needed = [n for n, p in spelling.parameters(function).items() if p.default is p.empty]
            handed = [n for n in needed if n in more.values() and n not in given]
            if handed and shape == "array":
                given |= {n: self.handed.get(n, np.zeros_like(self.w)) for n in handed}
                out = function(*order, **given)
                if isinstance(out, tuple) and len(out) == len(handed) + 1:
                    self.handed = dict(zip(handed, out[1:], strict=True))
                    return out[0]
                return packing.inside(both[0] if out is None else out)
        out = function(*order, **given)
        return packing.inside(both[0] if out is None else out)

    def _direction(self, function: Any, g: Array, names: list[str]) -> Any:
        """Where the parameters go by one that is shown the gradient only: it gives the step, or its direction."""
        out = np.asarray(function(g.copy(), **dict.fromkeys(names[1:2], self.calls)), dtype=float)
        if self.calls == 1:
            self.sign = -1.0 if float((out * g).sum()) > 0 else 1.0
        return self.w + self.sign * out

    def state(self) -> Any:
        getter = next((n for n in ("state_dict", "get_state", "get_config_state") if hasattr(self.object, n)), "")
        if not getter:
            raise NotExamined("it has no state_dict or get_state to save and go on from")
        return copy.deepcopy(getattr(self.object, getter)())

    def restore(self, state: Any) -> None:
        setter = next((n for n in ("load_state_dict", "set_state", "load_state") if hasattr(self.object, n)), "")
        if not setter:
            raise NotExamined("it has no load_state_dict or set_state to go on from")
        getattr(self.object, setter)(state)


def _takes_both(names: list[str]) -> bool:
    """Whether a step takes the parameters and their gradients."""
    bare = {*map(spelling.plain, names)}
    return bool(bare & {*PARAMETERS}) and bool(bare & {*GRADIENTS})
