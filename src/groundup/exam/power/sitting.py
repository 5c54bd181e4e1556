"""One whole exam in this very process: for right candidates, which need no jail, and for mutants under a watch."""

from __future__ import annotations

import warnings
from typing import Any

from groundup.exam.evidence import Verdict
from groundup.exam.examining import examine
from groundup.exam.grading import grade
from groundup.exam.jail import in_this_process

FORMULA = "formula "
"""A task "formula sigmoid" is the exam of that formula."""


def sit(thing: Any, task: str, seed: int) -> list[Verdict]:
    """The verdict of every question.

    >>> any(verdict.outcome == "failed" for verdict in sit(lambda z: z, "formula identity", 0))
    False
    """
    with in_this_process(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if task.startswith(FORMULA):
            return grade(thing, task.removeprefix(FORMULA), seed).verdicts
        return examine(thing, task, seed).verdicts
