# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false, reportFunctionMemberAccess=false, reportAttributeAccessIssue=false
"""A class with fit and predict made of parts that learn together only, whatever they are."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from groundup.exam.candidates import spelling

Array = Any
Parameter = inspect.Parameter


def called_as(learner: Any) -> str:
    """How the parts of a composed class are called; empty for any other."""
    return getattr(learner, "_composed_as", "")


def parts_of(learner: Any) -> tuple[Any, ...]:
    """What it is made of."""
    return getattr(learner, "_parts", ())


def made(
    name: str,
    parts: Sequence[Any],
    call: str,
    given: Sequence[Parameter],
    learn: Callable[..., Any],
    beside: Mapping[str, str] = {},  # it is only read
) -> Any:
    """A class whose fit keeps what `learn(settings, X, y)` hands back: (its predict, its weights by name)."""

    def __init__(self: Any, **settings: Any) -> None:  # noqa: N807
        own = {p.name: p.default for p in given if p.default is not p.empty}
        self._settings = {**own, **settings}

    def fit(self: Any, X: Array, y: Array, **more: Any) -> Any:
        seen = {name: more.get(name, X if word == "validation_rows" else y) for name, word in beside.items()}
        self._answer, weights = learn(dict(self._settings), X, y, **seen)
        vars(self).update(weights)
        return self

    both = [Parameter(n, Parameter.POSITIONAL_OR_KEYWORD) for n in ("self", "X", "y")]
    fit.__signature__ = inspect.Signature(
        [*both, *(Parameter(n, Parameter.KEYWORD_ONLY, default=None) for n in beside)]
    )

    def predict(self: Any, X: Array) -> Any:
        return self._answer(X)

    told = "\n\n".join(filter(None, (inspect.getdoc(part) for part in parts)))
    inside = {"__init__": __init__, "fit": fit, "predict": predict, "_composed_as": call, "_parts": tuple(parts)}
    cls = type(name, (), {**inside, "__module__": parts[0].__module__, "__doc__": told})
    kept = {p.name: p.replace(kind=Parameter.KEYWORD_ONLY) for p in given}
    cls.__signature__ = inspect.Signature(list(kept.values()))  # pyright: ignore[reportAttributeAccessIssue]
    return cls


def plain(cls: Any) -> dict[str, Parameter]:
    """The parameters of a class or a function that have names, but for the object itself."""
    some = (Parameter.VAR_KEYWORD, Parameter.VAR_POSITIONAL)
    return {n: p for n, p in spelling.parameters(cls).items() if p.kind not in some and n != "self"}


def named(parameters: Mapping[str, Parameter], words: Sequence[str]) -> str:
    """The first of these parameters that has one of these names; empty where none has."""
    return next((n for n in parameters if spelling.plain(n) in words), "")


def only(things: Sequence[Any]) -> Any:
    """The one of them; None where there are none or several."""
    return things[0] if len(things) == 1 else None
