"""Are the boundaries where they say? Each statistical question is asked at p = 0.01 of a right learner, many times.

Where a boundary is exact, the failures are binomial; where it is a bound, there are no more of them than that. One in a
hundred can be counted, one in a billion cannot, and both come from the same formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from groundup.exam.candidates import candidate as made
from groundup.exam.checks import all_checks
from groundup.exam.evidence import Check
from groundup.exam.jail import one
from groundup.exam.power.alarms import quiet
from groundup.exam.power.makes import Make
from groundup.exam.power.pieces import Piece
from groundup.exam.power.sitting import FORMULA

LEVEL = 0.01
BLOCK = 100
TASKS = ("regression", "classification", "multiclass")


def questions() -> dict[str, list[Check]]:
    """The statistical questions of each task."""
    return {task: [q for q in all_checks(task) if q.false_alarm > 0] for task in TASKS}


def pieces(makes: Sequence[Make], rounds: int, seed: int) -> Iterator[Piece]:
    """For each statistical question, pieces of 100 rounds by the first make that can answer it."""
    for task, asked in questions().items():
        able = [m for m in makes if m.task == task and m.every <= 20 and not m.task.startswith(FORMULA)]
        for question in asked:
            for first in range(seed, seed + rounds, BLOCK):
                name = f"calibration-{task}-{question.id}-{first:010d}"
                yield Piece(name, lambda q=question, t=task, f=first, a=able: answer(q, t, a, f))


def answer(question: Check, task: str, able: Sequence[Make], first: int) -> dict[str, Any]:
    """How many of 100 rounds were failed at level 0.01."""
    failed = asked = 0
    name = ""
    with quiet(), at_level(question, LEVEL):
        for make in able:
            kept: list[Any] = []
            if one(kept, lambda m=make: made(m.thing(), task), question, first).outcome == "not examined":
                continue
            name = make.title
            for seed in range(first, first + BLOCK):
                outcome = one(kept, dict, question, seed).outcome
                asked += outcome != "not examined"
                failed += outcome in ("failed", "remark")
            break
    return {"id": question.id, "task": task, "make": name, "asked": asked, "failed": failed}


class at_level:  # noqa: N801  # reads as words
    """Within `with`, this question's own P is another one."""

    def __init__(self, question: Check, level: float):
        self.room = getattr(question.ask, "__globals__", {})
        self.level = level

    def __enter__(self) -> None:
        self.kept = self.room["P"]
        self.room["P"] = self.level

    def __exit__(self, *error: object) -> None:
        self.room["P"] = self.kept


def merged(found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """One line for each question and task."""
    lines: dict[tuple[str, str], dict[str, Any]] = {}
    for one_found in found:
        line = lines.setdefault((one_found["task"], one_found["id"]), {**one_found, "asked": 0, "failed": 0})
        line["asked"] += one_found["asked"]
        line["failed"] += one_found["failed"]
        line["make"] = line["make"] or one_found["make"]
    return list(lines.values())
