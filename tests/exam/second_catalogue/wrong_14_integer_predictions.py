"""Predictions are stored in an array of the type of the training target, so whole-number targets truncate them.
task: regression
candidate: LoopRegression
"""

import numpy as np


class LoopRegression:
    def __init__(self, learning_rate=0.1, epochs=800):
        self.learning_rate = learning_rate
        self.epochs = epochs

    def fit(self, X, y):
        X = np.asarray(X)
        y = np.asarray(y)
        self.target_type = y.dtype
        d = X.shape[1]
        w = np.zeros(d)
        b = 0.0
        for _ in range(self.epochs):
            error = X @ w + b - y
            for j in range(d):
                w[j] -= self.learning_rate * np.mean(error * X[:, j])
            b -= self.learning_rate * np.mean(error)
        self.w, self.b = w, b
        return self

    def predict(self, X):
        X = np.asarray(X)
        out = np.zeros(len(X), dtype=self.target_type)
        for i, row in enumerate(X):
            out[i] = row @ self.w + self.b
        return out
