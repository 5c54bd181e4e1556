import numpy as np


class LassoRegression:
    """Lasso with the shooting algorithm.

    minimise 0.5 * ||y - X w - b||^2 + lmbda * sum |w_j|
    """

    def __init__(self, lmbda=1.0, max_sweeps=500, tol=1e-6):
        self.lmbda = lmbda
        self.max_sweeps = max_sweeps
        self.tol = tol

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        self.mean_ = X.mean(axis=0)
        self.offset_ = y.mean()
        X = X - self.mean_
        y = y - self.offset_
        d = X.shape[1]
        a = np.sum(X * X, axis=0)
        w = np.zeros(d)
        for sweep in range(self.max_sweeps):
            for j in range(d):
                change = 0.0
                w_old = w[j]
                partial = y - X @ w + X[:, j] * w_old
                c = X[:, j] @ partial
                if c > self.lmbda:
                    w[j] = (c - self.lmbda) / a[j]
                elif c < -self.lmbda:
                    w[j] = (c + self.lmbda) / a[j]
                else:
                    w[j] = 0.0
                change = max(change, abs(w[j] - w_old))
            if change < self.tol:
                break
        self.n_sweeps_ = sweep + 1
        self.w_ = w
        return self

    def predict(self, X):
        return (np.asarray(X, dtype=float) - self.mean_) @ self.w_ + self.offset_
