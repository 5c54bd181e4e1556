"""What the commands print: tables, numbers, JSON, and one sentence for each mistake."""

from __future__ import annotations

import functools
import json
import math
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import numpy as np
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from groundup.errors import GroundupError, GroundupWarning


def console(*, errors: bool = False) -> Console:
    """Where to print: lines are broken between words on a terminal, and not at all in a pipe or a file."""
    screen = Console(stderr=errors, highlight=False, markup=False, emoji=False)  # anew: tests exchange the streams
    screen.soft_wrap = not screen.is_terminal
    return screen


def spoken(command: Callable[..., None]) -> Callable[..., None]:
    """The command, with a sentence and exit status 2 in place of a traceback for an input that is wrong."""

    @functools.wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", GroundupWarning)  # the same words stand on model.reason_
                command(*arguments, **options)
        except BrokenPipeError:
            raise
        except (GroundupError, OSError) as error:
            words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            console(errors=True).print(Text(plain(f"groundup: {words}")))
            raise typer.Exit(2) from None

    return run


def plain(text: str) -> str:
    """Text from a file, safe on a terminal: what is not printable becomes a question mark."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "?" for letter in str(text))


def number(value: float) -> str:
    """Six digits, thousands marked.

    >>> number(1234567.0), number(0.000123456789), number(24.0), number(float("nan"))
    ('1,234,567', '0.000123457', '24', 'unknown')
    """
    if math.isnan(value):
        return "unknown"
    return f"{value:,.0f}" if 1e5 <= abs(value) < 1e10 else f"{value:,.6g}"


def formula(label: str, names: Sequence[str], weights: Sequence[float], bias: float) -> str:
    """The model in one line.

    >>> formula("air_time", ["distance"], [0.1262], 18.6)
    'air_time = 18.6 + 0.1262 x distance'
    """
    parts = [
        f"{'-' if weight < 0 else '+'} {number(abs(weight))} x {name}"
        for name, weight in zip(names, weights, strict=True)
    ]
    return plain(" ".join([f"{label} = {number(bias)}", *parts]))


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str | float]]) -> None:
    """A table with names on the left and numbers on the right."""
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for place, column in enumerate(columns):
        made.add_column(Text(plain(column)), justify="left" if place == 0 else "right")
    for row in rows:
        made.add_row(*(Text(plain(cell) if isinstance(cell, str) else number(cell)) for cell in row))
    out = console()
    if title:
        out.print(Text(plain(title), style="italic"))
    out.print(made)
    out.print()


def say(text: str = "", *, strong: bool = False) -> None:
    """A sentence on its own line."""
    console().print(Text(plain(text), style="bold" if strong else ""))


def note(text: str) -> None:
    """A sentence beside the results: on standard error, so that it does not come into a file of them."""
    console(errors=True).print(Text(plain(text)))


def as_json(content: Mapping[str, Any]) -> None:
    """One JSON object; NaN and infinity, which JSON does not have, become null."""
    sys.stdout.write(json.dumps(_for_json(content), ensure_ascii=False, indent=2) + "\n")


def _for_json(value: Any) -> Any:
    match value:
        case {**items}:
            return {str(key): _for_json(item) for key, item in items.items()}
        case list() | tuple():
            return [_for_json(item) for item in cast(list[Any], value)]
        case np.ndarray() | np.generic():
            return _for_json(cast(Any, value).tolist())
        case float():
            return value if math.isfinite(value) else None
        case _:
            return value
