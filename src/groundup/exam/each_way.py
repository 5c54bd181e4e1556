# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""The question about a penalty, once for each way of training that a class knows by name: solver="exact".

A solver that is right by default says nothing of the others, and a penalty is written anew in each of them.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from groundup.exam.candidates import candidate as made
from groundup.exam.candidates import spelling, worded
from groundup.exam.checks import all_checks
from groundup.exam.checks.worded import WAYS
from groundup.exam.evidence import Verdict
from groundup.exam.jail import Limits, ask_all

PENALTIES = ("A09", "C13")


def other_ways(cls: Any) -> Iterator[tuple[str, Any]]:
    """(words, a class of the same name whose default it is) for each other way of training that its code knows.

    >>> class Line:
    ...     def __init__(self, solver="gd"):
    ...         self.solver = solver
    >>> with_default(Line, "solver", "exact")().solver, with_default(Line, "solver", "exact")("gd").solver
    ('exact', 'gd')
    """
    given = spelling.parameters(cls) if inspect.isclass(cls) else {}
    names = [n for n, p in given.items() if spelling.plain(n) in WAYS and isinstance(p.default, str)]
    for name, word in worded.words_of(cls, names) if names else ():
        if word != given[name].default:
            yield f"{name}={word!r}", with_default(cls, name, word)


def with_default(cls: Any, name: str, word: str) -> Any:
    """The same class with another default of one argument."""
    signature = inspect.signature(cls)

    def __init__(self: Any, *given: Any, **named: Any) -> None:  # noqa: N807
        bound = signature.bind_partial(*given, **named)
        cls.__init__(self, **{name: word, **bound.arguments})

    changed = [p.replace(default=word) if p.name == name else p for p in signature.parameters.values()]
    kept = {n: v for n, v in vars(cls).items() if n not in ("__dict__", "__weakref__", "__slots__")}
    other = type(cls.__name__, (cls,), {**kept, "__init__": __init__})
    other.__signature__ = signature.replace(parameters=changed)  # pyright: ignore[reportAttributeAccessIssue]
    return other


def penalties(cls: Any, task: str, seed: int, limits: Limits, usual: list[Verdict]) -> list[Verdict]:
    """What the question about its penalty finds with each other way, where its usual one has passed."""
    asked = [
        q for q in all_checks(task) if q.id in PENALTIES and q.id in {v.id for v in usual if v.outcome == "passed"}
    ]
    found: list[Verdict] = []
    for words, other in other_ways(cls) if asked else ():
        for verdict in ask_all(lambda other=other: made(other, task), asked, seed, limits):
            if verdict.outcome == "failed" and verdict.measured is not None:
                found.append(replace(verdict, words=f"with {words}: {verdict.words}"))
    return found
