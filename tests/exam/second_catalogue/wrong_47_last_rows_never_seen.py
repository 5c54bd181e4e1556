"""Whole batches only are made, always in the same order, so the rows after the last whole batch are never used.
task: regression
candidate: MiniBatchRegression
"""

import numpy as np


class MiniBatchRegression:
    def __init__(self, learning_rate=0.02, epochs=200, batch_size=64):
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.batch_size = batch_size

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        n, d = X.shape
        size = min(self.batch_size, n)
        n_batches = n // size
        self.coef_ = np.zeros(d)
        self.intercept_ = 0.0
        for _ in range(self.epochs):
            for k in range(n_batches):
                xb = X[k * size : (k + 1) * size]
                yb = y[k * size : (k + 1) * size]
                residual = yb - (xb @ self.coef_ + self.intercept_)
                self.coef_ += self.learning_rate * 2 * xb.T @ residual / size
                self.intercept_ += self.learning_rate * 2 * residual.sum() / size
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
