"""The gradient keeps the factor p(1-p) of the squared error, so the log loss is not what is minimised.
task: classification
candidate: LogisticRegression
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


class LogisticRegression:
    def __init__(self, learning_rate=0.5, n_iterations=2000):
        self.learning_rate = learning_rate
        self.n_iterations = n_iterations

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, t = np.unique(y, return_inverse=True)
        n, d = X.shape
        self.weights = np.zeros(d)
        self.bias = 0.0
        for _ in range(self.n_iterations):
            p = sigmoid(X @ self.weights + self.bias)
            delta = (p - t) * p * (1 - p)
            self.weights -= self.learning_rate * X.T @ delta / n
            self.bias -= self.learning_rate * delta.mean()
        return self

    def predict_proba(self, X):
        p = sigmoid(np.asarray(X, dtype=float) @ self.weights + self.bias)
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return self.classes_[(self.predict_proba(X)[:, 1] >= 0.5).astype(int)]
