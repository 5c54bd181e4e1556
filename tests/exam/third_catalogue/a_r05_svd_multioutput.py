# ruff: noqa
"""Least squares / ridge from one thin SVD. y may be (n,) or (n, k).

Objective ||Y - XW - b||^2 + alpha ||W||^2 (b free). alpha = 0 gives the
minimum-norm least-squares solution, also for rank-deficient X.
"""

import numpy as np


class SVDRegression:
    def __init__(self, alpha=0.0, fit_intercept=True):
        self.alpha = alpha
        self.fit_intercept = fit_intercept

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        Y = np.array(y, dtype=float)
        flat = Y.ndim == 1
        if flat:
            Y = Y[:, None]
        if self.fit_intercept:
            mx, my = X.mean(axis=0), Y.mean(axis=0)
        else:
            mx, my = np.zeros(X.shape[1]), np.zeros(Y.shape[1])
        U, s, Vt = np.linalg.svd(X - mx, full_matrices=False)
        keep = s > np.finfo(float).eps * max(X.shape) * (s[0] if s.size else 0.0)
        self.rank_ = int(keep.sum())
        filt = np.zeros_like(s)
        filt[keep] = s[keep] / (s[keep] ** 2 + self.alpha)
        W = Vt.T @ (filt[:, None] * (U.T @ (Y - my)))
        b = my - mx @ W
        self.coef_ = W[:, 0] if flat else W  # (d,) or (d, k), not transposed
        self.intercept_ = float(b[0]) if flat else b
        return self

    def predict(self, X):
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_
