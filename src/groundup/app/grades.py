"""`groundup exam submissions/*.py --csv grades.csv`: one row for each submission."""

from __future__ import annotations

import csv
import glob
import os
import secrets
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

import groundup as gu
from groundup.app import show
from groundup.errors import InputError, UnknownNameError
from groundup.exam import loading, page, practice, submissions
from groundup.exam.examining import TASKS
from groundup.exam.grading.names import target
from groundup.exam.submissions import Grade, Job

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would work out."""


class Ask(NamedTuple):
    """What all submissions are asked; with no task, each is asked what its name or its code says."""

    task: str
    name: str
    formula: str | None
    exercise: str | None
    seed: int | None
    seconds: float
    jobs: int | None


def grade(candidates: Sequence[str], ask: Ask, table: Path | None, pages: Path | None, *, json: bool) -> None:
    """Examine all of them, write the table and the cards, and print a summary."""
    found = list(files(candidates))
    _check(ask)
    seed = secrets.randbelow(2**31) if ask.seed is None else ask.seed
    exercise, formula = ask.exercise or "", ask.formula or ""
    jobs = [Job(file, ask.task, ask.name, exercise, formula, seed, ask.seconds) for file in found]
    grades: list[Grade] = []
    with _progress(len(jobs)) as advance:
        for one in submissions.grade_all(jobs, ask.jobs or os.cpu_count() or 1):
            grades.append(one)
            advance()
            if pages is not None:
                pages.mkdir(parents=True, exist_ok=True)
                text = page.html_page(one.card) if one.card else page.reason_page(one.submission, one.words)
                (pages / page_name(one.submission)).write_text(text, encoding="utf-8")
    if table is not None:
        write(table, grades)
    if json:
        show.as_json({"seed": seed, "submissions": [row(one) for one in grades]})
        return
    summary(grades, seed)
    for what, path in (("Table", table), ("Cards", pages)):
        if path is not None:
            show.say(f"{what} saved to {path}")


def _check(ask: Ask) -> None:
    """A wrong name is told once, and not by every submission."""
    if ask.task and ask.task not in TASKS:
        raise UnknownNameError("task", ask.task, TASKS)
    if ask.formula:
        target(ask.formula)
    if ask.exercise:
        practice.find(ask.exercise)


def files(candidates: Sequence[str]) -> Iterator[str]:
    """Files as named, all Python files and notebooks of a folder, patterns where no shell knew them."""
    for candidate in candidates:
        path = Path(candidate)
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.suffix in (".py", ".ipynb") and not p.name.startswith("_"))
            if not inside:
                raise InputError(f"the folder {candidate} holds no Python file and no notebook.")
            yield from map(str, inside)
        elif not path.exists() and glob.has_magic(candidate) and glob.glob(candidate):
            yield from sorted(glob.glob(candidate))
        else:
            loading.split(candidate)
            yield candidate


def row(one: Grade) -> dict[str, Any]:
    """What stands in the table."""
    groups = {f"{name} (share)": round(right / asked, 4) for name, (right, asked) in one.groups.items()}
    return {
        "submission": one.submission,
        "task": one.card.task if one.card is not None else "",
        "passed": one.passed,
        "score": round(one.score, 4),
        "right": one.right,
        "asked": one.asked,
        **groups,
        "mistake": one.mistake,
        "seconds": round(one.seconds, 2),
        "seed": one.seed,
    }


def write(path: Path, grades: Sequence[Grade]) -> None:
    """A CSV file with one row for each submission; a group that was not asked is empty."""
    rows = [row(one) for one in grades]
    groups = [name for name in dict.fromkeys(n for r in rows for n in r) if name.endswith("(share)")]
    columns = ["submission", "task", "passed", "score", "right", "asked", *groups, "mistake", "seconds", "seed"]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows({name: harmless(value) for name, value in one.items()} for one in rows)


def harmless(value: Any) -> Any:
    """Text that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("ada.py")
    ("'=1+1", 'ada.py')
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def page_name(submission: str) -> str:
    """A file name for a card that keeps folders apart.

    >>> page_name("ada/line.py:Model")
    'ada-line.html'
    """
    file = submission.rpartition(":")[0] if ".py:" in submission or ".ipynb:" in submission else submission
    parts = [part for part in Path(file).with_suffix("").parts if part not in (os.sep, "..", ".")]
    return "-".join(parts) + ".html"


def summary(grades: Sequence[Grade], seed: int) -> None:
    """Who passed, with which score, and which mistakes are the most frequent."""
    rows = [
        (
            one.submission,
            "passed" if one.passed else one.outcome.upper(),
            f"{one.right} of {one.asked}",
            f"{one.seconds:.1f} s",
        )
        for one in grades
    ]
    show.table("", ("submission", "result", "questions", "time"), rows)
    passed = sum(one.passed for one in grades)
    show.say(f"{passed} of {len(grades)} passed.", strong=True)
    tasks = Counter(one.card.task for one in grades if one.card is not None)
    if len(tasks) > 1:
        show.say("They sat different exams: " + ", ".join(f"{n} {task}" for task, n in tasks.items()) + ". See --task.")
    mistakes = Counter(one.mistake for one in grades if one.mistake and not one.passed)
    for mistake, count in mistakes.most_common():
        who = [Path(one.submission).name for one in grades if one.mistake == mistake]
        show.say(f"  {count} x {mistake}   ({', '.join(who[:4])}{', ...' if len(who) > 4 else ''})")
    show.say(f"Seed {seed}: --seed {seed} asks the same questions again. groundup {gu.__version__}.")


@contextmanager
def _progress(total: int) -> Generator[Any]:
    """A bar on a terminal, nothing in a pipe."""
    screen = show.console(errors=True)
    columns = (TextColumn("graded"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)
