"""From a CSV file to X and y: which columns, which rows, on which scale."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

import groundup as gu
from groundup.errors import InputError, InputTypeError

MOST_NAMES = 8


class Rows(NamedTuple):
    """X (rows, features) and y (rows,), the names of their columns, and how many rows were left out.

    y holds numbers, or classes: whole numbers or text.
    """

    X: NDArray[np.float64]
    y: NDArray[Any]
    features: tuple[str, ...]
    label: str
    dropped: int


def open_table(path: Path, *, delimiter: str | None, decimal_comma: bool, no_header: bool) -> gu.files.Table:
    """The CSV file as a table of text; `-` is standard input, and the delimiter may be given in words."""
    words = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "bar": "|"}
    mark = None if delimiter is None else words.get(delimiter, delimiter)
    if mark is not None and len(mark) != 1:
        raise InputError(f"--delimiter must be one character, or tab, comma, semicolon, bar; got {delimiter!r}.")
    decimal = "," if decimal_comma else "."
    if str(path) == "-":
        text = gu.files.decode(sys.stdin.buffer.read(), "standard input")
        return gu.files.parse(text, "standard input", delimiter=mark, decimal=decimal, header=not no_header)
    return gu.files.read_csv(path, delimiter=mark, decimal=decimal, header=not no_header)


def labelled(
    table: gu.files.Table, label: str, features: str | None, *, drop_missing: bool, classes: bool = False
) -> Rows:
    """X and y of a table that holds the label; with `classes` y is the class of each row."""
    table.texts(label)
    return of_columns(table, label, choose(table, features, label), drop_missing=drop_missing, classes=classes)


def of_columns(
    table: gu.files.Table,
    label: str,
    names: Sequence[str],
    *,
    drop_missing: bool,
    classes: bool = False,
    known: Sequence[Any] | None = None,
) -> Rows:
    """X and y from columns that are known by name; `known` are the classes that a model knows."""
    table, dropped = without_missing(table, (*names, label), drop_missing)
    y = class_labels(table, label, known) if classes else table.numbers(label)
    return Rows(matrix(table, names), y, tuple(names), label, dropped)


def class_labels(table: gu.files.Table, label: str, known: Sequence[Any] | None = None) -> NDArray[Any]:
    """The column as classes: whole numbers where all of them are, so that 1 and 1.0 are one class, else text."""
    cells = np.array(table.texts(label))
    if known is None:
        return cells if table.is_text(label) else whole(table.numbers(label), cells)
    texts = [str(name) for name in known]
    y = cells if isinstance(known[0], str) or table.is_text(label) else whole(table.numbers(label), cells)
    strange = ~np.isin(y.astype(str), texts)
    if strange.any():
        row = int(np.argmax(strange))
        raise InputError(
            f"column {label!r} must hold classes that the model knows, {listed(texts)}; {table.where(row)} holds "
            f"{cells[row].item()!r}. Leave such rows out, or train on them."
        )
    return y


def whole(numbers: NDArray[np.float64], cells: NDArray[Any]) -> NDArray[Any]:
    """The numbers as int64 where that loses nothing, else the cells."""
    exact = (np.trunc(numbers) == numbers) & (np.abs(numbers) < 2**53)
    return numbers.astype(np.int64) if exact.all() else cells


def listed(names: Sequence[str]) -> str:
    """The first names, quoted.

    >>> listed(["a", "b"])
    "'a', 'b'"
    """
    return ", ".join(map(repr, names[:MOST_NAMES])) + (", ..." if len(names) > MOST_NAMES else "")


def choose(table: gu.files.Table, features: str | None, label: str | None) -> tuple[str, ...]:
    """The features that were named, else every column but the label; text and nameless columns need a decision."""
    if features is not None:
        return named_features(table, features, label)
    names = tuple(name for name in table.names if name != label)
    if not names:
        raise InputError(f"{table.path} has no column but the label {label!r}; there is nothing to predict it from.")
    texts = [name for name in names if table.is_text(name)]
    numeric = [name for name in names if name not in texts and not name.startswith("unnamed_")]
    hint = f"name the features with --features {quoted(numeric)}" if numeric else "turn it into numbers first"
    if texts:
        raise InputTypeError(f"{_why_text(table, texts[0])}; {hint}.")
    nameless = [name for name in names if name.startswith("unnamed_")]
    if nameless:
        place = nameless[0].removeprefix("unnamed_")
        raise InputError(f"column {place} of {table.path} has no name, and may only count the rows; {hint}.")
    return names


def named_features(table: gu.files.Table, features: str, label: str | None) -> tuple[str, ...]:
    """Names with commas between; a name that itself has a comma may be given alone."""
    names = (
        (features,) if features in table.names else tuple(name.strip() for name in features.split(",") if name.strip())
    )
    if not names:
        raise InputError("--features must name at least one column; got none.")
    for name in names:
        table.texts(name)
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise InputError(f"--features names {twice[0]!r} twice; name each column once.")
    if label in names:
        raise InputError(f"--features holds {label!r}, which is the label; a label cannot predict itself.")
    return names


def without_missing(table: gu.files.Table, names: Sequence[str], drop: bool) -> tuple[gu.files.Table, int]:
    """The table without the rows in which one of these columns is missing, and how many those were."""
    missing = table.missing(names)
    if not missing:
        return table, 0
    rows = sorted({row for found in missing.values() for row in found})
    if not drop:
        name, found = next(iter(missing.items()))
        others = f" and {len(missing) - 1} other columns" if len(missing) > 1 else ""
        which = ", ".join(str(row + 1) for row in found[:6]) + (", ..." if len(found) > 6 else "")
        raise InputError(
            f"column {name!r}{others} must have no missing cells; {len(rows)} of {table.n_rows} rows lack one "
            f"(rows {which}; the first is {table.where(found[0])}). Fill them in, or leave those rows out with "
            "--drop-missing."
        )
    if len(rows) == table.n_rows:
        raise InputError(f"every row of {table.path} lacks a needed cell; choose other columns with --features.")
    return table.without(rows), len(rows)


def matrix(table: gu.files.Table, names: Sequence[str]) -> NDArray[np.float64]:
    """Those columns side by side."""
    return np.column_stack([table.numbers(name) for name in names])


def split(rows: Rows, test: float, seed: int, *, classes: bool = False) -> tuple[Rows, Rows | None]:
    """Rows to learn from and rows held out, drawn by chance but the same for the same seed.

    With `classes` each class is divided by that share, and always keeps a row to learn from.
    """
    if not 0 <= test < 1:
        raise InputError(f"--test is the share of rows held out, from 0 to below 1; got {test}. Try --test 0.2.")
    count = len(rows.y)
    if test == 0:
        return rows, None
    order = np.random.default_rng(seed).permutation(count)
    held = np.arange(count) < round(test * count) if not classes else _of_each_class(rows.y[order], test)
    if not 0 < held.sum() < count:
        raise InputError(f"--test {test} of {count} rows leaves none on one side; use more rows or another share.")
    learn, rest = np.sort(order[~held]), np.sort(order[held])
    return rows._replace(X=rows.X[learn], y=rows.y[learn]), rows._replace(X=rows.X[rest], y=rows.y[rest])


def _of_each_class(y: NDArray[Any], test: float) -> NDArray[np.bool_]:
    """The first rows of each class, by that share: which rows are held out."""
    held = np.zeros(len(y), dtype=np.bool_)
    for name in np.unique(y):
        own = np.flatnonzero(y == name)
        held[own[: min(round(test * len(own)), len(own) - 1)]] = True
    return held


def quoted(names: Sequence[str]) -> str:
    """Names as they can be typed after --features: in quotes where there is a blank."""
    text = ",".join(names[:MOST_NAMES]) + (",..." if len(names) > MOST_NAMES else "")
    return text if all(character.isalnum() or character in "_,.-" for character in text) else f'"{text}"'


def _why_text(table: gu.files.Table, name: str) -> str:
    try:
        table.numbers(name)
    except InputTypeError as error:
        return str(error).removesuffix(".").replace(": leave the column out or turn it into numbers first", "")
    return f"column {name!r} holds text"
