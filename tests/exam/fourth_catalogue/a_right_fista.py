import numpy as np


class FistaLasso:
    """0.5 * ||y - Xw - b||^2 + lam * ||w||_1 (sum of squares, not the mean)."""

    def __init__(self, lam=1.0, n_iter=3000):
        self.lam = lam
        self.n_iter = n_iter

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        xm, ym = X.mean(axis=0), y.mean()
        Xc, yc = X - xm, y - ym
        L = np.linalg.norm(Xc, 2) ** 2
        L = L if L > 0 else 1.0
        w = np.zeros(X.shape[1])
        v, t = w.copy(), 1.0
        for _ in range(self.n_iter):
            u = v - Xc.T @ (Xc @ v - yc) / L
            w_new = np.sign(u) * np.maximum(np.abs(u) - self.lam / L, 0.0)
            t_new = (1 + np.sqrt(1 + 4 * t * t)) / 2
            v = w_new + (t - 1) / t_new * (w_new - w)
            w, t = w_new, t_new
        self.w_, self.b_ = w, ym - xm @ w
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.w_ + self.b_
