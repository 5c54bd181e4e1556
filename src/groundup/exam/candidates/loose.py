# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Settings that are attributes of a class, and no arguments."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from groundup.exam.candidates import spelling

LOOSE = ("rate", "epochs", "l1", "l2", "inverse penalty", "batch", "tolerance", "momentum", "decay")
"""The settings that are looked for among attributes, where they are no arguments."""


def loose_settings(cls: Any, arguments: Mapping[str, Any], taken: Mapping[str, str]) -> dict[str, Any]:
    """Numbers that a class has, or sets in its __init__, under the name of a setting, and that its methods read.

    >>> class Line:
    ...     lr, epochs = 0.1, 100
    ...     def fit(self, X, y):
    ...         return self.lr, self.epochs
    >>> loose_settings(Line, {}, {})
    {'lr': 0.1, 'epochs': 100}
    """
    if any(p.default is p.empty for p in arguments.values()) or not inspect.isclass(cls):
        return {}
    moved = {n: 2 * p.default + 1 for n, p in arguments.items() if type(p.default) in (int, float)}
    try:
        made, other = cls(), cls(**moved)
    except Exception:
        return {}
    methods = [f for f in vars(cls).values() if inspect.isfunction(f) and f.__name__ != "__init__"]
    read = {name for f in methods for name in f.__code__.co_names}
    kept = {n: v for n, v in vars(cls).items() if not n.startswith("_")} | getattr(made, "__dict__", {})
    own = {name for name, value in kept.items() if type(value) in (int, float) and getattr(other, name, None) == value}
    numbers = {
        name: value
        for name, value in kept.items()
        if name in own & read and name not in arguments and not name.endswith("_")
    }
    found = {word: name for word, name in spelling.knobs(numbers).items() if word in LOOSE and word not in taken}
    if found.keys() & {"rate", "epochs"} and not {"rate", "epochs"} <= {*found, *taken}:
        return {}
    if numbers.get(found.get("epochs", ""), 2) < 2:  # a counter
        return {}
    return {name: numbers[name] for name in found.values()}
