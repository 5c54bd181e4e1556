# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
"""Questions for metrics of many rows: batches of unlike size, and products of counts that overflow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from groundup.exam.evidence import Check, Evidence, NotExamined, check
from groundup.exam.grading.formulas import Formula
from groundup.exam.grading.metrics import DIGITS, READ, mine, small_tables, tables
from groundup.exam.grading.signs import book

Array = Any
ROWS = 1030
"""No multiple of a usual batch: 32, 64, 100, 128 and 256 all leave a short last one."""


@check("D06d", "Of a thousand rows it is the same number as of all rows at once.", boundary="1e-6 relative", read=READ)
def many_rows(f: Formula, rng: Any) -> Evidence:
    """1030 rows, the last of which are the worst predicted: a mean of batches counts a short one as a whole one."""
    small_tables.ask(f, np.random.default_rng(5))  # settles the order of the arguments
    few_y, few_p = tables(f.target.data, rng)[0]
    if not np.isclose(mine(f, few_y, few_p), book(f, few_y, few_p), rtol=DIGITS):
        raise NotExamined("it has another value, or another scale, on small tables")
    times = -(-ROWS // len(few_y))
    y, p = np.tile(few_y, times)[:ROWS], np.tile(few_p, times)[:ROWS]
    if f.target.data == "labels":
        p[-6:] = 1 - y[-6:]
    elif f.target.data == "classes":
        p[-6:] = (y[-6:] + 1) % 3
    elif f.target.data == "numbers":
        p[-6:] += 5.0
    else:
        p[-6:] = np.where(y[-6:] == 1, 0.05, 0.95)
    found, right = mine(f, y, p), book(f, y, p)
    return Evidence(
        abs(found - right),
        DIGITS * max(1.0, abs(right)),
        f"of {ROWS} rows it is {found:.8g}; the book says {right:.8g}",
        "batches" if any(abs(found - of) < DIGITS * max(1.0, abs(found)) for of in _of_batches(f, y, p)) else "",
    )


def _of_batches(f: Formula, y: Array, p: Array) -> Iterator[float]:
    """The mean of the values of batches of the usual sizes."""
    for size in (10, 20, 32, 50, 64, 100, 128, 200, 256, 500, 512, 1000):
        cuts = range(size, len(y), size)
        with np.errstate(all="ignore"):
            yield float(np.mean([book(f, a, b) for a, b in zip(np.split(y, cuts), np.split(p, cuts), strict=True)]))


@check("D06e", "Large counts do not overflow.", boundary="1e-9", read="NumPy, user guide: data types, overflow")
def large_counts(f: Formula, rng: Any) -> Evidence:
    """240,000 rows: a product of four counts is larger than the largest whole number of 64 bits."""
    if f.target.name not in ("matthews", "kappa"):
        raise NotExamined("it multiplies no counts")
    small_tables.ask(f, np.random.default_rng(5))
    y = np.tile([0, 1, 1, 0], 60_000)
    p = np.tile([0, 1, 0, 0, 0, 1, 1, 1], 30_000)
    found, right = mine(f, y, p), book(f, y, p)
    return Evidence(abs(found - right), 1e-9, f"of {len(y)} rows it is {found:.8g}; the book says {right:.8g}")


QUESTIONS: list[Check] = [many_rows, large_counts]
