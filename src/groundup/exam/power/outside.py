# pyright: basic
"""scikit-learn's check_estimator on the same candidates, each wrapped so that it keeps that library's manners.

The wrapper checks its input as scikit-learn's own estimators do, and hands it on. What is asked of the candidate is
then what those checks ask of any estimator; a mistake counts as caught where a check fails that the right one passes.
(A wrapper made on the spot cannot be pickled, so those two checks say nothing here.)
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from groundup.exam.candidates import Candidate
from groundup.exam.candidates import candidate as made


def failed(thing: Any, task: str) -> set[str] | None:
    """The names of the checks that fail; None without scikit-learn, and for networks."""
    try:
        from sklearn.utils.estimator_checks import check_estimator
    except ImportError:
        return None
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            ready = made(thing, task)
        except Exception:
            return {"it runs"}
        if not isinstance(ready, Candidate):
            return None
        found = check_estimator(_wrapper(task, ready)(), on_fail=None, on_skip=None)
    return {line["check_name"] for line in found if line["status"] == "failed"}


def _wrapper(task: str, ready: Any) -> type:
    """An estimator class that keeps scikit-learn's manners around a candidate."""
    from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
    from sklearn.utils.multiclass import check_classification_targets
    from sklearn.utils.validation import check_is_fitted, validate_data

    class Manners:
        inner: Any

        def fit(self: Any, X: Any, y: Any) -> Any:
            X, y = validate_data(self, X, y, dtype=float)
            settings = _steps(self.inner, X)
            if task == "regression":
                self.learnt_ = self.inner.study(X, y.astype(float), **settings)
                return self
            check_classification_targets(y)
            self.classes_, codes = np.unique(y, return_inverse=True)
            if len(self.classes_) < 2:
                raise ValueError("Classifier can't train when only one class is present.")
            if task == "classification" and len(self.classes_) > 2:
                raise ValueError("Only binary classification is supported. The type of the target is multiclass.")
            labels = np.array([-1, 1]) if list(self.inner.labels) == [-1, 1] else np.arange(len(self.classes_))
            self.learnt_ = self.inner.study(X, codes, labels=labels, **settings)
            self.codes_ = {str(label): k for k, label in enumerate(labels)}
            return self

        def predict(self: Any, X: Any) -> Any:
            check_is_fitted(self)
            X = validate_data(self, X, reset=False, dtype=float)
            answer = self.learnt_.predict(X)
            if task == "regression":
                return answer
            return self.classes_[[self.codes_.get(str(value), 0) for value in answer]]

        def __sklearn_tags__(self) -> Any:
            parent: Any = super()
            tags = parent.__sklearn_tags__()
            if tags.classifier_tags is not None:
                tags.classifier_tags.multi_class = task != "classification"
            return tags

    mixin = RegressorMixin if task == "regression" else ClassifierMixin
    return type("Wrapped", (Manners, mixin, BaseEstimator), {"inner": ready})


def _steps(c: Any, X: np.ndarray) -> dict[str, Any]:
    """At most 300 epochs: those checks are about manners, not about the last digit."""
    if c.mode == "exact":
        return {}
    plan = c.plan(X)
    return (
        {"rate": plan["rate"], "epochs": min(plan["epochs"], 300)} if {"rate", "epochs"} <= c.maker.knobs.keys() else {}
    )
