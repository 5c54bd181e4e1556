"""The exams that the library's own estimators, methods and formulas sit, as (name, task, how to get the candidate)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import numpy as np

from groundup.exam.grading.names import known

Sitting = tuple[str, str, Callable[[Any], Any]]


def with_errors(lib: Any) -> Any:
    """Linear regression that shows the standard errors, that of the bias first, and the variance of its summary."""

    class Summarised:
        def fit(self, X, y, sample_weight=None):
            model = lib.LinearRegression().fit(X, y, sample_weight=sample_weight)
            self.predict, self.theta_ = model.predict, np.append(model.intercept_, model.coef_)
            with redirect_stdout(StringIO()):
                summary = model.summary()
            self.stderr_, self.s2_ = summary.standard_errors, summary.residual_deviation**2
            return self

        def predict(self, X):
            raise RuntimeError("fit first")

    Summarised.__doc__ = f"{lib.LinearRegression.__doc__} {lib.LinearRegression.summary.__doc__}"  # what it promises
    return Summarised


def sittings() -> Iterator[Sitting]:
    """Each way of training that the exam understands; `lib` is the library under trial."""
    yield "LinearRegression", "regression", lambda lib: lib.LinearRegression()
    yield "LinearRegression with its summary", "regression", with_errors
    yield "LogisticRegression", "classification", lambda lib: lib.LogisticRegression()
    yield "LogisticRegression, many classes", "multiclass", lambda lib: lib.LogisticRegression()
    yield "NeuralNetworkRegressor", "regression", lambda lib: lib.NeuralNetworkRegressor()
    yield "NeuralNetworkClassifier", "classification", lambda lib: lib.NeuralNetworkClassifier()
    yield (
        "LogisticRegression by descent",
        "classification",
        lambda lib: lib.LogisticRegression(solver="gradient_descent"),
    )
    yield "LinearRegression by descent", "regression", lambda lib: lib.LinearRegression(solver="gradient_descent")
    yield (
        "LogisticRegression of many classes by descent",
        "multiclass",
        lambda lib: lib.LogisticRegression(solver="gradient_descent"),
    )
    for name in known():
        for room in ("activations", "metrics"):
            yield (
                f"{room}.{name}",
                f"formula {name}",
                lambda lib, r=room, n=name: getattr(lib.formulas, r).NAMES[n],
            )
    for name in ("sgd", *(n for n in known() if n != "sgd")):
        rule = "gradient_descent" if name == "sgd" else name
        yield f"methods.{name}", f"formula {name}", lambda lib, r=rule: lib.methods.METHODS[r]
    for name, own in {
        "huber": "huber",
        "log_cosh_loss": "log_cosh",
        "smooth_l1": "smooth_l1",
        "quantile": "quantile",
    }.items():
        yield f"losses.{own}", f"formula {name}", lambda lib, o=own: lib.formulas.losses.named(o)
