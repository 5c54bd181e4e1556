"""Part 2: Lasso. Coordinate descent, as in 'Statistical Learning with Sparsity', ch. 5."""

import numpy as np


def S(x, gamma):
    return np.sign(x) * max(abs(x) - gamma, 0.0)


class LassoCD:
    """argmin_w  1/(2n) ||y - Xw - w0||^2 + alpha ||w||_1"""

    def __init__(self, alpha=0.1, max_iter=2000, tol=1e-9):
        self.alpha = alpha
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X, y):
        n, p = X.shape
        self.x_mean = X.mean(axis=0)
        self.y_mean = y.mean()
        A = X - self.x_mean
        z = (A**2).sum(axis=0) / n
        beta = np.zeros(p)
        res = y - self.y_mean
        for self.n_iter in range(1, self.max_iter + 1):
            old = beta.copy()
            for j in range(p):
                if z[j] == 0:
                    continue
                res = res + A[:, j] * beta[j]
                rho = A[:, j].dot(res) / n
                beta[j] = S(rho / z[j], self.alpha)
                res = res - A[:, j] * beta[j]
            if np.max(np.abs(beta - old)) < self.tol:
                break
        self.coef = beta
        self.intercept = self.y_mean - self.x_mean.dot(beta)
        return self

    def predict(self, X):
        return X.dot(self.coef) + self.intercept


if __name__ == "__main__":
    rng = np.random.RandomState(5)
    X = rng.randn(150, 8)
    y = 4 * X[:, 1] - 3 * X[:, 6] + rng.randn(150)
    for a in (0.01, 0.1, 0.5, 1.0):
        print(a, LassoCD(a).fit(X, y).coef.round(2))
