"""The columns of X: remembered in `fit`, compared in `predict`."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from groundup._arrays import Array
from groundup.data.read import as_matrix, feature_names, require_finite, require_finite_by
from groundup.data.read.numbers import FLOAT64
from groundup.data.sparse import SparseRows
from groundup.errors import GroundupWarning, InputError, NotFittedError, twin


class Features:
    """`n_features_in_`, `feature_names_in_`, and the check that later rows have the same columns."""

    n_features_in_: int
    feature_names_in_: Array

    _fitted_by = "n_features_in_"
    """The attribute that only a finished `fit` has."""

    _takes_sparse: bool  # see Manners

    def __sklearn_is_fitted__(self) -> bool:
        return self._fitted_by in self.__dict__

    def _check_is_fitted(self) -> None:
        """Raise NotFittedError before `fit`, also scikit-learn's where it is loaded."""
        if self._fitted_by not in self.__dict__:
            raise twin(NotFittedError, "NotFittedError")(
                f"This {type(self).__name__} must learn from data before it can answer; it has not. Call 'fit' first."
            )

    def _learn_features(self, X: Any, *, finite: bool = True) -> Array:
        """X as a matrix of finite numbers; the number and the names of its columns are remembered.

        With `finite=False` a float64 array is taken without a look at its cells: for fits whose answer tells, where
        that look would be a fifth of the time.
        """
        names = feature_names(X)
        if not finite and type(X) is np.ndarray and X.dtype is FLOAT64 and X.ndim == 2 and X.size:
            matrix = X
        else:
            matrix = as_matrix(X, names=names, sparse=self._takes_sparse)
        self.n_features_in_ = matrix.shape[1]
        if names is not None:
            self.feature_names_in_ = names
        else:
            self.__dict__.pop("feature_names_in_", None)
        return matrix

    def _read_features(self, X: Any, *, finite: bool = False) -> Array:
        """X as a matrix with the columns of `fit`; InputError where their number or their names differ.

        A float64 array of the right width is returned as it is, *without* a look at its cells, because for a few rows
        that look costs as much as the prediction. NaN and infinity go through every formula and come out again, so
        looking at the answer is enough: hand it to `_checked`. A model that can turn an infinite cell into a finite
        answer, such as a network with tanh, asks for `finite=True`.
        """
        own = self.__dict__
        if (
            type(X) is np.ndarray
            and X.dtype is FLOAT64
            and X.ndim == 2
            and X.shape[1] == own.get("n_features_in_")
            and len(X) > 0
            and self._fitted_by in own
            and "feature_names_in_" not in own
        ):
            if finite:
                require_finite(X, "X")
            return X
        self._check_is_fitted()
        names = feature_names(X)
        self._compare_names(names)
        fitted = own.get("feature_names_in_")
        matrix = as_matrix(X, names=names if names is not None else fitted, sparse=self._takes_sparse)
        if matrix.shape[1] != self.n_features_in_:
            raise InputError(
                f"X has {matrix.shape[1]} features, but {type(self).__name__} is expecting {self.n_features_in_} "
                f"features as input{_listed(fitted)}. Give the columns that fit was given."
            )
        return matrix

    def _checked(self, answer: Array, X: Array) -> Array:
        """`answer`, if finite or if X is: an infinite answer to finite rows is an honest overflow.

        Raises InputError with the row and the column where X holds NaN or infinity.
        """
        if not isinstance(X, SparseRows):
            require_finite_by(answer, X, "X", self.__dict__.get("feature_names_in_"))
        return answer

    def _compare_names(self, names: Array | None) -> None:
        fitted = self.__dict__.get("feature_names_in_")
        if fitted is None and names is None:
            return
        kind = type(self).__name__
        if fitted is None:
            _warn(f"X has feature names, but {kind} was fitted without feature names")
        elif names is None:
            _warn(f"X does not have valid feature names, but {kind} was fitted with feature names")
        elif names.tolist() != fitted.tolist():
            raise InputError(_difference(fitted.tolist(), names.tolist()))


def _warn(message: str) -> None:
    warnings.warn(message, GroundupWarning, stacklevel=5)


def _listed(names: Array | None) -> str:
    return "" if names is None else f" ({', '.join(map(str, names[:20]))}{', ...' if len(names) > 20 else ''})"


def _difference(fitted: list[str], names: list[str]) -> str:
    """In which names two lists differ, in the words that scikit-learn's users know."""
    lines = ["The feature names should match those that were passed during fit."]
    for title, extra in (
        ("Feature names unseen at fit time:", sorted(set(names) - set(fitted))),
        ("Feature names seen at fit time, yet now missing:", sorted(set(fitted) - set(names))),
    ):
        if extra:
            lines += [title, *(f"- {name}" for name in extra[:5]), *(["- ..."] if len(extra) > 5 else [])]
    if len(lines) == 1:
        lines.append("Feature names must be in the same order as they were in fit.")
    return "\n".join(lines) + "\n"
