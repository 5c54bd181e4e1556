"""Going back to raw units, the intercept is corrected with the scaled weights instead of the raw ones.
task: regression
candidate: StandardizedRegressor
"""

import numpy as np


class StandardizedRegressor:
    def __init__(self, learning_rate=0.1, n_iterations=1500):
        self.learning_rate = learning_rate
        self.n_iterations = n_iterations

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        mu = X.mean(axis=0)
        sigma = X.std(axis=0)
        sigma = np.where(sigma > 0, sigma, 1.0)
        Z = (X - mu) / sigma
        w = np.zeros(X.shape[1])
        b = 0.0
        for _ in range(self.n_iterations):
            r = Z @ w + b - y
            w -= self.learning_rate * Z.T @ r / len(y)
            b -= self.learning_rate * r.mean()
        self.coef_ = w / sigma
        self.intercept_ = b - np.sum(w * mu)
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
