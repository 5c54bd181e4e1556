import numpy as np


class LinearRegression:
    def __init__(self, alpha=0.05, n_iter=3000, normalize=True):
        self.alpha = alpha
        self.n_iter = n_iter
        self.normalize = normalize

    def _prepare(self, X):
        X = np.array(X, dtype=float)
        if X.ndim == 1:
            X = X.reshape(-1, 1)
        if self.normalize:
            mean = X.mean(axis=0)
            std = X.std(axis=0)
            std[std == 0] = 1
            X = (X - mean) / std
        return np.c_[np.ones(len(X)), X]

    def fit(self, X, y):
        A = self._prepare(X)
        y = np.array(y, dtype=float)
        self.theta = np.zeros(A.shape[1])
        for _ in range(self.n_iter):
            self.theta -= self.alpha * A.T @ (A @ self.theta - y) / len(y)
        return self

    def predict(self, X):
        return self._prepare(X) @ self.theta
