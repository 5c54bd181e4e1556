"""The one-versus-rest probabilities are given out as they are, so a row does not sum to one.
task: multiclass
candidate: OneVsRest
"""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


def fit_binary(X, t, learning_rate, epochs):
    w = np.zeros(X.shape[1])
    b = 0.0
    for _ in range(epochs):
        e = sigmoid(X @ w + b) - t
        w -= learning_rate * X.T @ e / len(t)
        b -= learning_rate * e.mean()
    return w, b


class OneVsRest:
    def __init__(self, learning_rate=0.2, epochs=1500):
        self.learning_rate = learning_rate
        self.epochs = epochs

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y)
        self.classes_ = np.unique(y)
        self.models = []
        for label in self.classes_:
            t = (y == label).astype(float)
            self.models.append(fit_binary(X, t, self.learning_rate, self.epochs))
        return self

    def predict_proba(self, X):
        X = np.asarray(X, dtype=float)
        return np.column_stack([sigmoid(X @ w + b) for w, b in self.models])

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]
