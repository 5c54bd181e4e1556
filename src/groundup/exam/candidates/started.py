# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportFunctionMemberAccess=false
"""A training that is given its first weights before the rows: optimize(w, b, X, Y, num_iterations, learning_rate)."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

import numpy as np

Array = Any


def trainer(functions: Sequence[Any]) -> Any:
    """train(X, y, ...) made of the only one of these functions that takes w, perhaps b, X, y, a rate and epochs."""
    able = [f for f in functions if _words(f)]
    return _rearranged(able[0], _words(able[0])) if len(able) == 1 else None


def is_rearranged(function: Any) -> bool:
    """Whether its arguments stand in another order in the file."""
    return hasattr(function, "as_written")


def as_written(function: Any) -> Any:
    """The function as it stands in the file."""
    return getattr(function, "as_written", function)


def _words(function: Any) -> dict[str, str]:
    """The names of w, b, X and y among its arguments; empty where it is no such training."""
    from groundup.exam.candidates import spelling

    names = list(spelling.parameters(function))
    found = {word: n for n in reversed(names) if (word := spelling.argument(n)) in ("w", "b", "X", "y")}
    rest = spelling.knobs([n for n in names if n not in found.values()])
    ordered = {"w", "X", "y"} <= found.keys() and names.index(found["w"]) < names.index(found["X"])
    return found if ordered and {"rate", "epochs"} <= rest.keys() else {}


def _rearranged(function: Any, words: dict[str, str]) -> Any:
    def train(X: Array, y: Array, **settings: Any) -> Any:
        given = {words["X"]: X, words["y"]: y, **settings} | ({words["b"]: 0.0} if "b" in words else {})
        problem: Exception | None = None
        for shape in ((k, *more) for k in np.shape(X)[::-1] for more in ((1,), ())):
            try:
                answer = _unpacked(function(**given, **{words["w"]: np.zeros(shape)}))
                if isinstance(answer, tuple) and np.shape(answer[0]) != shape:
                    raise ValueError(f"weights of shape {shape} became {np.shape(answer[0])}")
                return answer
            except (ValueError, IndexError) as error:
                problem = problem or error
        assert problem is not None
        raise problem

    own = inspect.signature(function).parameters
    kept = [own[words["X"]], own[words["y"]], *(p for n, p in own.items() if n not in words.values())]
    kept = [p.replace(kind=p.POSITIONAL_OR_KEYWORD) for p in kept]
    train.__signature__ = inspect.Signature(sorted(kept, key=lambda p: p.default is not p.empty))
    train.__name__, train.__module__, train.__doc__ = function.__name__, function.__module__, function.__doc__
    train.as_written = function
    return train


def _unpacked(result: Any) -> Any:
    """(w, b) of a dict of parameters, perhaps with slopes and costs behind it."""
    first = result[0] if isinstance(result, tuple) and result else result
    if isinstance(first, dict) and {"w", "b"} <= first.keys():
        return first["w"], first["b"]
    return result
