"""How strong the exam is: how often it fails a right learner, and how many wrong ones it catches.

    measure       do what is missing, piece by piece, and write the page
    makes, right  right learners of many makes
    alarms        they sit whole exams: false alarms
    calibration   statistical boundaries, at p = 0.01
    catching      the catalogue of mistakes: the exam, beside smoke tests and scikit-learn's check_estimator
    smoke, outside    those two
    pieces        long work in small pieces that can be stopped, shared out and gone on with
    sitting       one exam in this very process
    report        what was found, as one page

Nothing here is needed for an exam.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from pathlib import Path

from groundup.exam.power import alarms, calibration, catching
from groundup.exam.power.makes import installed
from groundup.exam.power.pieces import Piece, do, missing, shard_of, version
from groundup.exam.power.report import page


def measure(
    folder: str | Path = "exam-strength",
    exams: int = 200,
    rounds: int = 200,
    shard: str = "1/1",
    seed: int | None = None,
    say: Callable[[str], object] = print,
) -> str:
    """Measure the exam's strength and return the page about it.

    exams     at least so many whole exams of right learners; those of single formulas come on top
    rounds    how often each statistical question is asked at p = 0.01
    shard     "2/4" does the second quarter of the work; others do the rest, into the same folder
    seed      where fresh seeds begin; drawn once for a folder where none is given

    What is done already in that folder is not done again, so it can be stopped at any time and gone on with.
    """
    folder = Path(folder)
    own = shard_of(shard)
    start = _seed(folder, seed)
    makes, without = installed()
    for library, reason in without.items():
        say(f"{library} is left out: {reason}")
    pieces: list[Piece] = [
        *catching.pieces(start + 1),
        *alarms.pieces(makes, exams, start),
        *calibration.pieces(makes, rounds, start),
    ]
    todo = missing(pieces, folder, own)
    say(f"seeds from {start}, exam {version()}: {len(todo)} pieces to do, {len(pieces)} in all")
    for number, piece in enumerate(do(todo, folder), start=1):
        say(f"{number} of {len(todo)}: {piece.name}")
    return page(folder)


def _seed(folder: Path, seed: int | None) -> int:
    """The first seed: that of the folder, the one given, or a fresh one."""
    note = folder / "seed.json"
    if note.exists():
        return int(json.loads(note.read_text(encoding="utf-8"))["seed"])
    start = secrets.randbelow(10**8) if seed is None else seed
    folder.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps({"seed": start}), encoding="utf-8")
    return start


__all__ = ["measure", "page"]
