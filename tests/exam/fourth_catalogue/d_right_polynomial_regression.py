import numpy as np


class PolynomialRegression:
    """One-dimensional polynomial regression with least squares."""

    def __init__(self, degree=2):
        self.degree = degree
        self.coefficients = None

    def _design_matrix(self, x):
        x = np.asarray(x, dtype=float).ravel()
        return np.column_stack([x**p for p in range(self.degree + 1)])

    def fit(self, x, y):
        A = self._design_matrix(x)
        y = np.asarray(y, dtype=float).ravel()
        self.coefficients, _, _, _ = np.linalg.lstsq(A, y, rcond=None)
        return self

    def predict(self, x):
        return self._design_matrix(x) @ self.coefficients

    def mse(self, x, y):
        return np.mean((np.asarray(y).ravel() - self.predict(x)) ** 2)
