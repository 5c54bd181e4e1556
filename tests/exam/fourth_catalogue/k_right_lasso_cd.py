import numpy as np


def soft_threshold(rho, lam):
    return np.sign(rho) * max(abs(rho) - lam, 0.0)


class LassoRegression:
    """Lasso by cyclic coordinate descent.

    min_w,b  1/(2n) ||y - Xw - b||^2 + alpha ||w||_1
    """

    def __init__(self, alpha=0.1, max_iter=1000, tol=1e-6):
        self.alpha = alpha
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        n, d = X.shape
        x_mean, y_mean = X.mean(axis=0), y.mean()
        Xc = X - x_mean
        residual = y - y_mean
        norms = (Xc**2).sum(axis=0) / n
        w = np.zeros(d)
        for self.n_iter_ in range(1, self.max_iter + 1):
            biggest = 0.0
            for j in range(d):
                if norms[j] == 0:
                    continue
                old = w[j]
                rho = Xc[:, j] @ residual / n + norms[j] * old
                w[j] = soft_threshold(rho, self.alpha) / norms[j]
                if w[j] != old:
                    residual -= (w[j] - old) * Xc[:, j]
                    biggest = max(biggest, abs(w[j] - old))
            if biggest < self.tol:
                break
        self.coef_ = w
        self.intercept_ = y_mean - x_mean @ w
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
