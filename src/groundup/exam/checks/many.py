# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Many classes: the optimum of the cross-entropy, the truth, and two classes as a special case."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam import boundary, reference
from groundup.exam.candidates import Candidate
from groundup.exam.checks import tables
from groundup.exam.checks.chance import all_rows, from_the_optimum, times_the_variance
from groundup.exam.checks.classes import lost_hits
from groundup.exam.checks.laws import difference, softmax_only, steady
from groundup.exam.evidence import Evidence, NotExamined, P, check

Array = Any
READ = "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 4.4.1: multinomial logistic regression"
MANY = "multiclass"


def contrasts(theta: Array) -> Array:
    """Parameters against those of class 0: what the probabilities depend on."""
    return theta[:, 1:] - theta[:, :1]


@check(
    "B07",
    "It reaches the weights of greatest likelihood: more training could not matter.",
    tasks=MANY,
    boundary="0.01 standard errors a weight; by chance 1.5 times the chi-square of 12 degrees",
    read=READ,
)
def softmax_optimum(c: Candidate, rng: Any) -> Evidence:
    """n g'H⁺g at the answer."""
    softmax_only(c)
    all_rows(c)
    table = tables.many_classes(rng, 500 if c.mode != "stochastic" else 2500)
    theta = c.study(table.X, table.y).theta
    y = tables.targets(c.task, table.y)
    g = reference.gradient(c.task, theta, table.X, y).ravel()
    H = reference.full_hessian(theta, table.X)
    far = float(len(y) * g @ np.linalg.lstsq(H, g, rcond=1e-12)[0]) if np.all(np.isfinite(H)) else np.inf
    allowed = max(1.2e-3, from_the_optimum(c, 12))
    sign = "" if far <= allowed else _sign(theta, table)
    return Evidence(far, allowed, f"it is {np.sqrt(max(far, 0)):.3g} standard errors from the optimum", sign)


def _sign(theta: Array, table: tables.Table) -> str:
    best = reference.optimum(MANY, table.X, tables.targets(MANY, table.y))
    b, t = contrasts(best), contrasts(theta)
    if np.abs(t).max() < 1e-9:
        return "still at zero"
    if np.abs(t[-1]).max() < 1e-9:
        return "no bias"
    if np.allclose(t, -b, rtol=1e-3, atol=1e-3):
        return "all signs wrong"
    apart = [reference.optimum("classification", table.X, (table.y == k).astype(float)) for k in range(theta.shape[1])]
    if np.allclose(t, contrasts(np.stack(apart, axis=1)), rtol=1e-2, atol=1e-2):
        return "one against the rest"
    return "not finite" if not np.all(np.isfinite(t)) else ""


@check(
    "B08",
    "The weights, class against class, lie as near the truth as chance allows.",
    tasks=MANY,
    boundary="1.5 times the chi-square of 12 degrees, and 3 times that for who depends on chance",
    false_alarm=P,
    read=READ,
)
def softmax_truth(c: Candidate, rng: Any) -> Evidence:
    """On contrasts, since a number added to every class changes nothing."""
    softmax_only(c)
    table = tables.many_classes(rng, 2000)
    theta = c.study(table.X, table.y).theta
    miss = theta - table.truth
    miss = (miss - miss.mean(axis=1, keepdims=True)).ravel()
    distance = float(len(table.y) * miss @ reference.full_hessian(table.truth, table.X) @ miss)
    allowed = 1.5 * times_the_variance(c) * boundary.chi_square(12, P)[1]
    return Evidence(distance, allowed, "squared distance from the truth in standard errors")


@check(
    "C05",
    "With two classes softmax gives the probabilities of logistic regression.",
    tasks=MANY,
    boundary="1e-3",
    read=READ,
)
def two_of_many(c: Candidate, rng: Any) -> Evidence:
    """sigmoid(z1 - z0) is softmax of (z0, z1)."""
    softmax_only(c)
    steady(c)
    table = tables.two_classes(rng, 300)
    best = reference.optimum("classification", table.X, table.y.astype(float))
    try:
        p = c.study(table.X, table.y, labels=np.array([0, 1])).proba(table.X)
    except NotExamined:
        raise
    if p.shape[1] != 2:
        raise NotExamined(f"taught with two classes it still gives {p.shape[1]} probabilities")
    gap = difference(c, p[:, 1], reference.sigmoid(reference.with_bias(table.X) @ best))
    return Evidence(gap, 1e-3, f"a probability differs by {gap:.3g}")


@check(
    "C12b",
    "Of four classes around a circle it predicts fresh rows nearly as well as the truth does.",
    tasks=MANY,
    boundary="Bernstein's bound on the difference, and 3 %",
    false_alarm=P,
    read=READ,
)
def around_a_circle(c: Candidate, rng: Any) -> Evidence:
    """Who asks each class yes or no, and forgets how sure they were, has no answer between two of them."""
    y = rng.integers(4, size=6000)
    centres = 1.5 * np.column_stack([np.cos(np.arange(4) * np.pi / 2), np.sin(np.arange(4) * np.pi / 2)])
    X = centres[y] + rng.normal(size=(6000, 2))
    learnt = c.study(X[:2000], y[:2000])
    fresh, y = X[2000:], y[2000:]
    mine = learnt.codes(fresh)
    if not (mine >= 0).any():
        raise NotExamined("its predictions are other labels than those it was taught")
    ideal = (fresh @ centres.T).argmax(axis=1)
    allowed = boundary.mean(4000, -1.0, 1.0, P, variance=0.05) + 0.03
    lost, words = lost_hits(mine, ideal, y, "the nearest centre")
    return Evidence(lost, allowed, words, "yes or no" if (mine == ideal).mean() < 0.95 else "")
