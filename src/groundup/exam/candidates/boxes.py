# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Settings that come in one box: a dataclass, a named tuple, a namespace or a dict in place of single arguments."""

from __future__ import annotations

import copy
import dataclasses
import types
import typing
from collections.abc import Mapping
from inspect import Parameter
from typing import Any

from groundup.exam.candidates import spelling

HOLDS = {"rate", "l1", "l2", "batch", "patience"}
"""One of these must be in a box of settings."""
CHOICE = {"patience"}
"""What holds no more than this is no box where it is None by default: whoever has it chooses another training."""


class Box:
    """One argument that holds settings: its name, the object itself, and its fields as if they were arguments."""

    def __init__(self, name: str, content: Any, fields: dict[str, Any]):
        self.name, self.content = name, content
        kind = Parameter.KEYWORD_ONLY
        self.fields = {field: Parameter(field, kind, default=value) for field, value in fields.items()}

    def packed(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments as the candidate wants them: those that are fields, in a box.

        >>> Box("config", {"lr": 0.1, "epochs": 5}, {"lr": 0.1, "epochs": 5}).packed({"lr": 0.5, "seed": 3})
        {'seed': 3, 'config': {'lr': 0.5, 'epochs': 5}}
        """
        inside = {name: value for name, value in given.items() if name in self.fields}
        outside = {name: value for name, value in given.items() if name not in self.fields and name != self.name}
        return {**outside, self.name: _with(self.content, inside)}


def box_of(owner: Any, arguments: Mapping[str, Parameter], own: Mapping[str, Any] | None = None) -> Box | None:
    """The first argument that is such a box, by value, default or annotation: one of HOLDS is in it.

    `owner` is the function or class that takes the arguments, and `own` what an object was made with.
    """
    for name, parameter in arguments.items():
        content = (own or {}).get(name, None if parameter.default is parameter.empty else parameter.default)
        holds = HOLDS if content is not None or name in _factories(owner) else HOLDS - CHOICE
        if content is None or name in _factories(owner):
            content = (
                (own or {}).get(name) or _made(_factories(owner).get(name)) or _default_of(_annotation(owner, name))
            )
        fields = _fields(content)
        if fields and spelling.knobs([*fields, "epochs"]).keys() & holds:
            return Box(name, content, fields)
    return None


def _factories(owner: Any) -> dict[str, Any]:
    """What makes the default of a field of a dataclass: `loader: Loader = field(default_factory=Loader)`."""
    fields = dataclasses.fields(owner) if dataclasses.is_dataclass(owner) else ()
    return {f.name: f.default_factory for f in fields if f.default_factory is not dataclasses.MISSING}


def _made(factory: Any) -> Any:
    try:
        return None if factory is None else factory()
    except Exception:
        return None


def _fields(content: Any) -> dict[str, Any]:
    if dataclasses.is_dataclass(content) and not isinstance(content, type):
        return {field.name: getattr(content, field.name) for field in dataclasses.fields(content) if field.init}
    if isinstance(content, tuple) and hasattr(content, "_asdict"):
        return dict(content._asdict())  # pyright: ignore[reportAttributeAccessIssue]
    if isinstance(content, dict):
        return {k: v for k, v in content.items() if isinstance(k, str)}
    return dict(vars(content)) if isinstance(content, types.SimpleNamespace) else {}


def _with(content: Any, inside: dict[str, Any]) -> Any:
    if dataclasses.is_dataclass(content) and not isinstance(content, type):
        return dataclasses.replace(content, **inside)
    if isinstance(content, dict):
        return {**content, **inside}
    if isinstance(content, tuple):
        return content._replace(**inside)  # pyright: ignore[reportAttributeAccessIssue]
    made = copy.copy(content)
    for name, value in inside.items():
        setattr(made, name, value)
    return made


def _annotation(owner: Any, name: str) -> Any:
    try:
        found = typing.get_type_hints(owner.__init__ if isinstance(owner, type) else owner).get(name)
    except Exception:
        return None
    return next((part for part in typing.get_args(found) if isinstance(part, type)), found)


def _default_of(kind: Any) -> Any:
    """An object of this dataclass or named tuple, where all of its fields have defaults."""
    if not isinstance(kind, type) or not (dataclasses.is_dataclass(kind) or hasattr(kind, "_fields")):
        return None
    try:
        return kind()
    except TypeError:
        return None
