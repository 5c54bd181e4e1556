import numpy as np


class LinearRegressionGD:
    def __init__(self, alpha=0.1, iterations=1000):
        self.alpha = alpha
        self.iterations = iterations

    def _normalize(self, X):
        self.mu = X.mean(axis=0)
        self.sigma = X.std(axis=0) + 1e-12
        return (X - self.mu) / self.sigma

    def fit(self, X, y):
        m, n = X.shape
        Xn = np.c_[np.ones(m), self._normalize(X)]
        self.theta = np.zeros(n + 1)
        self.costs = []
        for _ in range(self.iterations):
            error = Xn.dot(self.theta) - y
            self.theta -= self.alpha * Xn.T.dot(error) / m
            self.costs.append(np.sum(error**2) / (2 * m))
        return self

    def predict(self, X):
        Xn = np.c_[np.ones(X.shape[0]), self._normalize(X)]
        return Xn.dot(self.theta)
