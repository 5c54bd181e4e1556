# pyright: basic
"""statsmodels' least squares with its standard errors, and its logistic regression."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np


class Ols:
    """OLS, with a column of ones put before the rows."""

    def fit(self, X, y):
        """Keep the coefficients, their standard errors and the variance of the noise."""
        from statsmodels.regression.linear_model import OLS

        found = OLS(y, np.column_stack([np.ones(len(X)), X])).fit()
        self.intercept_, self.coef_ = found.params[0], found.params[1:]
        self.s2_, self.stderr_ = float(found.mse_resid), found.bse[1:]
        return self

    def predict(self, X):
        """X w + b."""
        return X @ self.coef_ + self.intercept_


class Logit:
    """Logit by Newton's method."""

    def fit(self, X, y):
        """Labels 0 and 1."""
        from statsmodels.discrete.discrete_model import Logit as Model

        model = Model(y, np.column_stack([np.ones(len(X)), X]))
        found, self.cdf = model.fit(disp=0, tol=1e-12), model.cdf
        self.intercept_, self.coef_ = found.params[0], found.params[1:]
        return self

    def predict_proba(self, X):
        """A column for each class."""
        p = self.cdf(X @ self.coef_ + self.intercept_)
        return np.column_stack([1 - p, p])

    def predict(self, X):
        """The likelier class."""
        return (X @ self.coef_ + self.intercept_ > 0).astype(int)


def makes() -> Iterator[tuple[Any, ...]]:
    """Two models."""
    import statsmodels  # noqa: F401

    yield "OLS", "regression", Ols
    yield "Logit", "classification", Logit
