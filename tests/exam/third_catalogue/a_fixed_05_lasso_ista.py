# ruff: noqa
"""LASSO by proximal gradient descent (ISTA).

minimises   1/(2n) * ||y - Xw - b||_2^2  +  alpha * ||w||_1
(the same objective as sklearn.linear_model.Lasso)
"""

import numpy as np


def soft_threshold(v, t):
    return np.sign(v) * np.maximum(np.abs(v) - t, 0.0)


class Lasso:
    def __init__(self, alpha=0.01, max_iter=5000, tol=1e-9):
        self.alpha = alpha
        self.max_iter = max_iter
        self.tol = tol

    def _objective(self, Xc, yc, w):
        r = yc - Xc @ w
        return r @ r / (2 * len(yc)) + self.alpha * np.abs(w).sum()

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        n, p = X.shape
        mu_x, mu_y = X.mean(0), y.mean()
        Xc, yc = X - mu_x, y - mu_y

        # step size = 1 / Lipschitz constant of the smooth part
        lipschitz = np.linalg.norm(Xc, 2) ** 2 / n
        step = 1.0 / max(lipschitz, 1e-12)

        w = np.zeros(p)
        self.history_ = [self._objective(Xc, yc, w)]
        for self.n_iter_ in range(1, self.max_iter + 1):
            grad = Xc.T @ (Xc @ w - yc) / n
            w_next = soft_threshold(w - step * grad, step * self.alpha)
            moved = np.max(np.abs(w_next - w))
            w = w_next
            self.history_.append(self._objective(Xc, yc, w))
            if moved < self.tol:
                break

        self.coef_ = w
        self.intercept_ = mu_y - mu_x @ w
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    @property
    def sparsity_(self):
        return float(np.mean(self.coef_ == 0))
