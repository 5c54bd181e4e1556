"""predict standardises the new rows by their own mean and deviation instead of the training ones.
task: regression
candidate: ScaledLinearRegression
"""

import numpy as np


def standardize(X):
    mean = X.mean(axis=0)
    std = X.std(axis=0)
    std[std == 0] = 1.0
    return (X - mean) / std


class ScaledLinearRegression:
    def __init__(self, learning_rate=0.1, epochs=1000):
        self.learning_rate = learning_rate
        self.epochs = epochs

    def fit(self, X, y):
        X = standardize(np.asarray(X, dtype=float))
        y = np.asarray(y, dtype=float)
        n, d = X.shape
        self.w = np.zeros(d)
        self.b = 0.0
        for _ in range(self.epochs):
            residual = X @ self.w + self.b - y
            self.w -= self.learning_rate * X.T @ residual / n
            self.b -= self.learning_rate * residual.mean()
        return self

    def predict(self, X):
        X = standardize(np.asarray(X, dtype=float))
        return X @ self.w + self.b
