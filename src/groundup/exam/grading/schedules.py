# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false
"""Schedules of the learning rate: which rate belongs to which epoch, and wrong courses by name."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling
from groundup.exam.evidence import Evidence, NotExamined, check
from groundup.exam.grading.training import Part

RATE = "Goodfellow, Bengio, Courville, Deep Learning, 8.3.1: the learning rate of stochastic descent"

EPOCH = (
    "epoch",
    "t",
    "step",
    "iteration",
    "i",
    "k",
    "n",
    "global_step",
    "current_step",
    "e",
    "current_epoch",
    "epochs_done",
)
FIRST = (
    "learning_rate",
    "initial_lr",
    "lr0",
    "lr",
    "rate",
    "base_lr",
    "eta0",
    "initial_rate",
    "eta",
    "initial_learning_rate",
    "base_rate",
    "max_lr",
    "lr_max",
    "eta_max",
    "peak",
    "alpha0",
    "start",
)
PARTS: dict[str, tuple[str, ...]] = {
    "decay": ("decay", "gamma", "decay_rate", "k", "factor", "drop", "drop_rate", "drop_factor", "rate_decay"),
    "every": (
        "every",
        "step_size",
        "epochs_drop",
        "drop_every",
        "decay_steps",
        "interval",
        "period",
        "step_every",
        "epochs_per_drop",
        "steps",
    ),
    "total": (
        "t",
        "total",
        "total_epochs",
        "epochs",
        "n_epochs",
        "t_max",
        "max_epochs",
        "total_steps",
        "num_steps",
        "max_steps",
        "num_epochs",
        "period",
        "n_steps",
        "horizon",
        "decay_steps",
    ),
    "low": (
        "low",
        "lowest",
        "eta_min",
        "lr_min",
        "min_lr",
        "minimum",
        "end",
        "final",
        "min_rate",
        "end_lr",
        "final_lr",
    ),
    "warm": ("warmup", "warmup_steps", "warmup_epochs", "n_warmup", "warm", "num_warmup_steps", "warm_up"),
}
VALUES = {"rate": 0.4, "decay": 0.7, "every": 4, "total": 10, "low": 0.05, "warm": 5}
Course = Callable[[float], float]


def courses(name: str, has: set[str]) -> Iterator[tuple[str, Course]]:
    """(convention in words, rate at epoch t) of every accepted form."""
    r, d, every, total, warm = VALUES["rate"], VALUES["decay"], VALUES["every"], VALUES["total"], VALUES["warm"]
    low = VALUES["low"] if "low" in has else 0.0
    kinds: dict[str, list[tuple[str, Course]]] = {
        "exponential": [("", lambda t: r * d**t), ("it falls by e^(-decay) an epoch", lambda t: r * math.exp(-d * t))],
        "inverse": [("", lambda t: r / (1 + d * t))],
        "step": [
            ("", lambda t: r * d ** (t // every)),
            ("it drops one epoch early: epochs are counted from 1", lambda t: r * d ** ((t + 1) // every)),
        ],
        "cosine": [
            ("", lambda t: low + (r - low) * (1 + math.cos(math.pi * min(t, total) / total)) / 2),
            (
                "the last epoch has the lowest rate",
                lambda t: low + (r - low) * (1 + math.cos(math.pi * t / (total - 1))) / 2,
            ),
        ],
        "warmup": [
            ("", lambda t: r * min(1, t / warm)),
            ("the first epoch has one share already", lambda t: r * min(1, (t + 1) / warm)),
        ],
    }
    if "every" in has and name in ("exponential", "inverse"):
        kinds["exponential"] = [
            ("", lambda t: r * d ** (t / every)),
            ("it falls in stairs", lambda t: r * d ** (t // every)),
        ]
        kinds["inverse"] = [
            ("", lambda t: r / (1 + d * t / every)),
            ("it falls in stairs", lambda t: r / (1 + d * (t // every))),
        ]
    for words, course in kinds[name]:
        yield words, course
    if name != "warmup":
        for words, course in kinds[name]:
            yield "; ".join(w for w in (words, "epochs are counted from 1") if w), lambda t, c=course: c(t - 1)


def wrong_courses(name: str, has: set[str]) -> Iterator[tuple[str, Course]]:
    """(sign, rate at epoch t) of the known wrong forms."""
    r, d, every, total, warm = VALUES["rate"], VALUES["decay"], VALUES["every"], VALUES["total"], VALUES["warm"]
    low = VALUES["low"] if "low" in has else 0.0
    course = next(course for _, course in courses(name, has))
    yield "one epoch late", lambda t: course(max(t - 1, 0))
    yield "one epoch early", lambda t: course(t + 1)
    yield "never changes", lambda t: r
    yield "epochs over the length", lambda t: course(2 * t)
    kinds: dict[str, list[tuple[str, Course]]] = {
        "exponential": [
            ("grows", lambda t: r * d**-t),
            ("decay times the epoch", lambda t: r * d * t),
            ("share of the fall for what is left", lambda t: r * (1 - d) ** t),
        ],
        "inverse": [
            ("one is missing", lambda t: r / (d * t) if t else math.inf),
            ("square root", lambda t: r / math.sqrt(1 + d * t)),
            ("minus for over", lambda t: r * (1 - d * t)),
            ("epoch outside", lambda t: r / (1 + d) * t),
        ],
        "step": [
            ("no stairs", lambda t: r * d ** (t / every)),
            ("rest for quotient", lambda t: r * d ** (t % every)),
            ("drops once only", lambda t: r * (d if t >= every else 1)),
            ("rounded", lambda t: r * d ** round(t / every)),
            ("every epoch", lambda t: r * d**t),
        ],
        "cosine": [
            ("degrees", lambda t: low + (r - low) * (1 + math.cos(180 * t / total)) / 2),
            ("half is missing", lambda t: low + (r - low) * (1 + math.cos(math.pi * t / total))),
            ("one is missing", lambda t: low + (r - low) * math.cos(math.pi * t / total)),
            ("whole turn", lambda t: low + (r - low) * (1 + math.cos(2 * math.pi * t / total)) / 2),
            ("quarter turn", lambda t: low + (r - low) * (1 + math.cos(math.pi * t / total / 2)) / 2),
            ("upside down", lambda t: low + (r - low) * (1 - math.cos(math.pi * t / total)) / 2),
            ("lowest added", lambda t: low + r * (1 + math.cos(math.pi * t / total)) / 2),
            ("lowest left out", lambda t: r * (1 + math.cos(math.pi * t / total)) / 2),
        ],
        "warmup": [
            ("goes on rising", lambda t: r * t / warm),
            ("falls", lambda t: r * max(1 - t / warm, 0)),
            ("stays at zero", lambda t: 0.0 if t < warm else r),
        ],
    }
    yield from kinds[name]


@check("S10", "The learning rate of each epoch is the one of the book.", boundary="1e-9", read=RATE)
def whole_course(f: Part, rng: Any) -> Evidence:
    """Epoch 0 to 10, the boundaries included."""
    kind = f.target.name.removesuffix("_schedule")
    epoch = f.knob(*EPOCH)
    rate = f.knob(*(n for n in FIRST))
    given: dict[str, Any] = {rate: VALUES["rate"]} if rate else {}
    has: set[str] = set()
    for word, names in PARTS.items():
        own = next((n for s in names for n in f.names if spelling.plain(n) == s and n not in (epoch, rate, *given)), "")
        if own:
            given[own] = VALUES[word]
            has.add(word)
    missing = [n for n, p in f.names.items() if p.default is p.empty and n not in (*given, epoch)]
    if not epoch or missing:
        raise NotExamined(f"what {', '.join(missing) or 'its arguments'} mean could not be made out")
    times = range(11)
    mine = [float(f.thing(**given, **{epoch: t})) for t in times]
    scale = VALUES["rate"] if not rate else 1.0
    for words, course in courses(kind, has):
        from_one = "counted from 1" in words and "early" not in words
        if all(abs(m * scale - course(t)) <= 1e-9 for t, m in zip(times, mine, strict=True) if t or not from_one):
            f.conventions |= {"schedule": words} if words else {}
            return Evidence(0.0, 1e-9, "the rates are those of the book")
    book = next(course for _, course in courses(kind, has))
    right = [book(t) for t in times]
    gaps = [abs(m * scale - b) for m, b in zip(mine, right, strict=True)]
    at = next(t for t, gap in enumerate(gaps) if not gap <= 1e-9)
    sign = ""
    for words, course in wrong_courses(kind, has):
        if all(abs(m * scale - course(t)) <= 1e-9 or m * scale == course(t) for t, m in zip(times, mine, strict=True)):
            sign = words
            break
    said = ", ".join(f"{n}={v:g}" for n, v in given.items())
    words = f"with {said} the rate of epoch {at} is {mine[at] * scale:.6g}; the book says {right[at]:.6g}"
    return Evidence(max(gaps) if np.all(np.isfinite(gaps)) else np.inf, 1e-9, words, sign)


QUESTIONS = [whole_course]
