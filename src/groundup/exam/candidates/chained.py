# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Functions of a file that are put together, because one of them wants what another one hands back.

    Xn, mu, sigma = normalise(X);  w, b = train(Xn, y);  predict(X, w, b, mu, sigma)
    mu, sigma = fit_scaler(X);     w = train(scale(X, mu, sigma), y);  predict(X, w, mu, sigma)

What is wanted is known by its name, or by its place where the names are others.
"""

from __future__ import annotations

import ast
import functools
import inspect
import re
import textwrap
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import NotExamined

Array = Any
SCALES = re.compile(r"scal|normal|standard|z_?score|centre|center")
"""What stands in the name of a function that brings columns to one scale."""
MEASURES = re.compile(
    r"^(?:x_|feature_|col_|train_)?(mu|mean|means|avg|average|median|mins?|sigma|std|stds|s|sd|stdev|"
    r"scale|maxs?|ranges?|spread|iqr|width|m|min_vals?|max_vals?|mu_|offset|shift)(?:_?x|_?train|_?vec|_?val(ue)?s?|s)?$"
)
"""What such a function found out of the columns, by its name."""


class Link:
    """How the rows are made ready for the training, and what is handed on to the functions that answer."""

    def __init__(self, maker: Any, apply: Any, names: Sequence[str]):
        self.maker, self.apply, self.names = maker, apply, list(names)
        self.memory: deque[tuple[Any, dict[str, Any]]] = deque(maxlen=200)

    def ready(self, X: Array) -> tuple[Array, dict[str, Any]]:
        """(the rows for the training, what was found out of them by the names of those who want it).

        A column of ones before the others stays as it is.
        """
        rows = np.asarray(X, dtype=float)
        ones = rows.ndim == 2 and rows.shape[1] > 1 and bool(np.all(rows[:, 0] == 1))
        body = rows[:, 1:] if ones else rows
        found = self.maker(body.copy())
        tables = [part for part in found if np.shape(part) == body.shape] if self.apply is None else []
        kept = [part for part in found if not any(part is table for table in tables[:1])]
        if len(kept) != len(self.names):
            raise NotExamined(f"{self.maker.__name__} hands back {len(found)} things")
        given = dict(zip(self.names, kept, strict=True))
        scaled = tables[0] if self.apply is None else self.apply(body.copy(), *kept)
        return (np.column_stack([rows[:, 0], scaled]) if ones else scaled), given

    def remember(self, learnt: Any, kept: dict[str, Any]) -> None:
        """What was found out of the rows of this training."""
        self.memory.append((learnt, kept))

    def told(self, function: Any, learnt: Any, X: Array) -> tuple[Any, Array]:
        """The function, with what the rows of this training had given, and the rows that it wants."""
        kept = next((kept for one, kept in reversed(self.memory) if one is learnt), None)
        if kept is None:
            raise NotExamined("what its columns were brought to one scale with is forgotten")
        wanted = {name: kept[name] for name in spelling.parameters(function) if name in kept}
        width = np.shape(X)[1] if np.ndim(X) == 2 else 0
        adds_ones = any(np.size(value) == width - 1 for value in wanted.values()) and width > 1
        return functools.partial(function, **wanted), (X[:, 1:] if adds_ones else X)


def link_of(module: Any, answers: Sequence[Any]) -> Link | None:
    """The link of a file whose answering functions want what one that scales columns hands back; else None."""
    if not inspect.ismodule(module):
        return None
    own = {n: f for n, f in vars(module).items() if inspect.isfunction(f) and f.__module__ == module.__name__}
    wanted = list(dict.fromkeys(name for function in answers for name in _measures(function)))
    makers = {n: f for n, f in own.items() if SCALES.search(n.lower()) and len(_needed(f)) == 1 and _parts(f)}
    if not wanted or len(makers) != 1:
        return None
    maker = next(iter(makers.values()))
    parts = _parts(maker)
    order = _in_order(wanted, parts)
    if len(parts) == len(wanted) + 1:
        return Link(maker, None, order)
    appliers = [f for n, f in own.items() if f not in answers and SCALES.search(n.lower())]
    appliers = [f for f in appliers if len(_needed(f)) == 1 + len(wanted) and len(_measures(f)) == len(wanted)]
    if len(parts) == len(wanted) and len(appliers) == 1 and spelling.argument(_needed(appliers[0])[0]) == "X":
        return Link(maker, appliers[0], order)
    return None


def _in_order(wanted: Sequence[str], parts: Sequence[str]) -> list[str]:
    """These names as a function hands their values back: by its own names where it has them all, else as they are.

    >>> _in_order(["sigma", "mu"], ["", "mu", "sigma"]), _in_order(["mean", "std"], ["Xn", "mu", "sigma"])
    (['mu', 'sigma'], ['mean', 'std'])
    """
    by_name = {spelling.plain(name): name for name in wanted}
    found = [by_name[spelling.plain(part)] for part in parts if spelling.plain(part) in by_name]
    return found if len(found) == len(wanted) else list(wanted)


def _needed(function: Any) -> list[str]:
    return [n for n, p in spelling.parameters(function).items() if p.default is p.empty]


def _measures(function: Any) -> list[str]:
    """The arguments that it needs and that are measures of columns by their names."""
    own: Mapping[str, Any] = spelling.parameters(function)
    words = {name: spelling.argument(name) for name in own}
    return [n for n in _needed(function) if words[n] not in ("X", "y", "w", "b") and MEASURES.match(n.lower())]


def _parts(function: Any) -> list[str]:
    """What a function hands back at its end, by the names in its code; empty where that is no tuple."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return []
    ends = [node.value for node in ast.walk(tree) if isinstance(node, ast.Return)]
    last = ends[-1] if ends else None
    return [part.id if isinstance(part, ast.Name) else "" for part in last.elts] if isinstance(last, ast.Tuple) else []
