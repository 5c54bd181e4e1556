import numpy as np


class LassoRegression:
    """L1-regularised least squares, (1/2n)||y - Xw - b||^2 + alpha ||w||_1.

    Coordinate descent that keeps the residual up to date instead of
    recomputing X @ w for every coordinate.
    """

    def __init__(self, alpha=0.1, n_sweeps=500):
        self.alpha = alpha
        self.n_sweeps = n_sweeps

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        n, d = X.shape
        offset = X.mean(axis=0)
        Xc = X - offset
        col_sq = np.sum(Xc**2, axis=0)
        lam = self.alpha * n

        w = np.zeros(d)
        r = y - y.mean()
        for _ in range(self.n_sweeps):
            for j in range(d):
                if col_sq[j] == 0.0:
                    continue
                xj = Xc[:, j]
                rho = xj @ r + w[j] * col_sq[j]
                if rho > lam:
                    new = (rho - lam) / col_sq[j]
                elif rho < -lam:
                    new = (rho + lam) / col_sq[j]
                else:
                    w[j] = 0.0
                    continue
                r += (w[j] - new) * xj
                w[j] = new

        self.weights = w
        self.intercept = y.mean() - offset @ w
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.weights + self.intercept
