"""An exercise: the task in words, its equations and examples, three hints, and how an answer is judged."""

from __future__ import annotations

import textwrap
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from groundup.exam.card import Card

WIDTH = 96


@dataclass(frozen=True, kw_only=True)
class Exercise(ABC):
    """One thing to write.

    name       what it is called, and the file too: NAME.py
    topic      where it stands on the list
    title      in half a line
    task       in words: what goes in, what comes out
    equations  the formulas
    hints      three, each more than the one before; none is the solution
    code       what the file holds to begin with, from `def` or `class` on; `thing` is the name of it
    """

    name: str
    topic: str
    title: str
    task: str
    equations: tuple[str, ...] = ()
    hints: tuple[str, str, str]
    thing: str
    code: str

    @abstractmethod
    def judge(self, answer: Any, seed: int) -> Card:
        """The card of this answer: a function or a class."""

    def examples(self) -> Sequence[tuple[str, str]]:
        """Calls, each with what comes out."""
        return ()

    def stub(self, file: str = "", own: bool = False) -> str:
        """The file to begin with; a teacher's `own` is checked by the teacher, who has the assignment."""
        lines = [f'"""Exercise {self.name}: {self.title}.', "", *_wrapped(self.task)]
        lines += ["", *(f"    {equation}" for equation in self.equations)] if self.equations else []
        found = self.examples()
        lines += ["", "Examples:", ""] if found else []
        for call, outcome in found:
            lines += [*(f"    {line}" for line in call.splitlines())]
            lines += textwrap.wrap(f"gives {outcome}", WIDTH, initial_indent=8 * " ", subsequent_indent=14 * " ")
        lines += [] if own else ["", f"Check it:  groundup practice check {file or f'{self.name}.py'}"]
        lines += [*([] if own else [f"A hint:    groundup practice hint {self.name}"]), '"""']
        return "\n".join(lines) + f"\n\nimport numpy as np\n\n\n{textwrap.dedent(self.code).strip()}\n"


def _wrapped(text: str) -> list[str]:
    paragraphs = textwrap.dedent(text).strip().split("\n\n")
    return [line for p in paragraphs for line in ["", *textwrap.wrap(" ".join(p.split()), WIDTH)]][1:]


EMPTY = '    raise NotImplementedError("your code goes here")'


def function_code(signature: str, says: str) -> str:
    """A function that is still to be written."""
    return f'def {signature}:\n    """{says}"""\n{EMPTY}'


def shown(value: Any, digits: int = 4) -> str:
    """A value as people type it, with so many significant digits.

    >>> import numpy as np
    >>> shown((np.array([1.0, 1 / 3]), 2.0))
    '[1.0, 0.3333], 2.0'
    """
    if isinstance(value, tuple):
        return ", ".join(shown(v, digits) for v in value)  # pyright: ignore[reportUnknownVariableType]
    return repr(_short(np.asarray(value).tolist(), digits))


def _short(value: Any, digits: int) -> Any:
    if isinstance(value, list):
        return [_short(v, digits) for v in value]  # pyright: ignore[reportUnknownVariableType]
    return float(f"{value:.{digits}g}") if isinstance(value, float) else value
