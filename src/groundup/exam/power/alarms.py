"""False alarms: right learners of many makes sit whole exams, each with a seed of its own, and none may fail."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from groundup.exam.power.makes import Make
from groundup.exam.power.pieces import Piece
from groundup.exam.power.sitting import FORMULA, sit

SEEDS = 5
"""Seeds of one piece: with all makes, some fifteen seconds of work."""


def pieces(makes: Sequence[Make], exams: int, seed: int) -> Iterator[Piece]:
    """Pieces that together hold at least so many exams of learners; those of single formulas come on top.

    Seeds go up from `seed`; a slow make sits every tenth, or so, of them.
    """
    done = 0
    for first in range(seed, seed + 10**9, SEEDS):
        if done >= exams:
            return
        seats = [(make, s) for s in range(first, first + SEEDS) for make in makes if (s - seed) % make.every == 0]
        done += sum(not make.task.startswith(FORMULA) for make, _ in seats)
        yield Piece(f"alarms-{first:010d}", lambda seats=seats: answer(seats))


def answer(seats: Sequence[tuple[Make, int]]) -> dict[str, Any]:
    """How many exams each make sat, how often each question was asked, and every failure."""
    sat: Counter[str] = Counter()
    seconds: defaultdict[str, float] = defaultdict(float)
    asked: defaultdict[str, Counter[str]] = defaultdict(Counter)
    failed: list[dict[str, Any]] = []
    for make, seed in seats:
        started = time.perf_counter()
        with quiet():
            verdicts = sit(make.thing(), make.task, seed)
        seconds[make.title] += time.perf_counter() - started
        sat[make.title] += 1
        kind = "formula" if make.task.startswith(FORMULA) else make.task
        asked[kind].update(v.id for v in verdicts if v.outcome in ("passed", "failed"))
        failed += [
            {"make": make.title, "seed": seed, "id": v.id, "measured": repr(v.measured), "words": v.words}
            for v in verdicts
            if v.outcome == "failed"
        ]
    return {"sat": sat, "seconds": seconds, "asked": asked, "failed": failed}


@contextmanager
def quiet() -> Generator[None]:
    """What libraries print on standard output and error, also from C and Fortran, goes nowhere."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = os.dup(1), os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        yield
    finally:
        for number, old in enumerate(kept, start=1):
            os.dup2(old, number)
            os.close(old)
        os.close(nowhere)


def merged(found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """All answers in one."""
    sat: Counter[str] = Counter()
    asked: defaultdict[str, Counter[str]] = defaultdict(Counter)
    failed: list[dict[str, Any]] = []
    for one in found:
        sat.update(one["sat"])
        for kind, counts in one["asked"].items():
            asked[kind].update(counts)
        failed += one["failed"]
    return {"sat": dict(sat), "asked": {k: dict(v) for k, v in asked.items()}, "failed": failed}
