# ruff: noqa
"""Ridge regression, solved directly from the penalised normal equations.

Objective:  ||y - Xw - b||^2 + alpha * ||w||^2      (b is never penalised)
"""

import numpy as np


class RidgeRegression:
    def __init__(self, alpha=1.0, fit_intercept=True):
        self.alpha = alpha
        self.fit_intercept = fit_intercept

    def _design(self, X):
        X = np.asarray(X, dtype=float)
        if X.ndim == 1:
            X = X[:, None]
        if self.fit_intercept:
            # append the constant column
            X = np.hstack([X, np.ones((X.shape[0], 1))])
        return X

    def fit(self, X, y):
        A = self._design(X)
        y = np.asarray(y, dtype=float).ravel()
        if A.shape[0] != y.shape[0]:
            raise ValueError("X and y have different lengths")

        penalty = self.alpha * np.eye(A.shape[1])
        if self.fit_intercept:
            penalty[0, 0] = 0.0  # leave the constant column alone

        solution = np.linalg.solve(A.T @ A + penalty, A.T @ y)
        if self.fit_intercept:
            self.coef_, self.intercept_ = solution[:-1], float(solution[-1])
        else:
            self.coef_, self.intercept_ = solution, 0.0
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=float)
        if X.ndim == 1:
            X = X[:, None]
        return X @ self.coef_ + self.intercept_

    def score(self, X, y):
        """Coefficient of determination."""
        y = np.asarray(y, dtype=float).ravel()
        res = np.sum((y - self.predict(X)) ** 2)
        tot = np.sum((y - y.mean()) ** 2)
        return 1.0 - res / tot


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 3))
    y = X @ [1.0, -2.0, 0.5] + 0.3 + 0.1 * rng.normal(size=200)
    m = RidgeRegression(alpha=0.1).fit(X, y)
    print(m.coef_, m.intercept_, m.score(X, y))
