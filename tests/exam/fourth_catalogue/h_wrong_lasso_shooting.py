import numpy as np


class LassoShooting:
    """The shooting algorithm for 1/2 ||y - Xb - b0||^2 + lam ||b||_1."""

    def __init__(self, lam=10.0, max_sweeps=1000, tol=1e-8):
        self.lam = lam
        self.max_sweeps = max_sweeps
        self.tol = tol

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        xbar, ybar = X.mean(0), y.mean()
        Xc, yc = X - xbar, y - ybar
        G, c = Xc.T @ Xc, Xc.T @ yc
        p = X.shape[1]
        b = np.linalg.solve(G + self.lam * np.eye(p), c)
        for sweep in range(self.max_sweeps):
            before = b.copy()
            for j in range(p):
                s = G[j] @ b - G[j, j] * b[j] - c[j]
                if s > self.lam:
                    b[j] = (self.lam - s) / G[j, j]
                elif s < -self.lam:
                    b[j] = (-self.lam + s) / -G[j, j]
                else:
                    b[j] = 0.0
            if np.abs(b - before).sum() < self.tol:
                break
        self.coef_ = b
        self.intercept_ = ybar - xbar @ b
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
