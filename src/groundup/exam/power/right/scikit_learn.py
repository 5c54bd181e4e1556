# pyright: basic
"""scikit-learn's linear models, without a penalty, and its metrics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np


def makes() -> Iterator[tuple[Any, ...]]:
    """Three models and eight metrics."""
    from sklearn import linear_model, metrics

    yield "LinearRegression", "regression", linear_model.LinearRegression
    yield "Ridge with penalty 0", "regression", lambda: linear_model.Ridge(alpha=0.0)
    yield "LogisticRegression", "classification", lambda: linear_model.LogisticRegression(C=np.inf)
    yield "LogisticRegression of many classes", "multiclass", lambda: linear_model.LogisticRegression(C=np.inf), 2
    known = {
        "mse": metrics.mean_squared_error,
        "mae": metrics.mean_absolute_error,
        "r2": metrics.r2_score,
        "accuracy": metrics.accuracy_score,
        "balanced_accuracy": metrics.balanced_accuracy_score,
        "matthews": metrics.matthews_corrcoef,
        "kappa": metrics.cohen_kappa_score,
        "roc_auc": metrics.roc_auc_score,
    }
    for name, function in known.items():
        yield function.__name__, f"formula {name}", lambda f=function: f, 5
