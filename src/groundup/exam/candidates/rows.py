# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Rows that a candidate wants beside those that it learns from, and rows that it wants one by one."""

from __future__ import annotations

import inspect
import re
from typing import Any

import numpy as np

from groundup.exam.candidates import reading, spelling, tensors

Array = Any


def other_rows(name: str) -> str:
    """Whether an argument is for rows (X) or labels (y) that are not learnt from: those of a test.

    >>> other_rows("X_test"), other_rows("Y_val"), other_rows("xs")
    ('X', 'y', '')
    """
    found = re.fullmatch(r"(?i)(x|y)_?(test|val|valid|validation|dev|eval)|(test|val|valid|dev)_?(x|y)", name)
    return "" if found is None else {"x": "X", "y": "y"}[(found[1] or found[4]).lower()]


ONE_ROW = (
    "row",
    "sample",
    "example",
    "instance",
    "point",
    "observation",
    "record",
    "zeile",
    "fila",
    "ligne",
    "x_i",
    "xi",
)
"""What the argument of a predict is called that takes one row only."""


def of_a_test(function: Any, X: Array, y: Array) -> dict[str, Any]:
    """What it needs for X_test and Y_test, or for validation_data: the rows and labels that it learns from."""
    needed = [n for n, p in spelling.parameters(function).items() if p.default is p.empty]
    pair = spelling.knobs(needed).get("validation")
    return {n: X if other_rows(n) == "X" else y for n in needed if other_rows(n)} | ({pair: (X, y)} if pair else {})


def to_validate(function: Any, X: Array, y: Array, others: tuple[Array, Array] | None = None) -> dict[str, Any]:
    """What a training is given to validate with: these others, or its own rows where it cannot do without any.

    >>> to_validate(lambda X, y, *, X_val, y_val: None, 1, 2)
    {'X_val': 1, 'y_val': 2}
    >>> to_validate(lambda X, y, validation_data=None: None, 1, 2, (3, 4))
    {'validation_data': (3, 4)}
    """
    wanted = spelling.parameters(function).items()
    words = spelling.knobs(n for n, p in wanted if others is not None or p.default is p.empty)
    pair = (X, y) if others is None else others
    parts = {"validation_rows": pair[0], "validation_labels": pair[1], "validation": pair}
    return {words[word]: part for word, part in parts.items() if word in words}


def without_labels(function: Any, labels: Array) -> Any:
    """predict(X, parameters) of a predict(X, y, parameters), which needs y only to print how often it is right.

    >>> without_labels(lambda X, y, w: (X, y, w), 0)(1, 2)
    (1, 0, 2)
    """
    own = spelling.parameters(function)
    words = [spelling.argument(name) if p.default is p.empty else "" for name, p in own.items()]
    if not {"X", "y"} <= {*words}:
        return function
    at = words.index("y")

    def answer(*given: Any, **more: Any) -> Any:
        return function(*given[:at], labels, *given[at:], **more)

    kept = [parameter for k, parameter in enumerate(own.values()) if k != at]
    answer.__signature__ = inspect.Signature(kept)  # pyright: ignore[reportFunctionMemberAccess]
    return answer


def row_by_row(ask: Any, X: Array) -> Any:
    """What it answers for a table; where its argument is one row by its name, for each row of it."""
    first = next(iter(spelling.parameters(ask)), "")
    if spelling.plain(first) not in ONE_ROW:
        return tensors.answered(ask, X)
    return np.array([reading.plain(ask(row)) for row in np.asarray(X)])
