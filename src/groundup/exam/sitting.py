"""Which exam a candidate sits: that of a formula, of an exercise, or the whole one."""

from __future__ import annotations

from typing import Any

from groundup.exam import guessing, handshake, practice, slips
from groundup.exam.card import Card
from groundup.exam.examining import examine
from groundup.exam.grading import grade, in_module
from groundup.exam.grading.names import target
from groundup.exam.practice.exercise import Exercise


def sit(thing: Any, task: str = "", formula: str = "", exercise: Exercise | None = None, seed: int = 0) -> Card:
    """The card of one candidate. Without a formula, an exercise and a task, its name and its code say the task.

    >>> sit(abs, formula="relu").passed
    False
    """
    if exercise is not None:
        return practice.check(exercise, thing, seed)
    asked, formula = formula, formula or ("" if task else guessing.formula_of(thing))
    if formula:
        found = in_module(thing, formula)
        card = grade(found, formula, seed)
        if not asked:
            card.verdicts = handshake.judged(card.verdicts, handshake.guessed_formula(found, target(formula)))
        return slips.named_formula(card, found, formula)
    return examine(thing, task or guessing.task_of(thing)[0], seed)
