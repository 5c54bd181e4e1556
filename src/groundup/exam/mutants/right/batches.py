# pyright: basic
"""Linear regression by mini-batches: shuffling, a seed, a tolerance, penalties."""

import numpy as np


class MiniBatchRegression:
    """The mean of squares, a batch at a time."""

    def __init__(self, learning_rate=0.01, epochs=100, batch_size=32, shuffle=True, seed=0, tol=0.0, l1=0.0, l2=0.0):
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.batch_size = batch_size
        self.shuffle = shuffle
        self.seed = seed
        self.tol = tol
        self.l1 = l1
        self.l2 = l2

    def loss(self, X, y):
        """The mean of squares with its penalties."""
        residual = X @ self.w + self.b - y
        return np.mean(residual**2) + self.l1 * np.abs(self.w).sum() + self.l2 * np.sum(self.w**2)

    def fit(self, X, y):
        """Epoch by epoch, batch by batch."""
        rng = np.random.default_rng(self.seed)
        n, p = X.shape
        self.w = np.zeros(p)
        self.b = 0.0
        previous = np.inf
        calm = 0
        for _epoch in range(self.epochs):
            order = rng.permutation(n) if self.shuffle else np.arange(n)
            for start in range(0, n, self.batch_size):
                rows = order[start : start + self.batch_size]
                xb, yb = X[rows], y[rows]
                error = xb @ self.w + self.b - yb
                grad_w = 2 * xb.T @ error / len(rows) + self.l1 * np.sign(self.w) + 2 * self.l2 * self.w
                grad_b = 2 * error.mean()
                self.w = self.w - self.learning_rate * grad_w
                self.b = self.b - self.learning_rate * grad_b
            current = self.loss(X, y)
            change = previous - current
            calm = calm + 1 if 0 <= change < self.tol else 0
            if self.tol > 0 and calm >= 5:
                break
            previous = current
        return self

    def predict(self, X):
        """X w + b."""
        return X @ self.w + self.b
