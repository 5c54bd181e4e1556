# pyright: basic
"""Elastic net by coordinate descent on centred columns."""

import numpy as np


def soft_threshold(x, t):
    """x moved towards 0 by t, and 0 where it would pass it."""
    if x > t:
        return x - t
    if x < -t:
        return x + t
    return 0.0


class ElasticNet:
    """1/(2n) |y - X w - b|^2 + alpha (l1_ratio |w|_1 + (1 - l1_ratio)/2 |w|^2)."""

    def __init__(self, alpha=0.1, l1_ratio=1.0, max_iter=5000, tol=1e-12):
        self.alpha = alpha
        self.l1_ratio = l1_ratio
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X, y):
        """Sweep over the columns until no weight moves."""
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        n, p = X.shape
        x_mean, y_mean = X.mean(axis=0), y.mean()
        Z = X - x_mean
        l1 = self.alpha * self.l1_ratio * n
        l2 = self.alpha * (1 - self.l1_ratio) * n
        squares = (Z**2).sum(axis=0)
        w = np.zeros(p)
        residual = y - y_mean
        for _ in range(self.max_iter):
            largest = 0.0
            for j in range(p):
                if squares[j] == 0:
                    continue
                old = w[j]
                rho = Z[:, j] @ residual + squares[j] * old
                w[j] = soft_threshold(rho, l1) / (squares[j] + l2)
                residual = residual - Z[:, j] * (w[j] - old)
                largest = max(largest, abs(w[j] - old))
            if largest <= self.tol * max(np.abs(w).max(), 1.0):
                break
        self.coef_ = w
        self.intercept_ = y_mean - x_mean @ w
        return self

    def predict(self, X):
        """X w + b."""
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
