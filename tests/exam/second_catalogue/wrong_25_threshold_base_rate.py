"""predict cuts at the share of positives in training instead of at one half.
task: classification
candidate: LogisticGD
"""

import numpy as np


class LogisticGD:
    def __init__(self, learning_rate=0.2, n_iterations=2000, l2=0.0):
        self.learning_rate = learning_rate
        self.n_iterations = n_iterations
        self.l2 = l2

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, t = np.unique(y, return_inverse=True)
        t = t.reshape(-1, 1).astype(float)
        n, d = X.shape
        self.W = np.zeros((d, 1))
        self.b = np.zeros((1, 1))
        self.threshold = t.mean()
        for _ in range(self.n_iterations):
            A = self._activate(X)
            dZ = A - t
            self.W -= self.learning_rate * (X.T @ dZ / n + self.l2 * self.W)
            self.b -= self.learning_rate * dZ.mean(axis=0, keepdims=True)
        return self

    def _activate(self, X):
        return 1 / (1 + np.exp(-np.clip(X @ self.W + self.b, -500, 500)))

    def predict_proba(self, X):
        A = self._activate(np.asarray(X, dtype=float))
        return np.hstack([1 - A, A])

    def predict(self, X):
        positive = self.predict_proba(X)[:, 1] > self.threshold
        return self.classes_[positive.astype(int)]
