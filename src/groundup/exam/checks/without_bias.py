# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# pyright: reportUnknownLambdaType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
"""Asked for no bias, a learner fits through the origin: the best weights alone, not those of a fit with a bias."""

from __future__ import annotations

from typing import Any

import numpy as np

from groundup.exam import reference
from groundup.exam.candidates import Candidate
from groundup.exam.checks import tables
from groundup.exam.checks.laws import steady
from groundup.exam.evidence import Evidence, NotExamined, check

Array = Any


@check(
    "A18",
    "Asked for no bias, it finds the best weights without one.",
    needs="intercept",
    boundary="1e-8 (1e-5 by descent, 0.01 standard errors for classes)",
    read="Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 3.2",
)
def through_the_origin(c: Candidate, rng: Any) -> Evidence:
    """The gradient of the loss with respect to the weights is zero at theirs, with a bias of 0."""
    steady(c)
    if "degree" in c.can:
        raise NotExamined("it makes columns of its own, a constant one perhaps")
    if c.deviation is not None or c.scales_labels:
        what = "labels" if c.scales_labels else "columns"
        raise NotExamined(f"it standardises the {what}, and centred {what} are another model")
    table = tables.of(c.task, rng, 60 if c.task == "regression" else 400)
    plan = c.plan(table.X) if c.mode != "exact" else {}
    plan |= {"epochs": 3 * plan["epochs"]} if plan else {}
    learnt = c.study(table.X, table.y, intercept=False, **plan)
    X, y = table.X, tables.targets(c.task, table.y)
    if c.task == "multiclass":
        weights, biases = learnt.matrix()
        g = X.T @ (reference.softmax(X @ weights) - y) / len(y)
        far = float(np.abs(g).max() / np.abs(X.T @ (1 / len(c.labels) - y) / len(y)).max())
        return _told(far, float(np.ptp(biases)), 1e-3)
    w, b = learnt.theta[:-1], float(learnt.theta[-1])
    if c.task == "classification":
        p = reference.sigmoid(X @ w)
        g = X.T @ (p - y) / len(y)
        H = X.T @ (X * (p * (1 - p))[:, None]) / len(y)
        far = float(len(y) * g @ np.linalg.lstsq(H, g, rcond=None)[0]) if np.isfinite(H).all() else np.inf
        return _told(far, abs(b), 4e-4)
    best = np.linalg.lstsq(X, y, rcond=None)[0]
    return _told(float(np.abs(w - best).max()), abs(b), 1e-8 if c.mode == "exact" else 1e-5)


def _told(far: float, bias: float, allowed: float) -> Evidence:
    """The distance from the best weights, and a bias that nobody asked for."""
    if bias > 1e-6:
        return Evidence(bias, 1e-6, f"it was asked for no bias, and has one of {bias:.3g}", "bias all the same")
    return Evidence(far, allowed, "its distance from the best weights without a bias", "other weights")
