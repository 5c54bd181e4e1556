# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""A formula with another setting: an ELU that is right for alpha = 1 only is not right.

    elu alpha    leaky_relu slope    swish beta    huber delta    quantile tau

Where a learner's formula has such an argument, it is graded once more with another value of it. So is one of precision,
recall and F1 with each average over the classes that its code speaks of.
"""

from __future__ import annotations

import copy
import functools
import inspect
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from groundup.exam.candidates import spelling
from groundup.exam.grading.names import Target

SETTINGS: dict[str, tuple[str, float, tuple[str, ...]]] = {
    "elu": ("alpha", 0.6, ("alpha", "a")),
    "leaky_relu": ("slope", 0.2, ("slope", "alpha", "negative_slope", "leak", "a")),
    "swish": ("beta", 1.7, ("beta", "b")),
    "huber": ("delta", 2.5, ("delta", "d")),
    "quantile": ("tau", 0.8, ("tau", "q", "quantile", "alpha", "level", "quantile_level")),
}
"""The setting of a formula by our name, another value of it, and what learners call it."""


AVERAGES = ("macro", "weighted", "micro")
"""What a mean over the classes is called; "micro" pools the rows of all classes."""


def averaged(function: Any, wanted: Target) -> str:
    """Which mean over the classes a function takes where nothing is said; empty where it is for the class 1.

    >>> from groundup.exam.grading.names import target
    >>> averaged(lambda y, p, average="macro": 0.0, target("f1")), averaged(lambda y, p: 0.0, target("f1"))
    ('macro', '')
    """
    if wanted.name not in ("precision", "recall", "f1"):
        return ""
    name = _average(function)
    if name:
        said = str(spelling.parameters(function)[name].default).lower()
        return said if said in AVERAGES else ""
    told = {*re.findall("|".join(AVERAGES), str(getattr(function, "__doc__", "") or "").lower())}
    return told.pop() if len(told) == 1 else ""


def with_mean(wanted: Target, mean: str) -> Target:
    """The same formula of several classes, with this mean over them."""
    return replace(wanted, reference=functools.partial(wanted.reference, average=mean), data="classes")


def with_setting(function: Any, name: str, value: Any) -> Any:
    """The function with this for an argument; a class is made with it."""
    if hasattr(function, "with_setting"):
        return function.with_setting(name, value)
    return functools.update_wrapper(functools.partial(function, **{name: value}), function)


def _average(function: Any) -> str:
    return next((n for n in spelling.parameters(function) if spelling.plain(n) in ("average", "averaging", "avg")), "")


def _means(function: Any, wanted: Target) -> Iterator[tuple[str, Any, Target]]:
    """With each mean that its own code or that of its file speaks of, but the one that it takes anyway."""
    name, usual = _average(function), averaged(function, wanted)
    home = inspect.getmodule(function)
    try:
        text = inspect.getsource(home if home is not None else function)
    except (OSError, TypeError):
        return
    for mean in AVERAGES if name else ():
        if mean != usual and re.search(rf"[\"']{mean}[\"']", text):
            yield f"{name}={mean}", with_setting(function, name, mean), with_mean(wanted, mean)


def variants(function: Any, wanted: Target) -> Iterator[tuple[str, Any, Target]]:
    """(what was set, the function with it, what it is then compared with).

    >>> from groundup.exam.grading.names import target
    >>> [words for words, _, _ in variants(lambda x, alpha=1.0: x, target("elu"))]
    ['alpha=0.6']
    """
    if wanted.name in ("precision", "recall", "f1") and wanted.data == "labels":
        yield from _means(function, wanted)
    if wanted.name not in SETTINGS or not hasattr(wanted.reference, SETTINGS[wanted.name][0]):
        return
    ours, value, theirs = SETTINGS[wanted.name]
    own = spelling.parameters(function)
    needed = {*list(own)[2:]} if wanted.name == "quantile" else set[str]()  # at 1/2, both tails are one
    name = next((n for n in theirs if n in own and (n in needed or own[n].default is not own[n].empty)), None)
    if name is None:
        return
    other = copy.copy(wanted.reference)
    setattr(other, ours, value)
    yield f"{name}={value:g}", with_setting(function, name, value), replace(wanted, reference=other)
