# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false
"""Schedules of the learning rate in a file: a class whose object is asked for the rate of a step, or a function.

    CosineAnnealing(base_lr, total_steps, warmup_steps)(step)    step_decay(epoch, initial_lr, drop, every)

What the name promises, a cosine, stairs, powers, a root with a warm-up, is known for every step. How the steps are
counted, and whether the last one is within the length, is taste.
"""

from __future__ import annotations

import inspect
import math
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import Asked, Check, Evidence, NotExamined, check
from groundup.exam.grading.schedules import EPOCH, FIRST, PARTS, RATE

Course = Callable[[float], float]
CALLS = (
    "__call__",
    "get_lr",
    "lr_at",
    "rate_at",
    "get_rate",
    "value",
    "value_at",
    "at",
    "get",
    "get_value",
    "lr",
    "rate",
)
TAILS = (
    ("restarts", r"restart|sgdr"),
    ("cosine", r"cos"),
    ("milestones", r"multi_?step|milestone|piecewise"),
    ("exponential", r"exp"),
    ("polynomial", r"poly"),
    ("linear", r"linear"),
    ("inverse", r"invers|time"),
    ("step", r"step_?(decay|lr|drop|sched|rate)|stair|(decay|drop)_?step"),
    ("constant", r"const"),
    ("warm-up", r"warm"),
)
"""What is in the names of schedules; the first that is there says how the rate falls."""
SCHEDULE = re.compile(r"(^|_)(lr|rate|decay|schedul\w*|anneal\w*|warm\w*|restarts?|sgdr|stairs?|cosine|piecewise)(_|$)")
NONE = re.compile(r"fit|train|plot|update|weight|apply|show|test|similar|distance")
VALUES: dict[str, Any] = {
    **{"rate": 0.4, "decay": 0.7, "every": 4, "total": 20, "low": 0.05, "warm": 5, "power": 2.0},
    **{"milestones": (3, 7), "first cycle": 4, "times": 2},
}
STEPS = range(VALUES["total"] + 1)
SPELLINGS: dict[str, tuple[str, ...]] = {
    **PARTS,
    "rate": (*(name for name in FIRST if name != "rate"), "start_lr", "lr_start", "rate"),
    "decay": (*PARTS["decay"], "rate"),
    "power": ("power", "p", "exponent", "degree"),
    "milestones": ("milestones", "boundaries", "steps", "drops", "at"),
    "first cycle": ("t0", "t_0", "cycle", "cycle_length", "first_cycle", "period", "cycle_steps", "first_cycle_steps"),
    "times": ("mult", "t_mult", "cycle_mult", "tmult", "t_mul", "multiplier"),
}
TAKES = {
    **{"restarts": ("first cycle", "times", "low"), "cosine": ("total", "low"), "milestones": ("milestones", "decay")},
    **{"exponential": ("decay", "every", "low"), "polynomial": ("total", "power", "low"), "linear": ("total", "low")},
    **{"inverse": ("decay", "every", "low"), "step": ("decay", "every", "low"), "constant": (), "warm-up": ()},
}
"""The settings of each, beside the first rate and the length of a warm-up."""


class Schedule(Asked):
    """A class or a function, and which settings it is known to have."""

    def __init__(self, thing: Any):
        super().__init__()
        self.thing, self.tail = thing, kind_of(thing)
        self.epoch = "" if inspect.isclass(thing) else _epoch(thing)
        self.given, self.has = self._settings()

    def _settings(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """(its arguments, our settings); NotExamined where an argument is a number that nobody knows."""
        given: dict[str, Any] = {}
        has: dict[str, Any] = {}
        names = {n: p for n, p in spelling.parameters(self.thing).items() if n != self.epoch}
        plain = {spelling.plain(n): n for n in names}
        for word in ("warm", "rate", *TAKES[self.tail]):
            own = next((plain[s] for s in SPELLINGS[word] if s in plain and plain[s] not in given), "")
            if own:
                given[own] = has[word] = VALUES[word]
        for name, p in names.items():
            number = isinstance(p.default, int | float) and not isinstance(p.default, bool)
            if name not in given and (p.default is p.empty or number):
                raise NotExamined(f"it is not known what its {name} may be")
        if "rate" not in has:
            raise NotExamined("it has no argument for the first rate")
        if "total" in TAKES[self.tail] and "total" not in has:
            if "warm" not in has:
                raise NotExamined("it has no argument for its length")
            self.tail = "warm-up"
        return given, has

    def rates(self) -> list[float]:
        """The rate of every step, by a fresh object."""
        if not inspect.isclass(self.thing):
            return [float(self.thing(**self.given, **{self.epoch: t})) for t in STEPS]
        made = self.thing(**self.given)
        call = getattr(made, _call(self.thing))
        return [float(call(t)) for t in STEPS]


def kind_of(thing: Any) -> str:
    """How the rate falls by the name of a class or a function; empty where it is no schedule."""
    if not (inspect.isclass(thing) or inspect.isfunction(thing)):
        return ""
    bare = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", thing.__name__).lower()
    if not SCHEDULE.search(bare) or NONE.search(bare):
        return ""
    able = bool(_call(thing)) if inspect.isclass(thing) else bool(_epoch(thing))
    other = any(hasattr(thing, name) for name in ("fit", "forward", "transform", "optimizer"))
    found = next((tail for tail, words in TAILS if re.search(words, bare)), "")
    return found if able and not other else ""


def _call(cls: Any) -> str:
    """The method that gives the rate of a step."""
    for name in CALLS:
        method = cls.__dict__.get(name) or next((vars(base)[name] for base in cls.__mro__ if name in vars(base)), None)
        if not inspect.isfunction(method):
            continue
        rest = list(spelling.parameters(method).values())[1:]
        needed = [p.name for p in rest if p.default is p.empty]
        if len(needed) == 1 and spelling.plain(needed[0]) in EPOCH:
            return name
    return ""


def _epoch(function: Any) -> str:
    """The argument that is the step: the only one of that name, before the others."""
    names = list(spelling.parameters(function))
    found = [n for n in names[:2] if spelling.plain(n) in EPOCH]
    return found[0] if found and len(names) > 1 else ""


def tails(tail: str, has: dict[str, Any], length: float) -> Iterator[tuple[str, Course]]:
    """(convention in words, rate at step t) of every accepted form, without a warm-up."""
    r, low, d = has["rate"], has.get("low", 0.0), has.get("decay", VALUES["decay"])
    every, p = has.get("every", 1), has.get("power", 1.0)
    if tail == "cosine":
        for words, n in (("", length), ("the last step has the lowest rate", length - 1)):
            yield words, lambda t, n=n: low + (r - low) * (1 + math.cos(math.pi * min(t, n) / n)) / 2
        if low:
            yield "it goes on at the lowest rate", lambda t: max(low, r * (1 + math.cos(math.pi * t / length)) / 2)
    elif tail in ("linear", "polynomial"):
        for words, n in (("", length), ("the last step has the lowest rate", length - 1)):
            yield words, lambda t, n=n: low + (r - low) * max(1 - t / n, 0.0) ** (p if tail == "polynomial" else 1.0)
    elif tail == "restarts":
        yield "", lambda t: _restarted(t, r, low, has.get("first cycle", 1), has.get("times", 1))
    elif tail == "milestones":
        yield "", lambda t: r * d ** sum(t >= m for m in has["milestones"])
        yield "the rate drops behind the step that is named", lambda t: r * d ** sum(t > m for m in has["milestones"])
    elif tail in ("exponential", "inverse", "step"):
        fall: Course = (lambda k: r / (1 + d * k)) if tail == "inverse" else (lambda k: r * d**k)
        if tail != "step":
            yield "", lambda t: max(fall(t / every), low)
        yield "it falls in stairs" * (tail != "step"), lambda t: max(fall(t // every), low)
        if tail == "exponential":
            yield "it falls by e^(-decay) a step", lambda t: max(r * math.exp(-d * t / every), low)
        if tail == "step":
            yield "it drops one step early: steps are counted from 1", lambda t: max(fall((t + 1) // every), low)
    else:
        yield "", lambda t: r


def _restarted(t: float, r: float, low: float, cycle: float, times: float) -> float:
    while t >= cycle:
        t, cycle = t - cycle, cycle * times
    return low + (r - low) * (1 + math.cos(math.pi * t / cycle)) / 2


def courses(tail: str, has: dict[str, Any]) -> Iterator[tuple[str, Course]]:
    """The same with a warm-up, where there is one, and with steps that are counted from 0 or from 1."""
    total, warm, r = has.get("total", VALUES["total"]), has.get("warm", 0), has["rate"]
    if not warm:
        for start in (0, 1, -1):
            for words, course in tails(tail, has, total):
                said = "; ".join(
                    w
                    for w in (words, {1: "steps are counted from 1", -1: "a step counts from its end"}.get(start, ""))
                    if w
                )
                yield said, lambda t, c=course, k=start: c(max(t - k, 0))
        return
    rising: dict[str, Course] = {
        "": lambda t: r * t / warm,
        "the first step of the warm-up has one share already": lambda t: r * (t + 1) / warm,
        "the warm-up ends a step before the largest rate": lambda t: r * (t + 1) / (warm + 1),
    }
    for up, rise in rising.items():
        for late, length, words in (
            (warm, total - warm, ""),
            (warm, total, "the length is that of the fall, without the warm-up"),
            (0, total, "the fall is counted from the first step of the warm-up"),
        ):
            for more, course in tails(tail, has, length):
                for start in (0, 1):
                    said = "; ".join(w for w in (up, words, more, "steps are counted from 1" * start) if w)
                    yield (
                        said,
                        lambda t, c=course, k=start, late=late, rise=rise: (
                            rise(t - k) if t - k < warm else c(t - k - late)
                        ),
                    )


@check("R01", "The rate of every step is the one that its name promises.", boundary="1e-9", read=RATE)
def whole_course(s: Schedule, rng: Any) -> Evidence:
    """Steps 0 to 20, with settings that are not the usual ones."""
    mine = np.array(s.rates())
    best, words, right = np.inf, "", mine
    for said, course in courses(s.tail, s.has):
        own = np.array([course(t) for t in STEPS])
        first = 1 if "from 1" in said and "early" not in said else 0
        gap = float(np.abs(mine - own)[first:].max())
        if gap <= 1e-9:
            s.conventions |= {"schedule": said} if said else {}
            return Evidence(gap, 1e-9, "the rates are those of the book")
        count = float((np.abs(mine - own) > 1e-9).sum())
        if count < best:
            best, right = count, own
    at = int(np.argmax(np.abs(mine - right) > 1e-9))
    told = ", ".join(f"{n}={v!r}" for n, v in s.given.items())
    words = f"with {told} the rate of step {at} is {mine[at]:.6g}; the book says {right[at]:.6g}"
    return Evidence(float(np.abs(mine - right).max()), 1e-9, words, _sign(s, mine, right))


def _sign(s: Schedule, mine: Any, right: Any) -> str:
    """What is seen of a wrong course: it rises where it should fall, ends elsewhere, or has another largest rate."""
    warm = int(s.has.get("warm", 0))
    if s.tail != "restarts" and np.any(np.diff(mine[warm + 1 :]) > 1e-9):
        return "rises"
    if abs(mine.max() - right.max()) > 1e-9:
        return "peak"
    if warm and np.any(np.abs(mine - right)[:warm] > 1e-9):
        return "warm-up"
    if abs(mine[-1] - right[-1]) > 1e-9:
        return "end"
    return "when" if set(np.round(mine, 9)) <= set(np.round(right, 9)) else ""


QUESTIONS: list[Check] = [whole_course]
