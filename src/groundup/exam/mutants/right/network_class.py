# pyright: basic
"""A network with one hidden layer for two classes, as a class."""

import numpy as np


class NeuralNetwork:
    """Sigmoid units, the mean log loss, gradient descent."""

    def __init__(self, hidden_size=8, lr=0.5, epochs=500, seed=0):
        self.hidden_size = hidden_size
        self.lr = lr
        self.epochs = epochs
        self.seed = seed

    def _sigmoid(self, z):
        e = np.exp(-np.abs(z))
        return np.where(z >= 0, 1 / (1 + e), e / (1 + e))

    def forward(self, X):
        """The probability of class 1, in a column."""
        self.z1 = X @ self.W1 + self.b1
        self.a1 = self._sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = self._sigmoid(self.z2)
        return self.a2

    def backward(self, X, y):
        """The gradient of the mean log loss, layer by layer from the end."""
        n = X.shape[0]
        d2 = self.a2 - y
        dW2 = self.a1.T @ d2 / n
        db2 = d2.sum(axis=0) / n
        d1 = (d2 @ self.W2.T) * self.a1 * (1 - self.a1)
        dW1 = X.T @ d1 / n
        db1 = d1.sum(axis=0) / n
        return dW1, db1, dW2, db2

    def fit(self, X, y):
        """Small random weights, then down the gradient."""
        rng = np.random.default_rng(self.seed)
        y = np.asarray(y, dtype=float).reshape(-1, 1)
        self.W1 = rng.normal(size=(X.shape[1], self.hidden_size)) * 0.5
        self.b1 = np.zeros(self.hidden_size)
        self.W2 = rng.normal(size=(self.hidden_size, 1)) * 0.5
        self.b2 = np.zeros(1)
        for _ in range(self.epochs):
            self.forward(X)
            dW1, db1, dW2, db2 = self.backward(X, y)
            self.W1 = self.W1 - self.lr * dW1
            self.b1 = self.b1 - self.lr * db1
            self.W2 = self.W2 - self.lr * dW2
            self.b2 = self.b2 - self.lr * db2
        return self

    def predict_proba(self, X):
        """One column for each class."""
        p = self.forward(X)
        return np.hstack([1 - p, p])

    def predict(self, X):
        """The likelier class."""
        return (self.forward(X)[:, 0] >= 0.5).astype(int)
