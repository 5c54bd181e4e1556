"""The L2 penalty shrinks the whole parameter vector, the bias in it included.
task: classification
candidate: RegularizedLogistic
"""

import numpy as np


class RegularizedLogistic:
    def __init__(self, learning_rate=0.2, epochs=2000, l2=0.01):
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.l2 = l2

    def fit(self, X, y):
        A = self._with_bias(X)
        self.classes_, target = np.unique(y, return_inverse=True)
        m = A.shape[0]
        theta = np.zeros(A.shape[1])
        for _ in range(self.epochs):
            h = self._sigmoid(A @ theta)
            grad = A.T @ (h - target) / m + self.l2 * theta
            theta = theta - self.learning_rate * grad
        self.theta = theta
        return self

    @staticmethod
    def _with_bias(X):
        X = np.asarray(X, dtype=float)
        return np.insert(X, 0, 1.0, axis=1)

    @staticmethod
    def _sigmoid(z):
        z = np.clip(z, -500, 500)
        return 1 / (1 + np.exp(-z))

    def predict_proba(self, X):
        p = self._sigmoid(self._with_bias(X) @ self.theta)
        return np.vstack([1 - p, p]).T

    def predict(self, X):
        return self.classes_[np.argmax(self.predict_proba(X), axis=1)]
