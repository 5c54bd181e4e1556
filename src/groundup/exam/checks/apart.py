# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Classes that a plane tells apart, so that no finite weights are the likeliest; and other numbers of classes."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import Candidate
from groundup.exam.checks import tables
from groundup.exam.checks.awkward import refused
from groundup.exam.checks.laws import softmax_only, steady
from groundup.exam.checks.many import READ as MANY_READ
from groundup.exam.checks.words import APART, NO_LIKELIEST
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
READ = "Albert and Anderson, On the existence of maximum likelihood estimates, Biometrika 71 (1984)"


@check(
    "C17",
    "Rows that a plane tells apart are told apart, or refused on purpose.",
    tasks="classification multiclass",
    needs="exact",
    boundary="every row",
    read=READ,
    manners=True,
    promise=APART,
)
def told_apart(c: Candidate, rng: Any) -> Evidence:
    """Wide apart and hardly, in few columns and in many: the loss goes to 0, and each row to its own class."""
    softmax_only(c)
    worst, words = 0.0, "every row"
    for n, p, gap in ((40, 3, 1.0), (150, 8, 0.0), (60, 3, 0.0)):
        X = tables.columns(rng, n, p)
        z = reference.with_bias(X) @ rng.normal(size=(p + 1, len(c.labels)))
        if c.task == "classification":
            z = z - np.median(z, axis=0)
        top = np.sort(z, axis=1)
        kept = top[:, -1] - top[:, -2] > gap * np.std(top[:, -1] - top[:, -2])
        rows, y = X[kept], np.argmax(z[kept], axis=1)
        if len(set(y.tolist())) < len(c.labels):
            continue
        learnt = refused(lambda rows=rows, y=y: c.study(rows, y))
        if isinstance(learnt, Evidence):
            return learnt
        wrong = int((learnt.predict(rows).astype(str) != np.asarray(c.labels)[y].astype(str)).sum())
        if wrong > worst:
            worst, words = float(wrong), f"of {len(y)} rows in {p} columns that a plane tells apart {wrong} are wrong"
    return Evidence(worst, 0.0, words)


@check(
    "C17b",
    "Where only some of the rows can be told apart, the others are answered as if those were not there.",
    tasks="classification",
    needs="exact",
    boundary="1e-2",
    read=READ,
    manners=True,
    promise=NO_LIKELIEST,
)
def some_apart(c: Candidate, rng: Any) -> Evidence:
    """A yes-or-no column that is 1 for rows of one class only: the rows with 0 have the best fit of their own."""
    table = tables.two_classes(rng, 120)
    extra = (np.arange(120) % 6 == 0).astype(float)
    y = np.where(extra == 1, 1, table.y)
    X = np.column_stack([table.X, extra])
    rest = extra == 0
    best = reference.optimum("classification", table.X[rest], y[rest].astype(float))
    book = reference.sigmoid(reference.with_bias(table.X[rest]) @ best)
    learnt = refused(lambda: c.study(X, y))
    if isinstance(learnt, Evidence):
        return learnt
    p = learnt.proba(X)[:, 1]
    gap = float(max(np.abs(p[rest] - book).max(), 1 - p[~rest].min()))
    return Evidence(gap, 1e-2, f"a probability is {gap:.3g} off its limit")


@check(
    "C18",
    "Three classes are learnt as well as four.",
    tasks="multiclass",
    boundary="0.01 standard errors a weight",
    read=MANY_READ,
)
def three_classes(c: Candidate, rng: Any) -> Evidence:
    """n g'H⁺g at the answer, as with four."""
    softmax_only(c)
    steady(c)
    table = tables.many_classes(rng, 300, p=4, classes=3)
    learnt = c.study(table.X, table.y, labels=np.arange(3))
    if c.maker.knobs.get("classes") and learnt.proba(table.X).shape[1] != 3:
        raise NotExamined("the number of its classes is set elsewhere")
    theta = learnt.theta
    g = reference.gradient(c.task, theta, table.X, tables.targets(c.task, table.y)).ravel()
    H = reference.full_hessian(theta, table.X)
    far = float(len(table.y) * g @ np.linalg.lstsq(H, g, rcond=1e-12)[0]) if np.all(np.isfinite(H)) else np.inf
    return Evidence(far, 9e-4, f"it is {np.sqrt(max(far, 0)):.3g} standard errors from the optimum")
