# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Standard errors beside those of the first weight: of all coefficients, of tables that tell too little, of no rows."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import Candidate, Learnt
from groundup.exam.checks import tables
from groundup.exam.checks.answers import READ
from groundup.exam.checks.awkward import refused
from groundup.exam.checks.words import NO_NUMBER, TWINS
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any


def of_weights(c: Candidate, learnt: Learnt) -> tuple[Array, Array]:
    """(standard errors of the weights, that of the bias or nothing)."""
    errors = learnt.standard_errors()
    p = learnt.columns
    if errors is None or len(errors) not in (p, p + 1):
        raise NotExamined("it does not show one standard error for each weight")
    if len(errors) == p:
        return errors, np.zeros(0)
    if not c.bias_place:
        raise NotExamined("it cannot be seen which of the standard errors is that of the bias")
    return (errors[1:], errors[:1]) if c.bias_place == "first" else (errors[:-1], errors[-1:])


@check(
    "A04b",
    "All its standard errors have one factor: the deviation of the noise, times what the rows say.",
    tasks="regression",
    needs="errors weights",
    boundary="1e-6",
    read=READ,
)
def one_factor(c: Candidate, rng: Any) -> Evidence:
    """se_j / sqrt of the j-th diagonal of the inverse of A'A is the same for every weight, and for the bias."""
    worst, words = 0.0, "the same factor everywhere"
    for n, p in ((12, 3), (6, 1)):
        table = tables.numbers(rng, n, p)
        X = table.X * [5.0, 1.0, 0.2][:p]
        weights, bias = of_weights(c, c.study(X, table.y))
        A = reference.with_bias(X)
        book = np.sqrt(np.diag(np.linalg.inv(A.T @ A)))
        factors = np.concatenate([weights, bias]) / book[: p + len(bias)]
        if p + len(bias) == 1:
            continue
        uneven = float(np.ptp(factors) / np.abs(factors).max())
        if not uneven <= worst:
            worst, words = uneven, f"the factors are {np.round(factors, 5).tolist()}, those of the weights first"
    return Evidence(worst, 1e-6, words)


@check(
    "A04c",
    "Columns that say nothing new leave the standard errors of the others as they are, or are refused on purpose.",
    tasks="regression",
    needs="errors weights",
    boundary="1e-6",
    read="Seber and Lee, Linear Regression Analysis, 3.9: estimable functions",
    manners=True,
    promise=NO_NUMBER,
)
def estimable(c: Candidate, rng: Any) -> Evidence:
    """One column twice, and one that is constant."""
    table = tables.numbers(rng, 20)
    plain = of_weights(c, c.study(table.X, table.y))[0]
    worst, what = 0.0, "nothing"
    for name, column in (("twice", table.X[:, 1]), ("constant", np.full(20, 3.0))):
        learnt = refused(lambda v=column: c.study(np.column_stack([table.X, v]), table.y))
        if isinstance(learnt, Evidence):
            return learnt
        kept = [0, 2] if name == "twice" else [0, 1, 2]
        gap = float(np.abs(of_weights(c, learnt)[0][kept] / plain[kept] - 1).max())
        if not gap <= worst:
            worst, what = gap, name
    return Evidence(
        worst, 1e-6, f"a standard error changed by {worst:.3g} of itself with a column that is {what}", what
    )


@check(
    "A04e",
    "Standard errors have one factor too where columns are nearly the same, or far from zero.",
    tasks="regression",
    needs="errors weights",
    boundary="1e-5",
    read=READ,
    manners=True,
    promise=TWINS,
)
def one_factor_of_twins(c: Candidate, rng: Any) -> Evidence:
    """Columns that differ by 1e-5 of themselves, and 1,000 deviations from zero: R of the centred rows tells."""
    table = tables.numbers(rng, 40)
    X = np.column_stack([table.X, table.X[:, 0] + 1e-5 * rng.normal(size=40)])
    worst = 0.0
    for rows in (X, table.X + 1000.0):
        weights, _ = of_weights(c, c.study(rows, table.y))
        R = np.linalg.qr(rows - rows.mean(axis=0), mode="r")
        factors = weights / np.sqrt((np.linalg.inv(R) ** 2).sum(axis=1))
        worst = max(worst, float(np.ptp(factors) / np.abs(factors).max()))
        worst = worst if np.isfinite(factors).all() else np.inf
    return Evidence(worst, 1e-5, f"the factors differ by {worst:.3g} of themselves")


@check(
    "A04d",
    "A weight that the rows cannot tell has no standard error: not one of two columns that are the same.",
    tasks="regression",
    needs="errors weights",
    boundary="NaN, infinite, or refused on purpose",
    read="Seber and Lee, Linear Regression Analysis, 3.9: estimable functions",
    manners=True,
    promise=NO_NUMBER,
)
def not_estimable(c: Candidate, rng: Any) -> Evidence:
    """More of one and less of the other gives the same predictions."""
    table = tables.numbers(rng, 20)
    learnt = refused(lambda: c.study(np.column_stack([table.X, table.X[:, 1]]), table.y))
    if isinstance(learnt, Evidence):
        return learnt
    shown = of_weights(c, learnt)[0][[1, 3]]
    sure = int(np.isfinite(shown).sum())
    return Evidence(float(sure), 0.0, f"of two columns that are the same the standard errors are {shown.tolist()}")


@check(
    "A15b",
    "Where as many weights as rows leave no miss, nothing is said of the noise.",
    tasks="regression",
    needs="errors weights",
    boundary="NaN, infinite, or refused on purpose",
    read=READ,
    manners=True,
    promise=NO_NUMBER,
)
def no_misses_left(c: Candidate, rng: Any) -> Evidence:
    """4 rows and 4 coefficients, and 6 rows and 10: n - p is not positive."""
    for n, p in ((4, 3), (6, 9)):
        table = tables.numbers(rng, n, p)
        learnt = refused(lambda t=table: c.study(t.X, t.y))
        if isinstance(learnt, Evidence):
            return learnt
        shown = [*of_weights(c, learnt)[0], *([learnt.variance()] if "variance" in c.can else [])]
        sure = int(np.isfinite(np.array(shown, dtype=float)).sum())
        if sure:
            return Evidence(float(sure), 0.0, f"from {n} rows and {p + 1} coefficients it knows {sure} standard errors")
    return Evidence(0.0, 0.0, "none is shown")
