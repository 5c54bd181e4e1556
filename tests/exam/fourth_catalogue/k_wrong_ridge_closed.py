import numpy as np


class Ridge:
    """
    Ridge regression through the normal equation,

        min  sum (y - X w - b)^2 + alpha * sum w_j^2

    where the intercept b is not shrunk (fit_intercept=True).
    """

    def __init__(self, alpha=1.0, fit_intercept=True):
        self.alpha = alpha
        self.fit_intercept = fit_intercept

    def _design(self, X):
        X = np.asarray(X, dtype=float)
        if self.fit_intercept:
            X = np.hstack([np.ones((X.shape[0], 1)), X])
        return X

    def fit(self, X, y):
        A = self._design(X)
        penalty = self.alpha * np.identity(A.shape[1])
        self.theta = np.linalg.solve(A.T @ A + penalty, A.T @ np.asarray(y, dtype=float))
        return self

    @property
    def intercept_(self):
        return self.theta[0] if self.fit_intercept else 0.0

    @property
    def coef_(self):
        return self.theta[1:] if self.fit_intercept else self.theta

    def predict(self, X):
        return self._design(X) @ self.theta

    def score(self, X, y):
        y = np.asarray(y, dtype=float)
        return 1 - np.sum((y - self.predict(X)) ** 2) / np.sum((y - y.mean()) ** 2)
