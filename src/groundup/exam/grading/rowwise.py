# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportAttributeAccessIssue=false
"""Questions for softmax and its kin: the numbers of one row together."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from groundup.exam.evidence import Evidence, check
from groundup.exam.grading.elementwise import off
from groundup.exam.grading.formulas import Formula

Array = Any
FEW = np.array([[1.0, 2.0, 0.5], [0.0, -1.0, 3.0]])
HUGE = np.array([[1000.0, 1001.0, 999.0], [-1000.0, -1002.0, -1001.0]])
UNLIKE = np.array([[1.0, 2.0, 0.5], [2000.0, 2001.0, 1999.0]])
READ = "Goodfellow, Bengio, Courville, Deep Learning, 4.1: overflow and underflow"


ONE_ROW = r"vector|1-?d\b|one[- ]dimensional|one (row|sample)|single (row|sample)"
ROWS = r"\brows?\b|samples?, ?(\w+_)?classes|\(n, ?[ckdm]\)|axis ?= ?-?1"
EACH = r"\b(each|every|per) (row|sample)\b|\brows of\b"
"""Words of a docstring by which it is for one row, or for the rows of a table, or for each of those."""


def way_of(f: Formula) -> str:
    """ "rows" of a table, "columns" of a table, or "one row" at a time: whichever it is right for at a first look."""
    if not hasattr(f, "way"):
        f.way = _way_of(f)
        f.conventions |= {"samples": WAYS[f.way]} if f.way in WAYS else {}
    return f.way


WAYS = {
    "columns": "its samples are the columns of a table: for rows write f(x.T).T",
    "one row": "it takes one row of scores at a time, and no table",
}


def _way_of(f: Formula) -> str:
    book = np.asarray(f.target.reference(FEW))
    if _right(lambda: f.function(FEW.copy()), book):
        return "rows"
    if _right(lambda: f.function(FEW.T.copy()).T, book) and not _for_rows(f):
        return "columns"
    if _refused(f, FEW) and _refused(f, np.vstack([FEW, FEW[:1]])):
        return "rows" if _refused(f, FEW[0]) else "one row"  # a table is refused, and nobody is misled
    alone = all(_right(lambda row=row: f.function(row.copy()), own) for row, own in zip(FEW, book, strict=True))
    says_one = re.search(ONE_ROW, f.promises, re.IGNORECASE) and not re.search(EACH, f.promises, re.IGNORECASE)
    return "one row" if alone and says_one else "rows"


def _refused(f: Formula, x: Array) -> bool:
    try:
        return np.shape(f.function(x.copy())) != x.shape
    except Exception:
        return True


def _right(answer: Callable[[], Any], book: Array) -> bool:
    try:
        mine = np.asarray(answer(), dtype=float)
    except Exception:
        return False
    return mine.shape == book.shape and bool(np.allclose(mine, book, rtol=1e-5, atol=1e-8))


def _for_rows(f: Formula) -> bool:
    """Whether its own words say that samples are rows, or its file takes the largest of each row."""
    if re.search(ROWS, f.promises, re.IGNORECASE):
        return True
    try:
        code = inspect.getsource(sys.modules[f.function.__module__])
    except (OSError, TypeError, KeyError, AttributeError):
        return False
    largest = {axis for axis in ("0", "1") if re.search(rf"argmax\([^)\n]*axis ?= ?-?{axis}", code)}
    return largest == {"1"}


def called(f: Formula, x: Array) -> Array:
    """What it makes of the rows of a table, in its own way."""
    way = way_of(f)
    if way == "columns":
        return np.asarray(f.function(x.T.copy()), dtype=float).T
    if way == "one row":
        return np.array([np.asarray(f.function(row.copy()), dtype=float) for row in x])
    return np.asarray(f.function(x.copy()), dtype=float)


def rows_against(f: Formula, x: Array, relative: float = 1e-6, absolute: float = 1e-9) -> Evidence:
    """The worst entry against the reference, and which other formula it is."""
    mine, book = called(f, x), np.asarray(f.target.reference(x))
    if mine.shape != book.shape:
        return Evidence(1.0, 0.0, f"the shape {x.shape} became {mine.shape}", "shape")
    gap = off(mine, book, relative, absolute)
    if gap.max() <= 1:
        return Evidence(float(gap.max()), 1.0, "the largest difference, in units of its tolerance")
    sign = "nan" if np.isnan(mine).any() else _kind(f, x, mine, book)
    row = int(np.argmax(gap.max(axis=-1)))
    words = f"the row {np.ravel(x[row]).tolist()} became {np.round(mine[row], 6).tolist()}"
    words += f"; the book says {np.round(book[row], 6).tolist()}"
    words += "; one row alone may be right" if sign == "whole" else ""
    given, right, found = (t.T if way_of(f) == "columns" else t for t in (x, book, mine))
    text = f.code(given, right=np.round(right, 6).tolist(), found=np.round(found, 6).tolist())
    return Evidence(float(gap.max()), 1.0, words, sign, "" if way_of(f) == "one row" else text)


def _kind(f: Formula, x: Array, mine: Array, book: Array) -> str:
    """Which other formula gives these numbers."""
    e = np.exp(x - x.max())
    others = {"axis": e / e.sum(axis=0), "whole": e / e.sum()}
    if f.target.name == "log_softmax":
        others = {word: np.log(other) for word, other in others.items()}
    others |= {"turned": -book}
    sign = next((w for w, o in others.items() if np.allclose(mine, o, rtol=1e-6)), "")
    if sign or not np.allclose(mine, book * mine.sum(axis=-1, keepdims=True), rtol=1e-6):
        return sign
    return "whole" if np.isclose(mine.sum(), 1.0) else "not divided"


@check(
    "D03",
    "Each row by itself has the values of the book.",
    boundary="1e-6: a guard against 0/0 may be added",
    read=READ,
)
def usual_rows(f: Formula, rng: Any) -> Evidence:
    """Two rows of three."""
    return rows_against(f, FEW)


@check("D03b", "Large scores are no trouble: only differences within a row count.", boundary="1e-6", read=READ)
def huge_rows(f: Formula, rng: Any) -> Evidence:
    """A thousand, and minus a thousand."""
    return rows_against(f, HUGE)


@check("D03c", "A row does not depend on the rows beside it.", boundary="1e-6", read=READ)
def rows_apart(f: Formula, rng: Any) -> Evidence:
    """One row small, one huge: a maximum over everything makes the small one 0/0."""
    return rows_against(f, UNLIKE)


@check("D11", "One row alone, without a second dimension, is a row too.", boundary="1e-9", read=READ, manners=True)
def one_row(f: Formula, rng: Any) -> Evidence:
    """A vector."""
    x = np.array([1.0, 2.0, 0.5])
    mine, book = np.asarray(f.function(x.copy()), dtype=float), np.asarray(f.target.reference(x))
    gap = float(np.abs(mine - book).max()) if mine.shape == book.shape else np.inf
    return Evidence(gap, 1e-9, f"{x.tolist()} became {mine.tolist()}")


@check("D13", "The argument is left as it was.", boundary="equal", read="NumPy, user guide: views and copies")
def argument_unchanged(f: Formula, rng: Any) -> Evidence:
    """x -= max changes the caller's array."""
    x = np.array([1.0, 2.0, 0.5]) if way_of(f) == "one row" else np.array([[1.0, 2.0, 0.5]])
    before = x.copy()
    f.function(x)
    return Evidence(float(not np.array_equal(x, before)), 0.0, f"[1, 2, 0.5] became {np.ravel(x).tolist()}")


@check("D03d", "Wider rows, even and uneven ones, have the values of the book too.", boundary="1e-6", read=READ)
def wider_rows(f: Formula, rng: Any) -> Evidence:
    """30 rows of six, from nearly equal ones to those that differ by 10."""
    return rows_against(f, rng.normal(size=(30, 6)) * np.geomspace(0.01, 10.0, 30)[:, None])


@check("D03e", "It keeps nine digits.", boundary="1e-9", read=READ, manners=True)
def all_digits(f: Formula, rng: Any) -> Evidence:
    """A small number added to the sum, against 0/0, costs as many digits as it has."""
    return rows_against(f, FEW, 1e-9, 1e-12)


QUESTIONS = [usual_rows, wider_rows, huge_rows, rows_apart, one_row, argument_unchanged, all_digits]
