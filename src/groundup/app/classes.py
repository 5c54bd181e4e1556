"""Labels that are classes: which there are, how they are balanced, and whether the label is one at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

import groundup as gu
from groundup.app.report import Sheet, Words
from groundup.app.rows import Rows
from groundup.errors import InputError, InputTypeError

MOST_CLASSES = 20
MOST_SHOWN = 12
UNEVEN = 0.8
"""Where the largest class has this share of the rows, a model without any knowledge already seems good."""


def must_be_numbers(table: gu.files.Table, label: str) -> None:
    """For a model that predicts numbers: a label of text is refused, with the model that would take it."""
    if not table.is_text(label):
        return
    try:
        table.numbers(label)
    except InputTypeError as error:
        words = str(error).removesuffix(".").replace(": leave the column out or turn it into numbers first", "")
        hint = " To predict classes use --model logistic." if "which is text" in words else ""
        raise InputTypeError(f"{words}.{hint}") from None


def must_be_classes(rows: Rows) -> None:
    """For a model that predicts classes: a label that measures something, or names each row, is refused."""
    values, counts = np.unique(rows.y, return_counts=True)
    count, n = len(values), len(rows.y)
    if count == 1:
        raise InputError(
            f"column {rows.label!r} holds one class only, {str(values[0])!r}, in all {n:,} rows; there is nothing to "
            "tell apart. Bring rows of another class."
        )
    if not _is_number(rows.y) and count > MOST_CLASSES and counts.max() <= 2:
        raise InputError(
            f"column {rows.label!r} holds {count:,} different texts in {n:,} rows; a class must come again to be "
            "learnt. Is this a name or a number of the row? Choose another --label."
        )
    if _is_number(rows.y) and (count > MOST_CLASSES or (count > 5 and count > n / 2)):
        raise InputError(
            f"column {rows.label!r} holds {count:,} different numbers in {n:,} rows, as something measured does; a "
            "class is one of a few. To predict numbers use --model linear."
        )


def looks_like_classes(table: gu.files.Table, label: str) -> bool:
    """Text, or one of two numbers: what a network takes for classes unless told otherwise."""
    return table.is_text(label) or len(set(table.numbers(label).tolist())) == 2


def balance(rows: Rows, held: Rows | None) -> dict[str, Any]:
    """How many rows each class has."""
    made: dict[str, Any] = {"classes": counts(rows.y), "always_answering": None, "warnings": []}
    most, share = largest(rows.y)
    made["always_answering"] = {"class": most, "accuracy": share}
    if held is not None:
        made["classes_held_out"] = {name: counts(held.y).get(name, 0) for name in made["classes"]}
    made["warnings"] = warnings_about(made["classes"])
    return made


def counts(y: NDArray[Any]) -> dict[str, int]:
    """Each class with its number of rows, in the order of `classes_`."""
    values, there = np.unique(y, return_counts=True)
    return dict(zip(map(str, values.tolist()), there.tolist(), strict=True))


def largest(y: NDArray[Any]) -> tuple[str, float]:
    """The class with most rows, and its share."""
    there = counts(y)
    most = max(there, key=there.__getitem__)
    return most, there[most] / len(y)


def warnings_about(there: dict[str, int]) -> list[str]:
    """Whether these classes are so uneven that accuracy says little."""
    most, least = max(there, key=there.__getitem__), min(there, key=there.__getitem__)
    share = there[most] / sum(there.values())
    advice = f"Look at the recall of {least!r}, at log loss and at precision instead"
    if share >= UNEVEN:
        return [
            f"Accuracy misleads here: always answering {most!r} is right in {100 * share:.3g} % of the rows. {advice}."
        ]
    if there[most] >= 10 * there[least]:
        times = there[most] / there[least]
        return [
            f"Accuracy misleads here: {most!r} has {times:.3g} times as many rows as {least!r}, so {least!r} hardly "
            f"counts in it. {advice}."
        ]
    return []


def content(label: str, features: Sequence[str], made: dict[str, Any]) -> list[Words | Sheet]:
    """The balance, for people: shown before anything is learnt."""
    there, held = made["classes"], made.get("classes_held_out")
    total = sum(there.values())
    lines = [
        [name, f"{there[name]:,}", f"{100 * there[name] / total:.1f} %", *([f"{held[name]:,}"] if held else [])]
        for name in sorted(there, key=lambda name: -there[name])[:MOST_SHOWN]
    ]
    more = f" (the largest {MOST_SHOWN} of {len(there)})" if len(there) > MOST_SHOWN else ""
    columns = [f"{label}{more}", "rows", "share", *(["held out"] if held else [])]
    from_these = ", ".join(features[:8]) + (", ..." if len(features) > 8 else "")
    warned = [Words(text, warns=True) for text in made["warnings"]]
    made_of = [Words(f"Predicting {label}, one of {len(there)} classes, from {from_these}", strong=True)]
    return [*made_of, Sheet("", columns, lines), *warned, *([Words("")] if warned else [])]


def _is_number(y: NDArray[Any]) -> bool:
    """Whether the labels are numbers; cells such as 1.5 came as text."""
    if y.dtype.kind in "iu":
        return True
    try:
        y.astype(np.float64)
    except ValueError:
        return False
    return True
