"""Two runs in turn, many times: machines are noisy, but the ratio of neighbours is not.

After each run of more than 20 ms comes a pause of 120 ms: threads of OpenBLAS go on waiting for work for 100 ms,
and would sit in the way of the next run, whoever's it is. `line` writes a row of the table, and where the variable
GROUNDUP_BENCH names a file, adds it there for `python -m benchmarks`; `point` does the same for a picture.
"""

from __future__ import annotations

import json
import os
import statistics
import time
from collections.abc import Callable
from typing import Any, NamedTuple

Run = Callable[[], object]
LONG, PAUSE = 0.02, 0.12


class Ratio(NamedTuple):
    """How long ours and theirs took (medians, seconds), and the median of theirs / ours, pair by pair."""

    ours: float
    theirs: float
    times_faster: float


def seconds(run: Run) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    run()
    taken = time.perf_counter() - start
    if taken > LONG:
        time.sleep(PAUSE)
    return taken


def paired(ours: Run, theirs: Run, rounds: int = 11) -> Ratio:
    """One warm-up each, then in turn."""
    seconds(ours), seconds(theirs)
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
    return Ratio(
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(b / a for a, b in pairs),
    )


def line(job: str, peer: str, ratio: Ratio, goal: float) -> str:
    """A row of the table; goal 0 is none."""
    times = f"{ratio.ours * 1e3:.4g} ms | {ratio.theirs * 1e3:.4g} ms | {ratio.times_faster:.2f}"
    verdict = "" if goal == 0 else "met" if ratio.times_faster >= goal else "NOT MET"
    _record("ratio", job=job, peer=peer, goal=goal, verdict=verdict, **ratio._asdict())
    return f"| {job} | {peer} | {times} | {goal:.3g} | {verdict} |"


def missing(job: str, peer: str) -> str:
    """The row of a peer that is not installed."""
    _record("ratio", job=job, peer=peer, verdict="not installed")
    return f"| {job} | {peer} | | | | | not installed |"


def fact(what: str, value: float, unit: str, goal: str = "", met: bool | None = None) -> str:
    """A measurement that is no ratio of times: a size, a slope, a share of a physical limit."""
    verdict = "" if met is None else "met" if met else "NOT MET"
    _record("fact", what=what, value=value, unit=unit, goal=goal, verdict=verdict)
    return f"{what}: {value:.3g} {unit}" + (f" (goal {goal}: {verdict})" if goal else "")


def point(picture: str, curve: str, x: float, y: float) -> None:
    """A point of a curve in one of the pictures."""
    _record("point", picture=picture, curve=curve, x=x, y=y)


def _record(kind: str, **what: Any) -> None:
    if path := os.environ.get("GROUNDUP_BENCH"):
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps({"kind": kind, **what}) + "\n")


HEAD = "| job | peer | ours | theirs | times faster | goal | |\n|---|---|---|---|---|---|---|"
