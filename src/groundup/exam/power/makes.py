# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
# pyright: reportMissingTypeStubs=false, reportMissingImports=false
"""Right learners of many makes. None of them may fail an exam; a library that is not installed is left out, and said.

own          ours, in every way of training
scikit_learn, statsmodels, scipy, torch    of a library each
numpy        plain NumPy by four conventions, and what the catalogue's mutants are made of
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

ROOMS = {
    "groundup": "own",
    "scikit-learn": "scikit_learn",
    "statsmodels": "stats",
    "SciPy": "scipy_makes",
    "PyTorch": "torch_makes",
    "NumPy": "plain",
}
"""The library, and the file of `power.right` that holds what is made with it."""


@dataclass(frozen=True)
class Make:
    """A right learner: its name, whose make it is, what it is examined in, and how to get one.

    `every` 10 means that a slow one sits every tenth of the exams only.
    """

    name: str
    library: str
    task: str
    thing: Callable[[], Any]
    every: int = 1

    @property
    def title(self) -> str:
        """Make, name and task in one line."""
        return f"{self.library}: {self.name}, {self.task}"


def installed() -> tuple[list[Make], dict[str, str]]:
    """(every right learner whose library is here, why each of the other libraries is left out)."""
    found: list[Make] = []
    missing: dict[str, str] = {}
    for library, room in ROOMS.items():
        try:
            module = importlib.import_module(f"groundup.exam.power.right.{room}")
            made: Iterator[tuple[Any, ...]] = module.makes()
            found += [Make(row[0], library, *row[1:]) for row in made]
        except ImportError as reason:
            missing[library] = str(reason)
    return found, missing
