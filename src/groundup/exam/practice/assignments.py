"""A teacher's own exercise: one Python file that holds one `Exercise`."""

from __future__ import annotations

from pathlib import Path

from groundup.errors import InputError
from groundup.exam.practice.exercise import Exercise


def read(path: Path) -> Exercise:
    """The only exercise that this file defines. Raises InputError where there is none, or more than one."""
    from groundup.exam import loading

    if not path.is_file():
        raise InputError(f"an assignment is a Python file that exists; got {str(path)!r}.")
    module = loading.run(path)
    found = [thing for thing in vars(module).values() if isinstance(thing, Exercise)]
    if len(found) != 1:
        raise InputError(f"an assignment holds one Exercise; {path} holds {len(found)}. docs/teaching.md shows one.")
    return found[0]
