"""predict scales its rows as fit did, but predict_proba works on the raw columns.
task: classification
candidate: ScalingClassifier
"""

import numpy as np


class ScalingClassifier:
    def __init__(self, learning_rate=0.2, n_iterations=2000):
        self.learning_rate = learning_rate
        self.n_iterations = n_iterations

    def _scale(self, X):
        return (X - self.mean_) / self.scale_

    def _sigmoid(self, Z):
        return 1 / (1 + np.exp(-np.clip(Z @ self.w_ + self.b_, -500, 500)))

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.mean_ = X.mean(axis=0)
        self.scale_ = X.std(axis=0)
        self.scale_[self.scale_ == 0] = 1.0
        Z = self._scale(X)
        self.classes_, t = np.unique(y, return_inverse=True)
        self.w_ = np.zeros(Z.shape[1])
        self.b_ = 0.0
        for _ in range(self.n_iterations):
            err = self._sigmoid(Z) - t
            self.w_ -= self.learning_rate * Z.T @ err / len(t)
            self.b_ -= self.learning_rate * err.mean()
        return self

    def predict(self, X):
        Z = self._scale(np.asarray(X, dtype=float))
        return self.classes_[(self._sigmoid(Z) >= 0.5).astype(int)]

    def predict_proba(self, X):
        X = np.asarray(X, dtype=float)
        p = self._sigmoid(X)
        return np.column_stack([1 - p, p])
