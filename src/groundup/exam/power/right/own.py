"""Our own estimators, in the ways of training that the exam understands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import groundup as gu
from groundup.exam.grading.names import known


def makes() -> Iterator[tuple[Any, ...]]:
    """Every solver of linear and logistic regression, and our formulas."""
    yield "LinearRegression", "regression", gu.LinearRegression
    yield "LinearRegression by descent", "regression", lambda: gu.LinearRegression(solver="gradient_descent"), 20
    yield "LogisticRegression", "classification", gu.LogisticRegression
    yield "LogisticRegression of many classes", "multiclass", gu.LogisticRegression
    for name, function in {**gu.formulas.activations.NAMES, **gu.formulas.metrics.NAMES}.items():
        if name in known():
            yield name, f"formula {name}", lambda f=function: f, 5
