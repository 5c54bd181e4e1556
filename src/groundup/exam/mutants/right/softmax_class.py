# pyright: basic
"""Softmax regression by gradient descent, as a class."""

import numpy as np


class SoftmaxRegression:
    """The mean cross-entropy of many classes, made small step by step."""

    def __init__(self, learning_rate=0.1, epochs=500):
        self.learning_rate = learning_rate
        self.epochs = epochs

    def _softmax(self, z):
        shifted = z - z.max(axis=1, keepdims=True)
        e = np.exp(shifted)
        return e / e.sum(axis=1, keepdims=True)

    def fit(self, X, y):
        """One column of weights for each class."""
        self.classes_ = np.unique(y)
        targets = (y[:, None] == self.classes_).astype(float)
        n, p = X.shape
        self.W = np.zeros((p, len(self.classes_)))
        self.b = np.zeros(len(self.classes_))
        for _ in range(self.epochs):
            probabilities = self._softmax(X @ self.W + self.b)
            error = probabilities - targets
            self.W = self.W - self.learning_rate * X.T @ error / n
            self.b = self.b - self.learning_rate * error.mean(axis=0)
        return self

    def predict_proba(self, X):
        """One column for each class."""
        return self._softmax(X @ self.W + self.b)

    def predict(self, X):
        """The likeliest class."""
        return self.classes_[np.argmax(self.predict_proba(X), axis=1)]
