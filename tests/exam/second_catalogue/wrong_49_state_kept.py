"""The weights are made only if there are none yet, so a second fit goes on from the first one's.
task: regression
candidate: LinReg
"""

import numpy as np


class LinReg:
    def __init__(self, learning_rate=0.02, epochs=400):
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.w = None
        self.b = 0.0

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        n, d = X.shape
        if self.w is None or len(self.w) != d:
            self.w = np.zeros(d)
        for _ in range(self.epochs):
            err = X @ self.w + self.b - y
            self.w = self.w - self.learning_rate * 2 / n * X.T @ err
            self.b = self.b - self.learning_rate * 2 * err.mean()
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.w + self.b
