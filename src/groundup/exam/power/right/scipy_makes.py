# pyright: basic
"""SciPy: least squares by LAPACK, likelihoods by its minimisers, and its special functions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np


class LeastSquares:
    """scipy.linalg.lstsq of the centred rows."""

    def fit(self, X, y):
        """Centre, solve, and put the centre back."""
        from scipy.linalg import lstsq

        middle = X.mean(axis=0)
        found = lstsq(X - middle, y - y.mean())
        assert found is not None
        self.coef_ = found[0]
        self.intercept_ = y.mean() - middle @ self.coef_
        return self

    def predict(self, X):
        """X w + b."""
        return X @ self.coef_ + self.intercept_


class Logistic:
    """The log loss, made small by BFGS."""

    def fit(self, X, y):
        """Any two labels."""
        from scipy.optimize import minimize
        from scipy.special import expit

        self.classes_ = np.unique(y)
        A, t = np.column_stack([X, np.ones(len(X))]), (y == self.classes_[-1]).astype(float)

        def cost(theta):
            z = A @ theta
            return np.mean(np.logaddexp(0, z) - t * z), A.T @ (expit(z) - t) / len(t)

        theta = minimize(cost, np.zeros(A.shape[1]), jac=True, method="BFGS", options={"gtol": 1e-9}).x
        self.coef_, self.intercept_ = theta[:-1], theta[-1]
        return self

    def predict_proba(self, X):
        """A column for each class."""
        from scipy.special import expit

        p = expit(X @ self.coef_ + self.intercept_)
        return np.column_stack([1 - p, p])

    def predict(self, X):
        """The likelier label."""
        return self.classes_[(self.predict_proba(X)[:, 1] > 0.5).astype(int)]


class Softmax:
    """The cross-entropy, made small by BFGS."""

    def fit(self, X, y):
        """Any labels."""
        from scipy.optimize import minimize
        from scipy.special import log_softmax, softmax

        self.classes_ = np.unique(y)
        A, t = np.column_stack([X, np.ones(len(X))]), (y[:, None] == self.classes_).astype(float)

        def cost(flat):
            z = A @ flat.reshape(A.shape[1], -1)
            return -np.mean((t * log_softmax(z, axis=1)).sum(axis=1)), (A.T @ (softmax(z, axis=1) - t)).ravel() / len(t)

        start = np.zeros(A.shape[1] * t.shape[1])
        self.theta_ = minimize(cost, start, jac=True, method="BFGS", options={"gtol": 1e-9}).x.reshape(A.shape[1], -1)
        return self

    def predict_proba(self, X):
        """A column for each class."""
        from scipy.special import softmax

        return softmax(np.column_stack([X, np.ones(len(X))]) @ self.theta_, axis=1)

    def predict(self, X):
        """The likeliest label."""
        return self.classes_[self.predict_proba(X).argmax(axis=1)]


def makes() -> Iterator[tuple[Any, ...]]:
    """Three models and four formulas."""
    from scipy import special

    yield "lstsq", "regression", LeastSquares
    yield "minimize, log loss", "classification", Logistic
    yield "minimize, cross-entropy", "multiclass", Softmax, 2
    for name, function in {"sigmoid": special.expit, "softmax": _rows(special.softmax)}.items():
        yield function.__name__, f"formula {name}", lambda f=function: f, 5
    yield "log_softmax", "formula log_softmax", lambda: _rows(special.log_softmax), 5


def _rows(function):
    def of_rows(z):
        return function(z, axis=-1)

    return of_rows
