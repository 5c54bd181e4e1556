# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Questions for a confusion matrix of (y, prediction): a row for each true label, a column for each predicted one."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam.evidence import Evidence, NotExamined, check
from groundup.exam.grading.formulas import Formula

Array = Any
READ = "Kohavi and Provost, Glossary of terms, Machine Learning 30 (1998)"


def tables(rng: Any) -> list[tuple[Array, Array]]:
    """Two classes and three; no two counts that change places are alike."""
    two = [0] * 6 + [1] * 7, [0] * 5 + [1] + [0] * 3 + [1] * 4
    three = [0] * 5 + [1] * 6 + [2] * 5, [0, 0, 0, 1, 2, 0, 0, 0, 1, 1, 2, 2, 2, 1, 1, 1]
    order = rng.permutation(13), rng.permutation(16)
    return [(np.array(y)[o], np.array(p)[o]) for (y, p), o in zip((two, three), order, strict=True)]


@check(
    "D06",
    "It counts the rows of each true label under each predicted one.",
    boundary="equal",
    read=READ,
)
def counts(f: Formula, rng: Any) -> Evidence:
    """Which of the two stands in the rows is a convention only where the names of its arguments do not tell them."""
    for y, prediction in tables(rng):
        right = f.target.reference(y, prediction)
        found = _counted(f, y, prediction)
        if len(right) == 3 and found.shape == (2, 2):
            f.conventions["classes"] = "it counts two classes, 0 and 1"
            continue
        if found.shape != right.shape:
            return Evidence(1.0, 0.0, f"{len(right)} classes gave an answer of shape {found.shape}", "shape")
        if len(right) == 2 and np.array_equal(found, right[::-1, ::-1]):
            f.conventions["order"] = "class 1 stands first"
            continue
        if np.array_equal(found, right.T) and not f.readable:
            f.conventions["order"] = "a row is a predicted label, or the predictions come first"
            continue
        off = float(np.abs(found - right).sum())
        if not off <= 0:
            sign = "transposed" if np.array_equal(found, right.T) else ""
            words = f"it gives {found.tolist()}; the book says {right.tolist()}"
            words += ": rows and columns have changed places" if sign else ""
            return Evidence(off, 0.0, words, sign, f.code(y, prediction, right=right.tolist(), found=found.tolist()))
    return Evidence(0.0, 0.0, "the same counts")


@check("D06b", "A label that is never predicted keeps its column.", boundary="equal", read=READ)
def missing_label(f: Formula, rng: Any) -> Evidence:
    """The matrix is square."""
    if _counted(f, *tables(rng)[1]).shape == (2, 2):
        raise NotExamined("it counts two classes")
    y, prediction = np.array([0, 1, 2, 1, 2]), np.array([0, 1, 1, 1, 0])
    found = f.of(y, prediction)
    if found.ndim != 2:
        raise NotExamined(f"it gives an answer of shape {found.shape}, not a table")
    return Evidence(float(found.shape != (3, 3)), 0.0, f"three labels gave a table of shape {found.shape}", "shape")


def _counted(f: Formula, y: Array, prediction: Array) -> Array:
    """What it counts; of one that has no place for a third class, what it counts of the others."""
    try:
        return f.of(y.copy(), prediction.copy())
    except IndexError:
        two = (y < 2) & (prediction < 2)
        if two.all():
            raise
        return f.of(y[two], prediction[two])


QUESTIONS = [counts, missing_label]
