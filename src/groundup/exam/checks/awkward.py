# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Tables that are awkward, but not wrong: more columns than rows, columns that say nothing new, other units."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import Candidate, Learnt
from groundup.exam.checks import tables
from groundup.exam.checks.answers import GOLUB
from groundup.exam.checks.laws import answers, difference, size, softmax_only
from groundup.exam.checks.words import NOTHING_NEW, TWINS, UNITS, says
from groundup.exam.evidence import Evidence, check

Array = Any


BY_ACCIDENT = (
    r"be broadcast|could not broadcast|^matmul: |not aligned|zero-size array|need at least one array"
    r"|setting an array element|all the input array"
)
"""Words of NumPy's own errors, of shapes that do not fit."""


def refused(study: Any, owed: bool = False) -> Learnt | Evidence:
    """What was learnt; or the evidence of a refusal, which must be on purpose: no failure of a solver, no wrong shape.

    Whoever says that it answers may not refuse: then the answer is `owed`.
    """
    try:
        return study()
    except np.linalg.LinAlgError as error:
        return Evidence(1.0, 0.0, f"it did not refuse on purpose, its solver failed: {error}", "solver failed")
    except ValueError as error:
        if isinstance(error, np.exceptions.AxisError) or re.search(BY_ACCIDENT, str(error)):
            return Evidence(1.0, 0.0, f"it did not refuse on purpose, its shapes do not fit: {error}", "shapes")
        return Evidence(float(owed), 0.0, "refused, against its own words" if owed else "refused on purpose")


@check(
    "A17",
    "With more columns than rows it misses nothing, by the shortest weights that do so, or refuses on purpose.",
    tasks="regression",
    needs="exact weights",
    boundary="1e-8",
    read=GOLUB,
    manners=True,
)
def more_columns_than_rows(c: Candidate, rng: Any) -> Evidence:
    """Shortest: w lies in the space of the centred rows; or w and the bias together in that of the rows with a 1.

    Weights of rows play no part, since nothing is missed.
    """
    worst = 0.0
    for n, p, weighted in ((6, 9, False), (5, 6, True)):
        table = tables.numbers(rng, n, p)
        more = {"sample_weight": rng.integers(1, 5, n).astype(float)} if weighted and "sample_weight" in c.can else {}
        learnt = refused(lambda t=table, m=more: c.study(t.X, t.y, **m))
        if isinstance(learnt, Evidence):
            return learnt
        theta, A = learnt.theta, reference.with_bias(table.X)
        missed = float(np.abs(A @ theta - table.y).max() / np.abs(table.y).max())
        length = max(float(np.linalg.norm(theta)), 1e-300)
        spare = min(_outside(table.X - table.X.mean(axis=0), theta[:-1]), _outside(A, theta)) / length
        worst = max(worst, missed, spare)
    words = f"{worst:.3g} of y is missed, or of the weights tells nothing about these rows"
    return Evidence(worst, 1e-8, words, "" if worst <= 1e-8 else "misses" if missed > 1e-8 else "too long")


def _outside(rows: Array, v: Array) -> float:
    """The length of what of v is no sum of these rows."""
    _, s, V = np.linalg.svd(rows, full_matrices=False)
    inside = V[s > 1e-10 * max(float(s[0]), 1e-300)]
    return float(np.linalg.norm(v - inside.T @ (inside @ v)))


@check(
    "A20",
    "A column that is constant, or stands there twice, changes no prediction; or it is refused on purpose.",
    needs="exact",
    boundary="1e-6",
    read=GOLUB,
    manners=True,
    promise=NOTHING_NEW,
)
def nothing_new(c: Candidate, rng: Any) -> Evidence:
    """The best predictions are unique although the weights are not."""
    return with_columns(c, tables.of(c.task, rng, size(c)))


@check(
    "A20b",
    "Where rows have weights too, a column that is constant, or there twice, changes no prediction.",
    needs="exact sample_weight",
    boundary="1e-6",
    read=GOLUB,
    manners=True,
    promise=NOTHING_NEW,
)
def nothing_new_by_weights(c: Candidate, rng: Any) -> Evidence:
    """The mean of a constant column must be that of the weighted rows."""
    table = tables.of(c.task, rng, size(c))
    return with_columns(c, table, sample_weight=rng.uniform(0.2, 3.0, len(table.X)))


def with_columns(c: Candidate, table: Any, **more: Any) -> Evidence:
    """How far an answer moves with a column that says nothing new."""
    softmax_only(c)
    plain = answers(c, c.study(table.X, table.y, **more), table.X)
    worst, what = 0.0, ""
    for name, column in (("constant", np.full(len(table.X), 3.0)), ("there twice", table.X[:, 1])):
        X = np.column_stack([table.X, column])
        learnt = refused(lambda X=X: c.study(X, table.y, **more), owed=says(c, NOTHING_NEW))
        if isinstance(learnt, Evidence):
            return learnt
        gap = difference(c, answers(c, learnt, X), plain)
        if not gap <= worst:
            worst, what = gap, name
    return Evidence(worst, 1e-6, f"with a column that is {what} an answer moved by {worst:.3g}", what)


@check(
    "A06b",
    "Columns in other units, and far from zero, are learnt as well: the probabilities stay.",
    tasks="classification multiclass",
    needs="exact",
    boundary="1e-5",
    read=GOLUB,
    manners=True,
    promise=UNITS,
)
def classes_in_other_units(c: Candidate, rng: Any) -> Evidence:
    """2^-30 and 2^30 times as large, and 1,000 deviations away."""
    softmax_only(c)
    table = tables.of(c.task, rng, size(c))
    plain = answers(c, c.study(table.X, table.y), table.X)
    other = (table.X + np.array([0.0, 1000.0, -1000.0])) * [2.0**-30, 1.0, 2.0**30]
    learnt = refused(lambda: c.study(other, table.y))
    if isinstance(learnt, Evidence):
        return learnt
    gap = difference(c, answers(c, learnt, other), plain)
    return Evidence(gap, 1e-5, f"a probability moved by {gap:.3g} with the units")


@check(
    "A08c",
    "Weights of rows count as repeats also where columns are nearly the same.",
    tasks="regression",
    needs="sample_weight exact",
    boundary="1e-6",
    read=GOLUB,
    manners=True,
    promise=TWINS,
)
def weights_of_twins(c: Candidate, rng: Any) -> Evidence:
    """Columns that differ by 1e-5 of themselves, and rows of weight 0."""
    table = tables.numbers(rng, 50)
    X = np.column_stack([table.X, table.X[:, 0] + 1e-5 * rng.normal(size=50)])
    repeats = rng.integers(0, 4, 50)
    written = c.study(np.repeat(X, repeats, axis=0), np.repeat(table.y, repeats))
    weighted = c.study(X, table.y, sample_weight=repeats.astype(float))
    gap = difference(c, answers(c, weighted, X), answers(c, written, X))
    if "weights" in c.can:
        gap = max(gap, float(np.abs(weighted.theta - written.theta).max() / np.abs(written.theta).max()))
    return Evidence(gap, 1e-6, f"an answer or a weight differs by {gap:.3g} from that for the rows written out")
