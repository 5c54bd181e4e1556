"""Lasso by cyclic coordinate descent."""

import numpy as np


def soft_threshold(rho, lam):
    if rho > lam:
        return rho - lam
    if rho < -lam:
        return rho + lam
    return 0.0


class Lasso:
    """Linear model with an L1 prior.

    Minimises  1 / (2 * n_samples) * ||y - Xw - b||^2_2 + alpha * ||w||_1

    Parameters
    ----------
    alpha : float, default=0.1
    fit_intercept : bool, default=True
        The intercept is not penalised.
    max_iter : int, default=1000
    tol : float, default=1e-6
        Stop when the largest coefficient change in a sweep is below tol.
    """

    def __init__(self, alpha=0.1, fit_intercept=True, max_iter=1000, tol=1e-6):
        self.alpha = alpha
        self.fit_intercept = fit_intercept
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float).ravel()
        n_samples, n_features = X.shape
        col_norms = (X**2).sum(axis=0)

        if self.fit_intercept:
            x_offset = X.mean(axis=0)
            y_offset = y.mean()
            X = X - x_offset
            y = y - y_offset
        else:
            x_offset = np.zeros(n_features)
            y_offset = 0.0

        w = np.zeros(n_features)
        residual = y.copy()
        for it in range(self.max_iter):
            biggest = 0.0
            for j in range(n_features):
                if col_norms[j] == 0:
                    continue
                old = w[j]
                rho = X[:, j] @ (residual + X[:, j] * old)
                w[j] = soft_threshold(rho, self.alpha * n_samples) / col_norms[j]
                if w[j] != old:
                    residual += X[:, j] * (old - w[j])
                    biggest = max(biggest, abs(w[j] - old))
            if biggest < self.tol:
                break
        self.n_iter_ = it + 1
        self.coef_ = w
        self.intercept_ = y_offset - x_offset @ w
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def score(self, X, y):
        y = np.asarray(y, dtype=float)
        u = ((y - self.predict(X)) ** 2).sum()
        return 1 - u / ((y - y.mean()) ** 2).sum()


if __name__ == "__main__":
    rng = np.random.RandomState(0)
    X = rng.randn(200, 8)
    y = X @ np.array([3, 0, 0, -2, 0, 0, 1.5, 0]) + 4 + 0.1 * rng.randn(200)
    m = Lasso(alpha=0.05).fit(X, y)
    print(m.coef_.round(2), m.intercept_, m.score(X, y))
