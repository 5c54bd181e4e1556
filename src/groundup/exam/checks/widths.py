# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Tables of one column and of eight, weights in them, and an l1 penalty that leaves some columns out."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import Candidate
from groundup.exam.checks import tables
from groundup.exam.checks.laws import softmax_only, steady
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
READ = "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 3.2"


@check(
    "A19",
    "One column is as good as three, and so are eight; so are three of which the last says nothing.",
    boundary="1e-8 (1e-5 by descent, 1e-3 for classes)",
    read=READ,
)
def any_width(c: Candidate, rng: Any) -> Evidence:
    """Its answers against those of the best weights, for tables of one column and of eight.

    A chance from 36 weights and 500 rows has a standard error of about sqrt(36 / 500) / 4: 1e-3 is a hundredth of it.
    """
    steady(c)
    softmax_only(c)
    worst, words = 0.0, "the same answers as the best weights"
    allowed = {"exact": 1e-8, "descent": 1e-5}[c.mode] if c.task == "regression" else 1e-3
    cases = [
        (f"{p} column{'s' * (p > 1)}", tables.of(c.task, rng, 60 if c.task == "regression" else 500, p)) for p in (1, 8)
    ]
    if c.task == "regression":
        cases.append(("a last column that nothing hangs on", says_nothing(tables.numbers(rng, 60))))
    for what, table in cases:
        best = reference.optimum(c.task, table.X, tables.targets(c.task, table.y))
        right = reference.response(c.task, reference.with_bias(table.X) @ best)
        learnt = c.study(table.X, table.y)
        if c.task == "regression":
            mine = learnt.predict(table.X)
        else:
            mine = learnt.proba(table.X)
            mine = mine[:, 1] if c.task == "classification" else mine
        gap = float(np.abs(mine - right).max())
        if not gap <= worst:
            worst, words = gap, f"with {what} an answer is off by {gap:.3g}"
    return Evidence(worst, allowed, words, "shape" if not np.isfinite(worst) else "")


def says_nothing(table: tables.Table) -> tables.Table:
    """The first two columns, related, and a third at right angles to them and to y: its weight is 0 at once."""
    n = len(table.X)
    first, second = table.X[:, 0], table.X[:, 0] + 0.5 * table.X[:, 1]
    others = np.column_stack([np.ones(n), first, second, table.y, table.X[:, 2]])
    third = np.linalg.qr(others)[0][:, -1] * np.sqrt(n)
    return tables.Table(np.column_stack([first, second, third]), table.y, table.truth, table.noise)


@check(
    "A08b",
    "Weights of any size count in small and in wide tables.",
    tasks="regression",
    needs="sample_weight exact",
    boundary="1e-8",
    read="Hastie, Tibshirani, Friedman, 3.2; Aitken (1935)",
)
def any_weights(c: Candidate, rng: Any) -> Evidence:
    """Least squares of the rows times the roots of their weights: five rows of one column, sixty of eight."""
    worst, words = 0.0, "the weighted normal equations hold"
    for n, p in ((5, 1), (60, 8)):
        table = tables.numbers(rng, n, p)
        weight = rng.uniform(0.2, 3.0, n)
        root = np.sqrt(weight)
        best = np.linalg.lstsq(reference.with_bias(table.X) * root[:, None], table.y * root, rcond=None)[0]
        gap = float(np.abs(c.study(table.X, table.y, sample_weight=weight).theta - best).max())
        if not gap <= worst:
            worst, words = gap, f"with {n} rows and {p} column{'s' if p > 1 else ''} a coefficient is off by {gap:.3g}"
    return Evidence(worst, 1e-8, words)


@check(
    "A09c",
    "An l1 penalty leaves a column out where its pull is weaker than that on the others, and only there.",
    tasks="regression",
    needs="l1 exact",
    boundary="1e-4, with any scale of the penalty",
    read="Hastie, Tibshirani, Friedman, 3.4.2: the lasso",
)
def columns_left_out(c: Candidate, rng: Any) -> Evidence:
    """X'r = price x sign(w) where a weight is not 0, and at most the price where it is."""
    X = tables.columns(rng, 80, 8)
    y = X @ np.array([2.0, -1.5, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0]) + 1.0 + 0.3 * rng.normal(size=80)
    theta = c.study(X, y, l1=0.1).theta
    pull = reference.with_bias(X).T @ (y - reference.with_bias(X) @ theta)
    w, pull = theta[:-1], pull[:-1]
    kept = np.abs(w) > 1e-6
    if not kept.any() or kept.all():
        raise NotExamined("with this price it leaves out no column, or all of them")
    price = float(np.median((pull * np.sign(w))[kept]))
    if not price > 0:
        return Evidence(1.0, 1e-4, "the pulls on the weights do not point away from 0", "wrong sign")
    uneven = float(np.abs((pull * np.sign(w))[kept] / price - 1).max())
    beyond = float(max(0.0, np.abs(pull[~kept]).max() / price - 1))
    words = f"of {kept.sum()} weights the pulls differ by {uneven:.3g}; a column left out pulls {beyond:.3g} too much"
    return Evidence(max(uneven, beyond), 1e-4, words, "left out wrongly" if beyond > uneven else "")
