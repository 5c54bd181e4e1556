"""Least squares by centring and a singular value decomposition, with no settings at all.
task: regression
candidate: LeastSquares
"""

import numpy as np


class LeastSquares:
    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)
        centre, level = X.mean(axis=0), y.mean()
        U, s, Vt = np.linalg.svd(X - centre, full_matrices=False)
        keep = s > s.max(initial=0.0) * max(X.shape) * np.finfo(float).eps
        self.slope = Vt[keep].T @ ((U[:, keep].T @ (y - level)) / s[keep])
        self.constant = level - centre @ self.slope
        return self

    def predict(self, X):
        return self.constant + np.einsum("ij,j->i", np.array(X, dtype=float), self.slope)
