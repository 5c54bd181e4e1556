"""Logistic regression on labels of minus and plus one, by the margin, on a private copy of the labels.
task: classification
candidate: MarginLogistic
"""

import numpy as np


class MarginLogistic:
    def __init__(self, learning_rate=0.2, epochs=2000):
        self.learning_rate = learning_rate
        self.epochs = epochs

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_ = np.unique(y)
        s = np.where(np.asarray(y) == self.classes_[1], 1.0, -1.0)
        self.w = np.zeros(X.shape[1])
        self.b = 0.0
        for _ in range(self.epochs):
            margin = s * (X @ self.w + self.b)
            pull = s * np.exp(-np.logaddexp(0.0, margin))
            self.w += self.learning_rate * (pull @ X) / len(s)
            self.b += self.learning_rate * pull.mean()
        return self

    def predict_proba(self, X):
        z = np.asarray(X, dtype=float) @ self.w + self.b
        return np.exp(-np.logaddexp(0.0, np.column_stack([z, -z])))

    def predict(self, X):
        z = np.asarray(X, dtype=float) @ self.w + self.b
        return self.classes_[(z >= 0).astype(int)]
