# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false
"""Rows to validate with that the exam hands over itself: there it knows how good each answer is, without any notes.

The labels of those rows are the other way round, so that training makes their errors larger. With one seed a shorter
training is the beginning of a longer one. Whoever hands back the best epoch is then never worse after more of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from groundup.exam.candidates import Candidate, rows, telling
from groundup.exam.checks import tables
from groundup.exam.checks.best_epoch import STOP, to_validate
from groundup.exam.checks.laws import answers
from groundup.exam.checks.networks import NETWORK
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
SAYS = r"\bbest[ -](epoch|valid|weight|param|model|state|iter|coef|snapshot|so far|seen)|of the best\b|restor"
CHANCE = r"accura|\bscore|\bF1\b|R2|r\^2|R²"
"""Words of another measure than the loss."""
FEW, MANY = (1, 2, 3, 5, 8, 13, 21, 34, 55), 240
Errors = Callable[[int], tuple[float, ...]]


def never_worse(errors: Errors) -> Evidence:
    """Whether the answers after many epochs are as good as those after any smaller number, by each of some measures."""
    first = errors(1)
    if errors(1) != first:
        raise NotExamined("with one seed it gives different answers")
    last, worse, number = errors(MANY), -np.inf, 1
    if not np.all(np.isfinite([*first, *last])):
        raise NotExamined("its answers are not finite numbers")
    for k in FEW:
        by = min((b - a) / max(abs(a), 1e-300) for a, b in zip(errors(k), last, strict=True))
        worse, number = max((worse, number), (by, k))
    words = f"on the rows that it was given to validate with it is {100 * worse:.3g} % worse after {MANY} epochs "
    return Evidence(worse, 1e-6, f"{words}than after {number}", "last in place of best")


def _held_to(told: str, thing: Any) -> None:
    """Raise NotExamined where it does not promise the best, or where its path may hang on how many epochs there are."""
    if not re.search(SAYS, told, re.IGNORECASE) or re.search(CHANCE, told, re.IGNORECASE):
        raise NotExamined("it does not say that it hands back what has the best loss on the rows to validate")
    if re.search(r"decay|schedul|anneal|cosine|warm", telling.own_words(thing)) or telling.falling_rate(told):
        raise NotExamined("its learning rate may hang on how many epochs there are")


@check(
    "B21h",
    "More epochs never make it worse on the rows that it is given to validate with, as the best is handed back.",
    needs="epochs",
    boundary="1e-6 of the loss",
    read=STOP,
)
def best_on_known_rows(c: Candidate, rng: Any) -> Evidence:
    """The mean square and the mean size of the errors, or the log loss."""
    if not {"validation_rows", "validation"} & c.maker.knobs.keys():
        raise NotExamined("it takes no rows to validate")
    _held_to(c.told, getattr(c.maker, "cls", None) or getattr(c.maker, "function", c.maker))
    if c.task != "regression" and "proba" not in c.can:
        raise NotExamined("it gives no probabilities")
    table, other = tables.of(c.task, rng, 40), tables.of(c.task, rng, 40)
    y = -other.y if c.task == "regression" else (other.y + 1) % len(c.labels)
    beside = to_validate(c, other.X, y if c.task == "regression" else c.labels[y])
    more: dict[str, Any] = {w: v for w, v in beside.items() if w in c.maker.knobs}
    more |= {"patience": 5, "early_stopping": True, "rate": 0.3 * c.plan(table.X)["rate"]}

    def errors(epochs: int) -> tuple[float, ...]:
        said = answers(c, c.study(table.X, table.y, epochs=epochs, **more), other.X)
        if c.task == "regression":
            return float(np.mean((said - y) ** 2)), float(np.mean(np.abs(said - y)))
        return (-float(np.mean(np.log(np.clip(said[np.arange(len(y)), y], 1e-300, 1.0)))),)

    return never_worse(errors)


@check(
    "E25",
    "More epochs never make a network worse on the rows that it is given to validate with: the best is handed back.",
    tasks=NETWORK,
    boundary="1e-6 of the loss",
    read=STOP,
)
def network_on_known_rows(c: Any, rng: Any) -> Evidence:
    """The same rows with labels the other way round."""
    taught = getattr(c.shape, "train", None) or getattr(c.shape.cls, c.shape.teach)
    X, y = c.rows(rng, 40)
    v = np.roll(y, 1, axis=1) if c.kind == "multiclass" else 1 - y
    if c.torch is not None or c.turned or not rows.to_validate(taught, X, y, (X, v)):
        raise NotExamined("it takes no rows to validate")
    _held_to(c.promises, taught if c.torch is None and hasattr(c.shape, "train") else c.shape.cls)

    def errors(epochs: int) -> tuple[float, ...]:
        more = {"patience": 5, "early": True, "validation": (X.copy(), c.shown(v))}
        said = c.output(X, c.study(X, y, c.rate, epochs, **more))
        if c.kind == "regression":
            return float(np.mean((said - v) ** 2)), float(np.mean(np.abs(said - v)))
        p = np.clip(said, 1e-300, 1.0)
        loss = (
            v * np.log(p)
            if c.kind == "multiclass"
            else v * np.log(p) + (1 - v) * np.log(np.clip(1 - said, 1e-300, 1.0))
        )
        return -float(np.mean(loss)), float(np.mean((said - v) ** 2))

    return never_worse(errors)
