"""Ridge regression via the SVD."""

import numpy as np


class RidgeSVD:
    """argmin_w  ||y - b - X w||^2 + lam ||w||^2   (b not penalised)"""

    def __init__(self, lam=1.0):
        self.lam = lam

    def fit(self, X, y):
        X = np.array(X, dtype=np.float64)
        y = np.array(y, dtype=np.float64)
        self.x_mean_ = X.mean(axis=0)
        y_mean = y.mean()
        U, s, Vt = np.linalg.svd(X - self.x_mean_, full_matrices=False)
        d = s / (s**2 + self.lam)
        self.coef_ = Vt.T @ (d * (U.T @ (y - y_mean)))
        self.intercept_ = y_mean - self.x_mean_ @ self.coef_
        # effective degrees of freedom, counting the intercept
        self.df_ = 1 + np.sum(s**2 / (s**2 + self.lam))
        return self

    def predict(self, X):
        return np.asarray(X) @ self.coef_ + self.intercept_
