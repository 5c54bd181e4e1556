"""A mini-batch's gradient is divided by the number of all rows, so training is many times too slow.
task: classification
candidate: MiniBatchLogistic
"""

import numpy as np


class MiniBatchLogistic:
    def __init__(self, learning_rate=0.1, epochs=100, batch_size=16, random_state=0):
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.batch_size = batch_size
        self.random_state = random_state

    def _sigmoid(self, z):
        return 1 / (1 + np.exp(-np.clip(z, -500, 500)))

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, t = np.unique(y, return_inverse=True)
        rng = np.random.default_rng(self.random_state)
        m, n_features = X.shape
        self.w = np.zeros(n_features)
        self.b = 0.0
        for _ in range(self.epochs):
            order = rng.permutation(m)
            for start in range(0, m, self.batch_size):
                batch = order[start : start + self.batch_size]
                dz = self._sigmoid(X[batch] @ self.w + self.b) - t[batch]
                self.w -= self.learning_rate * (X[batch].T @ dz) / m
                self.b -= self.learning_rate * np.sum(dz) / m
        return self

    def predict_proba(self, X):
        p = self._sigmoid(np.asarray(X, dtype=float) @ self.w + self.b)
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return self.classes_[(self.predict_proba(X)[:, 1] >= 0.5).astype(int)]
