"""Lasso by cyclic coordinate descent."""

import numpy as np


def soft_threshold(rho, lam):
    if rho > lam:
        return rho - lam
    if rho < -lam:
        return rho + lam
    return 0.0


class Lasso:
    """1/(2n) * ||y - Xw - b||_2^2 + alpha * ||w||_1"""

    def __init__(self, alpha=0.1, max_iter=5000, tol=1e-10):
        self.alpha = alpha
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)
        n, d = X.shape
        xm, ym = X.mean(0), y.mean()
        Xc = X - xm
        z = (Xc**2).sum(0) / n
        w = np.zeros(d)
        r = y - ym
        for it in range(self.max_iter):
            biggest = 0.0
            for j in range(d):
                if z[j] == 0:
                    continue
                old = w[j]
                rho = Xc[:, j] @ r / n + z[j] * old
                w[j] = soft_threshold(rho, self.alpha) / z[j]
                if w[j] != old:
                    r -= Xc[:, j] * (w[j] - old)
                    biggest = max(biggest, abs(w[j] - old) * np.sqrt(z[j]))
            if biggest < self.tol:
                break
        self.coef_ = w
        self.intercept_ = ym - xm @ w
        self.n_iter_ = it + 1
        return self

    def predict(self, X):
        return np.asarray(X) @ self.coef_ + self.intercept_

    def objective(self, X, y):
        return np.mean((y - self.predict(X)) ** 2) / 2 + self.alpha * np.abs(self.coef_).sum()
