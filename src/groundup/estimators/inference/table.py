"""The table of a summary: the numbers as arrays by name, as text of 80 columns, as HTML, as JSON."""

from __future__ import annotations

import dataclasses
import math
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

import numpy as np

from groundup._arrays import Array

WIDTH = 80
_NAME = 18


@dataclass(frozen=True, eq=False, repr=False)
class Table:
    """Coefficients with what is known about them; `str` of it is the printed table.

    With one output the arrays have a number for each coefficient, (p,); with several outputs, or classes, they are
    (outputs, p), in the order of `names`. NaN stands where there is no honest number; `notes` say why.
    """

    title: str
    names: list[str]
    """The bias first, where there is one, then the features."""
    outputs: list[str] | None
    """The names of the outputs, None where there is one."""
    coefficients: Array
    standard_errors: Array
    statistics: Array
    """Coefficient / standard error: Student's t for least squares, z for likelihood."""
    p_values: Array
    """The chance of a statistic at least so far from 0, if the coefficient were 0."""
    lower: Array
    upper: Array
    level: float
    """The chance that an interval covers its coefficient."""
    covariance: str
    """Which formula the standard errors come from: "classical", "HC0", ..."""
    covariance_matrix: Array
    """(p, p), or one for each output."""
    n: float
    """Rows that count."""
    degrees_of_freedom: Any
    """Rows less unknowns."""
    log_likelihood: Any
    aic: Any
    bic: Any
    condition: float
    """Largest over smallest singular value of the columns as they are, the bias's column of ones among them."""
    condition_standardised: float
    """The same for centred columns of length one: what units and offsets have no part in."""
    notes: list[str] = field(default_factory=lambda: list[str]())

    statistic_name = "t"

    def facts(self, output: int | None) -> Iterator[tuple[str, str]]:
        """What stands above the coefficients, in two columns: (name, number)."""
        raise NotImplementedError

    def below(self, output: int | None) -> tuple[str, Iterator[tuple[str, ...]]] | None:
        """A second table below the coefficients: the head of its first column, and its rows."""
        return None

    def to_dict(self) -> dict[str, Any]:
        """Plain lists and numbers for JSON: NaN becomes None, infinity the text "inf"."""
        return {item.name: _plain(getattr(self, item.name)) for item in dataclasses.fields(self)}

    def __repr__(self) -> str:
        return f"<summary: {self.title}>"

    def __str__(self) -> str:
        line = "-" * WIDTH
        parts = [self.title]
        for output, name in self._outputs():
            parts += [line, *([name] if name else []), *_two_columns(list(self.facts(output)))]
            parts += [line, _row("", *self._heads()), *(_row(*cells) for cells in self._lines(output))]
            parts += [_row(_short(name), *cells) for name, *cells in self._more(output)]
        parts.append(line)
        for note in self.notes:
            parts += textwrap.wrap(note, WIDTH, initial_indent="* ", subsequent_indent="  ")
        return "\n".join(parts)

    def _repr_html_(self) -> str:
        cell = 'style="text-align:right;padding:0.1em 0.6em"'
        parts = [f"<div><strong>{escape(self.title)}</strong>"]
        for output, name in self._outputs():
            facts = ", ".join(f"{escape(key)} {escape(value)}" for key, value in self.facts(output) if key)
            head = "".join(f"<th {cell}>{escape(text)}</th>" for text in ("", *self._heads()))
            body = "".join(
                "<tr>" + "".join(f"<td {cell}>{escape(text)}</td>" for text in cells) + "</tr>"
                for cells in [*self._lines(output, short=False), *self._more(output)]
            )
            parts.append(f"<p>{escape(name + ': ' if name else '')}{facts}</p><table><tr>{head}</tr>{body}</table>")
        parts += [f"<p>{escape(note)}</p>" for note in self.notes]
        return "".join(parts) + "</div>"

    def _outputs(self) -> list[tuple[int | None, str]]:
        return [(None, "")] if self.outputs is None else list(enumerate(self.outputs))

    def _heads(self) -> tuple[str, ...]:
        percent = f"{100 * self.level:.6g} %"
        return "coefficient", "std. error", self.statistic_name, "p", f"{percent} from", "to"

    def _lines(self, output: int | None, *, short: bool = True) -> Iterator[tuple[str, ...]]:
        of: Any = slice(None) if output is None else output
        columns = (self.coefficients, self.standard_errors, self.statistics, self.p_values, self.lower, self.upper)
        for name, b, error, t, p, low, high in zip(self.names, *(column[of] for column in columns), strict=True):
            yield (
                _short(name) if short else name,
                number(b),
                number(error),
                ratio(t),
                chance(p),
                number(low),
                number(high),
            )

    def _more(self, output: int | None) -> list[tuple[str, ...]]:
        more = self.below(output)
        if more is None:
            return []
        *_, start, end = self._heads()
        return [("", more[0], "", "", "", start, end), *more[1]]


def _short(name: str) -> str:
    return name if len(name) <= _NAME else name[: _NAME - 2] + ".."


def number(x: Any) -> str:
    """Four digits, at most eleven characters.

    >>> number(33.59321), number(1.23456e-120), number(float("nan"))
    ('33.59', '1.235e-120', '-')
    """
    if math.isnan(x):
        return "-"
    text = f"{x:.4g}"
    return text if len(text) <= 10 else f"{x:.3g}"


def ratio(x: Any) -> str:
    """A statistic: two decimals.

    >>> ratio(-4.0212), ratio(123456.0)
    ('-4.02', '1.2e+05')
    """
    if math.isnan(x):
        return "-"
    return f"{x:.2f}" if abs(x) < 1e4 else f"{x:.1e}" if math.isfinite(x) else f"{x:g}"


def chance(p: Any) -> str:
    """A p-value: four decimals, or as many as it needs.

    >>> chance(0.010145), chance(3.2e-12)
    ('0.0101', '3.2e-12')
    """
    return "-" if math.isnan(p) else f"{p:.4f}" if p >= 1e-4 else f"{p:.1e}" if p > 0 else "0"


def count(x: Any) -> str:
    """A number of rows: with commas, and without decimals where it is whole.

    >>> count(327346.0), count(12.5)
    ('327,346', '12.5')
    """
    return "-" if math.isnan(x) else f"{x:,.0f}" if x == round(x) else f"{x:,.6g}"


def _row(name: str, *cells: str) -> str:
    widths = (11, 11, 9, 9, 11, 11)
    return f"{name:<{_NAME}}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))


def _two_columns(facts: list[tuple[str, str]]) -> list[str]:
    half = (len(facts) + 1) // 2
    lines: list[str] = []
    for i in range(half):
        cells = [facts[i]] + ([facts[i + half]] if i + half < len(facts) else [])
        lines.append("    ".join(f"{name}{value:>{38 - len(name)}}" for name, value in cells))
    return lines


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray | np.generic):
        return _plain(value.tolist())  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else repr(value)
    return value
