import numpy as np
from itertools import combinations_with_replacement as cwr


class PolyReg:
    def __init__(self, degree=2, ridge=0.0):
        self.degree = degree
        self.ridge = ridge

    def _terms(self, X):
        X = np.asarray(X, dtype=float)
        X = X.reshape(-1, 1) if X.ndim == 1 else X
        out = [np.prod(X[:, list(c)], axis=1) for k in range(1, self.degree + 1) for c in cwr(range(X.shape[1]), k)]
        return np.array(out).T

    def fit(self, X, y):
        P = self._terms(X)
        y = np.asarray(y, dtype=float).ravel()
        self.loc, self.scale = P.mean(0), P.std(0)
        self.scale[self.scale == 0] = 1
        Z = (P - self.loc) / self.scale
        self.y_bar = y.mean()
        if self.ridge > 0:
            self.w = np.linalg.solve(Z.T @ Z + self.ridge * np.eye(Z.shape[1]), Z.T @ (y - self.y_bar))
        else:
            self.w = np.linalg.lstsq(Z, y - self.y_bar, rcond=None)[0]
        return self

    def predict(self, X):
        return (self._terms(X) - self.loc) / self.scale @ self.w + self.y_bar
