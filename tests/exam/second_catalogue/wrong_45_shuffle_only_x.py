"""Every epoch shuffles the rows of X but takes the targets in their old order.
task: regression
candidate: SGDRegressor
"""

import numpy as np


class SGDRegressor:
    def __init__(self, learning_rate=0.05, epochs=100, batch_size=32, seed=0):
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.batch_size = batch_size
        self.seed = seed

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        rng = np.random.default_rng(self.seed)
        n, d = X.shape
        self.w = np.zeros(d)
        self.b = 0.0
        for _ in range(self.epochs):
            order = rng.permutation(n)
            X_shuffled = X[order]
            for start in range(0, n, self.batch_size):
                xb = X_shuffled[start : start + self.batch_size]
                yb = y[start : start + self.batch_size]
                error = xb @ self.w + self.b - yb
                self.w -= self.learning_rate * xb.T @ error / len(yb)
                self.b -= self.learning_rate * error.mean()
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.w + self.b
