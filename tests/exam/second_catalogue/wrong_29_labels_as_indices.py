"""Labels are used as column numbers, so labels 1 to K leave an empty class 0 in the probabilities.
task: multiclass
candidate: SoftmaxClassifier
"""

import numpy as np


class SoftmaxClassifier:
    def __init__(self, learning_rate=0.3, epochs=1200):
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.history = []

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y).astype(int)
        n = X.shape[0]
        k = y.max() + 1
        T = np.eye(k)[y]
        self.W = np.zeros((X.shape[1], k))
        self.b = np.zeros(k)
        self.history = []
        for _ in range(self.epochs):
            P = self.predict_proba(X)
            self.history.append(-np.mean(np.log(P[np.arange(n), y] + 1e-12)))
            self.W -= self.learning_rate * X.T @ (P - T) / n
            self.b -= self.learning_rate * (P - T).mean(axis=0)
        return self

    def predict_proba(self, X):
        S = np.asarray(X, dtype=float) @ self.W + self.b
        S = S - S.max(axis=1, keepdims=True)
        E = np.exp(S)
        return E / E.sum(axis=1, keepdims=True)

    def predict(self, X):
        return np.argmax(self.predict_proba(X), axis=1)
