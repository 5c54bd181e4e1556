import numpy as np


class LinearRegressor:
    """Multivariate linear regression with built-in feature normalisation."""

    def __init__(self, alpha=0.1, iterations=1500):
        self.alpha = alpha
        self.iterations = iterations

    def normalize(self, X):
        self.mu = X.mean(axis=0)
        self.sigma = X.std(axis=0) + 1e-8
        return (X - self.mu) / self.sigma

    def _prepare(self, X):
        X = self.normalize(np.asarray(X, dtype=float))
        return np.c_[np.ones(len(X)), X]

    def fit(self, X, y):
        A = self._prepare(X)
        y = np.asarray(y, dtype=float)
        self.theta = np.zeros(A.shape[1])
        self.J = []
        for _ in range(self.iterations):
            e = A @ self.theta - y
            self.theta -= self.alpha / len(y) * A.T @ e
            self.J.append((e @ e) / (2 * len(y)))
        return self

    def predict(self, X):
        return self._prepare(X) @ self.theta
