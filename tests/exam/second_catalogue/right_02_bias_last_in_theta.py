"""The bias is the last entry of one parameter vector and the step is an ascent on the negative loss.
task: regression
candidate: ThetaRegression
"""

import numpy as np


class ThetaRegression:
    def __init__(self, learning_rate=0.05, n_iterations=2000, l2=0.0):
        self.learning_rate = learning_rate
        self.n_iterations = n_iterations
        self.l2 = l2

    def fit(self, X, y):
        A = self._augment(X)
        t = np.asarray(y, dtype=float)
        mask = np.ones(A.shape[1])
        mask[-1] = 0.0
        theta = np.zeros(A.shape[1])
        for _ in range(self.n_iterations):
            uphill = A.T @ (t - A @ theta) * 2 / len(t) - 2 * self.l2 * mask * theta
            theta = theta + self.learning_rate * uphill
        self.theta = theta
        return self

    def _augment(self, X):
        X = np.asarray(X, dtype=float)
        return np.append(X, np.ones((len(X), 1)), axis=1)

    def predict(self, X):
        return self._augment(X) @ self.theta
