"""fit standardises the caller's own array in place.
task: regression
candidate: InPlaceScaler
"""

import numpy as np


class InPlaceScaler:
    def __init__(self, learning_rate=0.1, epochs=1000):
        self.learning_rate = learning_rate
        self.epochs = epochs

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        self.mean = X.mean(axis=0)
        self.std = X.std(axis=0)
        self.std[self.std == 0] = 1.0
        X -= self.mean
        X /= self.std
        self.w = np.zeros(X.shape[1])
        self.b = 0.0
        for _ in range(self.epochs):
            error = X @ self.w + self.b - y
            self.w -= self.learning_rate * X.T @ error / len(y)
            self.b -= self.learning_rate * error.mean()
        return self

    def predict(self, X):
        Z = (np.asarray(X, dtype=float) - self.mean) / self.std
        return Z @ self.w + self.b
