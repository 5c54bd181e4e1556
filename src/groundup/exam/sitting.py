"""Which exam a candidate sits: that of a formula, of an exercise, or the whole one."""

from __future__ import annotations

import inspect
from typing import Any

from groundup.errors import UnknownNameError
from groundup.exam import alone, guessing, handshake, practice, slips
from groundup.exam.card import Card
from groundup.exam.examining import examine
from groundup.exam.grading import grade, in_module
from groundup.exam.grading.names import target
from groundup.exam.practice.exercise import Exercise


def sit(thing: Any, task: str = "", formula: str = "", exercise: Exercise | None = None, seed: int = 0) -> Card:
    """The card of one candidate. Without a formula, an exercise and a task, its name and its code say the task.

    What a formula is called may be the name of a part of a file: `train_test_split` of it is examined as that part.

    >>> sit(abs, formula="relu").passed
    False
    """
    if exercise is not None:
        return practice.check(exercise, thing, seed)
    asked, formula = formula, formula or ("" if task else guessing.formula_of(thing))
    part = _part(thing, asked)
    if part is not None:
        return examine(part, "parts", seed)
    if formula:
        found = in_module(thing, formula)
        card = grade(found, formula, seed)
        if not asked:
            card.verdicts = handshake.judged(card.verdicts, handshake.guessed_formula(found, target(formula)))
        return slips.named_formula(card, found, formula)
    return examine(thing, task or guessing.task_of(thing)[0], seed)


def _part(thing: Any, name: str) -> Any:
    """The part of a file that a name means which is no formula; None where it is one, or nothing has that name."""
    try:
        if not name or target(name):
            return None
    except UnknownNameError:
        bare = name.replace("_", "").lower()
        inside = alone.own(thing) if inspect.ismodule(thing) else {str(getattr(thing, "__name__", "")): thing}
        same = [part for own, part in inside.items() if own.replace("_", "").lower() == bare and alone.claimed(part)]
        return same[0] if same else None
