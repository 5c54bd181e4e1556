"""Our own estimators, in the ways of training that the exam understands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import groundup as gu
from groundup.exam.grading.names import known


def makes() -> Iterator[tuple[Any, ...]]:
    """Linear and logistic regression, networks, the methods of training, and our formulas."""
    yield "LinearRegression", "regression", gu.LinearRegression, 2
    yield "LinearRegression by descent", "regression", lambda: gu.LinearRegression(solver="gradient_descent"), 20
    yield "LogisticRegression", "classification", gu.LogisticRegression
    yield "LogisticRegression of many classes", "multiclass", gu.LogisticRegression, 3
    yield "NeuralNetworkRegressor", "regression", gu.NeuralNetworkRegressor
    yield "NeuralNetworkClassifier", "classification", gu.NeuralNetworkClassifier
    for name, method in gu.methods.METHODS.items():
        rule = "sgd" if name == "gradient_descent" else name
        yield method.__name__, f"formula {rule}", lambda m=method: m, 5
    for name, function in {**gu.formulas.activations.NAMES, **gu.formulas.metrics.NAMES}.items():
        if name in known():
            yield name, f"formula {name}", lambda f=function: f, 5
