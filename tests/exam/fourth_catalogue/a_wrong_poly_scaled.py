import numpy as np
from itertools import combinations_with_replacement


class PolyRegression:
    """Least squares on all monomials up to `degree`, features standardised."""

    def __init__(self, degree=2):
        self.degree = degree
        self.theta = None

    def _expand(self, X):
        X = np.asarray(X, dtype=float)
        if X.ndim == 1:
            X = X.reshape(-1, 1)
        cols = []
        for d in range(1, self.degree + 1):
            for combo in combinations_with_replacement(range(X.shape[1]), d):
                cols.append(np.prod(X[:, combo], axis=1))
        return np.column_stack(cols)

    def _design(self, X):
        P = self._expand(X)
        self.mu = P.mean(axis=0)
        self.sigma = P.std(axis=0)
        self.sigma[self.sigma == 0] = 1.0
        P = (P - self.mu) / self.sigma
        return np.hstack([np.ones((P.shape[0], 1)), P])

    def fit(self, X, y):
        A = self._design(X)
        y = np.asarray(y, dtype=float).ravel()
        self.theta, *_ = np.linalg.lstsq(A, y, rcond=None)
        return self

    def predict(self, X):
        return self._design(X) @ self.theta
