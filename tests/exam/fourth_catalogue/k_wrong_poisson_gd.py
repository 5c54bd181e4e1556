import numpy as np


class PoissonRegressor:
    """Poisson regression with log link by gradient ascent of the log-likelihood.

    X is expected to be of moderate scale; y are counts.
    """

    def __init__(self, lr=0.01, n_iters=20000, tol=1e-9):
        self.lr = lr
        self.n_iters = n_iters
        self.tol = tol

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        n = len(y)
        self.w = np.zeros(X.shape[1])
        self.b = np.log(max(y.mean(), 1e-3))
        for _ in range(self.n_iters):
            mu = self._mean(X)
            common = (y - mu) * mu
            gw, gb = X.T @ common / n, common.mean()
            self.w = self.w + self.lr * gw
            self.b = self.b + self.lr * gb
            if max(np.abs(gw).max(), abs(gb)) < self.tol:
                break
        return self

    def _mean(self, X):
        return np.exp(np.clip(X @ self.w + self.b, -30, 30))

    def predict(self, X):
        return self._mean(np.asarray(X, dtype=float))
