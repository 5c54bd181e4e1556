"""A classifier whose chances are made true on rows that it has not learnt from."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from groundup._arrays import Array
from groundup.data.labels import encode, one_hot
from groundup.data.read import as_labels, as_weights
from groundup.errors import InputError, InputTypeError, UnknownNameError
from groundup.estimators.base import Classifier
from groundup.estimators.splitting import take, train_test_split
from groundup.formulas.activations import sigmoid, softmax
from groundup.models.calibrators import Isotonic, Platt, isotonic, platt, temperature

METHODS = ("platt", "isotonic", "temperature")


class CalibratedClassifier(Classifier):
    """chance = f(score), with f fitted to rows that the model has not learnt from.

    Parameters
    ----------
    model : a classifier
        With classes_ and decision_function or predict_proba; fitted, unless `held_out` says otherwise.
    method : "platt", "isotonic" or "temperature"
        "platt" is an S-curve with two numbers (few rows), "isotonic" any curve that never falls (a thousand rows or
        more), "temperature" one number for all classes, which leaves every answer as it is.
        With three classes or more, "platt" and "isotonic" have a curve for each class against all others, and the
        chances are divided by their sum.
    held_out : None or a share such as 0.25
        None: `model` stays as it is, and `fit` takes rows that it has not seen. A share: `fit` takes all rows, trains a
        copy of `model` on the others (each class by its share) and finds the curve on these.
    random_state : None, whole number or Generator
        Which rows are held out.

    Attributes
    ----------
    classes_ : those of the model
    model_ : the fitted model
    curves_ : (slope, shift) or (scores, chances), one for two classes, else one for each class
    temperature_ : for "temperature"; above 1 the model was too sure of itself

    Raises InputError or InputTypeError for rows or models that cannot be used.

    >>> import groundup as gu
    >>> penguins = gu.examples.penguins(label="sex")
    >>> train, test, y, y_test = gu.train_test_split(penguins.X, penguins.y, random_state=0)
    >>> sure = gu.LogisticRegression(epochs=3, solver="gradient_descent").fit(train, y)
    >>> true = CalibratedClassifier(sure, "platt").fit(test, y_test)
    >>> true.predict_proba(test[:1]).round(2)
    array([[0.21, 0.79]])

    Niculescu-Mizil and Caruana, Predicting good probabilities with supervised learning, ICML (2005).
    """

    classes_: Array
    model_: Any
    curves_: list[tuple[Any, ...]]
    temperature_: float

    def __init__(self, model: Any, method: str = "platt", *, held_out: float | None = None, random_state: Any = None):
        self.model = model
        self.method = method
        self.held_out = held_out
        self.random_state = random_state

    @property
    def _takes_sparse(self) -> bool:  # pyright: ignore[reportIncompatibleVariableOverride]
        """As the model does; of others it is not known, and they say so themselves."""
        return getattr(self.model, "_takes_sparse", True)

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """Find the curve on these rows; with `held_out` also train the model. X (rows, features), y (rows,)."""
        if self.method not in METHODS:
            raise UnknownNameError("method", self.method, METHODS)
        if not (hasattr(self.model, "decision_function") or hasattr(self.model, "predict_proba")):
            raise InputTypeError(
                f"model must be a classifier with decision_function or predict_proba; got {type(self.model).__name__}. "
                "gu.LogisticRegression() is one."
            )
        matrix = self._learn_features(X)
        if self.held_out is not None:
            rows: Any = X if hasattr(X, "shape") or type(X) in (list, tuple) else matrix
            return self._find(*self._trained(rows, as_labels(y, len(matrix)), as_weights(sample_weight, len(matrix))))
        if not hasattr(self.model, "classes_"):
            raise InputError(
                f"this {type(self.model).__name__} has learnt nothing yet. Fit it first, on other rows than those that "
                "calibrate it, or give held_out=0.25 to have both done here."
            )
        return self._find(self.model, X, y, sample_weight)

    def _trained(self, X: Any, y: Array, weight: Array | None) -> tuple[Any, Any, Any, Any]:
        """A copy of the model, trained on some rows, and the others; those of weight 0 are left out."""
        copy = self.model.__sklearn_clone__() if hasattr(self.model, "__sklearn_clone__") else None
        if copy is None:
            raise InputTypeError(
                f"held_out trains a copy of the model, and {type(self.model).__name__} cannot be copied. Fit it first, "
                "and leave held_out out."
            )
        if len(y) < 2:
            raise InputError(
                f"held_out needs rows to learn from and others to calibrate on; came n_samples={len(y)}. Bring more "
                "rows, some of each class."
            )
        arrays = [X, y, *([] if weight is None else [weight])]
        if weight is not None and not weight.all():
            arrays = [take(one, np.flatnonzero(weight)) for one in arrays]
        parts = train_test_split(*arrays, test_size=self.held_out, stratify=arrays[1], random_state=self.random_state)
        weights = parts[4:] if len(parts) > 4 else [None, None]
        given = {} if weights[0] is None else {"sample_weight": weights[0]}
        return copy.fit(parts[0], parts[2], **given), parts[1], parts[3], weights[1]

    def _find(self, model: Any, X: Any, y: Any, sample_weight: Any) -> Self:
        """The curve that these rows show."""
        z = _scores(model, X)
        labels = encode(as_labels(y, len(z)), np.asarray(model.classes_))
        given = as_weights(sample_weight, len(z))
        weight = np.ones(len(z)) if given is None else given.astype(float)
        member = one_hot(labels.codes, len(labels.classes))
        if (weight @ member == 0).any():
            missing = labels.classes.tolist()[int(np.argmin(weight @ member))]
            raise InputError(
                f"each class must be among the rows that calibrate; of {missing!r} there is none. Bring rows of it."
            )
        z, member, weight = z[weight > 0], member[weight > 0], weight[weight > 0]
        self.__dict__.pop("temperature_", None)
        if self.method == "temperature":
            self.temperature_ = temperature(np.stack([0 * z, z], axis=1) if z.ndim == 1 else z, member, weight)
        else:
            curve, columns = (platt if self.method == "platt" else isotonic), z[:, None] if z.ndim == 1 else z
            first = member.shape[1] - columns.shape[1]
            self.curves_ = [tuple(curve(column, member[:, first + k], weight)) for k, column in enumerate(columns.T)]
        self.classes_, self.model_ = labels.classes, model
        return self

    def predict_proba(self, X: Any) -> Array:
        """The chance of each class, (rows, classes)."""
        self._check_is_fitted()
        z = _scores(self.model_, X)
        if self.method == "temperature":
            if z.ndim == 2:
                return softmax.value(z / self.temperature_)
            return np.stack([sigmoid.value(-z / self.temperature_), sigmoid.value(z / self.temperature_)], axis=1)
        kind = Platt if self.method == "platt" else Isotonic
        if z.ndim == 1:
            chance = kind(*self.curves_[0])(z)
            return np.stack([1 - chance, chance], axis=1)
        chance = np.stack([kind(*curve)(column) for curve, column in zip(self.curves_, z.T, strict=True)], axis=1)
        total = chance.sum(axis=1, keepdims=True)
        return np.where(total > 0, chance / np.where(total > 0, total, 1.0), 1 / z.shape[1])

    def predict(self, X: Any, threshold: float | None = None) -> Array:
        """The likeliest class, the first of equals; with a `threshold` the second of two, if its chance reaches it."""
        if threshold is not None and not 0 <= threshold <= 1:
            raise InputError(f"threshold must be a chance between 0 and 1; got {threshold!r}. The usual one is 0.5.")
        chance = self.predict_proba(X)
        if threshold is not None and len(self.classes_) == 2:
            return self.classes_[(chance[:, 1] >= threshold).astype(int)]
        return self.classes_[np.argmax(chance, axis=1)]


def _scores(model: Any, X: Any) -> Array:
    """(rows,) for two classes, else (rows, classes): scores, or the logarithms of chances where there are none."""
    if hasattr(model, "decision_function"):
        return np.asarray(model.decision_function(X), dtype=float)
    chance = np.clip(np.asarray(model.predict_proba(X), dtype=float), np.finfo(float).tiny, None)
    log = np.log(chance)
    return log[:, 1] - log[:, 0] if log.shape[1] == 2 else log
