"""fit puts the column of ones first and prediction puts it last, so every weight meets the wrong column.
task: classification
candidate: LogisticWithIntercept
"""

import numpy as np


class LogisticWithIntercept:
    def __init__(self, learning_rate=0.2, epochs=2000):
        self.learning_rate = learning_rate
        self.epochs = epochs

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, t = np.unique(y, return_inverse=True)
        ones = np.ones((X.shape[0], 1))
        A = np.concatenate((ones, X), axis=1)
        self.theta = np.zeros(A.shape[1])
        for _ in range(self.epochs):
            h = self._sigmoid(A @ self.theta)
            self.theta -= self.learning_rate * A.T @ (h - t) / t.size
        return self

    def _sigmoid(self, z):
        return 1 / (1 + np.exp(-np.clip(z, -500, 500)))

    def predict_proba(self, X):
        X = np.asarray(X, dtype=float)
        A = np.concatenate((X, np.ones((X.shape[0], 1))), axis=1)
        p = self._sigmoid(A @ self.theta)
        return np.stack((1 - p, p), axis=-1)

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]
