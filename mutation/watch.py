"""One mutant in a child process: it sits exam after exam until one is failed, or its time is up."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import CodeType
from typing import Any

from groundup.exam import jail
from groundup.exam.power.sitting import sit
from mutation import battery
from mutation.library import NAME, Copy
from mutation.sittings import Sitting

SECONDS = 30.0
SEED = 1
NOTHING = "no such thing"
REMARK = " (a remark)"
"""Behind a question about manners: whoever loses it has a remark on the card and may pass all the same."""


def limit(usual: float) -> float:
    """Seconds after which a mutant is called endless: ten times what the library itself takes, and more."""
    return SECONDS + 10 * usual


def in_child(work: Callable[[], Any], seconds: float = SECONDS) -> Any:
    """What this work returns; "endless" or "crash" where it does not come back."""
    context: Any = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_silent, args=(theirs, work), daemon=True)
    child.start()
    theirs.close()
    try:
        return ours.recv() if ours.poll(seconds) else "endless"
    except EOFError:
        return "crash"
    finally:
        if child.is_alive():
            child.kill()
        child.join()
        ours.close()


def _silent(pipe: Any, work: Callable[[], Any]) -> None:
    gc.disable()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    warnings.simplefilter("ignore")
    sys.modules["numba"] = None  # type: ignore[assignment]  # the formulas themselves, not machine code made of them
    pipe.send(work())
    pipe.close()
    os._exit(0)


def failing(
    sittings: Sequence[Sitting], copy: Copy, module: str, code: CodeType, own: Mapping[str, Sequence[str]]
) -> str:
    """The first exam and question that this code fails; else the first that it has a remark for; else "".

    `own` are the questions of each exam that the library itself has a remark for: they tell nothing.
    """
    copy.codes[module] = code
    try:
        library = __import__(NAME)
    except Exception as error:
        return f"import: {type(error).__name__}"
    jail._without_child = until_one_fails  # the rest of a failed exam would say nothing more
    remark = ""
    for name, task, candidate in sittings:
        try:
            verdicts = sit(candidate(library), task, SEED)
        except Exception as error:
            return f"{name}: {error.args[0] if isinstance(error, Failed) else type(error).__name__}"
        lost = [v.id for v in verdicts if v.outcome == "remark" and v.id not in own.get(name, ())]
        remark = remark or (f"{name}: {lost[0]}{REMARK}" if lost else "")
    return remark


def is_failure(found: str) -> bool:
    """Whether it fails an exam, and has no mere remark there.

    >>> is_failure("LinearRegression: A01"), is_failure("LinearRegression: A05 (a remark)"), is_failure("")
    (True, False, False)
    """
    return bool(found) and not found.endswith(REMARK)


class Failed(Exception):  # noqa: N818  # an answer
    """A question was failed; its id."""


def until_one_fails(make: Callable[[], Any], checks: Sequence[Any], seed: int) -> Iterator[Any]:
    """Question after question, in this process, up to the first that is failed."""
    kept: list[Any] = []
    for question in checks:
        verdict = jail.one(kept, make, question, seed)
        if verdict.outcome == "failed":
            raise Failed(verdict.id)
        yield verdict


def differs(copy: Copy, module: str, code: CodeType, right: battery.Answers) -> str:
    """The first answer of the battery that is another one with this code; "" where none is."""
    copy.codes[module] = code
    return battery.first_difference(battery.answers(__import__(NAME)), right)


def reached(sitting: Sitting, paths: set[str]) -> tuple[list[tuple[str, int]], float, list[str], list[str]]:
    """(each line of these files that runs in this exam, its seconds, failures, remarks): for the library as it is."""
    lines: set[tuple[str, int]] = set()

    def inside(frame: Any, event: str, _value: Any) -> Any:
        if event == "line":
            lines.add((frame.f_code.co_filename, frame.f_lineno))
        return inside

    def outside(frame: Any, _event: str, _value: Any) -> Any:
        if frame.f_code.co_filename not in paths or frame.f_globals.get("__name__", "").split(".")[0] != NAME:
            return None
        lines.add((frame.f_code.co_filename, frame.f_lineno))
        return inside

    library = __import__(NAME)
    _name, task, candidate = sitting
    try:
        thing = candidate(library)
    except (KeyError, AttributeError):
        return [], 0.0, [NOTHING], []
    started = time.perf_counter()
    verdicts = sit(thing, task, SEED)
    failed, remarks = ([v.id for v in verdicts if v.outcome == what] for what in ("failed", "remark"))
    seconds = time.perf_counter() - started
    sys.settrace(outside)
    try:
        sit(candidate(library), task, SEED)
    finally:
        sys.settrace(None)
    return sorted(lines), seconds, failed, remarks
