"""Linear regression in closed form."""

import numpy as np


class LinearRegression:
    def __init__(self, fit_intercept=True):
        self.fit_intercept = fit_intercept
        self.theta = None

    def _design(self, X):
        X = np.asarray(X, dtype=np.float64)
        if X.ndim == 1:
            X = X[:, None]
        if self.fit_intercept:
            return np.c_[np.ones(len(X)), X]
        return X

    def fit(self, X, y):
        A = self._design(X)
        self.theta = np.linalg.pinv(A) @ np.asarray(y, dtype=np.float64)
        return self

    def predict(self, X):
        return self._design(X) @ self.theta

    @property
    def intercept_(self):
        return self.theta[0] if self.fit_intercept else 0.0

    @property
    def coef_(self):
        return self.theta[1:] if self.fit_intercept else self.theta

    def mse(self, X, y):
        return float(np.mean((np.asarray(y) - self.predict(X)) ** 2))
