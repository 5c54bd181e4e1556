"""Two runs in turn, many times: machines are noisy, but the ratio of neighbours is not."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

Run = Callable[[], object]


class Ratio(NamedTuple):
    """How long ours and theirs took (medians, seconds), and the median of theirs / ours, pair by pair."""

    ours: float
    theirs: float
    times_faster: float


def seconds(run: Run) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def paired(ours: Run, theirs: Run, rounds: int = 11) -> Ratio:
    """One warm-up each, then in turn."""
    ours(), theirs()
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
    return Ratio(
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(b / a for a, b in pairs),
    )


def line(job: str, peer: str, ratio: Ratio, goal: float) -> str:
    """A row of the table."""
    times = f"{ratio.ours * 1e3:.4g} ms | {ratio.theirs * 1e3:.4g} ms | {ratio.times_faster:.2f}"
    verdict = "" if goal == 0 else "met" if ratio.times_faster >= goal else "NOT MET"
    return f"| {job} | {peer} | {times} | {goal:.3g} | {verdict} |"


HEAD = "| job | peer | ours | theirs | times faster | goal | |\n|---|---|---|---|---|---|---|"
