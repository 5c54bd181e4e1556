# pyright: basic
"""Linear regression by gradient descent, as a class."""

import numpy as np


class LinearRegression:
    """Half the mean square, made small step by step."""

    def __init__(self, lr=0.01, n_iters=1000):
        self.lr = lr
        self.n_iters = n_iters
        self.weights = None
        self.bias = None

    def fit(self, X, y):
        """Start at zero and walk downhill."""
        n_samples, n_features = X.shape
        self.weights = np.zeros(n_features)
        self.bias = 0.0
        for _ in range(self.n_iters):
            prediction = X @ self.weights + self.bias
            error = prediction - y
            dw = X.T @ error / n_samples
            db = np.sum(error) / n_samples
            self.weights = self.weights - self.lr * dw
            self.bias = self.bias - self.lr * db
        return self

    def predict(self, X):
        """X w + b."""
        return X @ self.weights + self.bias
