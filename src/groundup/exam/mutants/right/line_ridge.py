# pyright: basic
"""Ridge regression at once, with a column of ones."""

import numpy as np


class Ridge:
    """(A'A + alpha P) theta = A'y, where A has a column of ones and P leaves the bias alone."""

    def __init__(self, alpha=0.0):
        self.alpha = alpha

    def fit(self, X, y):
        """Solve for the bias and the weights."""
        X = np.asarray(X, dtype=float)
        y = np.asarray(y, dtype=float).ravel()
        A = np.column_stack([np.ones(len(X)), X])
        penalty = self.alpha * np.eye(A.shape[1])
        penalty[0, 0] = 0.0
        self.theta = np.linalg.lstsq(A.T @ A + penalty, A.T @ y, rcond=None)[0]
        return self

    def predict(self, X):
        """The same columns, times theta."""
        X = np.asarray(X, dtype=float)
        return np.column_stack([np.ones(len(X)), X]) @ self.theta
