import numpy as np


class RidgeSVD:
    """min ||y - b - X w||^2 + lam * ||w||^2, solved through the SVD of the centred X."""

    def __init__(self, lam=1.0):
        self.lam = lam

    def fit(self, X, y):
        X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
        xbar, ybar = X.mean(axis=0), y.mean(axis=0)
        U, s, Vt = np.linalg.svd(X - xbar, full_matrices=False)
        keep = s > s.max() * 1e-12
        f = np.zeros_like(s)
        f[keep] = s[keep] / (s[keep] ** 2 + self.lam)
        Uy = U.T @ (y - ybar)
        self.coef_ = Vt.T @ (f * Uy if y.ndim == 1 else f[:, None] * Uy)
        self.intercept_ = ybar - xbar @ self.coef_
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
