import numpy as np


def _sigmoid(z):
    return 1.0 / (1.0 + np.exp(-np.clip(z, -60, 60)))


class OneVsRestLogistic:
    """Multiclass logistic regression by one-vs-rest, full-batch gradient descent."""

    def __init__(self, eta=0.3, max_iter=1500, lam=0.0):
        self.eta = eta
        self.max_iter = max_iter
        self.lam = lam

    def fit(self, X, y):
        X = np.c_[np.ones(len(X)), np.asarray(X, dtype=float)]
        y = np.asarray(y)
        self.labels = np.unique(y)
        self.theta = np.zeros((len(self.labels), X.shape[1]))
        m = len(X)
        for k, label in enumerate(self.labels):
            target = (y == label).astype(float)
            th = self.theta[k]
            for _ in range(self.max_iter):
                grad = X.T @ (_sigmoid(X @ th) - target) / m
                grad[1:] += self.lam / m * th[1:]
                th -= self.eta * grad
        return self

    def predict(self, X):
        X = np.c_[np.ones(len(X)), np.asarray(X, dtype=float)]
        votes = _sigmoid(X @ self.theta.T) >= 0.5
        return self.labels[np.argmax(votes, axis=1)]
