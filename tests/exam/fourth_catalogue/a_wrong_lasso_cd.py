import numpy as np


def _soft(a, t):
    return np.sign(a) * max(abs(a) - t, 0.0)


class LassoCD:
    """Minimises 1/(2n) ||y - Xw - b||^2 + alpha ||w||_1 by coordinate descent."""

    def __init__(self, alpha=0.1, max_iter=1000, tol=1e-8):
        self.alpha = alpha
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float).ravel()
        n, d = X.shape
        col_sq = (X**2).sum(axis=0)
        x_mean, y_mean = X.mean(axis=0), y.mean()
        X = X - x_mean
        w = np.zeros(d)
        r = y - y_mean
        for self.n_iter_ in range(1, self.max_iter + 1):
            biggest = 0.0
            for j in range(d):
                if col_sq[j] == 0:
                    continue
                old = w[j]
                rho = X[:, j] @ (r + X[:, j] * old)
                w[j] = _soft(rho, n * self.alpha) / col_sq[j]
                if w[j] != old:
                    r -= X[:, j] * (w[j] - old)
                    biggest = max(biggest, abs(w[j] - old))
            if biggest < self.tol:
                break
        self.coef_ = w
        self.intercept_ = y_mean - x_mean @ w
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
