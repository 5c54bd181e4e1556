# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Regression that promises more than a plane: powers of the columns, and labels in several columns."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam.candidates import Candidate
from groundup.exam.checks import tables
from groundup.exam.checks.laws import difference, steady, tolerance
from groundup.exam.evidence import Evidence, NotExamined, check

READ = "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 3.2.4 and 5.1"


@check(
    "P01",
    "With powers up to a degree it fits that power exactly, and the next one not.",
    tasks="regression",
    needs="degree exact predict",
    boundary="1e-6, and more than 1e-3",
    read=READ,
)
def highest_power(c: Candidate, rng: Any) -> Evidence:
    """y = x^2 and x^3 with degree 2 and 3; x^3 and x^4 are beyond it."""
    X = rng.uniform(-1.5, 1.5, size=(60, c.width))
    for degree in (2, 3):
        own, beyond = X[:, 0] ** degree, X[:, 0] ** (degree + 1)
        gap = difference(c, c.study(X, own, degree=degree).predict(X), own)
        if not gap <= 1e-6:
            return Evidence(gap, 1e-6, f"with degree {degree}, x^{degree} is missed by {gap:.3g}", "one power short")
        over = difference(c, c.study(X, beyond, degree=degree).predict(X), beyond)
        if over < 1e-3:
            return Evidence(1.0, 1e-6, f"with degree {degree} it fits x^{degree + 1} too", "one power more")
    return Evidence(0.0, 1e-6, "x^2 and x^3 are fitted with degree 2 and 3")


SEVERAL = r"multi.?(target|output)|(several|many|multiple) (targets|outputs|labels)"


@check(
    "F33",
    "Labels in two columns are learnt as each by itself.",
    tasks="regression",
    needs="predict",
    boundary="1e-9 (1e-6 for descent)",
    read=READ,
)
def several_targets(c: Candidate, rng: Any) -> Evidence:
    """Two planes with biases far from one another; asked where it says that it learns several."""
    if not c.says(rf"{SEVERAL}|multi.?variate"):
        raise NotExamined("it does not say that it learns several columns of labels")
    steady(c)
    table = tables.numbers(rng, 60)
    Y = np.column_stack([table.y, -3.0 * table.y[::-1] - 5.0])
    plan = c.plan(table.X) if c.mode != "exact" else {}
    try:
        learnt = c.study_as_is(table.X, Y, **plan)
    except Exception:
        if not c.says(SEVERAL):
            raise NotExamined("it says multivariate, and may mean several columns of X") from None
        raise
    both = c.maker.predict(learnt.result, c.with_ones(table.X))
    if both.shape != Y.shape:
        raise NotExamined(f"labels of shape {Y.shape} got answers of shape {both.shape}")
    alone = np.column_stack([c.study(table.X, y, **plan).predict(table.X) for y in Y.T])
    gap = difference(c, both, alone)
    return Evidence(
        gap, max(tolerance(c), 1e-6), f"an answer differs by {gap:.3g} from that of one column alone", "mixed"
    )
