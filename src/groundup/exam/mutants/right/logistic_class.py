# pyright: basic
"""Logistic regression by gradient descent, as a class."""

import numpy as np


class LogisticRegression:
    """The mean log loss, made small step by step."""

    def __init__(self, lr=0.1, n_iters=1000, l2=0.0):
        self.lr = lr
        self.n_iters = n_iters
        self.l2 = l2

    def _sigmoid(self, z):
        e = np.exp(-np.abs(z))
        return np.where(z >= 0, 1 / (1 + e), e / (1 + e))

    def fit(self, X, y):
        """Any two labels; the second in order is the positive one."""
        self.classes_ = np.unique(y)
        if len(self.classes_) != 2:
            raise ValueError("two classes are needed")
        t = (y == self.classes_[1]).astype(float)
        n, p = X.shape
        self.weights = np.zeros(p)
        self.bias = 0.0
        for _ in range(self.n_iters):
            probability = self._sigmoid(X @ self.weights + self.bias)
            error = probability - t
            dw = X.T @ error / n + self.l2 * self.weights
            db = error.mean()
            self.weights = self.weights - self.lr * dw
            self.bias = self.bias - self.lr * db
        return self

    def predict_proba(self, X):
        """One column for each class."""
        p = self._sigmoid(X @ self.weights + self.bias)
        return np.column_stack([1 - p, p])

    def predict(self, X):
        """The likelier class."""
        return self.classes_[(self.predict_proba(X)[:, 1] >= 0.5).astype(int)]

    def score(self, X, y):
        """The share of hits."""
        return np.mean(self.predict(X) == y)
