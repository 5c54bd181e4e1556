"""A formula run on symbols becomes lines of code.

A symbol is an array of a library whose functions compute nothing: they write down what they were asked. The formulas
of this house take arrays of any library, so they take symbols too.

>>> trace = Trace()
>>> z, y = trace.input("z"), trace.input("y")
>>> print(trace.lines([2 * (z - y)])[0])
t0 = (z - y)
t1 = (2 * t0)
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable, Iterable
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np


class UntraceableError(TypeError):
    """The formula asks for more than a symbol can answer; it must be run on numbers."""


class Symbol:
    """A number, or a truth, that is not known yet; `each` says that there is one for each parameter."""

    __hash__ = None  # pyright: ignore[reportAssignmentType]
    ndim, shape, device, dtype = 0, (), None, np.dtype(np.float64)

    def __init__(self, trace: Trace, text: str, each: bool, truth: bool):
        self.trace, self.text, self.each, self.truth = trace, text, each, truth

    def __array_namespace__(self, api_version: str | None = None) -> Any:
        return self.trace.namespace

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, out: Any = None, **settings: Any) -> Any:
        function = getattr(self.trace.namespace, ufunc.__name__, None)
        if method != "__call__" or settings or function is None:
            raise UntraceableError(f"{ufunc.__name__}.{method}")
        return function(*inputs)

    def _refuse(self, *_: Any, **__: Any) -> Any:
        raise UntraceableError("a symbol has no value")

    __bool__ = __float__ = __int__ = __index__ = __len__ = __iter__ = __getitem__ = __array__ = _refuse
    __array_function__ = _refuse


def _operator(template: str, *, swap: bool = False, truth: bool = False) -> Callable[..., Symbol]:
    def of(self: Symbol, other: Any) -> Symbol:
        a, b = (other, self) if swap else (self, other)
        return self.trace.write(template, a, b, truth=truth)

    return of


for _name, _sign in (("add", "+"), ("sub", "-"), ("mul", "*"), ("truediv", "/")):
    setattr(Symbol, f"__{_name}__", _operator(f"({{}} {_sign} {{}})"))
    setattr(Symbol, f"__r{_name}__", _operator(f"({{}} {_sign} {{}})", swap=True))
for _name, _sign in (("lt", "<"), ("le", "<="), ("gt", ">"), ("ge", ">="), ("eq", "=="), ("ne", "!=")):
    setattr(Symbol, f"__{_name}__", _operator(f"({{}} {_sign} {{}})", truth=True))
for _name, _sign in (("and", "and"), ("or", "or")):
    setattr(Symbol, f"__{_name}__", _operator(f"({{}} {_sign} {{}})", truth=True))
    setattr(Symbol, f"__r{_name}__", _operator(f"({{}} {_sign} {{}})", swap=True, truth=True))


def _power(self: Any, exponent: Any) -> Any:
    # As NumPy does: a square is a product.
    return (
        self * self if isinstance(exponent, int) and exponent == 2 else self.trace.write("({} ** {})", self, exponent)
    )


Symbol.__pow__ = _power  # pyright: ignore[reportAttributeAccessIssue]
Symbol.__rpow__ = _operator("({} ** {})", swap=True)  # pyright: ignore[reportAttributeAccessIssue]
Symbol.__pos__ = lambda self: self  # pyright: ignore
Symbol.__neg__ = lambda self: self.trace.write("(-{})", self)  # pyright: ignore
Symbol.__abs__ = lambda self: self.trace.write("abs({})", self)  # pyright: ignore
Symbol.__invert__ = lambda self: self.trace.write("(not {})", self, truth=True)  # pyright: ignore

_ONE_ARGUMENT = ("exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "sinh", "cosh", "tanh", "floor", "ceil")
_TEMPLATES = {
    **{name: f"np.{name}({{}})" for name in _ONE_ARGUMENT},
    **{"add": "({} + {})", "subtract": "({} - {})", "multiply": "({} * {})", "divide": "({} / {})"},
    **{"abs": "abs({})", "absolute": "abs({})", "negative": "(-{})", "hypot": "np.hypot({}, {})"},
    "square": "({0} * {0})",
    # NaN stays NaN in each of these.
    "sign": "(1.0 if {0} > 0.0 else (-1.0 if {0} < 0.0 else 0.0 * {0}))",
    "minimum": "({0} if {0} < {1} or {0} != {0} else {1})",
    "maximum": "({0} if {0} > {1} or {0} != {0} else {1})",
}
_QUESTIONS = {
    **{"greater": "({} > {})", "less": "({} < {})", "greater_equal": "({} >= {})", "less_equal": "({} <= {})"},
    **{"isnan": "({0} != {0})", "isinf": "np.isinf({})", "isfinite": "np.isfinite({})"},
}


class Trace:
    """The lines that were written, in order, and the constants in them.

    Numbers with a decimal point are settings, of a loss or a method: they become c[0], c[1], ..., so that another delta
    needs no new machine code. Whole numbers belong to the formula.
    """

    def __init__(self) -> None:
        self.constants: list[float] = []
        self._lines: dict[str, tuple[str, list[str], bool]] = {}  # name: (expression, its names, each)
        self._names: dict[str, str] = {}
        self.namespace = self._library()

    def input(self, text: str, *, each: bool = False) -> Any:
        """A number that will be there under this name."""
        return Symbol(self, text, each, truth=False)

    def write(self, template: str, *arguments: Any, truth: bool = False) -> Symbol:
        """One more line; a line that is there already is not written twice."""
        symbols = [self._symbol(argument) for argument in arguments]
        text = template.format(*(symbol.text for symbol in symbols))
        each = any(symbol.each for symbol in symbols)
        name = self._names.setdefault(text, f"t{len(self._lines)}")
        self._lines.setdefault(name, (text, [symbol.text for symbol in symbols], each))
        return Symbol(self, name, each, truth)

    def lines(self, answers: Iterable[Any]) -> tuple[str, str, list[Symbol]]:
        """The lines that the answers need: those for all parameters alike, those for each, and the answers' names."""
        symbols = [self._symbol(answer) for answer in answers]
        needed: set[str] = set()
        waiting = [symbol.text for symbol in symbols]
        while waiting:
            name = waiting.pop()
            if name in self._lines and name not in needed:
                needed.add(name)
                waiting += self._lines[name][1]
        parts = [
            "\n".join(f"{n} = {t}" for n, (t, _, e) in self._lines.items() if n in needed and e is each)
            for each in (False, True)
        ]
        return parts[0], parts[1], symbols

    def _symbol(self, value: Any) -> Symbol:
        if isinstance(value, Symbol):
            return value
        if isinstance(value, bool):
            return Symbol(self, str(value), each=False, truth=True)
        if isinstance(value, numbers.Integral):
            return Symbol(self, f"({int(value)})" if value < 0 else str(int(value)), each=False, truth=False)
        if isinstance(value, numbers.Real):
            self.constants.append(float(value))
            return Symbol(self, f"c{len(self.constants) - 1}", each=False, truth=False)
        raise UntraceableError(f"{value!r:.40} is no number")

    def _library(self) -> Any:
        """The functions of the array API that the formulas use, in symbols."""
        made: dict[str, Any] = {
            "asarray": self._number,
            "astype": self._number,
            "clip": self._clip,
            "where": partial(self.write, "({1} if {0} else {2})"),
            "ones_like": partial(_always, 1.0),
            "zeros_like": partial(_always, 0.0),
            "isdtype": partial(_always, True),
            "power": pow,
            "finfo": np.finfo,
            "pi": math.pi,
        }
        made.update({name: partial(self.write, template) for name, template in _TEMPLATES.items()})
        made.update({name: partial(self.write, template, truth=True) for name, template in _QUESTIONS.items()})
        return SimpleNamespace(**made)

    def _number(self, x: Any, *_: Any, **__: Any) -> Symbol:
        symbol = self._symbol(x)
        return self.write("(1.0 if {} else 0.0)", symbol) if symbol.truth else symbol

    def _clip(self, x: Any, low: Any = None, high: Any = None) -> Any:
        if low is not None:
            x = self.write("({1} if {0} < {1} else {0})", x, low)
        return x if high is None else self.write("({1} if {0} > {1} else {0})", x, high)


def _always(answer: Any, *_: Any, **__: Any) -> Any:
    return answer
