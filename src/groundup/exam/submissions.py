"""Many submissions, graded one beside the other: whatever one of them does, the others get their cards.

Each is loaded and examined by a Python of its own, with limits of time and memory, and without a keyboard or a screen.
An endless loop, a crash or `sys.exit` is a failed submission. That is protection from accidents; it is no wall against
code that means harm: a submission runs with the rights of whoever grades.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from groundup.exam.card import Card
from groundup.exam.checks import all_checks
from groundup.exam.evidence import Verdict


@dataclass(frozen=True)
class Job:
    """What one submission is asked, and how much it may take.

    submission   FILE.py, FILE.py:NAME or a notebook
    name         what to take from the file where the submission does not say it
    exercise     the name of an exercise, or an ASSIGNMENT.py; "" is the whole exam of `task`
    formula      the name of a formula; "" is none
    task         of the whole exam; "" is the one that its name or its code says
    seconds      for all of it, from loading to the last question
    memory       bytes of address space
    """

    submission: str
    task: str = "regression"
    name: str = ""
    exercise: str = ""
    formula: str = ""
    seed: int = 0
    seconds: float = 120.0
    memory: int = 8 << 30


@dataclass
class Grade:
    """What became of a submission: its card, or why there is none."""

    submission: str
    seed: int
    card: Card | None = None
    words: str = ""
    seconds: float = 0.0
    groups: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])

    @property
    def passed(self) -> bool:
        """Whether there is a card, and no question was failed."""
        return self.card is not None and self.card.passed

    @property
    def outcome(self) -> str:
        """What the card says above all; "not examined" where there is none."""
        return self.card.outcome if self.card is not None else "not examined"

    @property
    def asked(self) -> int:
        """How many questions were passed or failed."""
        return sum(asked for _, asked in self.groups.values())

    @property
    def right(self) -> int:
        """How many were passed."""
        return sum(right for right, _ in self.groups.values())

    @property
    def score(self) -> float:
        """The share of the questions that was passed; 0 without a card."""
        return self.right / self.asked if self.asked else 0.0

    @property
    def mistake(self) -> str:
        """The named mistake, or why there is no card, or nothing."""
        return self.words or (self.card.mistake or "" if self.card is not None else "")


def grade_all(jobs: Sequence[Job], workers: int) -> Iterator[Grade]:
    """The grades, in the order of the jobs, each as soon as it and those before it are there."""
    with ThreadPoolExecutor(max(1, workers)) as pool:
        yield from pool.map(grade_one, jobs)


def grade_one(job: Job) -> Grade:
    """One submission, in a Python of its own."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        ended = _run([sys.executable, "-m", __name__, json.dumps(asdict(job)), str(result)], job)
        seconds = time.monotonic() - started
        try:
            found = json.loads(result.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return Grade(job.submission, job.seed, words=ended, seconds=seconds)
    if "error" in found:
        return Grade(job.submission, job.seed, words=found["error"], seconds=seconds)
    card = Card.from_dict(found["card"])
    return Grade(job.submission, job.seed, card, seconds=seconds, groups=scores(card))


def scores(card: Card) -> dict[str, tuple[int, int]]:
    """(passed, asked) for each group of questions; what was not examined counts nowhere, and remarks cost nothing."""
    rooms = group_of(card.task)
    found: dict[str, tuple[int, int]] = {}
    for verdict in card.verdicts:
        if verdict.outcome in ("passed", "failed"):
            room = rooms.get(verdict.id, _other_group(verdict))
            right, asked = found.get(room, (0, 0))
            found[room] = (right + (verdict.outcome == "passed"), asked + 1)
    return found


def group_of(task: str) -> dict[str, str]:
    """The group of each question of the exam: the room that it stands in.

    >>> group_of("regression")["B01"]
    'descent'
    """
    return {question.id: question.ask.__module__.rpartition(".")[2] for question in all_checks(task)}


def _other_group(verdict: Verdict) -> str:
    return "formulas" if " " in verdict.id else "questions"


def _run(command: list[str], job: Job) -> str:
    """How it ended, in words for a grade without a card."""
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **single, "MPLBACKEND": "Agg"},
        start_new_session=True,
    )
    try:
        status = process.wait(job.seconds)
    except subprocess.TimeoutExpired:
        return f"it was stopped after {job.seconds:g} seconds: perhaps an endless loop"
    finally:
        _kill(process)
    return f"it ended its process ({f'signal {-status}' if status < 0 else f'exit status {status}'})"


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The process and all that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (AttributeError, ProcessLookupError, PermissionError):
        process.kill()  # a system without groups of processes, or nobody is left
    process.wait()


def _work(job: Job, result: Path) -> None:
    """What the other Python does: load, examine, write the result. Whatever is raised is a result too."""
    _bound(job)
    try:
        found: dict[str, Any] = {"card": _card(job).as_dict()}
    except BaseException as error:  # also SystemExit and KeyboardInterrupt, which a submission may raise
        words = str(error) if type(error).__module__.startswith("groundup.") else f"{type(error).__name__}: {error}"
        found = {"error": " ".join(words.split())[:300]}
    whole = result.with_suffix(".part")
    whole.write_text(json.dumps(found), encoding="utf-8")
    os.replace(whole, result)


def _card(job: Job) -> Card:
    from groundup.exam import loading, sitting

    sys.argv = [job.submission]
    exercise = _exercise(job)
    named = loading.split(job.submission)[1] or not job.name
    thing = loading.load(job.submission if named else f"{job.submission}:{job.name}")
    return sitting.sit(thing, job.task, job.formula, exercise, job.seed)


def _exercise(job: Job) -> Any:
    """Found before the submission is loaded, so that it cannot put another in its place by accident."""
    from groundup.exam import practice

    return practice.find(job.exercise) if job.exercise else None


def _bound(job: Job) -> None:
    """Memory, seconds of the processor, and files: 64 MB each. Children have the same bounds."""
    try:
        import resource
    except ImportError:
        return  # no such limits on this system: the clock of the parent still holds
    seconds = int(job.seconds) + 5
    bounds = {resource.RLIMIT_AS: job.memory, resource.RLIMIT_CPU: seconds, resource.RLIMIT_FSIZE: 64 << 20}
    for kind, bound in bounds.items():
        _, hard = resource.getrlimit(kind)
        most = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(kind, (most, hard))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


if __name__ == "__main__":
    _work(Job(**json.loads(sys.argv[1])), Path(sys.argv[2]))
