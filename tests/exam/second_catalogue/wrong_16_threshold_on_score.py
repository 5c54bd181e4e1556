"""predict compares the linear score, not the probability, with 0.5.
task: classification
candidate: LogReg
"""

import numpy as np


class LogReg:
    def __init__(self, learning_rate=0.1, epochs=2000):
        self.lr = learning_rate
        self.epochs = epochs
        self.losses = []

    @staticmethod
    def _sigmoid(z):
        return 1.0 / (1.0 + np.exp(-np.clip(z, -500, 500)))

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, target = np.unique(y, return_inverse=True)
        m = X.shape[0]
        self.w = np.zeros(X.shape[1])
        self.b = 0.0
        self.losses = []
        for _ in range(self.epochs):
            a = self._sigmoid(X @ self.w + self.b)
            dz = a - target
            self.w -= self.lr * (X.T @ dz) / m
            self.b -= self.lr * np.sum(dz) / m
            safe = np.clip(a, 1e-12, 1 - 1e-12)
            self.losses.append(-np.mean(target * np.log(safe) + (1 - target) * np.log(1 - safe)))
        return self

    def decision_function(self, X):
        return np.asarray(X, dtype=float) @ self.w + self.b

    def predict_proba(self, X):
        p = self._sigmoid(self.decision_function(X))
        return np.c_[1 - p, p]

    def predict(self, X):
        scores = self.decision_function(X)
        return np.where(scores > 0.5, self.classes_[1], self.classes_[0])
