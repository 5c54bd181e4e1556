import numpy as np


class PolynomialRegression:
    """y = b + sum_k w_k z^k with the powers standardised, solved by gradient descent on the MSE."""

    def __init__(self, degree=3, lr=0.1, n_iters=20000):
        self.degree = degree
        self.lr = lr
        self.n_iters = n_iters

    def _powers(self, x):
        x = np.asarray(x, dtype=float).reshape(-1, 1)
        return np.hstack([x**k for k in range(1, self.degree + 1)])

    def _normalize(self, F):
        self.mean = F.mean(axis=0)
        self.std = F.std(axis=0) + 1e-12
        return (F - self.mean) / self.std

    def fit(self, x, y):
        F = self._normalize(self._powers(x))
        y = np.asarray(y, dtype=float).ravel()
        n = len(y)
        self.w = np.zeros(self.degree)
        self.b = 0.0
        for _ in range(self.n_iters):
            diff = F @ self.w + self.b - y
            self.w -= self.lr * 2 / n * F.T @ diff
            self.b -= self.lr * 2 / n * diff.sum()
        return self

    def predict(self, x):
        return self._normalize(self._powers(x)) @ self.w + self.b
