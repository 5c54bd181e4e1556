# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""A formula with another setting: an ELU that is right for alpha = 1 only is not right.

    elu alpha    leaky_relu slope    swish beta    huber delta    quantile tau

Where a learner's formula has such an argument, it is graded once more with another value of it.
"""

from __future__ import annotations

import copy
import functools
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
    "quantile": ("tau", 0.8, ("tau", "q", "quantile")),
}
"""The setting of a formula by our name, another value of it, and what learners call it."""


def variants(function: Any, wanted: Target) -> Iterator[tuple[str, Any, Target]]:
    """(what was set, the function with it, what it is then compared with).

    >>> from groundup.exam.grading.names import target
    >>> [words for words, _, _ in variants(lambda x, alpha=1.0: x, target("elu"))]
    ['alpha=0.6']
    """
    if wanted.name not in SETTINGS or not hasattr(wanted.reference, SETTINGS[wanted.name][0]):
        return
    ours, value, theirs = SETTINGS[wanted.name]
    own = spelling.parameters(function)
    name = next((n for n in theirs if n in own and own[n].default is not own[n].empty), None)
    if name is None:
        return
    other = copy.copy(wanted.reference)
    setattr(other, ours, value)
    set_so = functools.partial(function, **{name: value})
    functools.update_wrapper(set_so, function)
    yield f"{name}={value:g}", set_so, replace(wanted, reference=other)
