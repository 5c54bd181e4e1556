# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false
"""Rows that a candidate sets aside for itself, to validate with or to stop early: it does not learn from all rows.

It must say so, and it must be so: after one epoch the labels of those rows have no part in what it answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from groundup.exam.candidates.facade import Candidate
    from groundup.exam.candidates.learnt import Learnt

Array = Any
SHARE = re.compile(
    r"(?i)(val|valid|validation|holdout|hold_out|dev)_?(fraction|frac|split|size|ratio|share|part|portion|percent)?$"
)
"""A setting that is a number between 0 and 1, and the share of the rows that is set aside."""
SAYS = r"validation|\bval\b|held[- ]?out|hold[- ]?out|sets? (some|a part|rows)?[^.]{0,30}aside|early.?stop"


def share(c: Candidate) -> float:
    """The share of its rows that one of its settings says is set aside; 0 where none does."""
    named = [n for n in c.maker.names_of_settings() if SHARE.match(n.strip("_"))]
    values = [c.maker.default(name) for name in named]
    return next((v for v in values if isinstance(v, float) and 0 < v < 1), 0.0)


def find_out(c: Candidate, X: Array, y: Array) -> None:
    """Set `aside` where it says that it sets rows aside, and does: then its steps are not those of all rows."""
    if "early_stopping" in c.can or not (share(c) or c.says(SAYS)) or not 0 < len(without_part(c, X, y)) < len(y):
        return
    c.aside, c.mode = True, "stochastic"
    c.can -= {"steps", "descent", "exact"}
    c.conventions = {k: v for k, v in c.conventions.items() if k not in ("loss", "step")}
    c.conventions["rows"] = "as it says itself, it sets rows aside, so that it does not learn from all of them"


def without_part(c: Candidate, X: Array, y: Array) -> list[int]:
    """The rows whose labels have no part in its answers after one epoch."""

    def after(labels: Array) -> Array:
        learnt = c.study(X, labels, epochs=1)
        return learnt.proba(X) if "proba" in c.can else learnt.predict(X)

    try:
        plain, found = after(y), list[int]()
        for i in range(len(y)):
            other = y.copy()
            other[i] = other[i] + 100.0 if c.task == "regression" else (other[i] + 1) % len(c.labels)
            found += [i] if np.array_equal(after(other), plain) else []
    except Exception:  # what raises here is asked about elsewhere
        return []
    return found


def own_columns(c: Candidate, learnt: Learnt) -> None:
    """Whether its weights are those of columns that it standardises by a mean and a width that it keeps: exactly so."""
    shown = learnt.exposed() if c.task != "multiclass" else None
    if c.mode != "stochastic" or shown is None or "predict" not in c.can or c.deviation is not None:
        return
    if c.task == "classification" and "proba" not in c.can:
        return
    rows = learnt.X[:7] + 0.5
    if c.task == "regression":
        said = learnt.predict(rows)
    else:
        p = learnt.proba(rows)
        said = np.log(p[:, 1] / p[:, 0])

    def same(Z: Array) -> bool:
        return bool(np.abs(Z @ shown[:-1] + shown[-1] - said).max() <= 1e-9 * max(1.0, float(np.abs(said).max())))

    kept = list(_rows_kept(learnt.result, learnt.columns))
    if same(rows) or not any(same((rows - m) / s) for m in kept for s in kept if np.all(s > 0)):
        return
    c.hides = True
    c.conventions["weights"] = "its weights are those of columns that it standardises by what it keeps"


def _rows_kept(thing: Any, columns: int, deeper: bool = True) -> Iterator[Array]:
    """Every array of as many numbers as there are columns, of an object and of what it holds."""
    kept = thing if isinstance(thing, dict) else getattr(thing, "__dict__", {})
    for value in kept.values():
        if isinstance(value, np.ndarray) and value.size == columns and value.dtype.kind == "f":
            yield value.ravel()
        elif isinstance(value, tuple | list):
            yield from (v.ravel() for v in value if isinstance(v, np.ndarray) and v.size == columns)
        elif deeper:
            yield from _rows_kept(value, columns, False)
