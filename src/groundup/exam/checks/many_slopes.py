# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false
"""The loss and the gradient of a module of many classes, in a matrix of weights of the shape that it trains."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from groundup.exam.candidates import Candidate, reading, spelling
from groundup.exam.checks import tables
from groundup.exam.checks.slopes import READ
from groundup.exam.evidence import Evidence, NotExamined, check
from groundup.exam.pieces.layers import gap, slopes_of

Array = Any
CALLED = (ValueError, TypeError, IndexError, AttributeError, KeyError)
ROWS = 11
USUAL = (1.0, ROWS, 1 / ROWS, 0.5, 2.0, 2 / ROWS, ROWS / 2)


@check(
    "B09d",
    "The gradient in the weights of many classes is the slope of the loss, with and without a penalty.",
    needs="gradient cost",
    tasks="multiclass",
    boundary="1e-5 of the largest slope, after one common factor",
    read=READ,
)
def gradient_of_many_is_slope(c: Candidate, rng: Any) -> Evidence:
    """Central differences of the module's own loss, both told the same price."""
    table = tables.many_classes(rng, ROWS)
    maker: Any = c.maker
    own: list[Any] = [spelling.function_of(maker.module, word) for word in ("gradient", "cost")]
    words = [_words(function) for function in own]
    result = c.study(table.X, table.y, **({"epochs": 1} if "epochs" in c.can else {})).result
    W = next((v for v in (result if isinstance(result, tuple) else (result,)) if np.ndim(v) == 2), None)
    if W is None or any(set(found) - {"l2"} != {"X", "y", "w"} for found in words):
        raise NotExamined("they do not take rows, labels and one matrix of weights, as it is trained")
    place: Array = rng.normal(size=np.shape(W)) * 0.4
    rows, labels = c.shown(table.X, c.labels[table.y])
    ways = itertools.product((rows, np.column_stack([np.ones(ROWS), table.X])), (labels, np.eye(4)[table.y]))
    prices = (0.0, 0.6) if all("l2" in found for found in words) else (0.0,)
    for X, y in ways:

        def call(k: int, price: float, X: Any = X, y: Any = y) -> Any:
            given = {"X": X, "y": y, "w": place.copy(), "l2": price}
            return own[k](**{name: given[word] for word, name in words[k].items()})

        try:
            mine = [np.asarray(call(0, price), dtype=float) for price in prices]
            right = [slopes_of(lambda p=price: reading.number(call(1, p)), place) for price in prices]
        except CALLED:
            continue
        if mine[0].shape != place.shape or not np.isfinite(right).all():
            continue
        usual = min(USUAL, key=lambda f: gap(mine[0] / f, right[0]))
        off = [gap(one / usual, other) for one, other in zip(mine, right, strict=True)]
        only = off[0] <= 1e-5 < max(off)
        told = f"the gradient is off by {max(off):.3g} of the largest slope of the loss"
        told += ", with a penalty only: its part of the gradient is not the slope of its part of the loss" * only
        return Evidence(max(off), 1e-5, told, "penalty" if only else "")
    raise NotExamined("they could not be called with weights, rows and labels of the usual shapes")


def _words(function: Any) -> dict[str, str]:
    """The exam's words for its arguments, with their names; those with a default only where they are a price."""
    given = spelling.parameters(function).items()
    found = {spelling.argument(name): name for name, _ in given}
    needed = {spelling.argument(name) for name, p in given if p.default is p.empty}
    return {word: name for word, name in found.items() if word in needed or word == "l2"}
