"""A CSV file as a table of text, and its columns as numbers: what the command line reads.

Everything that can be wrong with such a file is answered by one sentence that says where: a header that is missing,
a line with too many cells, text where a number should be, a decimal comma. Nothing is guessed silently and no cell is
changed. The whole file is held in memory; Parquet and larger files are for `read`.
"""

from __future__ import annotations

import csv
import difflib
import io
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from groundup.data.disk import write
from groundup.errors import InputError, InputTypeError, UnknownNameError

__all__ = ["Table", "decode", "find_delimiter", "parse", "read_csv", "write"]

MISSING = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "none", "?"})
"""Cells, in lower case, that say that nothing was measured."""

DELIMITERS = (",", ";", "\t", "|")

_NO_MARKS = str.maketrans("", "", ",.' \u00a0\u202f_")

_BINARY = {
    b"PK\x03\x04": "a spreadsheet or a zip archive",
    b"\x1f\x8b": "compressed by gzip",
    b"PAR1": "a Parquet file",
    b"\xd0\xcf\x11\xe0": "an old Excel file",
    b"%PDF": "a PDF",
    b"\x93NUMPY": "a NumPy array",
}


class Table(NamedTuple):
    """The cells of a file, column by column, and the line of the file on which each row ended."""

    path: str
    columns: dict[str, Sequence[str]]
    lines: Sequence[int]
    decimal: str = "."

    @property
    def names(self) -> tuple[str, ...]:
        """The header, from left to right."""
        return tuple(self.columns)

    @property
    def n_rows(self) -> int:
        """How many rows there are below the header."""
        return len(self.lines)

    def texts(self, name: str) -> Sequence[str]:
        """A column as it stands in the file; UnknownNameError, with the nearest name, where there is none such."""
        if name not in self.columns:
            raise UnknownNameError(f"a column of {self.path}", name, self.columns)
        return self.columns[name]

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column as float64, NaN where a cell is missing. InputTypeError at the first text, InputError at infinity.

        >>> table = parse("weight,price\\n1.5,10\\n,20\\n")
        >>> table.numbers("weight")
        array([1.5, nan])
        """
        cells = self.texts(name)
        try:
            if self.decimal == ",":
                cells = [_with_point(cell) for cell in cells]
            if any("_" in cell for cell in cells):  # float() would read 1_000 as a number
                raise ValueError
            values = np.fromiter(map(float, cells), np.float64, len(cells))
        except ValueError:
            found = [_number(cell, self.decimal) for cell in self.columns[name]]
            if None in found:
                row = found.index(None)
                raise InputTypeError(self._not_a_number(name, row)) from None
            values = np.array(found, dtype=np.float64)
        if np.isinf(values).any():
            row = int(np.argmax(np.isinf(values)))
            raise InputError(
                f"column {name!r} must hold finite numbers; {self.where(row)} holds {self.columns[name][row]!r}. "
                "Correct that cell or leave the row out."
            )
        return values

    def is_text(self, name: str) -> bool:
        """Whether any cell of the column is neither a number nor missing."""
        try:
            self.numbers(name)
        except InputTypeError:
            return True
        return False

    def missing(self, names: Iterable[str]) -> dict[str, list[int]]:
        """The rows, counted from 0, in which a cell is missing: for each of the columns that has any.

        >>> parse("a,b\\n1,2\\nNA,3\\n").missing(["a", "b"])
        {'a': [1]}
        """
        found = {name: [r for r, cell in enumerate(self.texts(name)) if _is_missing(cell)] for name in names}
        return {name: rows for name, rows in found.items() if rows}

    def without(self, rows: Iterable[int]) -> Table:
        """The same table without those rows."""
        gone = set(rows)
        kept = [row for row in range(self.n_rows) if row not in gone]
        columns = {name: [cells[row] for row in kept] for name, cells in self.columns.items()}
        return self._replace(columns=columns, lines=[self.lines[row] for row in kept])

    def where(self, row: int) -> str:
        """How to find a row: 'row 3 (line 4 of trips.csv)'."""
        return f"row {row + 1} (line {self.lines[row]} of {self.path})"

    def _not_a_number(self, name: str, row: int) -> str:
        cell = self.columns[name][row]
        if _number(cell.translate(_NO_MARKS)) is None:
            what = f"{cell!r}, which is text: leave the column out or turn it into numbers first"
        elif self.decimal == "." and _number(cell, ",") is not None:
            what = f"{cell!r}: if that is a decimal comma, say so; if it marks thousands, take it out"
        else:
            what = f"{cell!r}: write it without marks between the thousands"
        return f"column {name!r} must hold numbers; {self.where(row)} holds {what}."


def read_csv(
    path: str | PathLike[str], *, delimiter: str | None = None, decimal: str = ".", header: bool = True
) -> Table:
    """The table in a CSV file. The first line names the columns; without one (`header=False`) they are column_1, ...

    The delimiter is found out (comma, semicolon, tab or bar) unless given. Quoted cells may hold delimiters, quotes
    (doubled) and line ends; a byte order mark and empty lines are skipped; blanks around cells are cut off.
    Raises InputError, in one sentence that says where, for a file that cannot be read as such a table.
    """
    place = Path(path)
    try:
        content = place.read_bytes()
    except OSError as error:
        raise InputError(_cannot_open(place, error)) from None
    return parse(decode(content, place.name), place.name, delimiter=delimiter, decimal=decimal, header=header)


def parse(
    text: str, name: str = "the text", *, delimiter: str | None = None, decimal: str = ".", header: bool = True
) -> Table:
    """The table in a text, as `read_csv` reads it from a file.

    >>> parse("distance;air time\\n100; 31\\n").columns
    {'distance': ['100'], 'air time': ['31']}
    """
    if decimal not in (".", ","):
        raise InputError(f"decimal must be '.' or ','; got {decimal!r}.")
    if not text.strip():
        raise InputError(f"{name} is empty; expected a line that names the columns, and rows below it.")
    delimiter = delimiter or find_delimiter(text)
    rows = _rows(text, delimiter, name)
    first = next(rows)[1]
    names = _header(first, name) if header else [f"column_{number}" for number in range(1, len(first) + 1)]
    if not header:
        rows = _rows(text, delimiter, name)
    cells: list[list[str]] = []
    lines: list[int] = []
    for line, row in rows:
        if len(row) != len(names):
            raise InputError(_ragged(name, line, row, len(names), delimiter, lines))
        cells.append(row)
        lines.append(line)
    if not cells:
        raise InputError(f"{name} has a header ({', '.join(names[:8])}) and no rows below it; nothing can be learnt.")
    columns = [[cell.strip() for cell in column] for column in zip(*cells, strict=True)]
    return Table(name, dict(zip(names, columns, strict=True)), lines, decimal)


def find_delimiter(text: str) -> str:
    """The mark that cuts the header, and most lines below it, into the same number of cells; a comma where none does.

    >>> find_delimiter("a;b\\n1,5;2\\n")
    ';'
    """

    def agreement(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(text[: 1 << 16], newline=""), delimiter=delimiter, skipinitialspace=True)
        widths = [len(row) for row in islice(reader, 50) if row]
        return (widths.count(widths[0]), widths[0]) if widths[0] > 1 else (0, 0)

    return max(DELIMITERS, key=agreement)


def _rows(text: str, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each row that is not empty."""
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=delimiter != "\t", strict=True
    )
    try:
        for row in reader:
            if row:
                yield reader.line_num, row
    except csv.Error as error:
        raise InputError(
            f"line {reader.line_num} of {name} cannot be read ({error}); look for a quotation mark that is not closed, "
            "or write a mark within a quoted cell twice."
        ) from None


def _header(cells: Sequence[str], name: str) -> list[str]:
    names = [cell.strip() for cell in cells]
    numbers = [cell for cell in names if cell and _number(cell) is not None]
    if len(numbers) == len(names) or not all(cell.isdigit() for cell in numbers):  # years may well be names
        raise InputError(
            f"the first line of {name} must name the columns; it holds numbers ({', '.join(numbers[:8])}). "
            "Write a line of names above it, or say that the file has no header."
        )
    named = [cell or f"unnamed_{place}" for place, cell in enumerate(names, 1)]
    twice = [cell for cell, times in Counter(named).items() if times > 1]
    if twice:
        places = ", ".join(str(place) for place, cell in enumerate(named, 1) if cell == twice[0])
        raise InputError(
            f"every column of {name} must have its own name; {twice[0]!r} stands above columns {places}. Rename one."
        )
    return named


def _ragged(name: str, line: int, row: Sequence[str], width: int, delimiter: str, lines: Sequence[int]) -> str:
    mark = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}.get(delimiter, repr(delimiter))
    say = f"line {line} of {name} must have {width} cells, as the header has; it has {len(row)}"
    if len(row) == 1 and width > 1:
        return f"{say} ({row[0][:40]!r}). Cells are cut at each {mark}; is another mark used in this line?"
    if delimiter == "," and not lines and len(row) > width:
        return f"{say}. Cells are cut at each comma; numbers with a decimal comma need semicolons between the cells."
    return f"{say}. Add or remove a {mark}, or quote the cell that contains one."


def decode(content: bytes, name: str = "the text") -> str:
    """The text in the bytes of a file: UTF-8, or UTF-16 where a byte order mark says so; InputError for anything else.

    >>> decode(b"\\xef\\xbb\\xbfa,b\\n")
    'a,b\\n'
    """
    for magic, what in _BINARY.items():
        if content.startswith(magic):
            raise InputError(f"{name} must be a CSV file, which is plain text; it is {what}. Save or unpack it as CSV.")
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{name} must be text in UTF-8; line {line} holds the byte {content[error.start]:#04x}, which is not. "
            "Save it as 'CSV UTF-8'."
        ) from None
    if "\0" in text:
        raise InputError(
            f"{name} must be text; line {text[: text.index(chr(0))].count(chr(10)) + 1} holds a zero byte."
        )
    return text


def _cannot_open(path: Path, error: OSError) -> str:
    if path.is_dir():
        return f"{path} must be a CSV file; it is a folder."
    if isinstance(error, FileNotFoundError):
        folder = path.parent
        near = difflib.get_close_matches(
            path.name, [p.name for p in folder.glob("*")] if folder.is_dir() else [], 1, 0.75
        )
        hint = f" Did you mean {near[0]!r}?" if near else " Check the name, and the folder you are in."
        return f"there is no file {str(path)!r}.{hint}"
    return f"{path} cannot be read: {error.strerror}."


def _number(cell: str, decimal: str = ".") -> float | None:
    """A cell as a number, NaN where it is missing, None where it is text."""
    if _is_missing(cell):
        return math.nan
    try:
        return None if "_" in cell else float(_with_point(cell) if decimal == "," else cell)
    except ValueError:
        return None


def _with_point(cell: str) -> str:
    """1,5 becomes 1.5; 1.234,5 is refused, for nobody knows whether its point marks thousands."""
    if "." in cell:
        raise ValueError
    return cell.replace(",", ".")


def _is_missing(cell: str) -> bool:
    return cell.lower() in MISSING
