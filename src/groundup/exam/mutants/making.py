"""A mutant is a right implementation with one thing changed: its text, what is taken out, and what is put there."""

from __future__ import annotations

import linecache
import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from groundup.exam.mutants.mistakes import MISTAKES
from groundup.exam.mutants.more_mistakes import MORE


@dataclass(frozen=True)
class Mutant:
    """A small wrong implementation and the name of its mistake.

    `changes` are pairs of a text that stands in the right implementation and the one put in its place.
    """

    style: str
    key: str
    task: str
    changes: tuple[tuple[str, str], ...]
    thing: str = ""
    formula: str = ""

    @property
    def mistake(self) -> str:
        """The mistake in one sentence."""
        from groundup.exam.mutants.formulas import SENTENCES

        own = MORE if self.style.startswith(("network", "optimiser", "training")) else SENTENCES if self.formula else {}
        return own.get(self.key) or MISTAKES.get(self.key) or SENTENCES.get(self.key) or MORE[self.key]

    @property
    def id(self) -> str:
        """Style and mistake."""
        return f"{self.style}: {self.key}"

    @property
    def code(self) -> str:
        """The wrong implementation. Raises ValueError where a text to be changed is not there exactly once."""
        text = right_code(self.style)
        for old, new in self.changes:
            if text.count(old) != 1:
                raise ValueError(f"{self.id}: {old!r} stands {text.count(old)} times in {self.style}, not once")
            text = text.replace(old, new)
        return text

    def make(self) -> Any:
        """The candidate: a class, a function or a module, ready for `examine`."""
        return build(self.code, self.thing, f"<{self.id}>")


def right_code(style: str) -> str:
    """The text of a right implementation."""
    return _read(style)


@cache
def _read(style: str) -> str:
    return resources.files("groundup.exam.mutants.right").joinpath(f"{style}.py").read_text(encoding="utf-8")


def build(code: str, thing: str, name: str) -> Any:
    """The module of this code, or the thing of that name in it."""
    module = types.ModuleType(thing or "candidate")
    module.__file__ = name
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    exec(compile(code, name, "exec"), module.__dict__)  # the code is this package's own text
    return getattr(module, thing) if thing else module


def of(style: str, task: str, thing: str, changes: dict[str, Any], formula: str = "") -> Iterator[Mutant]:
    """Mutants of one style: the mistake's key, and (old, new) or several such pairs."""
    for key, change in changes.items():
        pairs = (change,) if isinstance(change[0], str) else tuple(change)
        yield Mutant(style, key.partition("#")[0], task, pairs, thing, formula)
