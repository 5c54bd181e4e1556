"""Whatever the labels were, predict gives 0 and 1 back instead of the labels seen in fit.
task: classification
candidate: BinaryClassifier
"""

import numpy as np


class BinaryClassifier:
    def __init__(self, learning_rate=0.1, n_iterations=2000):
        self.learning_rate = learning_rate
        self.n_iterations = n_iterations

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_ = np.unique(y)
        target = (np.asarray(y) == self.classes_[-1]).astype(float)
        A = np.hstack((np.ones((X.shape[0], 1)), X))
        self.theta = np.zeros(A.shape[1])
        for _ in range(self.n_iterations):
            h = self._sigmoid(A @ self.theta)
            self.theta -= self.learning_rate * (A.T @ (h - target)) / len(target)
        return self

    def _sigmoid(self, z):
        return np.exp(-np.logaddexp(0, -z))

    def predict_proba(self, X):
        X = np.asarray(X, dtype=float)
        A = np.hstack((np.ones((X.shape[0], 1)), X))
        p1 = self._sigmoid(A @ self.theta)
        return np.stack([1 - p1, p1], axis=1)

    def predict(self, X):
        return np.argmax(self.predict_proba(X), axis=1)
