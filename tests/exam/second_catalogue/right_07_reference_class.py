"""Softmax regression with the first class as the reference, whose score is fixed at zero.
task: multiclass
candidate: ReferenceSoftmax
"""

import numpy as np


class ReferenceSoftmax:
    def __init__(self, learning_rate=0.3, epochs=3000):
        self.learning_rate = learning_rate
        self.epochs = epochs

    def _log_proba(self, A):
        scores = np.column_stack([np.zeros(len(A)), A @ self.B])
        top = scores.max(axis=1, keepdims=True)
        return scores - top - np.log(np.exp(scores - top).sum(axis=1, keepdims=True))

    def fit(self, X, y):
        A = self._design(X)
        self.classes_, which = np.unique(y, return_inverse=True)
        T = np.eye(len(self.classes_))[which][:, 1:]
        self.B = np.zeros((A.shape[1], T.shape[1]))
        for _ in range(self.epochs):
            P = np.exp(self._log_proba(A))[:, 1:]
            self.B += self.learning_rate * A.T @ (T - P) / len(A)
        return self

    @staticmethod
    def _design(X):
        X = np.asarray(X, dtype=float)
        return np.c_[X, np.ones(len(X))]

    def predict_proba(self, X):
        return np.exp(self._log_proba(self._design(X)))

    def predict(self, X):
        return self.classes_[self._log_proba(self._design(X)).argmax(axis=1)]
