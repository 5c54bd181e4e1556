"""The sigmoid is exp(z) / (1 + exp(z)), which is inf / inf for large scores.
task: classification
candidate: LogisticRegressionScratch
"""

import numpy as np


class LogisticRegressionScratch:
    def __init__(self, learning_rate=0.1, n_iterations=2000):
        self.learning_rate = learning_rate
        self.n_iterations = n_iterations

    def sigmoid(self, z):
        e = np.exp(z)
        return e / (1 + e)

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.labels, target = np.unique(y, return_inverse=True)
        n_samples, n_features = X.shape
        self.weights = np.zeros(n_features)
        self.bias = 0
        for _ in range(self.n_iterations):
            y_hat = self.sigmoid(X @ self.weights + self.bias)
            dw = np.dot(X.T, y_hat - target) / n_samples
            db = np.mean(y_hat - target)
            self.weights -= self.learning_rate * dw
            self.bias -= self.learning_rate * db
        return self

    def predict_proba(self, X):
        p = self.sigmoid(np.asarray(X, dtype=float) @ self.weights + self.bias)
        return np.column_stack((1 - p, p))

    def predict(self, X):
        p = self.predict_proba(X)[:, 1]
        return self.labels[(p >= 0.5).astype(int)]
