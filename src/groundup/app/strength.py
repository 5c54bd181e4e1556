"""`groundup exam --power`: how often the exam fails a right learner, and how many wrong ones it catches."""

from __future__ import annotations

from pathlib import Path

from groundup.app import show
from groundup.exam import power


def measure(exams: int, rounds: int, shard: str, results: Path, seed: int | None, page: Path | None) -> None:
    """Do what is missing, say how far it is, and show the page or write it."""
    aside = show.console(errors=True)
    text = power.measure(results, exams, rounds, shard, seed, say=aside.print)
    if page is None:
        show.say(text)
        return
    page.write_text(text, encoding="utf-8")
    aside.print(f"{page} is written")
