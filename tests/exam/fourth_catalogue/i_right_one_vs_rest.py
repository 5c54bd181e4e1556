import numpy as np


def sigmoid(z):
    out = np.empty_like(z, dtype=float)
    pos = z >= 0
    out[pos] = 1 / (1 + np.exp(-z[pos]))
    e = np.exp(z[~pos])
    out[~pos] = e / (1 + e)
    return out


class OneVsRestLogistic:
    """K independent logistic regressions; the most confident one wins."""

    def __init__(self, alpha=1.0, num_iters=5000, lam=1.0):
        self.alpha = alpha
        self.num_iters = num_iters
        self.lam = lam

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y)
        self.mu = X.mean(axis=0)
        self.sigma = X.std(axis=0)
        self.sigma[self.sigma == 0] = 1
        A = self._prepare(X)
        self.labels = np.unique(y)
        self.all_theta = np.zeros((len(self.labels), A.shape[1]))
        for k, label in enumerate(self.labels):
            self.all_theta[k] = self._fit_one(A, (y == label).astype(float))
        return self

    def _prepare(self, X):
        X = (np.asarray(X, dtype=float) - self.mu) / self.sigma
        return np.hstack([np.ones((X.shape[0], 1)), X])

    def _fit_one(self, A, t):
        m = len(t)
        theta = np.zeros(A.shape[1])
        for _ in range(self.num_iters):
            grad = A.T @ (sigmoid(A @ theta) - t) / m
            grad[1:] += self.lam / m * theta[1:]
            theta = theta - self.alpha * grad
        return theta

    def decision_function(self, X):
        return self._prepare(X) @ self.all_theta.T

    def predict(self, X):
        return self.labels[np.argmax(self.decision_function(X), axis=1)]

    def accuracy(self, X, y):
        return np.mean(self.predict(X) == np.asarray(y))
