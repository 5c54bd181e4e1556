"""Softmax subtracts the largest score of the whole batch, so rows far below it become 0 / 0.
task: multiclass
candidate: SoftmaxRegression
"""

import numpy as np


class SoftmaxRegression:
    def __init__(self, learning_rate=0.2, epochs=1500):
        self.learning_rate = learning_rate
        self.epochs = epochs

    def _softmax(self, Z):
        E = np.exp(Z - np.max(Z))
        return E / E.sum(axis=1, keepdims=True)

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, idx = np.unique(y, return_inverse=True)
        Y = np.eye(len(self.classes_))[idx]
        n, d = X.shape
        self.W = np.zeros((d, Y.shape[1]))
        self.b = np.zeros(Y.shape[1])
        for _ in range(self.epochs):
            D = self._softmax(X @ self.W + self.b) - Y
            self.W -= self.learning_rate * X.T @ D / n
            self.b -= self.learning_rate * D.mean(axis=0)
        return self

    def predict_proba(self, X):
        return self._softmax(np.asarray(X, dtype=float) @ self.W + self.b)

    def predict(self, X):
        return self.classes_[np.argmax(self.predict_proba(X), axis=1)]
