import numpy as np


def shrink(v, t):
    return np.sign(v) * np.maximum(np.abs(v) - t, 0)


class ProximalLasso:
    """argmin_w,b  1/(2n) * ||y - Xw - b||^2 + lam * ||w||_1, proximal gradient."""

    def __init__(self, lam=0.1, n_iter=2000, tol=1e-9):
        self.lam = lam
        self.n_iter = n_iter
        self.tol = tol

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        n = len(y)
        xm, ym = X.mean(axis=0), y.mean()
        Xc, yc = X - xm, y - ym
        H = Xc.T @ Xc / n
        c = Xc.T @ yc / n
        step = 1.0 / max(np.linalg.eigvalsh(H)[-1], 1e-12)
        w = np.zeros(X.shape[1])
        for _ in range(self.n_iter):
            w_next = shrink(w - step * (H @ w - c), self.lam)
            moved = np.max(np.abs(w_next - w))
            w = w_next
            if moved < self.tol:
                break
        self.coef_, self.intercept_ = w, ym - xm @ w
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
