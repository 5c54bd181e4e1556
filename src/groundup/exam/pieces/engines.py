# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false
"""Numbers, or arrays, that remember how they were made, and send slopes back through it: an engine of autograd.

    a, b = Value(2.0), Value(-3.0)
    (a * b + a).backward()
    a.grad

What an expression is worth is asked of the engine itself, a little to either side; its slopes must fit that.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import Asked, Check, Evidence, NotExamined, check

Array = Any
READ = "Goodfellow, Bengio, Courville, Deep Learning, 6.5.6: general back-propagation"
KEPT = ("data", "value", "val", "v", "x", "item_")
"""What the number itself is called."""
LACKS = (TypeError, AttributeError, NotImplementedError, AssertionError)
"""What an engine raises that has no such operation."""
Expression = Callable[..., Any]

OPERATIONS: dict[str, Expression] = {
    "a + b": lambda a, b: a + b,
    "a * b": lambda a, b: a * b,
    "a - b": lambda a, b: a - b,
    "-a * b": lambda a, b: -a * b,
    "a / b": lambda a, b: a / b,
    "a ** 3": lambda a, b: a**3 + b,
    "a ** -1": lambda a, b: a**-1 * b,
    "2 * a + b * 3": lambda a, b: 2 * a + b * 3,
    "1 + a": lambda a, b: 1 + a * b,
    "5 - a": lambda a, b: (5 - a) * b,
    "1 / a": lambda a, b: 1 / a + b,
    **{
        f"a.{name}()": lambda a, b, name=name: getattr(a, name)() * b
        for name in ("exp", "log", "tanh", "relu", "sigmoid", "sin", "cos", "sqrt", "abs")
    },
    "(-a).relu()": lambda a, b: (-1 * a).relu() + b,
}
AGAIN: dict[str, Expression] = {
    "a * a + a": lambda a, b: a * a + a + b,
    "(a + b) * (a * b)": lambda a, b: (a + b) * (a * b),
    "c = a * b; c * (c + a) + c": lambda a, b: (lambda c: c * (c + a) + c)(a * b),
    "a + a": lambda a, b: a + a + b,
}
TABLES: dict[str, Expression] = {
    "(A * B).sum()": lambda A, B, r: (A * B).sum(),
    "(A + r).sum(), r one row for all": lambda A, B, r: ((A + r) * A).sum(),
    "(A @ C).sum(), C = B.T": lambda A, B, r: ((A * 1.0) @ (B * r)).sum(),
    "(A / B).mean()": lambda A, B, r: ((A * r) / (B * B + 1.0)).mean(),
}


class Engine(Asked):
    """A class whose objects are added, multiplied and sent backward."""

    def __init__(self, cls: Any):
        super().__init__("engine")
        self.cls = cls

    def leaf(self, value: Any) -> Any:
        """A fresh one that wants a slope."""
        more = {"requires_grad": True} if "requires_grad" in spelling.parameters(self.cls) else {}
        return self.cls(value, **more)

    def kept(self, thing: Any) -> Any:
        """The number or the array in it."""
        return getattr(thing, next(n for n in KEPT if hasattr(thing, n) and not callable(getattr(thing, n))))

    def worth(self, thing: Any) -> float:
        """The number in it, or the sum of its numbers."""
        return float(np.asarray(self.kept(thing), dtype=float).sum())

    def precision(self) -> str:
        """Of the numbers that it keeps."""
        return str(np.asarray(self.kept(self.leaf(0.5))).dtype)

    def slopes(self, expression: Expression, values: Sequence[Any]) -> list[Array]:
        """What it sends back to each of these leaves."""
        leaves = [self.leaf(np.copy(v) if np.ndim(v) else v) for v in values]
        expression(*leaves).backward()
        found = [getattr(leaf, "grad", None) for leaf in leaves]
        kept = [
            getattr(g, next((n for n in KEPT if hasattr(g, n)), ""), g) if type(g) is self.cls else g for g in found
        ]
        return [
            np.zeros(np.shape(v)) if g is None else np.asarray(g, dtype=float)
            for g, v in zip(kept, values, strict=True)
        ]

    def differences(self, expression: Expression, values: Sequence[Any]) -> list[Array]:
        """Central differences of its own worth."""
        found: list[Array] = []
        for k, value in enumerate(values):
            slope = np.zeros(np.shape(value))
            for place in np.ndindex(np.shape(value)):
                ends: list[float] = []
                for step in (1e-5, -1e-5):
                    moved = np.array(value, dtype=float)
                    moved[place] += step
                    given = [moved if j == k else v for j, v in enumerate(values)]
                    ends.append(self.worth(expression(*(self.leaf(v if np.ndim(v) else float(v)) for v in given))))
                slope[place] = (ends[0] - ends[1]) / 2e-5
            found.append(slope)
        return found


def kind_of(cls: Any) -> bool:
    """Whether a class makes numbers that remember how they were made."""
    if not inspect.isclass(cls) or not all(hasattr(cls, n) for n in ("backward", "__add__", "__mul__")):
        return False
    made: Any = cls
    needed = [n for n, p in spelling.parameters(made.backward).items() if p.default is p.empty]
    if needed != ["self"]:
        return False
    try:
        return hasattr(made(2.0), "grad")
    except Exception:
        return False


def _worst(engine: Engine, expressions: dict[str, Expression], values: Sequence[Any]) -> tuple[float, str]:
    """(the largest error of a slope, where), over the expressions that it has."""
    worst, where, asked = 0.0, "", 0
    if "float32" in engine.precision():
        raise NotExamined("it counts in single precision")
    for name, expression in expressions.items():
        try:
            mine, right = engine.slopes(expression, values), engine.differences(expression, values)
        except LACKS:
            continue
        asked += 1
        for g, book, letter in zip(mine, right, "abc", strict=False):
            same = np.shape(g) == np.shape(book)
            gap = float(np.abs(g - book).max() / max(1.0, float(np.abs(book).max()))) if same else np.inf
            if not gap <= worst:
                told = f"it is {np.round(g, 5).tolist()}, and should be {np.round(book, 5).tolist()}"
                told = told if same else f"it has the shape {np.shape(g)}, and should have {np.shape(book)}"
                worst, where = gap, f"of {name} the slope in {letter}: {told}"
    if not asked:
        raise NotExamined("it has none of the usual operations")
    return worst, where or "the largest error of a slope"


@check("V01", "Each operation sends back its own slope.", needs="engine", boundary="1e-6", read=READ)
def operations(engine: Engine, rng: Any) -> Evidence:
    """Sums, products, quotients, powers, functions; numbers on either side."""
    worst, words = _worst(engine, OPERATIONS, (0.7, -1.3))
    return Evidence(worst, 1e-6, words)


@check(
    "V02", "What is used several times collects the slopes of all its uses.", needs="engine", boundary="1e-6", read=READ
)
def used_again(engine: Engine, rng: Any) -> Evidence:
    """A slope that is written over, or sent on before it is complete."""
    worst, words = _worst(engine, AGAIN, (0.7, -1.3))
    return Evidence(worst, 1e-6, words)


@check("V03", "Two numbers that happen to be equal stay two.", needs="engine", boundary="1e-6", read=READ)
def equal_numbers(engine: Engine, rng: Any) -> Evidence:
    """Nodes that are told apart by their value are lost in a set."""
    expressions: dict[str, Expression] = {
        "(3 a + 1) * (3 b + 1)": lambda a, b: (3 * a + 1) * (3 * b + 1),
        "a * a + b * b": lambda a, b: a * a + b * b,
    }
    worst, words = _worst(engine, expressions, (2.0, 2.0))
    return Evidence(worst, 1e-6, f"at a = b = 2, {words}")


@check(
    "V04",
    "Slopes of arrays have their shape and their sum, also where a row was used for all.",
    needs="engine",
    boundary="1e-6",
    read=READ,
)
def arrays(engine: Engine, rng: Any) -> Evidence:
    """Broadcasting, matrix products, sums and means."""
    try:
        takes = np.shape(engine.leaf(np.ones((2, 2))).grad) in ((2, 2), ()) and hasattr(engine.cls, "sum")
    except Exception:
        takes = False
    if not takes:
        raise NotExamined("it is for single numbers")
    values = (rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), rng.normal(size=3))
    worst, words = _worst(engine, TABLES, values)
    return Evidence(worst, 1e-6, words)


QUESTIONS: list[Check] = [operations, used_again, equal_numbers, arrays]
