"""One-versus-rest, all the binary models trained at once as columns, with rows normalised to sum to one.
task: multiclass
candidate: OneVersusRest
"""

import numpy as np


class OneVersusRest:
    def __init__(self, learning_rate=0.3, n_iterations=2000):
        self.learning_rate = learning_rate
        self.n_iterations = n_iterations

    def _scores(self, X):
        return np.asarray(X, dtype=float) @ self.W + self.b

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_ = np.unique(y)
        T = np.asarray(y)[:, None] == self.classes_[None, :]
        self.W = np.zeros((X.shape[1], len(self.classes_)))
        self.b = np.zeros(len(self.classes_))
        for _ in range(self.n_iterations):
            G = 0.5 * (1 + np.tanh(self._scores(X) / 2)) - T
            self.W -= self.learning_rate * X.T @ G / len(X)
            self.b -= self.learning_rate * G.mean(axis=0)
        return self

    def predict_proba(self, X):
        logs = -np.logaddexp(0.0, -self._scores(X))
        P = np.exp(logs - logs.max(axis=1, keepdims=True))
        return P / P.sum(axis=1, keepdims=True)

    def predict(self, X):
        return self.classes_[self._scores(X).argmax(axis=1)]
