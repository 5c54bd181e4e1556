# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Models of counts: a Poisson regression of log link is at its likelihood's maximum where X'(y - mean) is 0.

mean = exposure exp(a + x'b), and the exposure of every row is 1 where none is given.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam.candidates import Candidate, spelling
from groundup.exam.checks import tables
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any
READ = "McCullagh and Nelder, Generalized Linear Models, 6.2: log-linear models for counts"
EXPOSED = ("exposure", "exposures")


def _asked(c: Candidate) -> None:
    if c.other_model != "poisson" or c.mode != "exact":
        raise NotExamined("its name does not say that it learns counts at once (Poisson)")
    if {"l1", "l2", "inverse penalty", "mix"} & c.maker.knobs.keys():
        raise NotExamined("it has a penalty, so that its answer is another one on purpose")


def _aside(X: Array, y: Array, mean: Array) -> float:
    """The score in the constant and in each column, as a part of the labels' own."""
    A = np.column_stack([np.ones(len(X)), X])
    return float(np.max(np.abs(A.T @ (y - mean)) / (np.abs(A).T @ y)))


def _counts(rng: Any, exposure: Array | float = 1.0) -> tuple[Array, Array]:
    X = 0.5 * tables.columns(rng, 120, 3)
    return X, rng.poisson(exposure * np.exp(1.0 + X @ [0.5, -0.4, 0.2])).astype(float)


@check(
    "A31",
    "A Poisson regression leaves nothing of the counts in any column: X'(y - mean) = 0, and their means agree.",
    tasks="regression",
    needs="estimator predict",
    boundary="1e-4 of the counts",
    read=READ,
)
def score_is_zero(c: Candidate, rng: Any) -> Evidence:
    """The one equation of the maximum of its likelihood, whatever way leads there."""
    _asked(c)
    X, y = _counts(rng)
    mean = np.asarray(c.study(X, y).predict(X), dtype=float)
    gap = _aside(X, y, mean)
    words = f"the mean of the counts is {y.mean():.5g}, that of its answers {mean.mean():.5g}"
    return Evidence(gap, 1e-4, f"{words}; of a column {gap:.3g} is left")


@check(
    "A32",
    "With exposures the mean of a row is its exposure times exp(a + x'b).",
    tasks="regression",
    needs="estimator predict",
    boundary="1e-4 of the counts",
    read=READ,
)
def with_exposures(c: Candidate, rng: Any) -> Evidence:
    """The answers are rates: they are multiplied by the exposures here."""
    _asked(c)
    name = next((n for n in c.maker.fit[2:] if spelling.plain(n) in EXPOSED), "")
    if not name:
        raise NotExamined("its fit takes no exposures")
    exposure = rng.uniform(0.2, 5.0, 120)
    X, y = _counts(rng, exposure)
    c.maker.knobs["exposed"] = name
    try:
        rate = np.asarray(c.study(X, y, exposed=exposure).predict(X), dtype=float)
    finally:
        del c.maker.knobs["exposed"]
    gap = _aside(X, y, exposure * rate)
    words = f"of {y.sum():g} counts its answers times the exposures say {(exposure * rate).sum():.5g}"
    return Evidence(gap, 1e-4, f"{words}; of a column {gap:.3g} is left")
