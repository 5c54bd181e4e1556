# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false
"""Questions for softmax and its kin: the numbers of one row together."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam.evidence import Evidence, check
from groundup.exam.grading.elementwise import off
from groundup.exam.grading.formulas import Formula

Array = Any
READ = "Goodfellow, Bengio, Courville, Deep Learning, 4.1: overflow and underflow"


def rows_against(f: Formula, x: Array) -> Evidence:
    """The worst entry against the reference, and which other formula it is."""
    mine, book = np.asarray(f.function(x.copy()), dtype=float), np.asarray(f.target.reference(x))
    if mine.shape != book.shape:
        return Evidence(1.0, 0.0, f"the shape {x.shape} became {mine.shape}", "shape")
    gap = off(mine, book, 1e-9, 1e-12)
    if gap.max() <= 1:
        return Evidence(float(gap.max()), 1.0, "the largest difference, in units of its tolerance")
    e = np.exp(x - x.max())
    others = {
        "axis": e / e.sum(axis=0),
        "whole": e / e.sum(),
        "not divided": book * mine.sum(axis=-1, keepdims=True),
        "turned": -book,
    }
    sign = (
        "nan" if np.isnan(mine).any() else next((w for w, o in others.items() if np.allclose(mine, o, rtol=1e-6)), "")
    )
    row = int(np.argmax(gap.max(axis=-1)))
    words = f"the row {np.ravel(x[row]).tolist()} became {np.round(mine[row], 6).tolist()}"
    words += f"; the book says {np.round(book[row], 6).tolist()}"
    text = f.code(x, right=np.round(book, 6).tolist(), found=np.round(mine, 6).tolist())
    return Evidence(float(gap.max()), 1.0, words, sign, text)


@check("D03", "Each row by itself has the values of the book.", boundary="1e-9", read=READ)
def usual_rows(f: Formula, rng: Any) -> Evidence:
    """Two rows of three."""
    return rows_against(f, np.array([[1.0, 2.0, 0.5], [0.0, -1.0, 3.0]]))


@check("D03b", "Large scores are no trouble: only differences within a row count.", boundary="1e-9", read=READ)
def huge_rows(f: Formula, rng: Any) -> Evidence:
    """A thousand, and minus a thousand."""
    return rows_against(f, np.array([[1000.0, 1001.0, 999.0], [-1000.0, -1002.0, -1001.0]]))


@check("D03c", "A row does not depend on the rows beside it.", boundary="1e-9", read=READ)
def rows_apart(f: Formula, rng: Any) -> Evidence:
    """One row small, one huge: a maximum over everything makes the small one 0/0."""
    return rows_against(f, np.array([[1.0, 2.0, 0.5], [2000.0, 2001.0, 1999.0]]))


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
    x = np.array([[1.0, 2.0, 0.5]])
    f.function(x)
    return Evidence(float(not np.array_equal(x, [[1.0, 2.0, 0.5]])), 0.0, f"[1, 2, 0.5] became {x[0].tolist()}")


@check("D03d", "Wider rows, even and uneven ones, have the values of the book too.", boundary="1e-9", read=READ)
def wider_rows(f: Formula, rng: Any) -> Evidence:
    """30 rows of six, from nearly equal ones to those that differ by 10."""
    return rows_against(f, rng.normal(size=(30, 6)) * np.geomspace(0.01, 10.0, 30)[:, None])


QUESTIONS = [usual_rows, wider_rows, huge_rows, rows_apart, one_row, argument_unchanged]
