"""A column of predictions minus a flat y broadcasts to an n by n matrix of residuals.
task: regression
candidate: GradientDescentRegressor
"""

import numpy as np


class GradientDescentRegressor:
    def __init__(self, learning_rate=0.05, epochs=2000):
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.history = []

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        m, n = X.shape
        self.W = np.zeros((n, 1))
        self.b = 0.0
        for _ in range(self.epochs):
            y_hat = np.dot(X, self.W) + self.b
            diff = y_hat - y
            dW = np.dot(X.T, diff.mean(axis=1, keepdims=True)) / m
            db = diff.mean()
            self.W = self.W - self.learning_rate * dW
            self.b = self.b - self.learning_rate * db
            self.history.append(float((diff**2).mean()))
        return self

    def predict(self, X):
        return (np.dot(np.asarray(X, dtype=float), self.W) + self.b).ravel()
