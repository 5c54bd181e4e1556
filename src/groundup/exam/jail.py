"""A child process in which a candidate is asked: whatever it does there, the exam goes on.

An endless loop, a crash, `sys.exit` or a giant array is a failed question. One child answers question after question;
where it dies or must be killed, a new one goes on with the next. The child is a fork, so nothing need be pickled: a
lambda or a notebook's function can be a candidate.
"""

from __future__ import annotations

import faulthandler
import importlib
import multiprocessing
import os
import random
import re
import sys
import time
import traceback
import warnings
import zlib
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import numpy as np

from groundup.exam import own_errors
from groundup.exam.evidence import Check, NotExamined, Verdict, unanswered, verdict_of


@dataclass(frozen=True)
class Limits:
    """Seconds of computing for one question, the same once one ran out, and bytes of memory above those at the start.

    Seconds are those that the processor spent on it, so that a busy machine fails nobody. One that sleeps is stopped
    after `patience` times as many on the clock.
    """

    seconds: float = 10.0
    seconds_after_one: float = 3.0
    patience: float = 8.0
    most_stops: int = 3
    memory: int = 2 << 30


_here: ContextVar[bool] = ContextVar("here", default=False)


@contextmanager
def in_this_process() -> Generator[None]:
    """Within `with` there is no child, and no limit: quicker, for candidates that are known to be harmless."""
    before = _here.set(True)
    try:
        yield
    finally:
        _here.reset(before)


def ask_all(make: Callable[[], Any], checks: Sequence[Check], seed: int, limits: Limits) -> Iterator[Verdict]:
    """The verdict of every question, in order."""
    if _here.get() or "fork" not in multiprocessing.get_all_start_methods():
        yield from _without_child(make, checks, seed)
        return
    place = stops = 0
    while place < len(checks):
        if stops >= limits.most_stops:
            words = f"not asked any more: the candidate had to be stopped {stops} times before"
            yield from (unanswered(question, "not examined", words) for question in checks[place:])
            return
        for verdict, stopped in _one_child(make, checks[place:], seed, limits, stops):
            yield verdict
            place += 1
            stops += stopped


def _one_child(
    make: Callable[[], Any], checks: Sequence[Check], seed: int, limits: Limits, stops: int
) -> Iterator[tuple[Verdict, bool]]:
    """Verdicts until the child is through, or dead; the last of a dead child says how it died."""
    context: Any = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(theirs, ours, make, checks, seed, limits.memory), daemon=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a fork beside idle threads: the child uses none of them
        warnings.simplefilter("ignore", RuntimeWarning)  # what JAX says of the same
        child.start()
    theirs.close()
    seconds = limits.seconds_after_one if stops else limits.seconds
    try:
        for question in checks:
            started = time.monotonic()
            answer = _receive(ours, child.pid, seconds, limits.patience)
            took = time.monotonic() - started
            if isinstance(answer, Verdict):
                yield answer, False
                continue
            if answer == "late":
                words = f"it was stopped after {took:.1f} seconds, at a limit of {seconds:g} of computing "
                words, symptom = words + f"and {limits.patience * seconds:g} in all: perhaps an endless loop", "endless"
            else:
                child.join(1)
                words, symptom = f"it ended the whole process ({_ending(child.exitcode)})", "crash"
            yield unanswered(question, "failed", words, symptom, took), True
            return
    finally:
        if child.is_alive():
            child.kill()
        child.join()
        ours.close()


def _receive(pipe: Any, pid: int, seconds: float, patience: float) -> Verdict | str:
    """The answer; "late" where the clock and the processor, or the clock alone after much longer, say so."""
    started, spent = time.monotonic(), _computing(pid)
    try:
        wait = seconds
        while not pipe.poll(wait):
            passed = time.monotonic() - started
            left = min(seconds - (_computing(pid) - spent), patience * seconds - passed)
            if left <= 0:
                return "late"
            wait = max(left, 0.01)
        return pipe.recv()
    except (EOFError, OSError):
        return "dead"


def _computing(pid: int) -> float:
    """Seconds that the processor has spent on a process; those on the clock where the system does not tell."""
    if sys.platform != "linux":
        return time.monotonic()
    try:
        return time.clock_gettime(~pid << 3 | 2)  # the number of that process's clock, as clock_getcpuclockid gives it
    except OSError:
        return time.monotonic()


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return f"killed by signal {-code}"
    return f"exit status {code}"


def _work(pipe: Any, other: Any, make: Callable[[], Any], checks: Sequence[Check], seed: int, memory: int) -> None:
    """What the child does: silence, a bound on memory, then one question after the other."""
    other.close()
    faulthandler.disable()  # a crash is an answer here, told in one sentence
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
    _bound_memory(memory)
    _one_thread()
    warnings.simplefilter("ignore")
    candidate: list[Any] = []
    for question in checks:
        pipe.send(one(candidate, make, question, seed))
    pipe.close()
    os._exit(0)


def _bound_memory(memory: int) -> None:
    try:
        import resource

        with open("/proc/self/statm") as file:
            used = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + memory, used + memory))
    except (ImportError, OSError, ValueError):
        pass  # no such limit on this system: the clock still holds


def _one_thread() -> None:
    """Threads of OpenMP (PyTorch, scikit-learn) do not live on in a child, where it would wait for them for ever."""
    with suppress(ImportError):
        importlib.import_module("threadpoolctl").threadpool_limits(1, "openmp")
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(1)


def one(candidate: list[Any], make: Callable[[], Any], question: Check, seed: int) -> Verdict:
    """Ask one question; `candidate` keeps what was made for the next one."""
    started = time.monotonic()
    own = zlib.crc32(question.id.encode())
    np.random.seed((seed + own) % 2**32)  # a candidate that draws from the global generator is repeatable too
    random.seed(seed + own)
    conventions: dict[str, str] = {}
    try:
        if not candidate:
            candidate.append(make())
        able: Any = candidate[0]
        asked = able.for_question(question.needs) if hasattr(able, "for_question") else able
        conventions = asked.conventions
        question = question.for_one_that_says(getattr(asked, "promises", ""))
        if hasattr(asked, "refuses"):
            asked.refuses(question)
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            missing = sorted(question.needs - asked.can)
            if missing:
                raise NotExamined(asked.lacks(missing[0]))
            evidence = question.ask(asked, np.random.default_rng([seed, own]))
            evidence = evidence.at_least(0.0 if question.false_alarm else getattr(asked, "floor", 0.0))
        verdict = verdict_of(question, evidence, time.monotonic() - started)
    except NotExamined as reason:
        verdict = unanswered(question, "not examined", str(reason), "", time.monotonic() - started)
    except TypeError as error:
        ours = _another_signature(error)
        words = f"the exam's call does not fit: {error}" if ours else told(error)
        outcome = "not examined" if ours else "failed"
        verdict = unanswered(question, outcome, words, "TypeError", time.monotonic() - started)
        verdict.own_error = own_errors.its_own(error)
    except BaseException as error:  # also SystemExit and KeyboardInterrupt: here everything is an answer
        verdict = unanswered(question, "failed", told(error), type(error).__name__, time.monotonic() - started)
        verdict.own_error = own_errors.its_own(error)
    verdict.conventions = dict(conventions)
    return verdict


def _another_signature(error: TypeError) -> bool:
    """Whether the exam's own call had an argument too few, or too many for a method that has its `self`."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    inside = place is not None and os.path.join("groundup", "exam") in place.tb_frame.f_code.co_filename
    return (
        inside
        and re.search(
            r"missing \d+ required|takes (from )?[2-9]( to [2-9])? positional arguments? but|instantiate abstract",
            str(error),
        )
        is not None
    )


def told(error: BaseException) -> str:
    """What was raised, and in which line of the candidate."""
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame for frame in frames if os.sep + os.path.join("groundup", "exam") + os.sep not in frame.filename]
    where = f" in line {inside[0].lineno}: {(inside[0].line or '').strip()[:80]}" if inside else ""
    words = str(error).strip().rstrip(".")[:200]
    return f"it raised {type(error).__name__}: {words}{where}"


def _without_child(make: Callable[[], Any], checks: Sequence[Check], seed: int) -> Iterator[Verdict]:
    """Without a child process, and so without limits of time and memory: the same questions."""
    candidate: list[Any] = []
    for question in checks:
        yield one(candidate, make, question, seed)
