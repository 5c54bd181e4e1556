# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Questions for one function that gives several metrics at once: precision_recall, precision_recall_f1."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam.evidence import Evidence, NotExamined, check
from groundup.exam.grading.formulas import Formula
from groundup.exam.grading.metrics import READ, tables
from groundup.exam.grading.names import MEANS, parts_of
from groundup.formulas import metrics

Array = Any
MANY = np.array([0] * 5 + [1] * 6 + [2] * 5), np.array([0, 0, 0, 1, 2, 0, 0, 0, 1, 1, 2, 2, 2, 1, 1, 1])
"""Three classes, none of them as often right or wrong as another."""


@check("D06", "Each of its numbers is the one of the book.", boundary="1e-9", read=READ)
def each(f: Formula, rng: Any) -> Evidence:
    """Of two classes, and of three: for the class 1, or one average over the classes for all of them."""
    words = parts_of(f.target.name)
    said = [mean for mean in MEANS if mean in f.target.name]
    known: list[str] = said or ["binary", "macro", "weighted", "micro", "each"]
    asked = 0
    for y, p in [*tables("labels", rng), MANY]:
        try:
            out = f.function(*((p, y) if f.swapped else (y, p)))
        except ValueError:
            if y is MANY[0]:
                continue  # three classes may be refused
            raise
        out = [out[word] for word in words] if isinstance(out, dict) else list(out)
        if len(out) < len(words):
            raise NotExamined(f"it gives {len(out)} numbers, and its name lists {len(words)}")
        mine = [np.asarray(value, dtype=float) for value in out[: len(words)]]
        means = [mean for mean in known if not (mean == "binary" and y is MANY[0])]
        right = [mean for mean in means if _same(mine, _book(words, y, p, mean))]
        if y is MANY[0] and "binary" in known:
            continue  # one class against all the others is as good
        asked += 1
        if not right:
            book = [np.round(value, 6).tolist() for value in _book(words, y, p, known[0])]
            told = f"{', '.join(words)} are {[np.round(v, 6).tolist() for v in mine]}; the book says {book}"
            turned = _same(mine[::-1], _book(words, y, p, known[0]))
            return Evidence(1.0, 0.0, told, "exchanged" if turned else "")
        known = right
    f.conventions |= {"average": f"an average over the classes: {known[0]}"} if known[0] != "binary" else {}
    return Evidence(0.0, 0.0, f"the same in {asked} tables")


def _book(words: tuple[str, ...], y: Array, p: Array, mean: str) -> list[Array]:
    average: Any = None if mean == "each" else mean
    return [np.asarray(metrics.NAMES[word](y, p, average=average, zero_division=0.0), dtype=float) for word in words]


def _same(mine: list[Array], book: list[Array]) -> bool:
    return all(a.shape == b.shape and np.allclose(a, b, rtol=1e-9, atol=1e-12) for a, b in zip(mine, book, strict=True))


@check("D06b", "Perfect predictions get 1 in each.", boundary="1e-12", read=READ)
def perfect(f: Formula, rng: Any) -> Evidence:
    """Five rows of two classes."""
    y = np.array([1, 0, 0, 1, 0])
    out = f.function(y.copy(), y.copy())
    out = list(out.values()) if isinstance(out, dict) else list(out)
    gap = max(float(np.abs(np.asarray(value, dtype=float) - 1).max()) for value in out[: len(parts_of(f.target.name))])
    return Evidence(gap, 1e-12, f"it is off by {gap:.3g}")


QUESTIONS = [each, perfect]
