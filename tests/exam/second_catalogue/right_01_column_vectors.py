"""Everything is a column vector until predict flattens the answer.
task: regression
candidate: ColumnRegression
"""

import numpy as np


class ColumnRegression:
    def __init__(self, learning_rate=0.1, epochs=1000):
        self.alpha = learning_rate
        self.epochs = epochs

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).reshape(-1, 1)
        m = y.shape[0]
        self.W = np.zeros((X.shape[1], 1))
        self.b = np.zeros((1, 1))
        self.J = []
        for _ in range(self.epochs):
            E = X @ self.W + self.b - y
            self.W = self.W - self.alpha * (X.T @ E) / m
            self.b = self.b - self.alpha * np.sum(E, axis=0, keepdims=True) / m
            self.J.append((E.T @ E).item() / (2 * m))
        return self

    def predict(self, X):
        return (np.asarray(X, dtype=float) @ self.W + self.b).ravel()
