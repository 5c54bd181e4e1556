"""Training stops when the loss falls by less than an absolute 0.001, which on small targets is at once.
task: regression
candidate: LinearModel
"""

import numpy as np


class LinearModel:
    def __init__(self, learning_rate=0.1, epochs=5000, tolerance=1e-3):
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.tolerance = tolerance

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        n, p = X.shape
        self.w_, self.b_ = np.zeros(p), 0.0
        self.cost_history_ = []
        previous = np.inf
        for _ in range(self.epochs):
            e = X @ self.w_ + self.b_ - y
            cost = (e @ e) / n
            self.cost_history_.append(cost)
            if abs(previous - cost) < self.tolerance:
                break
            previous = cost
            self.w_ = self.w_ - self.learning_rate * 2 * (X.T @ e) / n
            self.b_ = self.b_ - self.learning_rate * 2 * e.mean()
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.w_ + self.b_
