import numpy as np


def soft_threshold(rho, lam):
    if rho < -lam:
        return rho + lam
    if rho > lam:
        return rho - lam
    return 0.0


class Lasso:
    """min 1/(2n) ||y - Xw - b||^2 + alpha ||w||_1   (cyclic coordinate descent)"""

    def __init__(self, alpha=0.1, max_iter=1000, tol=1e-8):
        self.alpha = alpha
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float)
        n, d = X.shape
        x_mean, y_mean = X.mean(axis=0), y.mean()
        Xc = X - x_mean
        r = y - y_mean
        norms = (Xc**2).sum(axis=0) / n
        w = np.zeros(d)
        for it in range(self.max_iter):
            biggest = 0.0
            for j in range(d):
                if norms[j] == 0:
                    continue
                old = w[j]
                rho = Xc[:, j] @ r / n + norms[j] * old
                w[j] = soft_threshold(rho, self.alpha) / norms[j]
                r -= Xc[:, j] * (w[j] - old)
                biggest = max(biggest, abs(w[j] - old))
            if biggest < self.tol:
                break
        self.coef_ = w
        self.intercept_ = y_mean - x_mean @ w
        self.n_iter_ = it + 1
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
