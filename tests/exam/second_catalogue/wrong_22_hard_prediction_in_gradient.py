"""The error in the gradient is the thresholded class minus the label, a perceptron rather than logistic regression.
task: classification
candidate: LogisticRegressionModel
"""

import numpy as np


class LogisticRegressionModel:
    def __init__(self, learning_rate=0.1, epochs=1000):
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.w = None
        self.b = None

    def _proba(self, X):
        return 1 / (1 + np.exp(-np.clip(X @ self.w + self.b, -500, 500)))

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_ = np.unique(y)
        t = (np.asarray(y) == self.classes_[1]).astype(int)
        n, d = X.shape
        self.w, self.b = np.zeros(d), 0.0
        for _ in range(self.epochs):
            y_pred = (self._proba(X) >= 0.5).astype(int)
            self.w -= self.learning_rate * (X.T @ (y_pred - t)) / n
            self.b -= self.learning_rate * np.mean(y_pred - t)
        return self

    def predict_proba(self, X):
        p = self._proba(np.asarray(X, dtype=float))
        return np.array([1 - p, p]).T

    def predict(self, X):
        p = self._proba(np.asarray(X, dtype=float))
        return self.classes_[(p >= 0.5).astype(int)]
