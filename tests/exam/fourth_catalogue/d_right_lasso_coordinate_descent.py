import numpy as np


def soft_threshold(rho, lam):
    if rho < -lam:
        return rho + lam
    elif rho > lam:
        return rho - lam
    else:
        return 0.0


class Lasso:
    """Lasso: (1 / 2n) * ||y - Xw - b||^2 + alpha * ||w||_1, by coordinate descent."""

    def __init__(self, alpha=0.1, max_iter=1000, tol=1e-6):
        self.alpha = alpha
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)
        n, d = X.shape

        x_mean = X.mean(axis=0)
        y_mean = y.mean()
        X = X - x_mean
        y = y - y_mean

        w = np.zeros(d)
        z = (X**2).sum(axis=0) / n

        for iteration in range(self.max_iter):
            w_old = w.copy()
            for j in range(d):
                if z[j] == 0:
                    continue
                residual = y - X @ w + w[j] * X[:, j]
                rho = X[:, j] @ residual / n
                w[j] = soft_threshold(rho, self.alpha) / z[j]
            if np.max(np.abs(w - w_old)) < self.tol:
                break

        self.coef_ = w
        self.intercept_ = y_mean - x_mean @ w
        self.n_iter_ = iteration + 1
        return self

    def predict(self, X):
        return np.array(X) @ self.coef_ + self.intercept_
