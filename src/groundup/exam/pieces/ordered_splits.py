# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Splits of a file that keep groups together, or the order of time: classes with split(X, y, groups) or split(X).

GroupKFold         no group is on both sides
TimeSeriesSplit    what is tested comes after what was learnt from
"""

from __future__ import annotations

import inspect
import re
from typing import Any, ClassVar

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import Asked, Check, Evidence, NotExamined, check
from groundup.exam.pieces.split_questions import READ
from groundup.exam.pieces.splits import COUNTS

Array = Any
FOLDS = 3
GROUPS = np.repeat([4, 1, 3, 0, 2, 5], [5, 3, 6, 2, 4, 4])


class Ordered(Asked):
    """A class with split, and what its name promises."""

    LACKS: ClassVar = {"group": "it promises nothing of groups", "time": "it promises nothing of time"}

    def __init__(self, cls: Any):
        super().__init__(_promise(cls))
        self.cls = cls

    def folds(self, n: int, groups: Array | None = None) -> list[tuple[Array, Array]]:
        """(rows to learn from, rows to be tested) of each fold, in three folds."""
        names = spelling.parameters(self.cls)
        made = self.cls(**{name: FOLDS for name in names if spelling.plain(name) in COUNTS})
        X, y = np.arange(float(n)).reshape(-1, 1), np.arange(n) % 2
        own = list(spelling.parameters(made.split))
        known = {"X": X, "y": y, "groups": groups}
        given = {name: known[_word(name)] for name in own if _word(name) in known}
        if len(given) < len([name for name in own if _needed(made.split, name)]):
            raise NotExamined(f"it is not known what {', '.join(own)} may be")
        found = [tuple(np.asarray(part) for part in one) for one in made.split(**given)]
        if not found or any(len(one) != 2 or any(p.ndim != 1 for p in one) for one in found):
            raise NotExamined("it gave no pairs of row numbers")
        found = [tuple(np.flatnonzero(p) if p.dtype == bool else p for p in one) for one in found]
        return [(train.astype(int), test.astype(int)) for train, test in found]


def _word(name: str) -> str:
    return "groups" if spelling.plain(name) in ("groups", "group") else spelling.argument(name)


def _needed(function: Any, name: str) -> bool:
    return spelling.parameters(function)[name].default is inspect.Parameter.empty


def _promise(cls: Any) -> str:
    bare = cls.__name__.lower().replace("_", "")
    if "group" in bare and "shuffle" not in bare:
        return "group"
    return "time" if re.search("timeseries|walkforward|rollingorigin|expandingwindow|timesplit", bare) else ""


def kind_of(cls: Any) -> bool:
    """Whether a class splits rows, and its name promises to keep groups or time."""
    return inspect.isclass(cls) and callable(getattr(cls, "split", None)) and bool(_promise(cls))


@check("K21", "No group is learnt from and tested.", needs="group", boundary="no group", read=READ)
def groups_apart(s: Ordered, rng: Any) -> Evidence:
    """Six groups of unlike size, in no order; every row is tested once where it makes folds."""
    groups = rng.permutation(GROUPS)
    found = s.folds(len(groups), groups)
    both = max(len(np.intersect1d(groups[train], groups[test])) for train, test in found)
    if both:
        return Evidence(float(both), 0.0, f"{both} of 6 groups are on both sides of a fold", "both")
    counts = np.bincount(np.concatenate([test for _, test in found]), minlength=len(groups))
    bad = float((counts != 1).sum()) if "fold" in s.cls.__name__.lower() else 0.0
    return Evidence(bad, 0.0, f"{bad:.0f} of {len(groups)} rows are not tested exactly once", "often")


@check("K22", "What is tested comes after what was learnt from.", needs="time", boundary="no row", read=READ)
def time_runs(s: Ordered, rng: Any) -> Evidence:
    """In each of three folds of 23 rows."""
    worst, words = 0.0, "in every fold"
    for k, (train, test) in enumerate(s.folds(23)):
        if not len(train) or not len(test):
            return Evidence(np.inf, 0.0, f"fold {k + 1} has {len(train)} rows to learn from, and {len(test)} to test")
        late = float((train >= test.min()).sum())
        if late > worst:
            worst, words = (
                late,
                f"in fold {k + 1}, {late:.0f} rows that are learnt from come after the first tested one",
            )
    return Evidence(worst, 0.0, words)


QUESTIONS: list[Check] = [groups_apart, time_runs]
