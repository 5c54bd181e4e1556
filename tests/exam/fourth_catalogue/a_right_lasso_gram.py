import numpy as np


class LassoGram:
    """1/(2n) ||y - b - Xw||^2 + alpha ||w||_1, cyclic updates on the Gram matrix."""

    def __init__(self, alpha=0.1, *, sweeps=2000, tol=1e-10):
        self.alpha = alpha
        self.sweeps = sweeps
        self.tol = tol

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        n, d = X.shape
        xm, ym = X.mean(axis=0), y.mean()
        Xc = X - xm
        Q = Xc.T @ Xc / n
        q = Xc.T @ (y - ym) / n
        w = np.zeros(d)
        for _ in range(self.sweeps):
            w_start = w.copy()
            for j in range(d):
                if Q[j, j] < 1e-15:
                    continue
                rho = q[j] - Q[j] @ w + Q[j, j] * w[j]
                if rho > self.alpha:
                    w[j] = (rho - self.alpha) / Q[j, j]
                elif rho < -self.alpha:
                    w[j] = (rho + self.alpha) / Q[j, j]
                else:
                    w[j] = 0.0
            if np.max(np.abs(w - w_start)) <= self.tol:
                break
        self.coef_ = w
        self.intercept_ = ym - xm @ w
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
