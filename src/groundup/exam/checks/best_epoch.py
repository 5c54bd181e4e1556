# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false
"""Whoever says that it hands back the best epoch, and writes down how good each epoch was, can be held to it.

With one seed a shorter training is the beginning of a longer one. Ended at the epoch that its own notes call the best,
it hands back that epoch in any case; the longer one must hand back the same. A copy that is no copy, of arrays that are
changed in place afterwards, hands back the last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from groundup.exam.candidates import Candidate, Learnt
from groundup.exam.checks import tables
from groundup.exam.checks.laws import answers
from groundup.exam.checks.networks import NETWORK
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
STOP = "Goodfellow, Bengio, Courville, Deep Learning, 7.8: early stopping"
SAYS = r"\bbest\b|restor|lowest"
NOTES = re.compile(r"(^|_)val(id|idation)?(_|s?$)", re.IGNORECASE)
SCORES = re.compile(r"acc|score|r2", re.IGNORECASE)
Taught = Callable[[int | None], tuple[Any, Array]]


def histories(thing: Any) -> Iterator[tuple[str, Array]]:
    """The lists of numbers that it keeps, by their names: smaller is better, so that scores are turned round."""
    kept = thing if isinstance(thing, dict) else getattr(thing, "__dict__", {})
    inside = [pair for value in kept.values() if isinstance(value, dict) for pair in value.items()]
    for name, value in (*kept.items(), *inside):
        numbers = isinstance(value, np.ndarray) or (isinstance(value, list) and all(np.ndim(v) == 0 for v in value))
        if numbers and np.ndim(value) == 1 and len(value) > 3:
            found = np.asarray(value)
            if found.dtype.kind in "fi" and np.isfinite(found).all():
                yield str(name), -1.0 * found if SCORES.search(str(name)) else 1.0 * found


def notes(thing: Any) -> Array | None:
    """How good each epoch was on the rows that were set aside, smaller being better; None where it is not kept."""
    return next((found for name, found in histories(thing) if NOTES.search(name)), None)


def to_validate(c: Candidate, X: Array, y: Array) -> dict[str, Any]:
    """These rows and labels, by the words for what it is given to validate with."""
    pair = c.shown(X.copy(), y.copy())
    return {"validation_rows": pair[0], "validation_labels": pair[1], "validation": pair}


def handed_back(taught: Taught) -> Evidence | None:
    """Whether the whole training hands back what one hands back that ends at its best epoch; None where it is the last.

    An epoch that is better by little may count as none, so that epochs nearly as good as the best are right too.
    """
    thing, mine = taught(None)
    found = notes(thing)
    if found is None:
        raise NotExamined("it does not keep how good each epoch was on the rows that it sets aside")
    best, last = int(np.argmin(found)), len(found) - 1
    if best >= last - 1:
        return None
    near = np.flatnonzero(found <= found[best] + 0.02 * (found[last] - found[best]))
    gaps: list[float] = []
    for k in (best, *(k for k in near[:6].tolist() if k != best)):
        for epochs in (k + 1, k) if k else (1,):
            other, shown = taught(epochs)
            before = notes(other)
            if before is not None and not np.array_equal(before, found[: len(before)]):
                raise NotExamined("a shorter training is not the beginning of a longer one")
            gaps.append(float(np.abs(shown - mine).max() / max(float(np.ptp(mine)), float(np.ptp(shown)), 1e-300)))
            if gaps[-1] <= 1e-9:
                return Evidence(gaps[-1], 1e-9, "how far its answers are from those of its best epoch")
    words = (
        f"of {last + 1} epochs its own notes call number {best + 1} the best; an answer of a training that ends there "
    )
    words += f"is {gaps[0]:.3g} of their spread away from what it hands back"
    return Evidence(gaps[0], 1e-9, words, "another epoch than the best")


@check(
    "B21c",
    "The best epoch, which it says that it hands back, is that which its own notes call the best.",
    tasks="regression classification multiclass",
    needs="estimator predict epochs",
    boundary="1e-9 of the answers' spread",
    read=STOP,
)
def best_by_its_notes(c: Candidate, rng: Any) -> Evidence:
    """Few rows and many columns, so that the best epoch is an early one; all settings are its own."""
    if not c.says(SAYS):
        raise NotExamined("it does not say that it hands back the best epoch")
    for n, p, size in ((30, 12, 1.0), (40, 3, 1.0), (30, 12, 0.3), (40, 3, 2.0)):
        table = tables.of(c.task, rng, n, p) if c.task == "regression" else tables.of(c.task, rng, n)
        X, labels = size * table.X, table.y if c.task == "regression" else c.labels[table.y]
        other = tables.of(c.task, rng, n, p) if c.task == "regression" else tables.of(c.task, rng, n)
        beside = to_validate(c, other.X, other.y if c.task == "regression" else c.labels[other.y])

        def taught(
            epochs: int | None, X: Array = X, labels: Array = labels, beside: dict[str, Any] = beside
        ) -> tuple[Any, Array]:
            asked = {"seed": 7, "early_stopping": True, **beside} | ({} if epochs is None else {"epochs": epochs})
            given = {word: value for word, value in asked.items() if word in c.maker.knobs}
            np.random.seed(7)
            try:
                result = c.maker.learn(*c.shown(X, labels), given, len(c.labels))
            except ValueError as reason:
                raise NotExamined(f"with its own settings it refuses to stop early: {reason}") from None
            return result, answers(c, Learnt(c, result, X, c.labels), X)

        found = handed_back(taught)
        if found is not None:
            return found
    raise NotExamined("its best epoch is the last")


@check(
    "E23",
    "The best epoch, which a network says that it hands back, is that which its own notes call the best.",
    tasks=NETWORK,
    boundary="1e-9 of the answers' spread",
    read=STOP,
)
def best_of_a_network(c: Any, rng: Any) -> Evidence:
    """Labels that hang on nothing are learnt by heart, so that the best epoch is an early one."""
    if re.search(SAYS, c.promises, re.IGNORECASE) is None or c.torch is not None:
        raise NotExamined("it does not say that it hands back the best epoch")
    if c.turned:
        raise NotExamined("its samples are columns")
    for n, size in ((60, 1.0), (40, 3.0), (90, 0.5)):
        X, y = c.rows(rng, n)
        V, v = c.rows(rng, n)

        def taught(
            epochs: int | None, X: Array = size * X, y: Array = y, beside: tuple[Array, Array] = (size * V, v)
        ) -> tuple[Any, Array]:
            asked = {"seed": 7, "early": True} | ({} if epochs is None else {"epochs": epochs})
            given: dict[str, Any] = {w: v for w, v in asked.items() if w in c.shape.knobs}
            given["validation"] = (beside[0].copy(), c.shown(beside[1]))
            np.random.seed(7)
            learnt = c.shape.learn(X.copy(), c.shown(y), given)
            return learnt, c.output(X, learnt)

        found = handed_back(taught)
        if found is not None:
            return found
    raise NotExamined("its best epoch is the last")
