"""What a model of classes answers: scores, chances, classes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from groundup._arrays import Array
from groundup.data.sparse import is_sparse
from groundup.errors import InputError
from groundup.estimators.base.features import Features
from groundup.estimators.far_from_zero import Far, scores
from groundup.formulas.activations import sigmoid, softmax


class ClassAnswers(Features):
    """From weights, biases and the kind of question to answers."""

    classes_: Array
    coef_: Array
    intercept_: Array
    centre_: Array
    intercept_rest_: Array
    kind_of_task_: str

    def decision_function(self, X: Any) -> Array:
        """The scores X W + b: (rows,) for two classes, positive for the second; else (rows, classes)."""
        matrix = self._read_features(X)
        with np.errstate(all="ignore"):  # NaN and infinity in X are found in the scores, by _checked
            z = self._scores(matrix)
        z = self._checked(z, matrix)
        return z[:, 0] if self.kind_of_task_ == "two" else z

    def _scores(self, X: Array) -> Array:
        """X W + b, (rows, outputs), with all its digits also where X is far from 0."""
        if "centre_" not in self.__dict__ or is_sparse(X):
            return X @ self.coef_.T + self.intercept_
        return scores(X, self.coef_.T, self.intercept_, Far(self.centre_, self.intercept_rest_))

    def predict_proba(self, X: Any) -> Array:
        """The chance of each class, (rows, classes); of each label, where a row may have several."""
        z = self.decision_function(X)
        if self.kind_of_task_ == "two":
            return np.stack([sigmoid.value(-z), sigmoid.value(z)], axis=1)
        if self.kind_of_task_ == "softmax":
            return softmax.value(z)
        if self.kind_of_task_ == "one":
            return np.ones_like(z)
        chance = sigmoid.value(z)
        return chance if self.kind_of_task_ == "labels" else _shares(chance, z)

    def predict_log_proba(self, X: Any) -> Array:
        """The logarithms of `predict_proba`."""
        with np.errstate(divide="ignore"):
            return np.log(self.predict_proba(X))

    def predict(self, X: Any, threshold: float = 0.5) -> Array:
        """The class of each row; for two classes the second where its chance is at least `threshold`.

        Where rows have several labels: (rows, labels) of 0 and 1, each by the threshold.
        """
        edge = _edge(threshold)
        z = self.decision_function(X)
        if self.kind_of_task_ == "labels":
            return (z >= edge).astype(int)
        if self.kind_of_task_ == "two":
            return self.classes_[(z >= edge).astype(int)]
        if threshold != 0.5:
            raise InputError(
                f"threshold is for two classes or for several labels a row; this model has {len(self.classes_)} "
                "classes. Take the largest of predict_proba instead, or fit one-vs-rest labels."
            )
        return self.classes_[np.argmax(z, axis=1)]

    def _remember_far(self, n_answers: int) -> None:
        """The digits of the scores that weights and intercept cannot hold, where the rows are far from 0."""
        kept: list[Far | None] = self.__dict__.pop("_far", [])
        for name in ("centre_", "intercept_rest_"):
            self.__dict__.pop(name, None)
        centre = next((one.centre for one in kept if one is not None), None)
        if centre is not None and len(kept) == n_answers:
            none = np.zeros(len(self.coef_) // n_answers)
            self.centre_ = centre
            self.intercept_rest_ = np.concatenate([none if one is None else one.rest for one in kept])


def _shares(chance: Array, z: Array) -> Array:
    """Chances of one against all others, made to add up to 1; where all are 0 to rounding, the largest score wins."""
    total = chance.sum(axis=1, keepdims=True)
    return np.where(total > 0, chance / np.where(total > 0, total, 1.0), np.asarray(softmax.value(z)))


def _edge(threshold: float) -> float:
    """The score at which the chance is `threshold`."""
    if not 0 <= threshold <= 1:
        raise InputError(f"threshold must be a chance between 0 and 1; got {threshold!r}. The usual one is 0.5.")
    if threshold in (0, 1):
        return -math.inf if threshold == 0 else math.inf
    return math.log(threshold) - math.log1p(-threshold)
