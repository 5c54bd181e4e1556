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


RATES = (1e-5, 1e-4, 5e-4, 1e-3, 2e-3, 0.02, 0.05, 0.1, 0.2)
"""Learning rates, the first for a gradient that is a sum, the last, which overshoot there, for one that is a mean."""


def _asked(c: Candidate) -> None:
    if c.other_model != "poisson" or not (c.mode == "exact" or _descends(c)):
        raise NotExamined("its name does not say that it learns counts (Poisson), at once or by a rate and epochs")
    if {"l1", "l2", "inverse penalty", "mix"} & c.maker.knobs.keys():
        raise NotExamined("it has a penalty, so that its answer is another one on purpose")


def _aside(X: Array, y: Array, mean: Array) -> float:
    """The score in the constant and in each column, as a part of the labels' own."""
    A = np.column_stack([np.ones(len(X)), X])
    return float(np.max(np.abs(A.T @ (y - mean)) / (np.abs(A).T @ y)))


def _descends(c: Candidate) -> bool:
    return {"rate", "epochs"} <= c.maker.knobs.keys()


def _settled(c: Candidate, X: Array, y: Array) -> Array | None:
    """The means that it says where more epochs and another rate say the same; None where it settles nowhere.

    What does not depend on the rate is where its own gradient is 0.
    """
    before: Array | None = None
    for rate in RATES:
        means: list[Array] = []
        for epochs in (3000, 4000):
            with np.errstate(all="ignore"):
                means.append(_means(c, X, y, rate=rate, epochs=epochs))
            if not np.all((means[0] > 1e-9) & (means[0] < 1e9)):  # it overshot, and was cut off
                break
        here = means[-1] if len(means) == 2 and np.allclose(*means, rtol=1e-7, atol=1e-9) else None
        if here is not None and before is not None and np.allclose(here, before, rtol=1e-6, atol=1e-8):
            return here
        before = here
    return None


def _means(c: Candidate, X: Array, y: Array, **settings: Any) -> Array:
    return np.asarray(c.study(X, y, **settings).predict(X), dtype=float)


def _uphill(c: Candidate, X: Array, y: Array) -> bool:
    """Whether the likelihood falls at a rate at which nothing can be overshot."""
    starts, ends = (_means(c, X, y, rate=1e-7, epochs=epochs) for epochs in (1, 300))
    if not (np.all(starts > 0) and np.all(ends > 0)):
        return False
    return bool(np.sum(y * np.log(ends) - ends) < np.sum(y * np.log(starts) - starts))


def _spread(rng: Any, n: int) -> tuple[Array, Array]:
    """Counts that vary more than a Poisson's do: then another weight for each row shows."""
    X = 0.5 * rng.normal(size=(n, 3))
    mean = np.exp(1.0 + X @ [0.5, -0.4, 0.2])
    return X, rng.poisson(mean * rng.gamma(1.5, 1 / 1.5, n)).astype(float)


def _counts(rng: Any, exposure: Array | float = 1.0) -> tuple[Array, Array]:
    X = 0.5 * tables.columns(rng, 120, 3)
    return X, rng.poisson(exposure * np.exp(1.0 + X @ [0.5, -0.4, 0.2])).astype(float)


@check(
    "A31",
    "A Poisson regression leaves nothing of the counts in any column: X'(y - mean) = 0, and their means agree.",
    tasks="regression",
    needs="predict",
    boundary="1e-4 of the counts (3e-3 for descent)",
    read=READ,
)
def score_is_zero(c: Candidate, rng: Any) -> Evidence:
    """The one equation of the maximum of its likelihood, whatever way leads there.

    One that descends is asked where it comes to rest, whatever the rate.
    """
    _asked(c)
    allowed = 3e-3 if _descends(c) else 1e-4
    X, y = _spread(rng, 150) if _descends(c) else _counts(rng)
    mean = _settled(c, X, y) if _descends(c) else _means(c, X, y)
    if mean is None and _uphill(c, X, y):
        return Evidence(1.0, 0.0, "at a tiny rate the likelihood of the counts falls", "uphill")
    if mean is None:
        raise NotExamined("it comes to rest nowhere, or elsewhere with another rate")
    gap = _aside(X, y, mean)
    words = f"the mean of the counts is {y.mean():.5g}, that of its answers {mean.mean():.5g}"
    return Evidence(gap, allowed, f"{words}; of a column {gap:.3g} is left")


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
    if _descends(c):
        raise NotExamined("it descends by a rate, and exposures are asked about where the answer is found at once")
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
