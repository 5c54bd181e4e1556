# ruff: noqa
"""IRLS logistic regression (binary, any two labels) with a damped Newton step.

minimises  sum_i logloss_i + (alpha / 2) ||w||^2,   intercept free.
beta[0] is the intercept, beta[1:] the weights.
"""

import numpy as np


class IRLSLogistic:
    def __init__(self, alpha=1.0, n_iter=100, tol=1e-10):
        self.alpha, self.n_iter, self.tol = alpha, n_iter, tol

    def _objective(self, A, t, beta):
        eta = A @ beta
        return np.sum(np.logaddexp(0, eta) - t * eta) + 0.5 * self.alpha * beta[1:] @ beta[1:]

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, t = np.unique(np.asarray(y), return_inverse=True)
        if self.classes_.size != 2:
            raise ValueError("binary only")
        A = np.insert(X, 0, 1.0, axis=1)
        D = self.alpha * np.eye(A.shape[1])
        D[0, 0] = 0.0
        beta = np.zeros(A.shape[1])
        f = self._objective(A, t, beta)
        for _ in range(self.n_iter):
            mu = 0.5 * (1 + np.tanh(0.5 * (A @ beta)))
            g = A.T @ (mu - t) + D @ beta
            if np.abs(g).max() < self.tol * max(1.0, len(t)):
                break
            H = A.T @ ((mu * (1 - mu))[:, None] * A) + D
            direction = np.linalg.lstsq(H, g, rcond=None)[0]
            step = 1.0
            while True:  # backtracking
                cand = beta - step * direction
                f_cand = self._objective(A, t, cand)
                if f_cand <= f - 1e-4 * step * (g @ direction) or step < 1e-8:
                    break
                step *= 0.5
            if f_cand > f:
                break
            beta, f = cand, f_cand
        self.beta = beta
        return self

    def predict_proba(self, X):
        p = 0.5 * (1 + np.tanh(0.5 * (np.asarray(X, dtype=float) @ self.beta[1:] + self.beta[0])))
        return np.array([1 - p, p]).T

    def predict(self, X):
        return np.take(self.classes_, (self.predict_proba(X)[:, 1] >= 0.5).astype(int))
