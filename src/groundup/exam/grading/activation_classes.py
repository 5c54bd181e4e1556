# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""A class that is an activation by its name: Sigmoid()(x) with gradient(x), forward and derivative, or the like.

It is graded as the function of that name, with its slope beside it.
"""

from __future__ import annotations

import inspect
import re
from typing import Any

from groundup.errors import UnknownNameError
from groundup.exam.candidates import spelling
from groundup.exam.grading.names import target

Array = Any
VALUES = (
    *("__call__", "forward", "value", "activate", "activation", "apply", "function", "func", "f", "fn", "evaluate"),
    *("compute", "call", "calculate", "output"),
)
SLOPES = (
    *("gradient", "grad", "derivative", "deriv", "prime", "df", "dfn", "d", "slope", "gradient_of"),
    *("activation_prime", "activation_derivative", "function_prime", "diff"),
)
"""What the methods of such a class are called; the first that is there counts."""
FROM_ABOVE = re.compile(r"grad|delta|err|up|^d")
"""What the argument of a way back is called, that is multiplied by the slope: then it is no slope."""


class Activation:
    """A function f(x) that makes one of its class for every call; `derivative` is its slope.

    >>> class Twice:
    ...     def __init__(self, slope=2.0): self.slope = slope
    ...     def __call__(self, x): return self.slope * x
    ...     def gradient(self, x): return self.slope
    >>> twice = Activation(Twice, "linear")
    >>> twice(3.0), twice.derivative(3.0), twice.with_setting("slope", 4.0)(3.0), twice.written
    (6.0, 2.0, 12.0, 'Twice()')
    """

    def __init__(self, cls: Any, formula: str, **settings: Any):
        self.cls, self.formula, self.settings = cls, formula, settings
        self.value, self.slope = _first(cls, VALUES), _first(cls, SLOPES)
        told = ", ".join(f"{name}={value!r}" for name, value in settings.items())
        self.written = f"{cls.__name__}({told})" + f".{self.value}" * (self.value != "__call__")
        self.__name__, self.__module__, self.__doc__ = cls.__name__, cls.__module__, cls.__doc__
        given = [p for p in spelling.parameters(cls).values() if p.kind is p.POSITIONAL_OR_KEYWORD]
        x = inspect.Parameter("x", inspect.Parameter.POSITIONAL_ONLY)
        self.__signature__ = inspect.Signature([x, *given])

    def with_setting(self, name: str, value: Any) -> Activation:
        """The same class with another setting."""
        return Activation(self.cls, self.formula, **{**self.settings, name: value})

    def __call__(self, x: Array) -> Any:
        """Its value."""
        return getattr(self.cls(**self.settings), self.value)(x)

    def derivative(self, x: Array) -> Any:
        """Its slope, after its value; one that is told nothing is that of this value."""
        made = self.cls(**self.settings)
        getattr(made, self.value)(x)
        slope = getattr(made, self.slope)
        return slope(x) if spelling.parameters(slope) else slope()


def _first(cls: Any, names: tuple[str, ...]) -> str:
    """The first method of these names that is told x alone, or nothing where a slope is meant."""
    told = {name: _told(cls, name) for name in names}
    right = [[], ["x"]] if names is SLOPES else [["x"]]
    return next((name for name in names if told[name] in right), "")


def _told(cls: Any, name: str) -> list[str] | None:
    """What must be given to a method: "x" each time, or "dx" where it is what comes from above; None for no method."""
    method = inspect.getattr_static(cls, name, None)
    plain = method.__func__ if isinstance(method, staticmethod | classmethod) else method
    if not inspect.isfunction(plain):
        return None
    needed = [n for n, p in spelling.parameters(plain).items() if p.default is p.empty and p.kind is not p.VAR_KEYWORD]
    needed = needed if isinstance(method, staticmethod) else needed[1:]
    return ["dx" if FROM_ABOVE.search(spelling.plain(n)) else "x" for n in needed]


def formula_of(cls: Any) -> str:
    """The activation that a class is by its name, with a value and a slope of one argument; empty for any other.

    >>> class LeakyReLU:
    ...     def forward(self, x): ...
    ...     def derivative(self, x): ...
    >>> formula_of(LeakyReLU), formula_of(dict)
    ('leaky_relu', '')
    """
    if not inspect.isclass(cls) or hasattr(cls, "named_parameters"):
        return ""
    word = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).strip("_").lower()
    word = re.sub(r"_?(activations?|function|act|fn)_?", "", word)
    for name in (word, word.replace("_", "")):
        try:
            wanted = target(name)
        except UnknownNameError:
            continue
        if wanted.kind in ("elementwise", "rowwise") and not wanted.slope:
            return wanted.name if _first(cls, VALUES) and _first(cls, SLOPES) and _made_of_little(cls) else ""
    return ""


def _made_of_little(cls: Any) -> bool:
    """Whether one is made without arguments."""
    some = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    return all(p.default is not p.empty or p.kind in some for p in spelling.parameters(cls).values())


def as_function(thing: Any) -> Any:
    """A class that is an activation, as the function that it is; anything else as it is."""
    formula = formula_of(thing)
    return Activation(thing, formula) if formula else thing
