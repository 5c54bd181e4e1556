# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportFunctionMemberAccess=false
"""A training that is given its first weights, before the rows or behind them.

optimize(w, b, X, Y, num_iterations, learning_rate)    the rows are put first
least_squares(y, tx), and its like                     see labels_first
gradient_descent(X, y, theta, alpha)                   one call is one step, so it is called once for each epoch
"""

from __future__ import annotations

import dis
import inspect
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

Array = Any
FIRST = re.compile(
    r"(?:init(?:ial)?|start)_?(?:w|weights?|theta|beta|alpha|coefs?|coefficients|params)_?0?$|"
    r"(?:w|weights?|theta|beta|alpha|coefs?|coefficients|params)_?(?:0|init|initial|start)$"
)
"""What weights to start from are called, where they stand before the rows."""


def trainer(functions: Sequence[Any]) -> Any:
    """train(X, y, ...) made of the only one of these functions that takes w, perhaps b, X, y, a rate and epochs."""
    able = [f for f in functions if _words(f) or _labels_first(f)]
    return training(able[0]) if len(able) == 1 else None


def training(function: Any) -> Any:
    """train(X, y, ...) made of a function that takes w first, or that goes one step a call; any other as it is."""
    if is_rearranged(function) or not inspect.isfunction(function):
        return function
    if _labels_first(function):
        from groundup.exam.candidates import labels_first

        return labels_first.rearranged(function)
    words = _words(function)
    if words:
        return _rearranged(function, words)
    words = _words_of_a_step(function)
    return _stepping(function, words) if words else function


def _labels_first(function: Any) -> bool:
    from groundup.exam.candidates import labels_first

    return labels_first.wants(function)


def is_one_step(function: Any) -> bool:
    """Whether one call of it was one step in the file."""
    return getattr(function, "one_step", False)


def is_rearranged(function: Any) -> bool:
    """Whether its arguments stand otherwise in the file."""
    return hasattr(function, "as_written")


def as_written(function: Any) -> Any:
    """The function as it stands in the file."""
    return getattr(function, "as_written", function)


def _words(function: Any) -> dict[str, str]:
    """The names of w, b, X and y among its arguments; empty where it is no such training."""
    from groundup.exam.candidates import spelling

    names = list(spelling.parameters(function))
    found = {word: n for n in reversed(names) if (word := spelling.argument(n)) in ("w", "b", "X", "y")}
    if names and "w" not in found and FIRST.match(spelling.plain(names[0])):
        found["w"] = names[0]
    rest = spelling.knobs([n for n in names if n not in found.values()])
    ordered = {"w", "X", "y"} <= found.keys() and names.index(found["w"]) < names.index(found["X"])
    return found if ordered and {"rate", "epochs"} <= rest.keys() else {}


def _words_of_a_step(function: Any) -> dict[str, str]:
    """The names of w, b, X, y and the rate of a function without a loop and without epochs; empty for any other."""
    from groundup.exam.candidates import spelling

    given = spelling.parameters(function)
    found = {word: n for n in reversed(list(given)) if (word := spelling.argument(n)) in ("w", "b", "X", "y")}
    rest = spelling.knobs([*(n for n in given if n not in found.values()), "epochs"])
    needed = {n for n, p in given.items() if p.default is p.empty and p.kind is p.POSITIONAL_OR_KEYWORD}
    whole = {"w", "X", "y"} <= found.keys() and needed <= {*found.values(), *rest.values()}
    free = rest.get("epochs") == "epochs" and "epochs" not in given
    loops = any(step.opname == "FOR_ITER" or "JUMP_BACKWARD" in step.opname for step in dis.get_instructions(function))
    return found if whole and free and "rate" in rest and not loops else {}


def _stepping(function: Any, words: dict[str, str]) -> Any:
    places = [words[word] for word in ("w", "b") if word in words]

    def train(X: Array, y: Array, epochs: int, **settings: Any) -> Any:
        given = {words["X"]: X, words["y"]: y, **settings}
        here: list[Any] = [np.zeros(np.shape(X)[1]), 0.0][: len(places)]
        for _ in range(epochs):
            answer = _unpacked(function(**given, **dict(zip(places, here, strict=True))))
            here = list(answer[: len(places)]) if isinstance(answer, tuple | list) else [answer]
        return tuple(here) if len(here) > 1 else here[0]

    many = inspect.Parameter("epochs", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return _dressed(train, function, words, [many], one_step=True)


def _rearranged(function: Any, words: dict[str, str]) -> Any:
    def train(X: Array, y: Array, **settings: Any) -> Any:
        given = {words["X"]: X, words["y"]: y, **settings} | ({words["b"]: 0.0} if "b" in words else {})
        problem: Exception | None = None
        sizes = (*np.shape(X)[::-1], np.shape(X)[-1] + 1)  # the last one with a bias among them
        for shape in ((k, *more) for k in sizes for more in ((1,), ())):
            try:
                answer = _unpacked(function(**given, **{words["w"]: np.zeros(shape)}))
                if isinstance(answer, tuple) and np.shape(answer[0]) != shape:
                    raise ValueError(f"weights of shape {shape} became {np.shape(answer[0])}")
                return answer
            except (ValueError, IndexError) as error:
                problem = problem or error
        assert problem is not None
        raise problem

    return _dressed(train, function, words, [])


def _dressed(train: Any, function: Any, words: dict[str, str], more: list[Any], one_step: bool = False) -> Any:
    """With the name and the words of the function, and with its arguments: the rows first, no start."""
    own = inspect.signature(function).parameters
    kept = [own[words["X"]], own[words["y"]], *(p for n, p in own.items() if n not in words.values()), *more]
    kept = [p.replace(kind=p.POSITIONAL_OR_KEYWORD) for p in kept]
    train.__signature__ = inspect.Signature(sorted(kept, key=lambda p: p.default is not p.empty))
    train.__name__, train.__module__, train.__doc__ = function.__name__, function.__module__, function.__doc__
    train.as_written, train.one_step = function, one_step
    return train


def _unpacked(result: Any) -> Any:
    """(w, b) of a dict of parameters, perhaps with slopes and costs behind it."""
    first = result[0] if isinstance(result, tuple) and result else result
    if isinstance(first, dict) and {"w", "b"} <= first.keys():
        return first["w"], first["b"]
    return result
