# pyright: basic
"""Linear regression that standardises its columns before it descends."""

import numpy as np


class ScaledRegression:
    """The means and deviations of the training rows are kept for those to come."""

    def __init__(self, learning_rate=0.1, n_epochs=200):
        self.learning_rate = learning_rate
        self.n_epochs = n_epochs

    def _standardise(self, X):
        return (X - self.mean_) / self.std_

    def fit(self, X, y):
        """Half the mean square, in standardised columns."""
        self.mean_ = X.mean(axis=0)
        self.std_ = X.std(axis=0)
        Z = self._standardise(X)
        self.weights = np.zeros(X.shape[1])
        self.bias = 0.0
        for _ in range(self.n_epochs):
            error = Z @ self.weights + self.bias - y
            self.weights = self.weights - self.learning_rate * Z.T @ error / len(y)
            self.bias = self.bias - self.learning_rate * error.mean()
        return self

    def predict(self, X):
        """On the scale of the training rows."""
        return self._standardise(X) @ self.weights + self.bias
