# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Imputers of a file: classes with fit and transform, whose names say so, that fill gaps (NaN) in a table.

A gap gets the mean, the median or the most frequent number of its own column, of the rows that were learnt from.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import Asked, Check, Evidence, NotExamined, check

Array = Any
READ = "scikit-learn, user guide, 7.4: imputation of missing values"
STRATEGIES = ("strategy", "method", "how", "kind", "statistic")
WAYS: dict[str, Callable[[Array], float]] = {
    "mean": lambda x: float(np.mean(x)),
    "median": lambda x: float(np.median(x)),
    "most_frequent": lambda x: float(_most(x)),
    "mode": lambda x: float(_most(x)),
}
"""What a gap may be filled with: a number of the known numbers of its column."""


def _most(x: Array) -> float:
    values, counts = np.unique(x, return_counts=True)
    return values[int(np.argmax(counts))]


class Imputer(Asked):
    """A class with fit and transform, and the strategies that its code speaks of."""

    def __init__(self, cls: Any):
        super().__init__()
        self.cls = cls
        self.knob = next((n for n in spelling.parameters(cls) if spelling.plain(n) in STRATEGIES), "")

    def strategies(self) -> list[str]:
        """Those that its code names, where they can be chosen."""
        text = inspect.getsource(self.cls)
        return [way for way in WAYS if self.knob and re.search(rf"[\"']{way}[\"']", text)]

    def filled(self, X: Array, rows: Array, **given: Any) -> Array:
        """The rows by a fresh one that learnt from X."""
        try:
            made = self.cls(**given)
        except TypeError as reason:
            raise NotExamined(f"it could not be made without arguments: {reason}") from None
        made.fit(X.copy())
        return np.asarray(made.transform(rows.copy()), dtype=float)


def kind_of(cls: Any) -> bool:
    """Whether a class is called an imputer, learns a table and transforms it; not one by neighbours or by models."""
    if not inspect.isclass(cls) or hasattr(cls, "predict"):
        return False
    bare = cls.__name__.lower()
    named = re.search("imput|fillna|fillmissing|missingfill", bare) and not re.search(
        "knn|iter|neighb|model|mice", bare
    )
    return bool(named) and all(callable(getattr(cls, way, None)) for way in ("fit", "transform"))


def table(rng: Any, n: int) -> Array:
    """Columns off each other, with numbers that come more than once, and a gap in every fifth row."""
    X = np.round(rng.normal(size=(n, 3)) ** 2 * [1.0, 3.0, 9.0] + [4.0, -20.0, 50.0])
    X[::5, 0] = X[1::5, 1] = X[2::5, 2] = np.nan
    return X


def _book(X: Array, rows: Array, way: str) -> Array:
    fill = np.array([WAYS[way](column[~np.isnan(column)]) for column in X.T])
    return np.where(np.isnan(rows), fill, rows)


@check("I01", "A gap is filled with the number of its own column that was learnt.", boundary="1e-9", read=READ)
def own_column(s: Imputer, rng: Any) -> Evidence:
    """The mean, the median or the most frequent number of the rows of fit; each strategy by its name."""
    X, rows = table(rng, 25), table(rng, 10) + 2.0
    found = s.filled(X, rows)
    if found.shape != rows.shape:
        raise NotExamined(f"a table of shape {rows.shape} came out as {found.shape}")
    far = {way: _far(found, _book(X, rows, way)) for way in WAYS}
    usual = min(far, key=lambda way: far[way])
    worst, words = far[usual], f"with its defaults a number is {far[usual]:.3g} off the {usual}"
    sign = "" if worst <= 1e-9 else "rows" if min(_far(found, _book(rows, rows, way)) for way in WAYS) <= 1e-9 else ""
    for way in s.strategies():
        gap = _far(s.filled(X, rows, **{s.knob: way}), _book(X, rows, way))
        if not gap <= worst:
            worst, words, sign = gap, f"with {s.knob}={way!r} a number is {gap:.3g} off the {way}", sign or "strategy"
    return Evidence(worst, 1e-9, words, sign)


def _far(mine: Array, book: Array) -> float:
    gap = float(np.abs(mine - book).max())
    return gap if np.isfinite(gap) else np.inf


@check("I02", "Where nothing is missing nothing changes, and the caller's table is left as it was.", read=READ)
def left_alone(s: Imputer, rng: Any) -> Evidence:
    """The known numbers, and the gaps of the caller."""
    X = table(rng, 25)
    mine = X.copy()
    made = s.cls()
    made.fit(mine)
    out = np.asarray(made.transform(mine), dtype=float)
    if out.shape != X.shape:
        raise NotExamined(f"a table of shape {X.shape} came out as {out.shape}")
    known = ~np.isnan(X)
    moved = float((out[known] != X[known]).sum()) + float((np.isnan(mine) != np.isnan(X)).sum())
    return Evidence(moved, 0.0, f"{moved:.0f} numbers or gaps were changed")


QUESTIONS: list[Check] = [own_column, left_alone]
