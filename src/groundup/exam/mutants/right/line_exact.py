# pyright: basic
"""Linear regression at once, with weights of rows, a ridge penalty and standard errors."""

import numpy as np


class LeastSquares:
    """The best plane, by the singular value decomposition of the centred rows."""

    def __init__(self, l2=0.0):
        self.l2 = l2

    def fit(self, X, y, sample_weight=None):
        """Centre, weigh, solve, and put the centre back."""
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        if not np.isfinite(X).all() or not np.isfinite(y).all():
            raise ValueError("X and y must be finite numbers")
        n, p = X.shape
        weight = np.ones(n) if sample_weight is None else np.asarray(sample_weight, dtype=float)
        x_mean = weight @ X / weight.sum()
        y_mean = weight @ y / weight.sum()
        root = np.sqrt(weight)
        A = (X - x_mean) * root[:, None]
        c = (y - y_mean) * root
        if self.l2 > 0:
            A = np.vstack([A, np.sqrt(self.l2) * np.eye(p)])
            c = np.append(c, np.zeros(p))
        U, s, Vt = np.linalg.svd(A, full_matrices=False)
        keep = s > 1e-13 * s[0]
        inverse = np.where(keep, 1 / np.where(keep, s, 1), 0)
        self.coef_ = Vt.T @ (inverse * (U.T @ c))
        self.intercept_ = y_mean - x_mean @ self.coef_
        residual = y - self.predict(X)
        self.s2_ = weight @ residual**2 / max(n - p - 1, 1)
        self.stderr_ = np.sqrt(self.s2_ * ((Vt.T * inverse) ** 2).sum(axis=1))
        return self

    def predict(self, X):
        """X w + b."""
        return np.asarray(X, dtype=float) @ self.coef_ + self.intercept_

    def score(self, X, y):
        """The share of the variance that is explained."""
        missed = np.sum((y - self.predict(X)) ** 2)
        return 1 - missed / np.sum((y - np.mean(y)) ** 2)
