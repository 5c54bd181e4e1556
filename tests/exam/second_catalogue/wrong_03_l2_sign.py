"""The gradient of the L2 penalty is subtracted from the gradient, so the penalty blows the weights up.
task: regression
candidate: LinearRegressionGD
"""

import numpy as np


class LinearRegressionGD:
    def __init__(self, learning_rate=0.1, n_iterations=1000, l2=0.0):
        self.lr = learning_rate
        self.n_iterations = n_iterations
        self.l2 = l2
        self.losses = []

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        n_samples, n_features = X.shape
        self.weights = np.zeros(n_features)
        self.bias = 0.0
        self.losses = []

        for _ in range(self.n_iterations):
            y_predicted = np.dot(X, self.weights) + self.bias
            error = y_predicted - y
            dw = (1 / n_samples) * np.dot(X.T, error) - self.l2 * self.weights
            db = (1 / n_samples) * np.sum(error)
            self.weights -= self.lr * dw
            self.bias -= self.lr * db
            self.losses.append(np.mean(error**2) / 2 + self.l2 * np.sum(self.weights**2) / 2)
        return self

    def predict(self, X):
        return np.dot(np.asarray(X, dtype=float), self.weights) + self.bias
