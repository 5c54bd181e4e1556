# ruff: noqa
"""Linear regression in the notation of the old machine-learning course:
theta is a COLUMN vector, theta[0] is the intercept, and
J(theta) = 1/(2m) * sum (h - y)^2.
"""

import numpy as np


class LinReg:
    def __init__(self, alpha=0.1, num_iters=1500):
        self.alpha = alpha  # learning rate
        self.num_iters = num_iters

    def _prep(self, X):
        X = np.asarray(X, dtype=float)
        if X.ndim == 1:
            X = X.reshape(-1, 1)
        return np.hstack((np.ones((X.shape[0], 1)), X))

    def cost(self, X, y, theta=None):
        theta = self.theta if theta is None else theta
        A = self._prep(X)
        y = np.asarray(y, dtype=float).reshape(-1, 1)
        e = A @ theta - y
        return (e.T @ e).item() / (2 * len(y))

    def fit(self, X, y):
        A = self._prep(X)
        y = np.asarray(y, dtype=float).reshape(-1, 1)
        m = y.shape[0]
        theta = np.zeros((A.shape[1], 1))
        self.J_history = []
        for _ in range(self.num_iters):
            e = A @ theta - y
            self.J_history.append((e.T @ e).item() / (2 * m))
            theta = theta - (self.alpha / m) * (A.T @ e)
        self.theta = theta
        return self

    def predict(self, X):
        return (self._prep(X) @ self.theta).ravel()
