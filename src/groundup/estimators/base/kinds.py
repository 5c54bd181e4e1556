"""Estimator, and its kinds: what predicts a number, what predicts a class, what changes columns."""

from __future__ import annotations

import sys
from typing import Any, Self

import numpy as np

from groundup._arrays import Array
from groundup.data.read import as_labels, as_targets, as_weights
from groundup.errors import InputError, UnknownNameError
from groundup.estimators.base.display import Display
from groundup.estimators.base.features import Features
from groundup.estimators.base.manners import Manners
from groundup.formulas.metrics.confusion import accuracy
from groundup.formulas.metrics.regression import r2


class Estimator(Features, Manners, Display):
    """Something that learns from rows: parameters first, `fit` next, answers afterwards."""

    def save(self, path: Any) -> None:
        """Write the fitted model to one file without pickle, whole or not at all; `gu.load(path)` reads it back."""
        from groundup.estimators.saving import save

        save(self, path)


class Regressor(Estimator):
    """An estimator that predicts numbers."""

    _kind = "regressor"
    _multi_output = True

    def predict(self, X: Any) -> Array:
        """One number for each row of X, or one for each output."""
        raise NotImplementedError

    def score(self, X: Any, y: Any, sample_weight: Any = None) -> float:
        """R² = 1 - Σ w (y - prediction)² / Σ w (y - ȳ)²; the mean over the outputs where there are several."""
        prediction = self.predict(X)
        targets, _ = as_targets(y, len(prediction))
        weights = as_weights(sample_weight, len(prediction))
        return float(r2(targets, prediction.reshape(len(prediction), -1), sample_weight=weights))


class Classifier(Estimator):
    """An estimator that predicts classes."""

    _kind = "classifier"

    def predict(self, X: Any) -> Array:
        """The class of each row of X."""
        raise NotImplementedError

    def score(self, X: Any, y: Any, sample_weight: Any = None) -> float:
        """The share of rows whose class is right, by weight."""
        prediction = self.predict(X)
        labels, weights = as_labels(y, len(prediction)), as_weights(sample_weight, len(prediction))
        return accuracy(labels, prediction, sample_weight=weights)


class Transformer(Estimator):
    """An estimator that changes columns, one for one: `_transform` takes and returns a matrix of numbers."""

    _kind = "transformer"

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn from the rows of X; y is not looked at."""
        raise NotImplementedError

    def _transform(self, X: Array) -> Array:
        raise NotImplementedError

    def transform(self, X: Any) -> Any:
        """The rows of X changed, as an array or as the kind of frame that `set_output` asked for."""
        matrix = self._read_features(X)
        return self._in_container(self._checked(self._transform(matrix), matrix), X)

    def fit_transform(self, X: Any, y: Any = None, **fit_arguments: Any) -> Any:
        """`fit`, then `transform` of the same rows."""
        return self.fit(X, y, **fit_arguments).transform(X)

    def get_feature_names_out(self, input_features: Any = None) -> Array:
        """The names of the columns that come out: those that went in, else x0, x1, ..."""
        self._check_is_fitted()
        fitted = self.__dict__.get("feature_names_in_")
        if input_features is None:
            return fitted if fitted is not None else np.array([f"x{i}" for i in range(self.n_features_in_)], object)
        names = np.array(input_features, dtype=object)
        if fitted is not None and names.tolist() != fitted.tolist():
            raise InputError(
                f"input_features is not equal to feature_names_in_; expected {fitted.tolist()}, got {names.tolist()}. "
                "Leave it out."
            )
        if len(names) != self.n_features_in_:
            raise InputError(
                f"input_features should have length equal to number of features ({self.n_features_in_}), got "
                f"{len(names)}. Give one name for each column."
            )
        return names

    def set_output(self, *, transform: str | None = None) -> Self:
        """What `transform` returns: "default" (an array), "pandas" or "polars"; None leaves it as it is."""
        if transform is not None:
            if transform not in ("default", "pandas", "polars"):
                raise UnknownNameError("transform", transform, ("default", "pandas", "polars"))
            self._sklearn_output_config = {"transform": transform}
        return self

    def _in_container(self, matrix: Array, X: Any) -> Any:
        """`matrix` in the container that was asked for here, or by sklearn.set_config where that is loaded."""
        asked = self.__dict__.get("_sklearn_output_config", {}).get("transform")
        if asked is None and "sklearn" in sys.modules:
            asked = sys.modules["sklearn"].get_config()["transform_output"]
        if asked == "pandas":
            import pandas  # pyright: ignore[reportMissingTypeStubs]

            index = X.index if isinstance(X, pandas.DataFrame) else None
            return pandas.DataFrame(matrix, index=index, columns=self.get_feature_names_out(), copy=False)
        if asked == "polars":
            import polars

            return polars.DataFrame(matrix, schema=self.get_feature_names_out().tolist(), orient="row")
        return matrix
