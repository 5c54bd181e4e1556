"""predict returns the position of the largest probability instead of the class's label.
task: multiclass
candidate: SoftmaxModel
"""

import numpy as np


class SoftmaxModel:
    def __init__(self, learning_rate=0.2, epochs=1500):
        self.learning_rate = learning_rate
        self.epochs = epochs

    def fit(self, X, y):
        A = self._augment(X)
        self.classes_ = sorted(set(np.asarray(y).tolist()))
        position = {label: k for k, label in enumerate(self.classes_)}
        T = np.zeros((A.shape[0], len(self.classes_)))
        for i, label in enumerate(np.asarray(y).tolist()):
            T[i, position[label]] = 1.0
        self.theta = np.zeros((A.shape[1], len(self.classes_)))
        for _ in range(self.epochs):
            P = self._softmax(A @ self.theta)
            self.theta += self.learning_rate * A.T @ (T - P) / A.shape[0]
        return self

    @staticmethod
    def _augment(X):
        X = np.asarray(X, dtype=float)
        return np.column_stack([np.ones(X.shape[0]), X])

    @staticmethod
    def _softmax(Z):
        E = np.exp(Z - Z.max(axis=1)[:, None])
        return E / E.sum(axis=1)[:, None]

    def predict_proba(self, X):
        return self._softmax(self._augment(X) @ self.theta)

    def predict(self, X):
        return np.argmax(self.predict_proba(X), axis=1)
