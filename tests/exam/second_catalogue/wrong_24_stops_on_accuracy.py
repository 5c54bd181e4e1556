"""Training stops when the accuracy has not risen for five steps, long before the log loss is at its minimum.
task: classification
candidate: PatientLogistic
"""

import numpy as np


class PatientLogistic:
    def __init__(self, learning_rate=0.1, epochs=2000, patience=5):
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.patience = patience

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, t = np.unique(y, return_inverse=True)
        self.w = np.zeros(X.shape[1])
        self.b = 0.0
        best, waited = -1.0, 0
        for _ in range(self.epochs):
            p = self._forward(X)
            accuracy = np.mean((p >= 0.5) == t)
            if accuracy > best:
                best, waited = accuracy, 0
            else:
                waited += 1
            if waited >= self.patience:
                break
            self.w -= self.learning_rate * X.T @ (p - t) / len(t)
            self.b -= self.learning_rate * np.mean(p - t)
        return self

    def _forward(self, X):
        return 1 / (1 + np.exp(-np.clip(X @ self.w + self.b, -500, 500)))

    def predict_proba(self, X):
        p = self._forward(np.asarray(X, dtype=float))
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return self.classes_[(self.predict_proba(X)[:, 1] >= 0.5).astype(int)]
