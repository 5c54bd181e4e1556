"""`groundup formulas`: every formula of the library on one card: equation, picture, numbers, notes, uses, source."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Sequence
from typing import Annotated, Any, Optional

import typer

import groundup as gu
from groundup.app import options, show

HEADINGS = {
    "activation": "Activations",
    "loss": "Losses (the cost of a row; S is their weighted sum, W the sum of the weights)",
    "penalty": "Penalties",
    "total": "Totals",
    "metric": "Metrics",
}
EQUATIONS = {"loss": ("cost     = ", "gradient = "), "penalty": ("price    = ", "gradient = ")}
"""What stands before value and slope where the equation itself does not name them."""


def formulas(
    name: Annotated[
        Optional[str],  # noqa: UP045  # Typer reads this at run time
        typer.Argument(help="One of them: gelu, huber, l2, r2, ... [default: list all]", show_default=False),
    ] = None,
    kind: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Only these: activation, loss, penalty, total or metric.", show_default=False),
    ] = None,
    json: options.Json = False,
) -> None:
    """List the formulas with their equations, or show one: picture, values, slope, notes and where it is used.

    Example:  groundup formulas gelu
    """
    if kind is not None and kind not in HEADINGS:
        raise gu.UnknownNameError("--kind", kind, HEADINGS)
    chosen = gu.formulas.catalogue.entries() if name is None else gu.formulas.catalogue.find(name)
    chosen = [entry for entry in chosen if kind in (None, entry.kind)]
    if not chosen:
        raise gu.InputError(f"{name} is no {kind}; leave --kind out to see what it is.")
    if json:
        show.as_json({"formulas": [as_mapping(entry, points=name is not None) for entry in chosen]})
        return
    width = min(shutil.get_terminal_size((80, 24)).columns, 100)
    lines = listed(chosen, width) if name is None else [line for entry in chosen for line in card(entry, width)]
    for line in lines:
        typer.echo(line)


def as_mapping(entry: Any, *, points: bool) -> dict[str, Any]:
    """The card as names and values; with `points`, value and derivative at -2, -1, 0, 1, 2."""
    content: dict[str, Any] = {
        key: getattr(entry, key) for key in ("name", "kind", "call", "equation", "derivative", "notes", "source")
    }
    content |= {"uses": list(entry.uses), **entry.more}
    if points and entry.curve is not None:
        content["points"] = gu.lab.gallery.table(entry.curve)
    return content


def listed(entries: Sequence[Any], width: int) -> list[str]:
    """A line for each formula, under the heading of its kind."""
    lines: list[str] = []
    for kind, heading in HEADINGS.items():
        of_kind = [entry for entry in entries if entry.kind == kind]
        if not of_kind:
            continue
        left = max(len(entry.name) for entry in of_kind) + 2
        lines += [heading, ""]
        for entry in of_kind:
            lines += under(f"  {entry.name:<{left}}", entry.equation, width)
        lines.append("")
    return [*lines, "More about one of them: groundup formulas gelu"]


def card(entry: Any, width: int) -> list[str]:
    """Everything about one formula, in about as many lines as a terminal has."""
    lines = [f"{entry.name} ({entry.kind})", ""]
    value, slope = EQUATIONS.get(entry.kind, ("", ""))
    lines += under(f"  {value}", entry.equation, width)
    lines += under(f"  {slope}", entry.derivative, width) if entry.derivative else []
    if entry.curve is not None:
        lines += ["", *picture(entry.curve, width), "", *values(entry.curve)]
    lines += ["", *under("", entry.notes, width)]
    rows = {"Call": entry.call}
    rows |= {heading.capitalize(): text for heading, text in entry.more.items() if text}
    rows |= {"Used" if not place else " " * place: use for place, use in enumerate(entry.uses)}
    rows |= {"Source": entry.source} if entry.source else {}
    lines.append("")
    for heading, text in rows.items():
        lines += under(f"{heading + ':' if heading.strip() else '':<11}", text, width)
    return [*lines, ""]


def picture(curve: Any, width: int) -> list[str]:
    """The value solid, the slope dotted."""
    drawn = gu.lab.gallery.draw(curve, columns=min(width - 6, 74), rows=10)
    return [f"  ⠤⠤⠤ {curve.value_name}    ⠄ ⠄ {curve.slope_name}", *(f"  {line}" for line in drawn)]


def values(curve: Any) -> list[str]:
    """Value and derivative at -2, -1, 0, 1, 2."""
    rows = gu.lab.gallery.table(curve)
    names = {"x": curve.x_name, "value": curve.value_name.split(" where")[0], "derivative": curve.slope_name}
    left = max(map(len, names.values())) + 2
    return [
        f"  {names[key]:<{left}}" + "".join(f"{show.number(number):>12}" for number in numbers)
        for key, numbers in rows.items()
    ]


def under(head: str, text: str, width: int) -> list[str]:
    """`text` after `head`, broken between words, its further lines indented below its first."""
    return textwrap.wrap(text, width - 1, initial_indent=head, subsequent_indent=" " * len(head)) or [head.rstrip()]
