# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""One that sets rows aside for itself: it does not find the optimum of all rows, but it learns what there is to learn.

Where the labels hold no chance, every part of the rows has the same plane; where they do, a model that is told some of
the rows is better than none by nearly as much as the best one.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import Candidate, aside
from groundup.exam.checks import tables
from groundup.exam.checks.best_epoch import STOP
from groundup.exam.checks.laws import answers, softmax_only
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
ROWS = {"regression": 160, "classification": 400, "multiclass": 400}
PARTS, CHANCE = r"(valid|held|hold|aside|split)", r"(random|shuffl)"
AT_RANDOM = rf"{PARTS}[^.]{{0,60}}{CHANCE}|{CHANCE}\w*[^.]{{0,60}}{PARTS}"
PACES = (1.0, 0.1, 0.01)
"""Shares of the learning rate of plain descent; its own rate is tried first."""


@check(
    "A24",
    "With rows set aside it still learns: at one of some rates it explains what the best model explains.",
    boundary="nine tenths of what can be explained",
    read=STOP,
)
def learns_all_the_same(c: Candidate, rng: Any) -> Evidence:
    """The mean loss, from that of no columns (1) to that of the best model (0), at the best of some paces."""
    if not c.aside:
        raise NotExamined("it learns from all rows")
    if c.other_model or c.own_penalty is not None:
        raise NotExamined("it makes another loss small")
    if c.task == "multiclass":
        softmax_only(c)
    if c.task != "regression" and "proba" not in c.can:
        raise NotExamined("it gives no probabilities")
    table = tables.of(c.task, rng, ROWS[c.task])
    y = reference.with_bias(table.X) @ table.truth if c.task == "regression" else table.y
    t = tables.targets(c.task, y)
    codes = table.y

    def loss(said: Array) -> float:
        if c.task == "regression":
            return float(np.mean((said - t) ** 2))
        return -float(np.mean(np.log(np.clip(said[np.arange(len(codes)), codes], 1e-300, 1.0))))

    fair = reference.with_bias(table.X) @ reference.optimum(c.task, table.X, t)
    best = reference.response(c.task, fair)
    best = np.column_stack([1 - best, best]) if c.task == "classification" else best
    none = (
        np.full(len(t), t.mean()) if c.task == "regression" else np.tile(np.bincount(codes) / len(codes), (len(t), 1))
    )
    found: list[float] = []
    quiet: dict[str, Any] = {"patience": 30} if "patience" in c.can else {}
    for pace in _paces(c, table.X):
        try:
            said = answers(c, c.study(table.X, y, **quiet, **pace), table.X)
            left = (loss(said) - loss(best)) / (loss(none) - loss(best))
        except (ArithmeticError, ValueError, RuntimeError, np.linalg.LinAlgError):
            continue
        found += [left] if np.isfinite(left) else []
        if found and found[-1] <= 0.1:
            break
    if not found:
        raise NotExamined("it could be taught at none of some rates")
    told = f"of what the best model explains it leaves {100 * min(found):.3g} %, at the best of {len(found)} rates"
    return Evidence(min(found), 0.1, told, "nothing learnt" if min(found) > 0.9 else "")


def _paces(c: Candidate, X: Array) -> list[dict[str, Any]]:
    """Its own settings, and some rates with many epochs, where it has such."""
    words = [word for word in ("rate", "epochs") if word in c.maker.knobs]
    own = {word: c.maker.default(c.maker.knobs[word]) for word in words}
    paces = [own] if all(v is not None for v in own.values()) else []
    if "rate" in words:
        plan = c.plan(X)
        more = {"epochs": 300} if "epochs" in words else {}
        paces += [{"rate": share * plan["rate"], **more} for share in PACES]
    return paces or [{}]


@check(
    "B21f",
    "As many rows are set aside as the setting says.",
    boundary="two rows of 40",
    read=STOP,
)
def share_set_aside(c: Candidate, rng: Any) -> Evidence:
    """After one epoch only the labels of the rows that it learns from have a part in its answers."""
    told = aside.share(c)
    if not c.aside or not told or abs(told - 0.5) < 0.2:
        raise NotExamined("no setting of it says which share of its rows it sets aside")
    table = tables.of(c.task, rng, 40)
    count = len(aside.without_part(c, table.X, table.y))
    words = f"of 40 rows {count} have no part in what it learns in an epoch, and its setting says {told:g} of them"
    if abs(count - 40 * told) > 2 and abs(count - 40 * (1 - told)) > 4:
        raise NotExamined(f"{words}: perhaps it leaves out more of them for other reasons")
    return Evidence(float(count), (0.0, 40 * told + 2), words, "the two parts have changed places")


@check(
    "B21i",
    "Rows that are set aside at random, as it says, are not the first or the last ones of the table.",
    boundary="by chance in 2 of C(40, k) cases, for k rows",
    read=STOP,
)
def drawn_and_not_cut(c: Candidate, rng: Any) -> Evidence:
    """Tables often come in an order, by class or by time: a part that is cut off at an end is another table."""
    if not c.aside or not c.says(AT_RANDOM):
        raise NotExamined("it does not say that it sets rows aside at random")
    table = tables.of(c.task, rng, 40)
    left = aside.without_part(c, table.X, table.y)
    if not 3 <= len(left) <= 37:
        raise NotExamined(f"of 40 rows {len(left)} are set aside: too few to tell, or nearly all")
    ends = [list(range(len(left))), list(range(40 - len(left), 40))]
    words = f"of 40 rows it sets aside numbers {left[0]} to {left[-1]}, {len(left)} in all"
    return Evidence(float(left in ends), 0.0, words, "cut off at an end")
