# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Optimisers that are told the name of the array that they step, and keep a memory for each: update("W1", W1, dW1)."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from groundup.exam.candidates import spelling

Array = Any
NAMES = ("name", "key", "param_name", "parameter_name", "layer_name", "var_name", "weight_name", "label", "tag")
"""What such a name is called, where it is the first argument or the last."""


def named(step: Callable[..., Any]) -> bool:
    """Whether a step of three arguments is told a name first, or last.

    >>> named(lambda name, w, g: w), named(lambda w, g, key: w), named(lambda w, g: w)
    (True, True, False)
    """
    return bool(_place(step))


def _place(step: Callable[..., Any]) -> str:
    needed = [n for n, p in spelling.parameters(step).items() if p.default is p.empty]
    ends = (needed[0], needed[-1]) if len(needed) == 3 else ()
    return next((n for n in ends if spelling.plain(n) in NAMES), "")


def bound(step: Callable[..., Any], name: str = "W1") -> Callable[..., Any]:
    """The same step for one array, whose name it is told; any other step as it is.

    >>> bound(lambda name, w, g: (name, w - g))(3.0, 1.0), bound(lambda w, g, key: (key, w - g))(3.0, 1.0)
    (('W1', 2.0), ('W1', 2.0))
    """
    own = _place(step)
    if not own:
        return step
    first = next(iter(spelling.parameters(step))) == own
    return functools.partial(step, name) if first else functools.partial(step, **{own: name})


def halves(step: Callable[..., Any], w: Array, gradients: Array) -> Array:
    """The path of one array whose halves are stepped in turn, each by its name."""
    parts = dict(zip(("W1", "b1"), (half.copy() for half in np.split(w, 2)), strict=True))
    path: list[Array] = []
    for g in gradients:
        for name, slope in zip(parts, np.split(g, 2), strict=True):
            out = bound(step, name)(parts[name], slope.copy())
            parts[name] = parts[name] if out is None else out
        path.append(np.concatenate([*parts.values()]).astype(float))
    return np.array(path)
