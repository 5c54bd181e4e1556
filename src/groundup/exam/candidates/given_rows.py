# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false, reportFunctionMemberAccess=false, reportAttributeAccessIssue=false
"""A class that is made with its rows, and then learns without being given any: LinearRegression(X, y, lr).fit().

The class that is made of it has fit(X, y): the rows go where it wants them, when it is made.
"""

from __future__ import annotations

import inspect
from typing import Any

from groundup.exam.candidates import spelling

Array = Any
Parameter = inspect.Parameter
TEACH = (
    *(
        "fit",
        "train",
        "learn",
        "run",
        "optimize",
        "optimise",
        "solve",
        "gradient_descent",
        "stochastic_gradient_descent",
    ),
    *("fit_model", "train_model", "batch_gradient_descent", "mini_batch_gradient_descent", "minimize", "regress"),
)
"""What its method that learns is called; the first that it has counts."""


def taught_without_rows(cls: Any) -> Any:
    """A class with fit(X, y) made of one that is given X and y when it is made; None for any other.

    >>> import numpy as np
    >>> class Mean:
    ...     def __init__(self, X, y):
    ...         self.X, self.y = X, y
    ...     def fit(self):
    ...         self.b = self.y.mean()
    >>> model = taught_without_rows(Mean)()
    >>> model.fit(np.zeros((2, 1)), np.array([1.0, 2.0]))
    >>> float(model.b)
    1.5
    """
    teach, rows = _teaching(cls), _rows(cls)
    if not teach or not rows:
        return None

    def __init__(self: Any, **settings: Any) -> None:  # noqa: N807
        self._settings = settings

    def fit(self: Any, X: Array, y: Array, **more: Any) -> Any:
        inner = cls(**dict(zip(rows, (X, y), strict=True)), **self._settings)
        answer = getattr(inner, teach)(**more)
        vars(self).update(vars(inner), _inner=inner)
        return None if answer is inner else answer

    def predict(self: Any, X: Array) -> Any:
        return self._inner.predict(X)

    given = spelling.parameters(getattr(cls, teach)).items()
    both = [Parameter(n, Parameter.POSITIONAL_OR_KEYWORD) for n in ("self", "X", "y")]
    fit.__signature__ = inspect.Signature(
        [*both, *(p.replace(kind=Parameter.KEYWORD_ONLY) for n, p in given if n != "self")]
    )
    call = f"{cls.__name__}({', '.join(rows)}).{teach}()"
    inside: dict[str, Any] = {"__init__": __init__, "fit": fit, "_composed_as": call, "_parts": (cls,), "original": cls}
    inside |= {"predict": predict} if _answers(cls) else {}
    made = type(cls.__name__, (), {**inside, "__module__": cls.__module__, "__doc__": cls.__doc__})
    kept = [p.replace(kind=Parameter.KEYWORD_ONLY) for n, p in spelling.parameters(cls).items() if n not in rows]
    made.__signature__ = inspect.Signature([p for p in kept if p.kind is Parameter.KEYWORD_ONLY])
    return made


def is_made(cls: Any) -> bool:
    """Whether a class was made of one that is given its rows when it is made."""
    return inspect.isclass(cls) and "original" in vars(cls) and hasattr(cls, "_composed_as")


def _teaching(cls: Any) -> str:
    """The method of a class that learns, where it needs no arguments; empty where it has none, or takes rows."""
    ways = {name: getattr(cls, name, None) for name in TEACH}
    found = next((name for name, way in ways.items() if inspect.isfunction(way)), "")
    wanted = list(spelling.parameters(ways.get(found)).values())[1:]
    return found if found and all(p.default is not p.empty for p in wanted) else ""


def _rows(cls: Any) -> list[str]:
    """The names of X and y among what a class must be made with; empty where it can be made without rows."""
    given = spelling.parameters(cls).values() if inspect.isclass(cls) else ()
    if any(p.kind in (p.VAR_KEYWORD, p.VAR_POSITIONAL) for p in given):
        return []
    needed = [p.name for p in given if p.default is p.empty]
    found = {word: n for n in reversed(needed) if (word := spelling.argument(n)) in ("X", "y")}
    return [found["X"], found["y"]] if len(found) == 2 else []


def _answers(cls: Any) -> bool:
    """Whether its predict takes rows."""
    wanted = spelling.parameters(getattr(cls, "predict", None)).values()
    return len([p for p in wanted if p.default is p.empty]) == 2
